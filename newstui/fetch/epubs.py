"""EPUBs of papers: the documents of the spine in reading order, with what the table of contents says of each.

Pictures, styles and fonts belong to the book and are not told one by one. A document that holds several articles is
cut where the entries of the table of contents point into it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from newstui.fetch.filenames import shown
from newstui.fetch.found import About, Found, Spot
from newstui.fetch.opf import Document, Entry, Package, encrypted_paths, package_path, read_contents, read_package

if TYPE_CHECKING:
    from newstui.fetch.containers import Walk

CONTAINER: Final = "META-INF/container.xml"
_PIECES: Final = 500
"""Articles that one document is cut into at most."""
_TAG: Final = re.compile(rb"<[A-Za-z][^<>]{0,1000}?\s(?:id|name)\s{0,3}=\s{0,3}[\"']([^\"'<>]{1,200})[\"']")
_BODY: Final = re.compile(rb"<body\b[^<>]{0,1000}>", re.IGNORECASE)

Load = Callable[[str], bytes]
Open = Callable[[Spot, str], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Book:
    """An EPUB, read but for its documents."""

    package: Package
    entries: dict[str, list[Entry]]
    """The entries of its table of contents by document."""
    encrypted: frozenset[str]


def read_book(load: Load) -> Book | None:
    """The book of a ZIP file whose small members `load` gives by path; None when it is none."""
    path = package_path(load(CONTAINER))
    package = read_package(load(path), path) if path else Package()
    if not package.spine:
        return None
    entries: dict[str, list[Entry]] = {}
    listed = (read_contents(load(path), path) for path in package.contents)
    for entry in next(filter(None, listed), ()):
        entries.setdefault(entry.path, []).append(entry)
    encrypted = load("META-INF/encryption.xml")
    return Book(package, entries, encrypted_paths(encrypted) if encrypted else frozenset())


def in_epub(walk: Walk, at: Spot, book: Book, opened: Open) -> Iterator[Found]:
    """What every document of the spine holds; `opened` gives what stands at a path, for the spot it is told at."""
    walk.tally.found += len(book.package.spine) - 1
    for document in book.package.spine:
        entries = book.entries.get(document.path, [])
        inside = at.inside(shown(document.path), about_entry(book.package, entries[0] if entries else None))
        reason = "encrypted" if document.path in book.encrypted else _passed(document, entries)
        if reason:
            yield inside.failed(reason) if reason == "encrypted" else inside.skipped(reason)
            continue
        anchored = [entry for entry in entries if entry.anchor]
        for found in opened(inside, document.path):
            if len(anchored) > 1 and found.data:
                yield from _cut(walk, at, book.package, document, anchored, found)
            else:
                yield found


def about_entry(package: Package, entry: Entry | None) -> About:
    """What a book says of an article under `entry` of its table of contents."""
    section = entry.sections[-1] if entry is not None and entry.sections else ""
    return About(
        title=entry.title if entry is not None else "",
        byline=package.title,
        column="" if section == package.title else section[:20],
        published=package.published,
    )


def _passed(document: Document, entries: list[Entry]) -> str:
    if document.reason:
        return document.reason
    # The document of an entry with others under it, that stand elsewhere, is a section's front page.
    if entries and entries[0].parent and len(entries) == 1:
        return "a section's table of contents, no article"
    return ""


def _cut(
    walk: Walk, at: Spot, package: Package, document: Document, entries: list[Entry], found: Found
) -> Iterator[Found]:
    """The articles of one document, each with its head before it; the whole when the entries' places are not in it."""
    places: dict[str, int] = {}
    for tag in _TAG.finditer(found.data):
        places.setdefault(tag[1].decode("utf-8", "replace"), tag.start())
    cuts = sorted(
        ((places[entry.anchor], entry) for entry in entries if entry.anchor in places), key=lambda one: one[0]
    )
    cuts = [one for number, one in enumerate(cuts) if number == 0 or one[0] > cuts[number - 1][0]]
    if not 1 < len(cuts) <= _PIECES:
        yield found
        return
    body = _BODY.search(found.data)
    # Without a title: that of the document is the book's, not the article's.
    coded = re.match(rb"\s*<\?xml[^<>]{0,300}\?>", found.data)
    head = (coded[0] if coded else b"") + b"<html><body>"
    start = body.end() if body else 0
    walk.tally.found += len(cuts) - 1
    for number, (place, entry) in enumerate(cuts):
        end = cuts[number + 1][0] if number + 1 < len(cuts) else len(found.data)
        inside = at.inside(shown(f"{document.path}#{entry.anchor}"), about_entry(package, entry))
        yield inside.found(head + found.data[max(place, start) : end])
