"""What a file is by its first bytes, as far as that decides how it is opened (pure).

A further form of archive becomes readable by one line here and one opener that `containers` calls.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from newstui.fetch.mime_forms import mail_form
from newstui.sources.tables import layout_of
from newstui.text.charset import decode

Form = Literal["zip", "gzip", "mail", "mailbox", "json", "table", "plain"]

HEAD: Final = 8192
"""Bytes of a file's beginning that are enough to tell."""

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_GZIP: Final = b"\x1f\x8b\x08"
_LATER: Final[tuple[tuple[bytes, str], ...]] = (
    (b"WARC/", "WARC"),
    (b"filedesc:", "ARC"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"BZh", "bzip2"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"!<arch>\n", "ar"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"ITSF", "CHM"),
)
_JSON: Final = re.compile(r'\{\s*["}]|\[\s*[{\]]')
_CDX: Final = re.compile(rb"\s?CDX( \w){3,}|\S+,?\S*\)\S* \d{14} (\{|\S+ \S+ \d{3} )")
_OTHER: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"%PDF-", "a PDF file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"ID3", "sound"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
)


def form_of(head: bytes) -> Form:
    """How a file that begins with `head` is opened; "plain" when its content speaks for itself."""
    if head.startswith(_ZIP):
        return "zip"
    if head.startswith(_GZIP):
        return "gzip"
    return mail_form(head) or data_form(head)


def data_form(head: bytes) -> Literal["json", "table", "plain"]:
    """Whether a file that begins with `head` is data: JSON values with fields, or a table as text."""
    if not head or head.startswith((b"\x00", *(magic for magic, _ in _LATER), *(magic for magic, _ in _OTHER))):
        return "plain"
    text = decode(head).text.lstrip("\ufeff \t\r\n")
    if _JSON.match(text):
        return "json"
    if text[:1] in ("<", "") or "\x00" in text:
        return "plain"
    return "table" if layout_of(text) is not None else "plain"


def unread_form(head: bytes) -> str:
    """Why a file that begins with `head` is not read by this version; "" when it may be."""
    for magic, name in _LATER:
        if head.startswith(magic):
            return f"not read yet: {name}"
    if head[257:262] == b"ustar":
        return "not read yet: tar"
    if _CDX.match(head):
        return "an index of a web archive, no page"
    for magic, name in _OTHER:
        if head.startswith(magic):
            return f"{name}, no page"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "a picture, no page"
    return ""
