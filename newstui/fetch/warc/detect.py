"""Whether a file is a web archive, by its first bytes (pure)."""

from __future__ import annotations

import re
from typing import Final

from newstui.fetch.warc.sources import BEGINNING
from newstui.fetch.warc.unpackers import Packing, UnpackError, unpacker_of

_DAMAGED: Final = re.compile(
    rb"[^\n]{0,40}\n(?:[\w\-]+:[^\n]*\n){0,20}?WARC-(?:Type|Record-ID|Date|Target-URI):", re.IGNORECASE
)
"""A WARC file whose first line is damaged."""
_DICTIONARY: Final = b"\x5d\x2a\x4d\x18"
_GZIP: Final = b"\x1f\x8b\x08"
_TRIES: Final = 8


def packing_of(head: bytes) -> Packing | None:
    """How the web archive that begins with `head` is packed; None when it is none.

    Of a gzip file the first member that can be unpacked decides, so that a damaged one does not hide all others.
    """
    plain = head.lstrip(b"\r\n \t")
    if plain.startswith((b"WARC/", b"filedesc:")) or BEGINNING.match(plain) or _DAMAGED.match(plain):
        return ""
    if head.startswith(_DICTIONARY):
        return "zstd"
    if head.startswith(b"\x28\xb5\x2f\xfd"):
        return "zstd" if _begins_record("zstd", head)[0] else None
    # One of the three bytes of the magic may be damaged itself.
    if sum(one == other for one, other in zip(head, _GZIP, strict=False)) >= 2:
        at = 0
        for _ in range(_TRIES):
            begins, unpacked = _begins_record("gzip", head[at:])
            if begins:
                return "gzip"
            if unpacked:
                break
            at = head.find(_GZIP, at + 1)
            if at < 0:
                break
    return None


def _begins_record(packing: Packing, packed: bytes) -> tuple[bool, bool]:
    """Whether a member that begins so holds a record first, and whether it could be unpacked without a fault."""
    sound = True
    try:
        out = unpacker_of(packing)().feed(packed)
    except UnpackError as error:
        out, sound = error.output, False
    out = out.lstrip(b"\r\n \t")
    return out.startswith((b"WARC/", b"filedesc:")) or BEGINNING.match(out) is not None, sound
