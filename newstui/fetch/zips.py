"""ZIP files: members streamed under limits; damage, encryption and hostile names end in a message."""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from functools import partial
from typing import IO, TYPE_CHECKING, Final

from newstui.fetch.filenames import decode_name, is_hidden, leads_outside, page_of_assets, shown
from newstui.fetch.found import Budget, BudgetError, Found, Spot
from newstui.fetch.regular import why

if TYPE_CHECKING:
    from newstui.fetch.containers import Walk

_END: Final = struct.Struct("<4s4H2LH")
_END64_PLACE: Final = struct.Struct("<4sLQL")
_END64: Final = struct.Struct("<4sQ2H2L4Q")
_UTF8: Final = 0x800
_ENCRYPTED: Final = 0x1
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    OverflowError,
    MemoryError,
)


def in_zip(walk: Walk, at: Spot, opened: IO[bytes], budget: Budget) -> Iterator[Found]:
    """What every member of the ZIP file `opened` holds, in the archive's order."""
    try:
        directory, damage = _end_record(opened)
        if directory > walk.limits.directory:
            yield at.failed("its table of contents is too large")
            return
        archive = zipfile.ZipFile(opened)
    except _BROKEN as error:
        yield at.failed(f"damaged ZIP file ({why(error)})")
        return
    with archive:
        if damage:
            yield at.failed(f"damaged ZIP file ({damage}); what can be read of it is read")
        infos = archive.infolist()
        if len(infos) > walk.limits.members:
            yield at.failed(f"more than {walk.limits.members} files in one ZIP file")
            return
        names = [_name(info) for info in infos]
        files = [(info, name) for info, name in zip(infos, names, strict=True) if not name.endswith("/")]
        walk.tally.found += len(files) - 1
        if not files:
            walk.tally.found += 1
            yield at.skipped("a ZIP file without files")
        listed = set(names)
        for number, (info, name) in enumerate(files):
            try:
                yield from _member(walk, at.inside(shown(name)), archive, info, _reason(info, name, listed), budget)
            except BudgetError:
                if at.depth:
                    raise
                left = len(files) - number - 1
                yield at.inside(shown(name)).failed(
                    f"the ZIP file unpacks to far more than its size; this and {left} further files are left unread"
                )
                return


def _member(
    walk: Walk, at: Spot, archive: zipfile.ZipFile, info: zipfile.ZipInfo, reason: str, budget: Budget
) -> Iterator[Found]:
    if reason:
        yield at.skipped(reason)
        return
    if info.compress_type == zipfile.ZIP_STORED and info.compress_size != info.file_size:
        yield at.failed("damaged: its two sizes differ")
        return
    try:
        with archive.open(info) as opened:
            yield from walk.open(at, opened, info.file_size, budget)
    except _BROKEN as error:
        yield at.failed(f"damaged ({why(error)})")


def _reason(info: zipfile.ZipInfo, name: str, listed: set[str]) -> str:
    """Why a member is passed over unread; "" when it is not."""
    if leads_outside(name):
        return "its name leads out of the archive"
    if info.flag_bits & _ENCRYPTED:
        return "encrypted"
    if info.compress_type not in _METHODS:
        return f"packed by method {info.compress_type}, which is not read"
    parts = name.split("/")
    if any(is_hidden(part) for part in parts):
        return "hidden"
    for depth, part in enumerate(parts[:-1]):
        page = page_of_assets(part, partial(_is_beside, listed, parts[:depth]))
        if page:
            return f"belongs to the saved page {shown(page)}"
    return ""


def _is_beside(listed: set[str], above: Sequence[str], name: str) -> bool:
    return "/".join((*above, name)) in listed


def _name(info: zipfile.ZipInfo) -> str:
    """A member's path: the Unicode extra field (APPNOTE 4.6.9), the UTF-8 flag, else by its bytes."""
    if info.flag_bits & _UTF8:
        given = info.orig_filename
        raw = given.encode("utf-8", "surrogatepass")
    else:
        given = info.orig_filename
        try:
            raw = given.encode("cp437")
        except UnicodeEncodeError:
            return given
    stated = _unicode_path(info.extra, raw)
    if stated:
        return stated
    return given if info.flag_bits & _UTF8 else decode_name(raw)


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


def _end_record(opened: IO[bytes]) -> tuple[int, str]:
    """Bytes of the central directory, and what is wrong at its end; raises BadZipFile when it has no end.

    Read before `zipfile`, which takes the whole central directory into memory and believes its size.
    """
    length = opened.seek(0, os.SEEK_END)
    start = max(0, length - (1 << 16) - _END.size)
    opened.seek(start)
    tail = opened.read(length - start)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise zipfile.BadZipFile("it has no end record; it was cut short")
    _, _, _, _, _, directory, _, comment = _END.unpack_from(tail, at)
    if directory == 0xFFFFFFFF:
        directory = _directory64(opened, start + at, directory)
    damage = "" if at + _END.size + comment == len(tail) else "its end does not fit its comment"
    opened.seek(0)
    return directory, damage


def _directory64(opened: IO[bytes], end: int, directory: int) -> int:
    if end < _END64_PLACE.size:
        return directory
    opened.seek(end - _END64_PLACE.size)
    signature, _, offset, _ = _END64_PLACE.unpack(opened.read(_END64_PLACE.size))
    if signature != b"PK\x06\x07" or offset > end:
        return directory
    opened.seek(offset)
    record = opened.read(_END64.size)
    if len(record) < _END64.size or not record.startswith(b"PK\x06\x06"):
        raise zipfile.BadZipFile("its ZIP64 end record is not where it should be")
    return int(_END64.unpack(record)[8])
