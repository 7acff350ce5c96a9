"""Rows straight out of the pages of a database file, for when SQLite itself refuses it.

By the file format (sqlite.org/fileformat2.html): b-tree leaves and index interiors are read one by one, whichever tree
they belong to, with their overflow chains, from the file and from the committed frames of its log. What does not parse
is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from struct import error as StructError
from struct import unpack_from
from typing import BinaryIO, Final, NamedTuple

from newstui.store.connection import MAGIC, beside

PAGE_SIZE: Final = 4096
"""What our caches are made with; for a file whose header is gone."""
_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR = 13, 10, 2

Value = int | float | str | bytes | None
"""What a column holds."""


class Record(NamedTuple):
    """One row: a table's row number (None for an index or a table without row numbers) and its columns."""

    row: int | None
    values: tuple[Value, ...]


def records(path: Path) -> Iterator[Record]:
    """Every row that can be read from a database file and its log."""
    with path.open("rb") as file:
        pages = _Pages(path, file)
        for number in pages.numbers():
            start = 100 if number == 1 else 0
            try:
                page = pages.page(number)
            except (IndexError, OSError):
                continue
            if page[start] in (_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR):
                yield from _cells(pages, page, start, page[start])


class _Pages:
    """Pages by number, the newest committed version of each."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self._file = file
        head = self._file.read(100)
        size = unpack_from(">H", head, 16)[0] if head.startswith(MAGIC) and len(head) >= 18 else PAGE_SIZE
        self.size = 65536 if size == 1 else size if size in {512 << shift for shift in range(7)} else PAGE_SIZE
        self._count = path.stat().st_size // self.size
        self._frames = _frames(beside(path, "-wal"), self.size)

    def numbers(self) -> Iterator[int]:
        """All page numbers."""
        yield from range(1, max(self._count, max(self._frames, default=0)) + 1)

    def page(self, number: int) -> bytes:
        """The page; IndexError when the file has none such."""
        if number in self._frames:
            return self._frames[number]
        self._file.seek((number - 1) * self.size)
        data = self._file.read(self.size)
        if number < 1 or len(data) < self.size:
            raise IndexError(number)
        return data


def _frames(log: Path, page_size: int) -> dict[int, bytes]:
    """Pages of the log by number: those of whole transactions, in frames that bear the log's own salt."""
    try:
        data = log.read_bytes()
    except OSError:
        return {}
    if len(data) < 32 or unpack_from(">I", data, 8)[0] != page_size:
        return {}
    salt = data[16:24]
    done: dict[int, bytes] = {}
    pending: dict[int, bytes] = {}
    for start in range(32, len(data) - 24 - page_size + 1, 24 + page_size):
        number, commit = unpack_from(">II", data, start)
        if data[start + 8 : start + 16] != salt:
            break
        pending[number] = data[start + 24 : start + 24 + page_size]
        if commit:
            done.update(pending)
            pending.clear()
    return done


def _cells(pages: _Pages, page: bytes, start: int, kind: int) -> Iterator[Record]:
    count = unpack_from(">H", page, start + 3)[0]
    pointers = start + (12 if kind == _INDEX_INTERIOR else 8)
    for index in range(min(count, len(page) // 4)):
        try:
            at = unpack_from(">H", page, pointers + 2 * index)[0]
            yield _cell(pages, page, at, kind)
        except (IndexError, ValueError, StructError, OverflowError, OSError):
            continue


def _cell(pages: _Pages, page: bytes, at: int, kind: int) -> Record:
    if kind == _INDEX_INTERIOR:
        at += 4
    length, at = _varint(page, at)
    row: int | None = None
    if kind == _TABLE_LEAF:
        row, at = _varint(page, at)
    usable = pages.size
    most = usable - 35 if kind == _TABLE_LEAF else (usable - 12) * 64 // 255 - 23
    local = length
    if length > most:
        least = (usable - 12) * 32 // 255 - 23
        local = least + (length - least) % (usable - 4)
        if local > most:
            local = least
    if at + local > len(page):
        raise ValueError("a cell beyond its page")
    payload = page[at : at + local]
    if local < length:
        payload += _overflow(pages, unpack_from(">I", page, at + local)[0], length - local)
    return Record(row, _values(payload))


def _overflow(pages: _Pages, number: int, missing: int) -> bytes:
    parts: list[bytes] = []
    seen: set[int] = set()
    while missing > 0:
        if number in seen:
            raise ValueError("a ring of overflow pages")
        seen.add(number)
        page = pages.page(number)
        part = page[4 : 4 + missing]
        parts.append(part)
        missing -= len(part)
        number = unpack_from(">I", page, 0)[0]
    return b"".join(parts)


def _values(payload: bytes) -> tuple[Value, ...]:
    end, at = _varint(payload, 0)
    if end > len(payload):
        raise ValueError("a header beyond its record")
    body = end
    values: list[Value] = []
    while at < end:
        kind, at = _varint(payload, at)
        size = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)[kind] if kind < 12 else (kind - 12) // 2
        part = payload[body : body + size]
        if len(part) != size or kind in (10, 11):
            raise ValueError("a value beyond its record")
        body += size
        if kind == 0:
            values.append(None)
        elif kind <= 6:
            values.append(int.from_bytes(part, "big", signed=True))
        elif kind == 7:
            values.append(float(unpack_from(">d", part)[0]))
        elif kind <= 9:
            values.append(kind - 8)
        elif kind % 2:
            values.append(part.decode("utf-8"))
        else:
            values.append(part)
    return tuple(values)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A 64-bit number of 1 to 9 bytes, and where it ends."""
    value = 0
    for index in range(8):
        byte = data[at + index]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + index + 1
    value = value << 8 | data[at + 8]
    return (value - (1 << 64) if value >> 63 else value), at + 9
