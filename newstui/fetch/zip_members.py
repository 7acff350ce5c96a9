"""The data of one member of a ZIP file: unpacked as it is read and checked against what its header states."""

from __future__ import annotations

import bz2
import io
import lzma
import struct
import zlib
from collections.abc import Callable
from typing import IO, Final, cast

from newstui.fetch.found import Budget
from newstui.fetch.streams import Decoder, Inflater, StreamError, Unpacked, decoder_of
from newstui.fetch.zip_directory import Entry

_LZMA_MEMORY: Final = 128 << 20
_HAS_END_MARK: Final = 0x2

METHODS: Final = (0, 8, 12, 14, 93, 95)
"""Stored, deflated, bzip2, LZMA, Zstandard, xz (APPNOTE 4.4.5)."""
UNREAD_METHODS: Final = {
    1: "Shrink",
    2: "Reduce",
    3: "Reduce",
    4: "Reduce",
    5: "Reduce",
    6: "Implode",
    9: "Deflate64",
    10: "TERSE",
    16: "CMPSC",
    18: "TERSE",
    19: "LZ77",
    20: "an early Zstandard",
    94: "MP3",
    96: "JPEG",
    97: "WavPack",
    98: "PPMd",
}


class Member(io.RawIOBase):
    """A member's content; at its end or at damage, when nothing is left to give, StreamError says what is wrong."""

    def __init__(self, opened: IO[bytes], entry: Entry, data: int, budget: Budget) -> None:
        """`data` is where in `opened` its packed bytes begin."""
        self.size = entry.size
        self.budget = budget
        self._crc = entry.crc if entry.size >= 0 else -1
        self._window = _Window(opened, data, entry.packed)
        packed = cast("IO[bytes]", self._window)
        self._start = data
        self._unpacked = Unpacked(packed, budget, _decoder(entry), None) if entry.method else None
        self._count = 0
        self._sum = 0
        self._checked = False

    @property
    def end(self) -> int:
        """Where in the file its data end, as far as it was read."""
        return self._start + (self._unpacked.taken if self._unpacked is not None else self._window.taken)

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """The next `size` bytes, fewer at the end only, all that are left when negative."""
        data = self._window.read(size) if self._unpacked is None else self._unpacked.read(size)
        self._count += len(data)
        self._sum = zlib.crc32(data, self._sum)
        if 0 <= self.size < self._count:
            raise StreamError(f"it unpacks to more than the {self.size} bytes that it states")
        if not data and size and not self._checked:
            self._checked = True
            if 0 <= self.size != self._count:
                raise StreamError(f"it has {self._count} of its {self.size} bytes")
            if self._crc not in (-1, self._sum):
                raise StreamError("its checksum is wrong")
        return data


class _Window(io.RawIOBase):
    """Some bytes of a seekable file, however others move in it meanwhile."""

    def __init__(self, opened: IO[bytes], start: int, length: int) -> None:
        """`length` is -1 where nobody knows it."""
        self._opened = opened
        self._start = start
        self._length = length
        self.taken = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        if self._length >= 0:
            left = self._length - self.taken
            size = left if size < 0 else min(size, left)
        if not size:
            return b""
        self._opened.seek(self._start + self.taken)
        data = self._opened.read(size)
        if not data and self._length >= 0:
            raise StreamError(f"the ZIP file is cut short at byte {self._start + self.taken}")
        self.taken += len(data)
        return data


class _Lzma:
    """LZMA as ZIP files have it (APPNOTE 5.8.8): two numbers, the properties, then the bare stream.

    Given the length that .lzma files have behind the properties it is one of those, whose decoder knows a memory limit.
    """

    def __init__(self, size: int) -> None:
        """`size` is what it unpacks to, -1 when it has an end mark."""
        self._decoder = lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=_LZMA_MEMORY)
        self._size = size
        self._head = b""

    @property
    def eof(self) -> bool:
        """Whether the end was met."""
        return self._decoder.eof

    @property
    def needs_input(self) -> bool:
        """Whether nothing that was given is left to work on."""
        return self._decoder.needs_input

    @property
    def unused_data(self) -> bytes:
        """What was given beyond the end."""
        return self._decoder.unused_data

    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes:
        """At most `max_length` bytes more."""
        if self._head is not None and len(self._head) < 9:
            self._head += data
            if len(self._head) < 9:
                return b""
            if self._head[2:4] != b"\5\0":
                raise ValueError("its LZMA properties are of another kind")
            stated = struct.pack("<q", self._size)
            data = self._head[4:9] + stated + self._head[9:]
        return self._decoder.decompress(data, max_length)


def _decoder(entry: Entry) -> Callable[[], Decoder]:
    match entry.method:
        case 8:
            return lambda: Inflater(-zlib.MAX_WBITS)
        case 12:
            return bz2.BZ2Decompressor
        case 14:
            return lambda: _Lzma(-1 if entry.flags & _HAS_END_MARK else entry.size)
        case 93:
            return lambda: decoder_of("Zstandard")
    return lambda: decoder_of("xz")
