"""Tar files: members streamed in order, never sought, so that any compression may lie around them.

The framing is our own, for `tarfile` takes an extended header or a long name of any stated length into memory (300 MB
of it: 600 MB), and ends without a word at a damaged header, where here the next good one is looked for.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Set
from typing import IO, TYPE_CHECKING, Final, cast

from newstui.fetch.filenames import decode_name, shown
from newstui.fetch.found import Budget, BudgetError, Found, Spot
from newstui.fetch.members import Assets, Beside, judged
from newstui.fetch.streams import StreamError
from newstui.fetch.tar_headers import (
    BLOCK,
    LONGEST,
    Extended,
    Header,
    HeaderError,
    is_header,
    parse_extended,
    parse_header,
)

if TYPE_CHECKING:
    from newstui.fetch.containers import Walk

_STEP: Final = 1 << 18
_FILES: Final = (b"0", b"\0", b"7")
_EXTENDED: Final = (b"x", b"X", b"g", b"L", b"K")
_REASONS: Final = {
    b"2": "a link, which is not followed",
    b"3": "not a file but a device",
    b"4": "not a file but a device",
    b"6": "not a file but a pipe",
    b"S": "a sparse file, which is not read; pack it without --sparse",
    b"M": "the rest of a file that begins in another volume; join the volumes first",
}
_BARE: Final = (b"1", b"2", b"3", b"4", b"5", b"6")
"""Types without data: old archivers state the size of what a link leads to."""
_PASSED: Final = (b"5", b"D", b"V", b"A", b"N", b"I")
"""Folders, volume labels and such, of which nothing is to be told."""


def in_tar(walk: Walk, at: Spot, opened: IO[bytes], budget: Budget) -> Iterator[Found]:
    """What every member of the tar file `opened` holds, in its order."""
    tape = _Tape(opened)
    beside = Beside()
    assets = Assets()
    count = failures = 0
    for met in tape.members():
        walk.tally.found += count + failures > 0
        if isinstance(met, str):
            failures += 1
            yield at.failed(met)
            continue
        count += 1
        if count > walk.limits.members:
            yield from assets.rest()
            yield at.failed(f"more than {walk.limits.members} files in one tar file; the rest is left unread")
            return
        try:
            for found in _member(walk, at.inside(shown(met.name)), met, tape, beside, assets.shells, budget):
                yield from assets.take(met.name, found)
        except (StreamError, BudgetError):
            yield from assets.rest()
            raise
        yield from assets.page(met.name)
    yield from assets.rest()
    if not count and not failures:
        yield at.skipped("a tar file without files")


class _Met:
    """A member with its data still to be read."""

    def __init__(self, name: str, target: str, kind: bytes, sparse: bool, data: _Window) -> None:
        self.name = name
        self.target = target
        self.kind = b"S" if sparse else kind
        self.data = data


def _member(
    walk: Walk, at: Spot, met: _Met, tape: _Tape, beside: Beside, shells: Set[str], budget: Budget
) -> Iterator[Found]:
    passed = judged(at, met.name, beside, shells.__contains__)
    if passed is not None:
        yield passed
    elif met.kind == b"1":
        # The same file under another name; what it links to stands before it.
        yield at.skipped(f"a link to {shown(met.target)}, which is read where it lies")
    elif met.kind not in _FILES:
        yield at.failed(_REASONS.get(met.kind, f"a member of type {shown(repr(met.kind)[2:-1])}, which is not read"))
    else:
        try:
            yield from walk.open(at, cast("IO[bytes]", met.data), met.data.size, budget)
        except StreamError as error:
            yield at.failed(f"damaged ({error})")
            if not tape.broken:
                # It is what lies around the tar file that breaks off: that is told there, too.
                raise
        else:
            beside.add(met.name)


class _Window(io.RawIOBase):
    """The data of one member; raises StreamError where the tar file ends too early."""

    def __init__(self, tape: _Tape, size: int) -> None:
        self._tape = tape
        self.size = size
        self.left = size

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        wanted = self.left if size < 0 else min(size, self.left)
        data = self._tape.read(wanted)
        self.left -= len(data)
        if wanted and not data:
            self._tape.broken = True
            raise StreamError(self._tape.cut())
        return data

    def drain(self) -> None:
        """Read past what is left."""
        while self.left and (data := self._tape.read(min(self.left, _STEP))):
            self.left -= len(data)


class _Tape:
    """The blocks of a tar file, one after the other."""

    def __init__(self, opened: IO[bytes]) -> None:
        self._opened = opened
        self._at = 0
        self.broken = False
        """Whether it was told that the file ends too early."""

    def read(self, size: int) -> bytes:
        """The next bytes."""
        data = self._opened.read(size)
        self._at += len(data)
        return data

    def cut(self) -> str:
        """That it ends too early."""
        return f"the tar file is cut short at byte {self._at}"

    def members(self) -> Iterator[_Met | str]:
        """Members, whose data must be read before the next is asked for, and what is wrong between them."""
        everywhere = Extended()
        extended = Extended()
        lost = -1
        ended = False
        while len(block := self.read(BLOCK)) == BLOCK:
            if not block.strip(b"\0"):
                ended = True
                continue
            try:
                if not is_header(block):
                    raise HeaderError("its header is damaged")
                header = parse_header(block)
                window = _Window(self, header.size)
                if header.kind in _EXTENDED:
                    said = parse_extended(header.kind, self._extension(window))
                    if header.kind == b"g":
                        everywhere = said.over(everywhere)
                    else:
                        extended = said.over(extended)
                    yield from self._after(window, header)
                    continue
            except HeaderError as error:
                extended = Extended()
                if lost < 0:
                    lost = self._at
                    yield f"damaged at byte {self._at - BLOCK} ({error}); what can be read after it is read"
                continue
            lost = -1
            ended = False
            said = extended.over(everywhere)
            extended = Extended()
            if said.size is not None or header.kind in _BARE:
                window = _Window(self, said.size or 0)
            name = (decode_name(header.name) if said.name is None else said.name).removeprefix("./")
            target = decode_name(header.target) if said.target is None else said.target
            if header.kind not in _PASSED and not (name.endswith("/") and header.kind in _FILES):
                yield _Met(name, target, header.kind, said.sparse, window)
            yield from self._after(window, header)
        if not self.broken and (block.strip(b"\0") or not ended):
            yield f"{self.cut()}: it has no end mark"

    def _extension(self, window: _Window) -> bytes:
        if window.size > LONGEST:
            window.drain()
            raise HeaderError(f"its extended header states {window.size} bytes")
        return window.read()

    def _after(self, window: _Window, header: Header) -> Iterator[str]:
        """Go to the next block."""
        window.drain()
        if window.left and not self.broken:
            self.broken = True
            yield f"{self.cut()}, within {shown(decode_name(header.name))}"
        self.read(-window.size % BLOCK)
