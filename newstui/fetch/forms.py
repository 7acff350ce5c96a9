"""What a file is by its first bytes, as far as that decides how it is opened (pure).

A further form of archive becomes readable by one line here and one opener that `containers` calls.

7z, RAR and CHM stay closed, with the way out in their reasons. For 7z, `py7zr` and its decoders are LGPL;
`libarchive-c` (CC0) wants the system's libarchive, which its wheel does not bring, and is C that hostile bytes would
meet outside the parser's limits; and a solid 7z file gives a member only by unpacking all before it, with a dictionary
of up to 4 GiB in memory. RAR may be read by its owner's code only; CHM's LZX has no wheel.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from newstui.fetch.mime_forms import mail_form
from newstui.fetch.tar_headers import BLOCK, is_header
from newstui.sources.tables import layout_of
from newstui.text.charset import decode

Compression = Literal["gzip", "bzip2", "xz", "lzma", "Zstandard"]
Form = Literal["web archive", "zip", "tar", "mail", "mailbox", "json", "table", "database", "plain"] | Compression

HEAD: Final = 8192
"""Bytes of a file's beginning that are enough to tell."""

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00PK")
_COMPRESSED: Final[tuple[tuple[re.Pattern[bytes], Compression], ...]] = (
    (re.compile(rb"\x1f\x8b\x08"), "gzip"),
    (re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)", re.DOTALL), "bzip2"),
    (re.compile(rb"\xfd7zXZ\0"), "xz"),
    # A frame or a skippable frame, RFC 8878 §3.1.
    (re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18", re.DOTALL), "Zstandard"),
    # No magic: the usual properties (lc 3, lp 0, pb 2), a dictionary of 2^n or 2^n + 2^(n-1) bytes from 4 KiB on, a
    # length unknown or under 256 GiB as xz demands, and the zero that every range coder begins with.
    (
        re.compile(
            rb"\x5d(?:\0[\x10\x18\x20\x30\x40\x60\x80\xc0]\0|\0\0[\x01-\x04\x06\x08\x0c\x10\x18\x20\x30\x40\x60\x80\xc0])"
            rb"[\0-\x06](?:\xff{8}|.{4}[\0-\x3f]\0\0\0)\0",
            re.DOTALL,
        ),
        "lzma",
    ),
)
_CLOSED: Final[tuple[tuple[bytes, str], ...]] = (
    (b"7z\xbc\xaf\x27\x1c", "a 7z file, which is not read; unpack it (7z x FILE) and import the folder"),
    (b"Rar!\x1a\x07", "a RAR file, which is not read; unpack it (unrar x or 7z x FILE) and import the folder"),
    (b"ITSF\x03\0\0\0", "a CHM file, which is not read; unpack it (7z x or extract_chmLib FILE) and import the folder"),
    (b"MSCF\0\0\0\0", "a CAB file, which is not read; unpack it (7z x FILE) and import the folder"),
    (b"\x1f\x9d", "packed by compress, which is not read; unpack it (gzip -d FILE) and import the result"),
    (b"\x1f\xa0", "packed by LZH, which is not read; unpack it (gzip -d FILE) and import the result"),
    (b"LZIP\x01", "packed by lzip, which is not read; unpack it (lzip -d FILE) and import the result"),
    (b"\x04\x22\x4d\x18", "packed by LZ4, which is not read; unpack it (lz4 -d FILE) and import the result"),
    (b"!<arch>\n", "an ar file, which is not read; unpack it (ar x FILE) and import the folder"),
    (b"070701", "a cpio file, which is not read; unpack it (cpio -i) and import the folder"),
    (b"\x60\xea", "an ARJ file, which is not read; unpack it (7z x FILE) and import the folder"),
)
"""Containers that could hold pages; the reason names the way out."""
_JSON: Final = re.compile(r'\{\s*["}]|\[\s*[{\]]')
_CDX: Final = re.compile(rb"\s?CDX( \w){3,}|\S+,?\S*\)\S* \d{14} (\{|\S+ \S+ \d{3} )")
_OTHER: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"ID3", "sound"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
)


def compression_of(head: bytes) -> Compression | None:
    """How a stream that begins with `head` is compressed; None when it is not."""
    return next((form for magic, form in _COMPRESSED if magic.match(head)), None)


def form_of(head: bytes) -> Form:
    """How a file that begins with `head` is opened; "plain" when its content speaks for itself."""
    if head.startswith(_ZIP):
        return "zip"
    compression = compression_of(head)
    if compression is not None:
        return compression
    if head.startswith(b"SQLite format 3\x00"):
        return "database"
    return "tar" if is_header(head[:BLOCK]) else mail_form(head) or data_form(head)


def data_form(head: bytes) -> Literal["json", "table", "plain"]:
    """Whether a file that begins with `head` is data: JSON values with fields, or a table as text."""
    if not head or head.startswith((b"\x00", *(magic for magic, _ in (*_CLOSED, *_OTHER)))):
        return "plain"
    text = decode(head).text.lstrip("\ufeff \t\r\n")
    if _JSON.match(text):
        return "json"
    if text[:1] in ("<", "") or "\x00" in text:
        return "plain"
    return "table" if layout_of(text) is not None else "plain"


def closed_form(head: bytes) -> str:
    """The reason, with the way out, of a container that may hold pages and cannot be opened; "" of anything else."""
    return next((reason for magic, reason in _CLOSED if head.startswith(magic)), "")


def is_text(head: bytes) -> bool:
    """Whether a file that begins with `head` looks like text in some encoding rather than data."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\0<", b"<\0")):
        return True
    return sum(byte < 9 or 13 < byte < 27 for byte in head) * 20 < len(head)


def unread_form(head: bytes) -> str:
    """Why a file that begins with `head` is not read by this version; "" when it may be."""
    if _CDX.match(head):
        return "an index of a web archive, no page"
    if head.startswith(b"%PDF-"):
        return "a PDF file, no page; turn it into text (pdftotext FILE) and import that"
    for magic, name in _OTHER:
        if head.startswith(magic):
            return f"{name}, no page"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "a picture, no page"
    return ""
