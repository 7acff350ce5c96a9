"""Whether what a record holds may be a page, by its label, its address and its first bytes (pure)."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from newstui.fetch.filenames import is_data
from newstui.fetch.forms import unread_form

_LABELS: Final = (
    (re.compile(r"image/"), "a picture"),
    (re.compile(r"video/|application/(?:x-)?(?:mpegurl|vnd\.apple\.mpegurl|dash\+xml|x-shockwave-flash)"), "a film"),
    (re.compile(r"audio/"), "sound"),
    (re.compile(r"font/|application/(?:x-)?font|application/vnd\.ms-fontobject"), "a font"),
    (re.compile(r"text/css"), "a style sheet"),
    (re.compile(r"(?:text|application)/(?:x-|ecma|java)*(?:java|ecma)?script"), "a script"),
    (re.compile(r"application/pdf"), "a PDF file"),
    (re.compile(r"(?:application|text)/(?!feed\+)(?:[\w.\-]+\+)?(?:x-)?json|application/(?:x-)?ndjson"), "data"),
    (re.compile(r"application/(?:x-)?(?:protobuf|wasm|manifest|msgpack|grpc)"), "data"),
)
_ENDINGS: Final = (
    ((".ttf", ".otf", ".woff", ".woff2", ".eot"), "a font"),
    ((".jpg", ".jpeg", ".png", ".gif", ".webp", ".ico", ".bmp", ".avif"), "a picture"),
    ((".mp4", ".flv", ".m3u8", ".webm", ".swf"), "a film"),
    ((".mp3", ".m4a", ".ogg", ".wav"), "sound"),
)
_MARKUP: Final = re.compile(rb"[\s\xef\xbb\xbf]*<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
_SITE_MAP: Final = re.compile(
    rb"[\s\xef\xbb\xbf]*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:urlset|sitemapindex)[\s>]", re.DOTALL
)
_JSON_FEED: Final = re.compile(rb'\s*\{.{0,4000}"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org', re.DOTALL)
_FONTS: Final = (b"\x00\x01\x00\x00\x00", b"OTTO", b"wOFF", b"wOF2", b"ttcf")


def why_no_page(content_type: str, url: str, head: bytes, *, packed: bool) -> str:
    """Why a body that begins with `head` is no page; "" when it may be one. `packed`: `head` is not readable yet."""
    label = content_type.partition(";")[0].strip().lower()
    if not packed:
        if head.startswith(_FONTS):
            return "a font, no page"
        form = unread_form(head[:8192])
        if form:
            return form
        if _MARKUP.match(head):
            # Errors and articles alike are sent under the label of what was asked for.
            return ""
        if _SITE_MAP.match(head):
            return "a site map, no page"
        if _JSON_FEED.match(head):
            return ""
    for pattern, name in _LABELS:
        if pattern.match(label):
            return f"{name}, no page"
    path = _path(url)
    if path.endswith("/robots.txt"):
        return "rules for robots, no page"
    if label in ("", "text/plain", "application/octet-stream"):
        if is_data(path):
            return "data or code, no page"
        for endings, name in _ENDINGS:
            if path.lower().endswith(endings):
                return f"{name}, no page"
    return ""


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return url


def why_no_article(status: int, location: str) -> str:
    """Why an answer with this status has no page; "" when it may have one."""
    if status in (200, 203) or status in (201, 202, 206):
        return ""
    if status == 304:
        return "not modified since an earlier capture"
    if 300 <= status < 400:
        return f"a redirect to {location[:500]}" if location else f"a redirect ({status})"
    return f"the server answered {status}"


_RANGE: Final = re.compile(r"bytes\s+0-(\d+)/(\d+|\*)")


def is_part(status: int, content_range: str) -> bool:
    """Whether an answer is only a part of its page (RFC 9110 §14.4)."""
    if status != 206:
        return False
    match = _RANGE.match(content_range.strip())
    return match is None or not match.group(2).isdigit() or int(match.group(1)) + 1 != int(match.group(2))
