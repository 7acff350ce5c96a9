"""What a document is, by its bytes alone: file names and media types lie too often."""

from __future__ import annotations

import re
from typing import Final, Literal

from newstui.text.charset import decode

Kind = Literal["feed", "html", "text", "zip", "opml", "binary", "empty"]

_WINDOW: Final = 65_536
"""Bytes looked at; test suites and generators put kilobytes of comments before the first element."""
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_BINARY: Final = (
    b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!", b"\x28\xb5\x2f\xfd", b"%PDF-", b"\x89PNG", b"GIF8",
    b"\xff\xd8\xff", b"RIFF", b"OggS", b"ID3", b"\x7fELF", b"MZ\x90", b"SQLite format 3\x00", b"\xd0\xcf\x11\xe0",
)  # fmt: skip
_PROLOG: Final = re.compile(
    r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^>\[]*\[.*?\]\s*>|[^>\[]*>)", re.DOTALL | re.IGNORECASE
)
_HTML_DOCTYPE: Final = re.compile(r"<!DOCTYPE\s+html", re.IGNORECASE)
_ELEMENT: Final = re.compile(r"<([A-Za-z_][\w.\-]*:)?([A-Za-z_][\w.\-]*)")
_FEED_ROOT: Final = re.compile(r"<(?:rss|rdf:RDF|(?:\w+:)?feed|channel)[\s>/]", re.IGNORECASE)
_FEED_NAMES: Final = frozenset(("rss", "rdf", "feed", "channel"))
_MARKUP: Final = re.compile(
    r"</?(?:html|head|body|title|meta|div|p|br|table|span|a|img|script|h[1-6]|ul|ol|li|font|center|section|article|main|b|i|strong|em)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_JSON_FEED: Final = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org|"items"\s*:\s*\[')
_NO_CONTROLS: Final = bytes(set(range(256)) - {*range(9), *range(0x0E, 0x1B), *range(0x1C, 0x20)})
"""Bytes of UTF-8 that are no control of a binary file."""


def sniff(data: bytes) -> Kind:
    """The kind of document that `data` is; only its first 64 KiB are looked at."""
    return sniff_magic(data) or sniff_text(decode(data[:_WINDOW]).text.lstrip("\ufeff\x00 \t\r\n"))


def sniff_magic(data: bytes) -> Literal["zip", "binary"] | None:
    """The kind of a document that its first bytes alone give away as no text; None for any other."""
    if data.startswith(_ZIP):
        return "zip"
    return "binary" if data.startswith(_BINARY) else None


def sniff_text(text: str) -> Kind:
    """`sniff` for a document that is decoded already."""
    text = text[:_WINDOW]
    if not text.strip("\ufeff\x00 \t\r\n\u3000"):
        return "empty"
    if len(text.encode("utf-8", "replace").translate(None, _NO_CONTROLS)) * 20 > len(text):
        return "binary"
    if text[0] in "{[":
        return "feed" if _JSON_FEED.search(text) is not None else "text"
    position, doctype_html = _after_prolog(text)
    root = _ELEMENT.match(text, position)
    if root is not None:
        name = root.group(2).lower()
        if name == "opml":
            return "opml"
        if name in _FEED_NAMES:
            return "feed"
        if name == "html" or doctype_html:
            return "html"
    if doctype_html:
        return "html"
    if "<" not in text:
        return "text"
    # A server's complaint may stand before the feed ("Warning: … on line 3<br />").
    if _FEED_ROOT.search(text[:4096]) is not None and "<html" not in text[:4096].lower():
        return "feed"
    if root is not None and _MARKUP.match(text, position) is not None:
        return "html"
    return "html" if len(_MARKUP.findall(text[:16_384])) > (5 if root is not None else 1) else "text"


def root_name(text: str) -> str:
    """The name of an XML document's root element without prefix, in lower case; "" when it does not begin with one."""
    root = _ELEMENT.match(text, _after_prolog(text)[0])
    return root.group(2).lower() if root is not None else ""


def _after_prolog(text: str) -> tuple[int, bool]:
    """Where declarations, comments and white space end, and whether HTML's DOCTYPE was among them."""
    position = 0
    doctype_html = False
    while (match := _PROLOG.match(text, position)) is not None:
        doctype_html = doctype_html or _HTML_DOCTYPE.match(match.group()) is not None
        position = match.end()
    return position, doctype_html
