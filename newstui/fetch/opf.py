"""What the package and the table of contents of an EPUB say (OPF 2.0.1, EPUB 3.3 §5 and §7, NCX); pure."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import unquote

from newstui.fetch.xml_events import XmlError, read_xml
from newstui.text.clean import clean_line
from newstui.text.dates import parse_date

_PAGE: Final = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_FONTS: Final = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Font obfuscation, which is no DRM (EPUB 3.3 §4.2.6)."""
_DATED: Final = re.compile(
    r"\s*(?:[\[(（【][^\])）】]*\d[^\])）】]*[\])）】]|[-–—,，·|]?\s*\d{4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?"
    r"|[-–—,，·|]?\s*(?:19|20)\d{6})\s*$"
)
_SKIPPED: Final = frozenset(("cover", "toc", "title-page", "titlepage", "copyright-page", "index", "nav"))


@dataclass(slots=True)
class Document:
    """One document of the spine."""

    path: str
    reason: str = ""
    """Why it is no article by the book's own word; "" when it may be one."""


@dataclass(slots=True)
class Package:
    """A book."""

    title: str = ""
    """Its title without the date that an issue's title ends in."""
    published: datetime | None = None
    spine: list[Document] = field(default_factory=list)
    contents: tuple[str, ...] = ()
    """Paths of its tables of contents, the one that counts first."""


@dataclass(slots=True)
class Entry:
    """One line of the table of contents."""

    title: str
    path: str
    anchor: str
    sections: tuple[str, ...]
    """Titles of the entries above it."""
    parent: bool = False
    """Whether entries stand under it."""


def package_path(container: bytes) -> str:
    """The path of the package that META-INF/container.xml names; "" when it names none."""
    found: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "rootfile" and attributes.get("full-path"):
            found.append(attributes["full-path"])

    _read(container, start, lambda _name, _text: None)
    return found[0].lstrip("/") if found else ""


def read_package(data: bytes, path: str) -> Package:
    """The book whose package stands at `path`."""
    said: dict[str, str] = {}
    items: dict[str, tuple[str, str, str]] = {}
    order: list[tuple[str, bool]] = []
    guides: dict[str, str] = {}
    toc = ""
    attributes_of: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal toc, attributes_of
        attributes_of = attributes
        if name == "item" and "id" in attributes:
            href = resolved(path, attributes.get("href", ""))[0]
            items[attributes["id"]] = (href, attributes.get("media-type", "").lower(), attributes.get("properties", ""))
        elif name == "itemref":
            order.append((attributes.get("idref", ""), attributes.get("linear", "yes").lower() != "no"))
        elif name == "spine":
            toc = attributes.get("toc", "")
        elif name == "reference":
            guides[resolved(path, attributes.get("href", ""))[0]] = attributes.get("type", "").lower()

    def end(name: str, text: str) -> None:
        if name in ("title", "date") and text and (name == "title" or attributes_of.get("event") != "modification"):
            said.setdefault(name, text[:500])

    _read(data, start, end)
    book = Package(title=without_date(clean_line(said.get("title", ""))))
    dated = parse_date(said.get("date", ""))
    # calibre writes the year 101 where it knows of no date.
    book.published = dated if dated is not None and dated.year > 1900 else None
    nav = next((href for href, _, properties in items.values() if "nav" in properties.split()), "")
    ncx = items.get(toc) or next((item for item in items.values() if item[1] == "application/x-dtbncx+xml"), None)
    # Of the two the navigation document counts (EPUB 3.3 §D.2.1: the NCX is for older reading systems).
    book.contents = tuple(filter(None, (nav, ncx[0] if ncx else "")))
    for identity, linear in order:
        if identity not in items:
            continue
        href, kind, _ = items[identity]
        if kind and kind not in _PAGE:
            continue
        what = guides.get(href, "")
        reason = ""
        if href == nav or what in _SKIPPED:
            reason = "the book's table of contents, cover or title page, no article"
        elif not linear:
            reason = "beside the book's reading order, no article"
        book.spine.append(Document(href, reason))
    return book


def read_contents(data: bytes, path: str) -> list[Entry]:
    """The table of contents, an NCX or an EPUB 3 navigation document, in order."""
    entries: list[Entry] = []
    above: list[Entry] = []
    labels: list[str] = []
    navs: list[str] = []
    heading = ""
    linked = False

    def add(title: str, href: str) -> None:
        where, anchor = resolved(path, href)
        for entry in above:
            entry.parent = True
        entry = Entry(clean_line(title)[:300], where, anchor, tuple(one.title for one in above if one.title))
        entries.append(entry)

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal heading, linked
        if name == "navpoint":
            if entries and len(labels) > len(above):
                above.append(entries[-1])
            labels.append("")
        elif name == "content" and labels:
            add(labels[-1], attributes.get("src", ""))
        elif name == "nav":
            navs.append(attributes.get("type", "toc"))
        elif name in ("ol", "ul") and navs and navs[-1] == "toc":
            if heading:
                above.append(Entry(heading, "", "", ()))  # a section without a page of its own
            elif entries and len(labels) > len(above):
                above.append(entries[-1])
            heading = ""
            labels.append("")
        elif name == "a" and navs and navs[-1] == "toc":
            linked = True
            add("", attributes.get("href", ""))

    def end(name: str, text: str) -> None:
        nonlocal heading, linked
        if name == "span" and not linked and navs and navs[-1] == "toc":
            heading = clean_line(text)[:300]
            return
        linked = linked and name != "a"
        if name == "text" and labels and not labels[-1]:
            labels[-1] = text
        elif name == "navpoint" or (name in ("ol", "ul") and navs and navs[-1] == "toc"):
            if labels:
                labels.pop()
            while len(above) > max(0, len(labels) - (name != "navpoint")):
                above.pop()
        elif name in ("a", "span") and navs and navs[-1] == "toc" and entries and text and not entries[-1].title:
            entries[-1].title = clean_line(text)[:300]
        elif name == "nav" and navs:
            navs.pop()

    _read(data, start, end)
    return entries


def encrypted_paths(data: bytes) -> frozenset[str]:
    """The paths that META-INF/encryption.xml says are encrypted, fonts that are only obfuscated aside."""
    found: set[str] = set()
    algorithm = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal algorithm
        if name == "encrypteddata":
            algorithm = ""
        elif name == "encryptionmethod":
            algorithm = algorithm or attributes.get("algorithm", "")
        elif name == "cipherreference" and algorithm not in _FONTS:
            found.add(unquote(attributes.get("uri", "")).lstrip("/"))

    _read(data, start, lambda _name, _text: None)
    return frozenset(found)


def resolved(path: str, href: str) -> tuple[str, str]:
    """The path inside the book and the anchor that `href` means in the document at `path`."""
    where, _, anchor = href.partition("#")
    where = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(where))) if where else path
    return where, unquote(anchor)


def without_date(title: str) -> str:
    """A publication's name without the date of the issue, e.g. 成都日报 [周二, 01 3月 2016]."""
    return _DATED.sub("", title).strip() or title


def _read(data: bytes, start: object, end: object) -> None:
    """What can be read of an XML file; a fault ends it."""
    try:
        read_xml(data, start, end)  # type: ignore[arg-type]
    except XmlError:
        return
