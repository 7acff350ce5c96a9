"""ZIP files: members streamed under limits; damage, encryption, bombs and hostile names end in a message."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from functools import cache
from typing import IO, TYPE_CHECKING, Final, cast

from newstui.fetch import maff
from newstui.fetch.epubs import CONTAINER, in_epub, read_book
from newstui.fetch.filenames import shown
from newstui.fetch.found import NOTHING, About, Budget, BudgetError, Found, Spot
from newstui.fetch.members import Beside, Names, judged
from newstui.fetch.omnivore import LARGEST as METADATA_LARGEST
from newstui.fetch.omnivore import Library, is_metadata
from newstui.fetch.shells import is_shell
from newstui.fetch.streams import StreamError
from newstui.fetch.wacz import PACKAGE, Package, why_no_archive
from newstui.fetch.xml_events import LARGEST
from newstui.fetch.zip_directory import Directory, DirectoryError, Entry, local_entry, read_directory
from newstui.fetch.zip_members import METHODS, UNREAD_METHODS, Member

if TYPE_CHECKING:
    from newstui.fetch.containers import Walk

_ENCRYPTED: Final = 0x1
_DESCRIPTOR: Final = 0x8
_AES: Final = 99
_STEP: Final = 1 << 16
_OUT: Final = "unpack it (7z x FILE) and import the folder"

_PACKAGE_MAX: Final = 4 << 20
"""Bytes of the description of a WACZ."""


def in_zip(walk: Walk, at: Spot, opened: IO[bytes], budget: Budget) -> Iterator[Found]:
    """What every member of the seekable ZIP file `opened` holds, in the order of its table of contents.

    Without one, members are read by their own headers, one after the other.
    """
    try:
        directory = read_directory(opened, walk.limits.directory, walk.limits.members)
    except DirectoryError as error:
        yield at.failed(f"damaged ZIP file ({error}); what can be read of it is read")
        yield from _by_local_headers(walk, at, opened, budget)
        return
    if directory.damage:
        walk.tally.found += 1
        yield at.failed(f"damaged ZIP file ({directory.damage}); what can be read of it is read")
    if directory.more:
        walk.tally.found += 1
        yield at.failed(f"more than {walk.limits.members} files in one ZIP file; the rest is left unread")
    if not directory.files:
        yield at.skipped("a ZIP file without files")
        return
    listed = directory.names()
    if directory.mentions(CONTAINER.encode()):
        shelf = {entry.name: entry for entry, fault in directory if not fault}
        book = read_book(lambda name: _small(opened, shelf.get(name), budget))
        if book is not None:
            yield from in_epub(
                walk, at, book, lambda inside, name: _shelved(walk, inside, opened, shelf.get(name), budget)
            )
            return
    walk.tally.found += directory.files - 1
    package = _package(opened, directory)
    framed = _frames(opened, directory)
    saved = _saved(opened, directory)
    library = _library(opened, directory, budget)
    met = set()
    for entry, fault in directory:
        if entry.name.endswith("/"):
            continue
        inside = at.inside(shown(entry.name), saved.get(entry.name, NOTHING))
        passed = _passed(inside, entry, listed, framed)
        if passed is not None:
            yield passed
        elif fault:
            yield inside.failed(fault)
        elif entry.name in saved and entry.name.endswith(maff.NAME):
            yield inside.skipped(maff.WHAT)
        elif library is not None and entry.name in library:
            yield from library.told(entry.name, _listed(walk, inside, opened, entry, budget))
        elif package is None:
            yield from _listed(walk, inside, opened, entry, budget)
        else:
            met.add(entry.name)
            if _differs(package, opened, entry):
                walk.tally.found += 1
                yield inside.failed("damaged: it does not fit the digest in datapackage.json; what can be read is read")
            reason = why_no_archive(entry.name)
            if reason:
                yield inside.skipped(reason)
            else:
                yield from _listed(walk, inside, opened, entry, budget)
    for name in sorted(package.digests.keys() - met) if package is not None else ():
        walk.tally.found += 1
        yield at.inside(shown(name)).failed("named in datapackage.json and not there")


def _package(opened: IO[bytes], directory: Directory) -> Package | None:
    """The description of a WACZ; None when the ZIP file is none."""
    for entry, fault in directory:
        if entry.name == PACKAGE and not fault:
            local = local_entry(opened, entry.offset)
            if local is not None and entry.size < _PACKAGE_MAX and entry.method in METHODS:
                member = Member(opened, entry, local[1], Budget(_PACKAGE_MAX))
                try:
                    return Package(cast("IO[bytes]", member).read(_PACKAGE_MAX))
                except (StreamError, ValueError, RecursionError, BudgetError):
                    return None
    return None


def _differs(package: Package, opened: IO[bytes], entry: Entry) -> bool:
    local = local_entry(opened, entry.offset)
    if local is None:
        return False
    member = Member(opened, entry, local[1], Budget(max(entry.size, 0) + _PACKAGE_MAX))
    try:
        return package.differs(entry.name, cast("IO[bytes]", member))
    except (StreamError, BudgetError):
        return False  # its damage is told where it is read


def _listed(walk: Walk, at: Spot, opened: IO[bytes], entry: Entry, budget: Budget) -> Iterator[Found]:
    """What a member of the table of contents holds, when its own header agrees."""
    local = local_entry(opened, entry.offset)
    if local is None:
        yield at.failed(f"damaged: no header of it at byte {entry.offset}")
        return
    own, data = local
    fault = _disagreement(entry, own)
    if fault:
        yield at.failed(f"damaged: {fault}")
        return
    yield from _content(walk, at, Member(opened, entry, data, budget))


def _shelved(walk: Walk, at: Spot, opened: IO[bytes], entry: Entry | None, budget: Budget) -> Iterator[Found]:
    """What a document of a book holds."""
    if entry is None:
        yield at.failed("the book names it and does not hold it")
        return
    passed = _passed(at, entry, frozenset())
    if passed is not None:
        yield passed
    else:
        yield from _listed(walk, at, opened, entry, budget)


def _saved(opened: IO[bytes], directory: Directory) -> dict[str, About]:
    """What a MAFF file says of its pages, by their names and those of its descriptions."""
    said: dict[str, About] = {}
    if directory.mentions(maff.NAME.encode()):
        for entry, fault in directory:
            folder, _, name = entry.name.rpartition("/")
            if name == maff.NAME and not fault and entry.size < _PACKAGE_MAX:
                described = maff.read_rdf(_small(opened, entry, Budget(LARGEST)))
                if described is not None:
                    page, about = described
                    said[entry.name] = NOTHING
                    said[f"{folder}/{page}" if folder else page] = about
    return said


def _library(opened: IO[bytes], directory: Directory, budget: Budget) -> Library | None:
    """The articles of an export of Omnivore; None for other ZIP files."""
    if not directory.mentions(b"metadata_") or not directory.mentions(b"content/"):
        return None
    shelf = {entry.name: entry for entry, fault in directory if not fault and entry.size <= METADATA_LARGEST}
    names = [name for name in shelf if is_metadata(name)]
    return Library(names, shelf, lambda name: _small(opened, shelf.get(name), budget)) if names else None


def _frames(opened: IO[bytes], directory: Directory) -> Callable[[str], bool]:
    """Whether the page called so in the table of contents is only a frame round another one."""

    @cache
    def framed(name: str) -> bool:
        entry = next((entry for entry, fault in directory if entry.name == name and not fault), None)
        return is_shell(_small(opened, entry, Budget(LARGEST)))

    return framed


def _small(opened: IO[bytes], entry: Entry | None, budget: Budget) -> bytes:
    """A small member's content, b"" when it is missing, damaged or large."""
    local = None if entry is None or entry.size > LARGEST else local_entry(opened, entry.offset)
    if entry is None or local is None or entry.flags & _ENCRYPTED or entry.method not in METHODS:
        return b""
    try:
        return Member(opened, entry, local[1], budget).read(LARGEST)
    except StreamError:
        return b""


def _content(walk: Walk, at: Spot, member: Member) -> Iterator[Found]:
    try:
        yield from walk.open(at, cast("IO[bytes]", member), member.size, member.budget)
    except StreamError as error:
        yield at.failed(f"damaged ({error})")


def _disagreement(entry: Entry, own: Entry) -> str:
    """How the two headers of a member contradict each other; "" when they do not."""
    if own.raw != entry.raw:
        return f"its own header calls it {shown(own.name)}"
    if entry.method == 0 and entry.packed != entry.size:
        return "its two sizes differ"
    if own.method != entry.method:
        return "its two headers state different methods"
    if own.flags & _DESCRIPTOR or (own.packed, own.size) == (0, 0):
        return ""
    return "" if (own.packed, own.size) == (entry.packed, entry.size) else "its two headers state different sizes"


def _passed(at: Spot, entry: Entry, listed: Names, framed: Callable[[str], bool] = lambda _: False) -> Found | None:
    """What is told of a member that is not opened; None when it is."""
    judgement = judged(at, entry.name, listed, framed)
    if judgement is not None:
        return judgement
    kind = stat.S_IFMT(entry.mode)
    if kind == stat.S_IFLNK:
        return at.failed("a link, which is not followed")
    if kind in (stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK):
        return at.failed("not a file but a pipe, device or socket")
    if entry.flags & _ENCRYPTED:
        way = "AES" if entry.method == _AES else "ZipCrypto"
        return at.failed(f"encrypted ({way}); {_OUT}")
    if entry.method not in METHODS:
        name = UNREAD_METHODS.get(entry.method, f"method {entry.method}")
        return at.failed(f"packed by {name}, which is not read; {_OUT}")
    return None


def _by_local_headers(walk: Walk, at: Spot, opened: IO[bytes], budget: Budget) -> Iterator[Found]:
    """What members hold that are found by the headers before their data: all there is of a download that broke off."""
    listed = Beside()
    place = _next_header(opened, 0)
    count = 0
    while place >= 0 and count < walk.limits.members:
        local = local_entry(opened, place)
        if local is None:
            place = _next_header(opened, place + 4)
            continue
        entry, data = local
        end = data + max(entry.packed, 0)
        if not entry.name.endswith("/"):
            count += 1
            walk.tally.found += 1
            inside = at.inside(shown(entry.name))
            passed = _passed(inside, entry, listed)
            if passed is not None:
                yield passed
            elif entry.packed < 0 and entry.method == 0:
                yield inside.failed("nothing states its length")
            else:
                member = Member(opened, entry, data, budget)
                yield from _content(walk, inside, member)
                listed.add(entry.name)
                end = max(end, member.end)
        place = _next_header(opened, end)


def _next_header(opened: IO[bytes], start: int) -> int:
    """Where the next local header from `start` on begins; -1 when none does."""
    opened.seek(start)
    kept = b""
    while data := opened.read(_STEP):
        window = kept + data
        found = window.find(b"PK\x03\x04")
        if found >= 0:
            return start - len(kept) + found
        kept = window[-3:]
        start += len(data)
    return -1
