"""Large files of data (JSON, JSON Lines, tables) cut into pieces at their records' ends, for the parser's processes.

Nothing is read here but brackets, quotes and line ends. Every piece goes with the file's beginning, by which its
fields are told; memory is that of a piece, whatever the file's size.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Final

from newstui.fetch.decoding import size
from newstui.fetch.found import Budget, Found, Spot
from newstui.sources.json_cutter import Cutter, TooLongError, depth_of
from newstui.sources.tables import Layout, cut_point, layout_of
from newstui.text.charset import decode

if TYPE_CHECKING:
    from newstui.fetch.containers import Walk

PIECE: Final = 1 << 20
"""Bytes of a piece, about."""
_WHOLE: Final = 4 << 20
"""Bytes of a JSON file that is read at once, so that feeds and nested documents are seen whole."""
_SAMPLE: Final = 1 << 16
"""Bytes of a file's beginning that go with each piece, about."""
_SEPARATOR: Final = b"\x1e"


def in_json(walk: Walk, at: Spot, head: bytes, opened: IO[bytes], budget: Budget) -> Iterator[Found]:
    """A JSON file: whole when it is small, else its records in pieces."""
    stream = _Blocks(head, opened, budget if at.depth else None)
    data = stream.upto(_WHOLE)
    if len(data) <= _WHOLE:
        yield Found(at.path, at.member, data, about=at.about, asked={"form": "json"})
        return
    stream.put_back(data)
    blocks = stream.in_utf8(data)
    first = next(blocks)
    depth = depth_of(first)
    pieces = _Pieces(walk, at, "line" if depth is None else "record", b"\n" if depth is None else _SEPARATOR)
    if depth is None:
        yield from _lines(pieces, first, blocks, walk.limits.page)
        return
    cutter = Cutter(depth, walk.limits.page)
    try:
        for block in _chained(first, blocks):
            for record in cutter.feed(block):
                yield from pieces.add(record, 1)
    except TooLongError:
        yield from pieces.rest()
        yield pieces.failed(f"longer than {size(walk.limits.page)}; what follows is left unread")
        return
    yield from pieces.rest()
    if cutter.unfinished:
        yield pieces.failed("the file breaks off or is no JSON from here on")
    elif pieces.number == 1:
        yield at.skipped("data, no articles: it has no list of records")


def in_table(walk: Walk, at: Spot, head: bytes, opened: IO[bytes], budget: Budget) -> Iterator[Found]:
    """A table as text: rows in pieces that end where a row ends."""
    stream = _Blocks(head, opened, budget if at.depth else None)
    data = stream.upto(PIECE)
    stream.put_back(data)
    blocks = stream.in_utf8(data)
    layout = layout_of(decode(data[:_SAMPLE]).text)
    if layout is None:  # only its first lines looked like one
        yield walk.plain(at, data, opened, -1)
        return
    yield from _rows(_Pieces(walk, at, "line", b"", layout), blocks, layout, walk.limits.page)


def _lines(pieces: _Pieces, first: bytes, blocks: Iterator[bytes], limit: int) -> Iterator[Found]:
    """JSON Lines; a line beyond `limit` is named and passed over."""
    left, skipping = b"", False
    for block in _chained(first, blocks):
        *lines, left = (left + block).split(b"\n")
        for line in lines:
            if skipping:
                skipping = False
                pieces.number += 1
            else:
                yield from pieces.add(line, 1)
        if len(left) > limit or skipping:
            if not skipping:
                yield from pieces.rest()
                yield pieces.failed(f"longer than {size(limit)}, no article")
            left, skipping = b"", True
    if left:
        yield from pieces.add(left, 1)
    yield from pieces.rest()


def _rows(pieces: _Pieces, blocks: Iterator[bytes], layout: Layout, limit: int) -> Iterator[Found]:
    """Rows; a quote that is never closed costs the line that it stands in."""
    delimiter, left = layout.delimiter.encode(), b""
    for block in blocks:
        left += block
        if len(left) < PIECE:
            continue
        end = cut_point(left, delimiter, escaped=layout.escaped)
        if end and (pieces.given or left.count(b"\n", 0, end) > layout.head):
            yield from pieces.whole(left[:end], left.count(b"\n", 0, end))
            left = left[end:]
        while len(left) > limit // 4:
            yield pieces.failed(f"a quote that is not closed within {size(limit // 4)}; the line is passed over")
            pieces.number += 1
            left = left[left.find(b"\n") + 1 :] if b"\n" in left else b""
            end = cut_point(left, delimiter, escaped=layout.escaped)
            if end:
                yield from pieces.whole(left[:end], left.count(b"\n", 0, end))
                left = left[end:]
    if left:
        yield from pieces.whole(left, left.count(b"\n"))
    if not pieces.given:
        yield pieces.at.skipped("a table without rows")


class _Blocks:
    """A stream whose beginning has been read, in blocks, under a budget."""

    def __init__(self, head: bytes, opened: IO[bytes], budget: Budget | None) -> None:
        self._head = head
        self._opened = opened
        self._budget = budget

    def read(self, count: int) -> bytes:
        """Up to `count` more bytes; b"" at the end."""
        if self._head:
            taken, self._head = self._head, b""
            return taken
        data = self._opened.read(count)
        if self._budget is not None:
            self._budget.take(len(data))
        return data

    def upto(self, limit: int) -> bytes:
        """All of it, or more than `limit` bytes when it is longer."""
        parts: list[bytes] = []
        length = 0
        while length <= limit and (block := self.read(limit + 1 - length)):
            parts.append(block)
            length += len(block)
        return b"".join(parts)

    def put_back(self, data: bytes) -> None:
        """Have `data` read again."""
        self._head = data

    def in_utf8(self, sample: bytes) -> Iterator[bytes]:
        """The rest in blocks of UTF-8 without a byte order mark, whatever encoding `sample` shows.

        In GB18030 and Big5 the second byte of a character may be a bracket or a backslash.
        """
        encoding = decode(sample[: _SAMPLE * 2]).encoding
        plain = encoding == "utf-8"
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        first = True
        while block := self.read(PIECE):
            if not plain:
                block = decoder.decode(block).encode("utf-8", "replace")
            if first:
                block = block.removeprefix(codecs.BOM_UTF8)
                first = False
            yield block
        if not plain and (tail := decoder.decode(b"", final=True)):
            yield tail.encode("utf-8", "replace")


class _Pieces:
    """Records gathered into pieces of about PIECE bytes, each with the file's beginning in front."""

    def __init__(self, walk: Walk, at: Spot, unit: str, separator: bytes, layout: Layout | None = None) -> None:
        self.at = at
        self.number = 1
        """The place of the next record: a line's or a record's number, from 1."""
        self.given = False
        """Whether there has been any piece."""
        self._walk = walk
        self._unit = unit
        self._separator = separator
        self._sample: bytes | None = None
        self._layout = layout
        self._waiting: list[bytes] = []
        self._length = 0
        self._first = 1

    def add(self, record: bytes, count: int) -> Iterator[Found]:
        """Take a record that spans `count` lines, and give a piece when one is full."""
        self._waiting.append(record)
        self._length += len(record) + 1
        self.number += count
        if self._length >= PIECE:
            yield from self.rest()

    def rest(self) -> Iterator[Found]:
        """What waits, as a piece."""
        if self._waiting:
            yield self._piece(self._separator.join(self._waiting), self._first)
        self._waiting, self._length, self._first = [], 0, self.number

    def whole(self, data: bytes, lines: int) -> Iterator[Found]:
        """A piece of its own that spans `lines` lines."""
        yield self._piece(data, self.number)
        self.number += lines

    def failed(self, reason: str) -> Found:
        """The record at hand is passed over."""
        return self.at.inside(f"{self._unit} {self.number}").failed(reason)

    def _piece(self, data: bytes, first: int) -> Found:
        if self._sample is None:
            self._sample = self._beginning(data)
        asked = {
            "form": "table" if self._layout is not None else f"json {self._unit}",
            "first": str(first),
            "sample": str(len(self._sample)),
            "container": self.at.member,
            "name": (self.at.member or self.at.path).rpartition("/")[2],
        }
        if self.given:
            self._walk.tally.found += 1
        self.given = True
        place = self.at.inside(f"{self._unit} {first}", self.at.about)
        return Found(place.path, place.member, self._sample + data, about=self.at.about, asked=asked)

    def _beginning(self, data: bytes) -> bytes:
        """Whole records from the file's beginning, about as many bytes as a sample has."""
        if len(data) <= _SAMPLE:
            return data
        if self._layout is None:
            end = data.find(self._separator, _SAMPLE)
            return data if end < 0 else data[:end]
        delimiter = self._layout.delimiter.encode()
        for length in (_SAMPLE, 8 * _SAMPLE):
            end = cut_point(data[:length], delimiter, escaped=self._layout.escaped)
            if data.count(b"\n", 0, end) > self._layout.head:  # a row beside the names of the columns
                return data[:end]
        return data


def _chained(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
