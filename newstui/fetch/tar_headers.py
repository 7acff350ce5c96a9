"""Headers of tar files: v7, ustar, pax (POSIX.1-2017 pax, "ustar Interchange Format") and GNU (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from newstui.fetch.filenames import decode_name

BLOCK: Final = 512
"""Bytes of a header; everything in a tar file begins at a multiple."""
LONGEST: Final = 1 << 20
"""Bytes of a long name or an extended header that are believed."""

_CHECKSUM: Final = slice(148, 156)
_SPARSE: Final = ("GNU.sparse.", "SCHILY.realsize")


class HeaderError(ValueError):
    """Bytes that are no header or an impossible one."""


@dataclass(frozen=True, slots=True)
class Header:
    """One header as it stands, before what extends it."""

    name: bytes
    size: int
    """Bytes that follow it, without padding."""
    kind: bytes
    """The type flag, e.g. b"0" for a file."""
    target: bytes
    """Where a link leads."""


@dataclass(frozen=True, slots=True)
class Extended:
    """What an extended header (types x, g, L, K) says of the file after it; None where it is silent."""

    name: str | None = None
    target: str | None = None
    size: int | None = None
    sparse: bool = False

    def over(self, older: Extended) -> Extended:
        """Both, this one first."""
        return Extended(
            older.name if self.name is None else self.name,
            older.target if self.target is None else self.target,
            older.size if self.size is None else self.size,
            self.sparse or older.sparse,
        )


def is_header(block: bytes) -> bool:
    """Whether 512 bytes are a header: its checksum is right, bytes counted as unsigned or, as old systems did, signed.

    The name of the format is no test, for v7 files have none.
    """
    if len(block) < BLOCK or (block[0] == 0 and block[345] == 0 and block[156:157] not in b"xgLK"):
        return False
    try:
        stated = number(block[_CHECKSUM])
    except HeaderError:
        return False
    rest = block[:148] + b" " * 8 + block[156:BLOCK]
    total = sum(rest)
    return stated in (total, total - 256 * sum(byte > 127 for byte in rest))


def parse_header(block: bytes) -> Header:
    """The header of a block that is one; raises HeaderError when its numbers are impossible."""
    name = block[:100].split(b"\0", 1)[0]
    if block[257:263] == b"ustar\0" and block[345]:
        name = block[345:500].split(b"\0", 1)[0] + b"/" + name
    size = number(block[124:136])
    if size < 0:
        raise HeaderError("its size is negative")
    return Header(name, size, block[156:157], block[157:257].split(b"\0", 1)[0])


def number(field: bytes) -> int:
    """A number in octal digits, or in base 256 when its first bit is set (GNU); raises HeaderError."""
    if field[0] in (0x80, 0xFF):
        return int.from_bytes(field[1:] if field[0] == 0x80 else field, "big", signed=field[0] == 0xFF)
    digits = field.split(b"\0", 1)[0].strip()
    try:
        return int(digits, 8) if digits else 0
    except ValueError as error:
        raise HeaderError("a number in it is none") from error


def parse_extended(kind: bytes, data: bytes) -> Extended:
    """The content of an extended header of that type; raises HeaderError."""
    if kind in (b"L", b"K"):
        text = decode_name(data.split(b"\0", 1)[0])
        return Extended(name=text) if kind == b"L" else Extended(target=text)
    records = _records(data)
    names = {key: decode_name(records[key]) for key in ("path", "linkpath", "GNU.sparse.name") if key in records}
    try:
        size = int(records["size"]) if "size" in records else None
    except ValueError as error:
        raise HeaderError("the size in its extended header is no number") from error
    if size is not None and size < 0:
        raise HeaderError("its size is negative")
    return Extended(
        names.get("GNU.sparse.name", names.get("path")),
        names.get("linkpath"),
        size,
        any(key.startswith(_SPARSE) for key in records),
    )


def _records(data: bytes) -> dict[str, bytes]:
    """Lines "LENGTH KEY=VALUE\\n" of a pax header, where LENGTH counts the whole line."""
    records: dict[str, bytes] = {}
    at = 0
    while at < len(data) and data[at]:
        digits, space, _ = data[at : at + 21].partition(b" ")
        if not space or not digits.isdigit():
            raise HeaderError("its extended header is damaged")
        end = at + int(digits)
        key, equals, value = data[at + len(digits) + 1 : end - 1].partition(b"=")
        if end > len(data) or not equals or data[end - 1 : end] != b"\n":
            raise HeaderError("its extended header is damaged")
        records[key.decode("utf-8", "replace")] = value
        at = end
    return records
