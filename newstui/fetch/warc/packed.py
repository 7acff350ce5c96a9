"""Compressed web archives: gzip members or Zstandard frames, with their places on disk, past what is damaged."""

from __future__ import annotations

import re
import struct
from collections import deque
from typing import IO, Final

from newstui.fetch.found import Budget
from newstui.fetch.warc.sources import BEGINNING, Damage, Raw
from newstui.fetch.warc.unpackers import DICTIONARY_MAX, Packing, Unpacker, UnpackError, unpacker_of

_CHUNK: Final = 1 << 17
"""Bytes given to the unpacker at once."""
_KEPT: Final = 1 << 23
"""Packed bytes of a damaged member that are searched again for the next one."""
_GZIP: Final = b"\x1f\x8b\x08"
_ZSTD: Final = b"\x28\xb5\x2f\xfd"
_DICTIONARY: Final = b"\x5d\x2a\x4d\x18"
"""The skippable frame that holds the dictionary of a .warc.zst (its draft specification, §2)."""
_SKIPPABLE: Final = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18", re.DOTALL)
"""A Zstandard frame without content (RFC 8878 §3.1.2)."""


class PackedSource:
    """An archive of gzip members or Zstandard frames, one a record, one for all, or anything between."""

    def __init__(
        self, stream: IO[bytes], start: int, budget: Budget, packing: Packing, dictionary: bytes = b""
    ) -> None:
        self.damage: Damage | None = None
        self._raw = Raw(stream, start)
        self._budget = budget
        self._packed = bytearray()
        """The packed bytes from the member's beginning on, or from later on when it is long."""
        self._used = 0
        """Of these, how many the unpacker has."""
        self._member = start
        """Where in the file the member begins."""
        self._start = unpacker_of(packing, dictionary)
        self._magic = _GZIP if packing == "gzip" else _ZSTD
        self._gzip = packing == "gzip"
        self._unpacker: Unpacker | None = None
        self._position = 0
        self._members: deque[tuple[int, int]] = deque()

    def begin_with(self, head: bytes) -> None:
        """Put back what was read of the file before."""
        self._packed += head

    def read(self) -> bytes:
        """Some more unpacked bytes."""
        while self.damage is None:
            unpacker = self._unpacker
            if unpacker is None:
                if not self._begin():
                    return b""
                continue
            end = False
            if self._used >= len(self._packed):
                chunk = self._raw.read()
                end = not chunk
                self._drop_long()
                self._packed += chunk
            piece = bytes(memoryview(self._packed)[self._used : self._used + _CHUNK])
            try:
                if end and not unpacker.pending:
                    reason = self._raw.error or "the file ends in the middle of it"
                    raise UnpackError(reason, broken=False)
                out = unpacker.feed(piece)
            except UnpackError as error:
                self.damage = Damage(self._member, f"compressed data is damaged ({error})", error.broken)
                out = error.output
            else:
                self._used += len(piece) - unpacker.left
                if unpacker.finished:
                    del self._packed[: self._used]
                    self._used = 0
                    self._unpacker = None
            if out:
                self._budget.take(len(out))
                self._position += len(out)
                return out
        return b""

    def _drop_long(self) -> None:
        if self._used > _KEPT:
            del self._packed[: self._used]
            self._used = 0

    def _begin(self) -> bool:
        """Begin the next member; False at the end of the file or where no member begins."""
        if not self._more(18):
            self._skip_padding()
            if not self._packed:
                if self._raw.error:
                    self.damage = Damage(self._raw.offset, self._raw.error, broken=False)
                return False
        if not self._gzip and _SKIPPABLE.match(self._packed):
            return self._skip_frame()
        if not self._packed.startswith(self._magic):
            self._skip_padding()
            if self._packed and not self._packed.startswith(self._magic):
                name = "gzip member" if self._gzip else "Zstandard frame"
                self.damage = Damage(self._here(), f"no {name} begins here")
                return False
            return bool(self._packed)
        self._member = self._here()
        self._members.append((self._position, self._member))
        self._unpacker = self._start()
        return True

    def _here(self) -> int:
        """Where in the file the packed bytes at hand begin."""
        return self._raw.offset - len(self._packed)

    def _more(self, count: int) -> bool:
        while len(self._packed) < count:
            chunk = self._raw.read()
            if not chunk:
                return False
            self._packed += chunk
        return True

    def _skip_padding(self) -> None:
        """Zeros may stand between and after members, as tapes and downloads leave them."""
        while True:
            rest = self._packed.lstrip(b"\0\r\n")
            self._packed = rest
            if rest or not self._more(1):
                return

    def _skip_frame(self) -> bool:
        length = 8 + int(struct.unpack_from("<I", self._packed.ljust(8, b"\0"), 4)[0])
        while length:
            if not self._packed and not self._more(1):
                return False
            taken = min(length, len(self._packed))
            del self._packed[:taken]
            length -= taken
        return True

    def onward(self) -> bool:
        """Find the next member behind the damage that begins with a record; False when there is none."""
        self.damage = None
        self._unpacker = None
        self._used = 0
        at = 1
        while True:
            at = self._packed.find(self._magic, at)
            if at < 0:
                at = max(0, len(self._packed) - len(self._magic) + 1)
                if at > _KEPT:
                    del self._packed[:at]
                    at = 0
                chunk = self._raw.read()
                if not chunk:
                    self._packed.clear()
                    return False
                self._packed += chunk
                continue
            self._more(at + 4096)
            if BEGINNING.match(self._opening(at)):
                del self._packed[:at]
                return True
            at += 1

    def _opening(self, at: int) -> bytes:
        """The first unpacked bytes of what may be a member; b"" when it is none."""
        try:
            return self._start().feed(bytes(memoryview(self._packed)[at : at + _CHUNK]))
        except UnpackError as error:
            return error.output

    def place(self, position: int) -> tuple[int, int]:
        """The member's beginning, and bytes unpacked since; asked for in rising order."""
        members = self._members
        while len(members) > 1 and members[1][0] <= position:
            members.popleft()
        if not members:
            return self._member, 0
        return members[0][1], position - members[0][0]


def open_packed(stream: IO[bytes], budget: Budget, packing: Packing, *, start: int = 0) -> PackedSource:
    """The packed archive `stream`, which stands at its beginning, from byte `start` on (then it can seek)."""
    if packing == "gzip":
        if start:
            stream.seek(start)
        return PackedSource(stream, start, budget, packing)
    head = stream.read(8)
    if head[:4] != _DICTIONARY:
        source = PackedSource(stream, len(head), budget, packing)
        if start:
            stream.seek(start)
            return PackedSource(stream, start, budget, packing)
        source.begin_with(head)
        return source
    length = int(struct.unpack_from("<I", head.ljust(8, b"\0"), 4)[0])
    dictionary = stream.read(min(length, DICTIONARY_MAX))
    if start:
        stream.seek(start)
    return PackedSource(stream, start or 8 + len(dictionary), budget, packing, dictionary)
