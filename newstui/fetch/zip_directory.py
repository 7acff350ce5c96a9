"""The table of contents of a ZIP file (APPNOTE.TXT 4.3): found from its end, read in bounded memory, checked.

`zipfile` reads it whole before it can be asked how many entries there are, believes sizes and places, and refuses files
whose end is missing; a hostile file of 100 MB takes it more than 1 GB.
"""

from __future__ import annotations

import os
import re
import struct
import zlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

from newstui.fetch.filenames import ASSETS, decode_name

_END: Final = struct.Struct("<4s4H2LH")
_PLACE64: Final = struct.Struct("<4sLQL")
_END64: Final = struct.Struct("<4sQ2H2L4Q")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_TAIL: Final = (1 << 16) + _END.size
_UTF8: Final = 0x800
_UNIX: Final = (3, 19)
"""Systems whose attributes hold a mode: Unix and macOS (APPNOTE 4.4.2)."""
_ASSETS: Final = re.compile(
    b"(?:"
    + b"|".join(re.escape(end.encode(code, "ignore")) for end in ASSETS for code in ("utf-8", "gb18030"))
    + rb")[/\\]"
)


class DirectoryError(ValueError):
    """There is no table of contents that could be believed; the message says why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One member as a header states it."""

    raw: bytes
    """Its name as it stands there."""
    name: str
    flags: int
    method: int
    crc: int
    packed: int
    """Bytes it takes in the file; -1 when nothing states it."""
    size: int
    """Bytes it unpacks to; -1 when nothing states it."""
    offset: int
    """Where in the file its local header begins."""
    mode: int = 0
    """Its Unix mode, type included; 0 when unknown."""
    extra: bytes = b""


class Directory:
    """The entries of a ZIP file, decoded when they are asked for."""

    def __init__(self, blob: bytes, begin: int, offset: int, most: int) -> None:
        """`blob` is the central directory, which begins at `begin` and is stated to at `offset`; `most` bounds entries.

        The two differ by the bytes that stand before the ZIP file proper. Raises DirectoryError when it is damaged.
        """
        self._blob = blob
        self._prefix = begin - offset
        self.damage = ""
        """What is wrong with it though it can be read."""
        self.files = 0
        """Entries that are no folders, the ones beyond `most` not counted."""
        self.more = False
        """Whether there are more than `most`."""
        self._starts = array("Q")
        places = array("Q")
        ends = array("Q")
        at = 0
        while at < len(blob):
            try:
                fields = _CENTRAL.unpack_from(blob, at)
            except struct.error:
                fields = (b"",)
            length = at + _CENTRAL.size + sum(fields[10:13]) if fields[0] == b"PK\x01\x02" else 0
            if not at < length <= len(blob):
                raise DirectoryError(f"its table of contents is damaged at byte {begin + at}")
            if len(self._starts) == most:
                self.more = True
                break
            entry = self._entry(at)
            self._starts.append(at)
            self.files += not entry.name.endswith("/")
            places.append(min(max(entry.offset, 0), 1 << 62))
            ends.append(places[-1] + _LOCAL.size + len(entry.raw) + min(entry.packed, 1 << 61))
            at = length
        self.count = len(self._starts)
        self._faults = _faults(places, ends, begin)

    def __iter__(self) -> Iterator[tuple[Entry, str]]:
        """Every entry in order, and what is impossible about its place."""
        for number, at in enumerate(self._starts):
            yield self._entry(at), self._faults.get(number, "")

    def names(self) -> frozenset[str]:
        """All names when a folder is called as saved pages' are, else none: nobody would ask for them."""
        if _ASSETS.search(self._blob) is None:
            return frozenset()
        return frozenset(self._entry(at).name for at in self._starts)

    def mentions(self, name: bytes) -> bool:
        """Whether a member may be called so; told without decoding any."""
        return name in self._blob

    def _entry(self, at: int) -> Entry:
        fields = _CENTRAL.unpack_from(self._blob, at)
        _, made, _, flags, method, _, _, crc, packed, size, name_length, length, _, _, _, external, offset = fields
        start = at + _CENTRAL.size
        raw = self._blob[start : start + name_length]
        field = self._blob[start + name_length : start + name_length + length]
        size, packed, offset = _wide(field, size, packed, offset)
        mode = external >> 16 if made >> 8 in _UNIX else 0
        return Entry(
            raw, _name(raw, flags, field), flags, method, crc, packed, size, offset + self._prefix, mode, field
        )


def read_directory(opened: IO[bytes], largest: int, most: int) -> Directory:
    """The table of contents of the seekable ZIP file `opened`, of at most `largest` bytes and `most` entries.

    Raises DirectoryError when there is none, OSError.
    """
    length = opened.seek(0, os.SEEK_END)
    start = max(0, length - _TAIL)
    opened.seek(start)
    tail = opened.read(length - start)
    at, damage = _find_end(tail)
    _, disk, first_disk, _, count, size, offset, _ = _END.unpack_from(tail, at)
    end = start + at
    wide = _end64(opened, end, length)
    if wide is not None:
        end, disk, first_disk, count, size, offset = wide
    if disk not in (0, 0xFFFF) or first_disk not in (0, 0xFFFF):
        raise DirectoryError("it is one of several parts; join them (zip -s 0 FILE.zip --out WHOLE.zip)")
    if size > largest:
        raise DirectoryError("its table of contents is too large")
    begin = _begin(opened, end, size, offset)
    opened.seek(begin)
    directory = Directory(opened.read(size), begin, offset, most)
    if not directory.damage and not directory.more and directory.count & 0xFFFF != count & 0xFFFF:
        directory.damage = f"it states {count} files and lists {directory.count}"
    directory.damage = directory.damage or damage
    return directory


def ends_as_zip(opened: IO[bytes], length: int) -> bool:
    """Whether the seekable file `opened` ends in the end record of a ZIP file; its place is kept."""
    if length < _END.size:
        return False
    place = opened.tell()
    opened.seek(length - _END.size)
    tail = opened.read(_END.size)
    opened.seek(place)
    return tail.startswith(b"PK\x05\x06") and tail.endswith(b"\0\0")


def local_entry(opened: IO[bytes], offset: int) -> tuple[Entry, int] | None:
    """The member whose local header begins at `offset`, and where its data begins; None when no header is there."""
    opened.seek(offset)
    block = opened.read(_LOCAL.size)
    if len(block) < _LOCAL.size or not block.startswith(b"PK\x03\x04"):
        return None
    _, _, flags, method, _, _, crc, packed, size, name, extra = _LOCAL.unpack(block)
    raw = opened.read(name)
    field = opened.read(extra)
    if len(raw) < name or len(field) < extra:
        return None
    size, packed, _ = _wide(field, size, packed, 0)
    if flags & 8 and not packed:
        size = packed = -1
    entry = Entry(raw, _name(raw, flags, field), flags, method, crc, packed, size, offset, 0, field)
    return entry, offset + _LOCAL.size + name + extra


def _find_end(tail: bytes) -> tuple[int, str]:
    """Where in the last bytes of a file its end record begins, and what is odd about it."""
    found = -1
    at = tail.rfind(b"PK\x05\x06")
    while at >= 0:
        if len(tail) - at >= _END.size:
            if at + _END.size + _END.unpack_from(tail, at)[7] == len(tail):
                return at, ""
            found = max(found, at)
        at = tail.rfind(b"PK\x05\x06", 0, at)
    if found < 0:
        raise DirectoryError("it has no end record, so it is cut short")
    return found, "its end does not fit its comment"


def _end64(opened: IO[bytes], end: int, length: int) -> tuple[int, int, int, int, int, int] | None:
    """Where the ZIP64 end record (APPNOTE 4.3.14) begins and what it states; None when there is none."""
    if end < _PLACE64.size:
        return None
    opened.seek(end - _PLACE64.size)
    signature, _, offset, _ = _PLACE64.unpack(opened.read(_PLACE64.size))
    if signature != b"PK\x06\x07":
        return None
    # With bytes before the ZIP file proper its place is off by them; without extensible data it stands right here.
    for place in (end - _PLACE64.size - _END64.size, offset):
        if 0 <= place <= length - _END64.size:
            opened.seek(place)
            record = opened.read(_END64.size)
            if record.startswith(b"PK\x06\x06"):
                _, _, _, _, disk, first, _, count, size, start = _END64.unpack(record)
                return place, disk, first, count, size, start
    raise DirectoryError("its ZIP64 end record is not where it should be")


def _begin(opened: IO[bytes], end: int, size: int, offset: int) -> int:
    """Where the table of contents begins: right before its end, else where it is stated to."""
    for place in (end - size, offset):
        if place < 0:
            continue
        if not size and place <= end:
            return place
        opened.seek(place)
        if opened.read(4) == b"PK\x01\x02":
            return place
    raise DirectoryError(f"its table of contents is not at byte {max(end - size, 0)}, where it should be")


def _wide(extra: bytes, size: int, packed: int, offset: int) -> tuple[int, int, int]:
    """Size, packed size and offset with those that a ZIP64 field (APPNOTE 4.5.3) holds instead."""
    values = [size, packed, offset]
    if 0xFFFFFFFF not in values:
        return size, packed, offset
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        if kind == 1:
            field = extra[4 : 4 + length]
            for number, value in enumerate(values):
                if value == 0xFFFFFFFF and len(field) >= 8:
                    values[number] = int.from_bytes(field[:8], "little")
                    field = field[8:]
            break
        extra = extra[4 + length :]
    return values[0], values[1], values[2]


def _name(raw: bytes, flags: int, extra: bytes) -> str:
    """A member's path: the Unicode extra field (APPNOTE 4.6.9), the UTF-8 flag, else by its bytes."""
    stated = _unicode_path(extra, raw)
    if stated:
        return stated
    # Unzippers take the name as a C string; what is behind a NUL would only hide something.
    raw = raw.split(b"\0", 1)[0]
    return raw.decode("utf-8", "replace") if flags & _UTF8 else decode_name(raw)


def _unicode_path(extra: bytes, raw: bytes) -> str:
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        field = extra[4 : 4 + length]
        # Version 1, then the CRC of the name it stands for: a renamed member has an old one.
        if kind == 0x7075 and len(field) > 5 and field[0] == 1:
            crc = struct.unpack_from("<L", field, 1)[0]
            if crc == zlib.crc32(raw):
                return field[5:].decode("utf-8", "replace")
        extra = extra[4 + length :]
    return ""


def _faults(places: array[int], ends: array[int], begin: int) -> dict[int, str]:
    """Which members, from place to end, cannot be where they are stated to be.

    They reach into the table of contents, which begins at `begin`; or they begin before an earlier one ends, as those
    of a bomb do that uses its bytes many times.
    """
    faults: dict[int, str] = {}
    reached = -1
    for number in sorted(range(len(places)), key=places.__getitem__):
        if ends[number] > begin:
            faults[number] = "damaged: it would be longer than the ZIP file"
            continue
        if places[number] < reached:
            faults[number] = "its bytes are another member's, too, as in a bomb"
        reached = max(reached, ends[number])
    return faults
