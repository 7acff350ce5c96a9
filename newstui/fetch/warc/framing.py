"""Cutting the bytes of a web archive into records, past lengths that lie and past damage.

A record's length is believed when a record, or the end of the file, stands where it leads to. Where it does not, the
next beginning of a record is looked for in the block and behind it, as it is after damage.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from newstui.fetch.warc.records import Record, read_header
from newstui.fetch.warc.sources import ARC_LINE, BEGINNING, Damage, Source

PEEK: Final = 1 << 16
"""Bytes of a large block by which it is judged whether the rest is wanted."""
_HEADER: Final = 1 << 16
"""Bytes of a record's own header at most."""
_AHEAD: Final = 16_384
"""Bytes looked at behind a block for the beginning of the next record; an ARC file's line may be that long."""
_SMALL: Final = 1 << 18
"""Bytes of a block that is held without asking."""
_LANDING: Final = re.compile(rb"[\r\n \t\0]*(?:(?=WARC/\d\.\d|" + ARC_LINE + rb")|\Z)")
_NEXT: Final = re.compile(rb"(?:\A|\n|(?<=\n))(?=WARC/\d\.\d+[ \t]*\r*\n[\w\-]+[ \t]*:)|\n(?=" + ARC_LINE + rb")")
_END: Final = re.compile(rb"\n\r*\n")

Wanted = Callable[[Record, bytes], bool]
"""Whether a large record is wanted, by its header and the first bytes of its block."""


class _Window:
    """A view of a source's bytes from a place on that moves forward."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.data = b""
        self.at = 0
        self._base = 0
        self.ended = False
        """Whether the stretch has no more bytes than `data`."""

    def fill(self, count: int) -> bool:
        """Have `count` bytes from `at` on at hand; False when the stretch has fewer."""
        have = len(self.data) - self.at
        if have >= count:
            return True
        if self.ended:
            return False
        parts = [self.data[self.at :]]
        self._base += self.at
        self.at = 0
        while have < count:
            part = self.source.read()
            if not part:
                self.ended = True
                break
            parts.append(part)
            have += len(part)
        self.data = b"".join(parts)
        return have >= count

    def onward(self) -> bool:
        """Begin the next stretch."""
        self._base += len(self.data)
        self.data = b""
        self.at = 0
        self.ended = False
        return self.source.onward()

    def place(self) -> tuple[int, int]:
        return self.source.place(self._base + self.at)


def records(source: Source, hold: int, wanted: Wanted) -> Iterator[Record | Damage]:
    """Every record of `source` in order, and every damage that is not a record's own.

    A block of more than `hold` bytes, or one that is large and not `wanted`, is passed by and given by its beginning.
    Raises BudgetError.
    """
    window = _Window(source)
    while True:
        yield from _stretch(window, hold, wanted)
        if not window.onward():
            return


def _stretch(window: _Window, hold: int, wanted: Wanted) -> Iterator[Record | Damage]:
    told = False
    """Whether the damage that ends the stretch is told by a record that it cut."""
    while True:
        _skip_blank(window)
        if not window.fill(1):
            break
        window.fill(_AHEAD)
        if BEGINNING.match(window.data, window.at) is None:
            offset, _ = window.place()
            lost = _resync(window)
            if not (window.ended and window.source.damage and window.at >= len(window.data)):
                yield Damage(offset, f"{lost} bytes that begin no record")
            continue
        offset, within = window.place()
        record = _header(window)
        if record is None:
            yield Damage(offset, "a record whose header does not end")
            window.at += 1
            _resync(window)
            continue
        record.offset, record.within = offset, within
        _block(window, record, hold, wanted)
        damage = window.source.damage
        if damage is not None and window.ended and not window.data[window.at : window.at + 64].strip(b"\r\n \t\0"):
            # A checksum that does not fit costs the record that has its member to itself; of many any may be meant.
            if damage.broken and (record.offset, record.within) == (damage.offset, 0):
                record.cut, record.broken = damage.what, True
            if record.cut:
                record.cut, told = damage.what, True
        yield record
    damage = window.source.damage
    if damage is not None and not told:
        yield damage


def _skip_blank(window: _Window) -> None:
    while True:
        data, at = window.data, window.at
        while at < len(data) and data[at] in b"\r\n \t\0":
            at += 1
        window.at = at
        if at < len(data) or not window.fill(1):
            return


def _header(window: _Window) -> Record | None:
    """The record whose header begins here; the window stands at its block then."""
    if not window.data.startswith(b"WARC/", window.at):
        end = window.data.index(b"\n", window.at) + 1
    else:
        match = _END.search(window.data, window.at, window.at + _HEADER)
        if match is None:
            window.fill(_HEADER)
            match = _END.search(window.data, window.at, window.at + _HEADER)
            if match is None:
                return None
        end = match.end()
    record = read_header(window.data[window.at : end])
    window.at = end
    return record


def _block(window: _Window, record: Record, hold: int, wanted: Wanted) -> None:
    """Fill in the record's block, and go behind it."""
    length = record.length
    if length is not None and length > _SMALL:
        window.fill(PEEK)
        peek = window.data[window.at : window.at + min(PEEK, length)]
        if length > hold or not wanted(record, peek):
            record.passed, record.block = True, peek
            _pass(window, record, length)
            return
    if length is not None and _lands(window, length):
        record.block = window.data[window.at : window.at + length]
        window.at += length
        return
    _search(window, record, hold)


def _lands(window: _Window, length: int) -> bool:
    """Whether a record or the end of the file stands behind `length` bytes."""
    for ahead in (64, _AHEAD):
        window.fill(length + ahead)
        if len(window.data) - window.at < length:
            return False
        match = _LANDING.match(window.data, window.at + length)
        if match is not None and (match.end() < len(window.data) or window.ended):
            return True
    return False


def _search(window: _Window, record: Record, hold: int) -> None:
    """A block whose length leads nowhere: it goes up to the next record."""
    length = record.length
    window.fill(hold if length is None else min(hold, length + _AHEAD))
    start, data = window.at, window.data
    have = len(data) - start
    match = _NEXT.search(data, start)
    if match is None and length is not None and have >= length:
        # Behind it stands what is no record; the resynchronisation tells of it.
        record.block = data[start : start + length]
        window.at = start + length
        return
    if match is None:
        record.block = data[start:]
        window.at = len(data)
        if not window.ended:
            record.passed, record.cut = True, "its header does not say how long it is, and it does not end"
            _resync(window)
        elif length is None:
            record.odd = "its header does not say how long it is"
        else:
            record.cut, record.slip = f"it has {have} of its {length} bytes", length - have
        return
    end = match.end()
    block = data[start:end]
    window.at = end
    if length is None:
        record.block, record.odd = _stripped(block), "its header does not say how long it is"
    elif len(block) >= length and re.match(rb"\r?\n\r?\n", block[length:]):
        # Its length is right, and what follows belongs to nothing.
        record.block = block[:length]
        record.slip = len(block) - length - 4
        record.odd = f"{record.slip} bytes behind it belong to no record"
    else:
        record.block = _stripped(block)
        record.slip = abs(len(record.block) - length)
        record.odd = f"its length is said to be {length} bytes, and is {len(record.block)}"


def _stripped(block: bytes) -> bytes:
    """A block without the two empty lines that end a record (WARC 1.1 §4)."""
    for ending in (b"\r\n\r\n", b"\n\n", b"\r\n", b"\n"):
        if block.endswith(ending):
            return block[: -len(ending)]
    return block


def _pass(window: _Window, record: Record, length: int) -> None:
    """Go behind a block that is not held, on the watch for a record that begins in it."""
    left = length
    while left:
        window.fill(min(left, PEEK))
        have = len(window.data) - window.at
        if not have:
            record.cut, record.slip = f"it has {length - left} of its {length} bytes", left
            return
        end = window.at + min(left, have)
        match = _NEXT.search(window.data, window.at, end)
        if match is not None:
            record.odd = f"its length is said to be {length} bytes, and is {length - left + match.end() - window.at}"
            record.slip = left
            window.at = match.end()
            return
        # A beginning may lie across the border of two pieces.
        step = end - window.at if end - window.at == left or have <= 256 else end - window.at - 256
        window.at += step
        left -= step


def _resync(window: _Window) -> int:
    """Go to the next beginning of a record; how many bytes were passed."""
    passed = 0
    while True:
        window.fill(PEEK)
        match = _NEXT.search(window.data, window.at)
        if match is not None:
            passed += match.end() - window.at
            window.at = match.end()
            return passed
        have = len(window.data) - window.at
        if window.ended:
            window.at = len(window.data)
            return passed + have
        step = max(1, have - _AHEAD)
        window.at += step
        passed += step
