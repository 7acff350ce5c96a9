"""Images in HTML: the real address behind lazy loading, which alternative texts say something, what is no picture."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from newstui.sources.urls import web_url
from newstui.text.clean import clean_line

_LAZY: Final = (
    "data-src", "data-original", "data-original-src", "data-lazy-src", "data-actualsrc", "data-echo",
    "data-sf-original-src", "data-savepage-currentsrc", "data-savepage-src",
    "data-url", "_src", "file", "zoomfile", "original",
)  # fmt: skip
_EMPTY_ALT: Final = re.compile(
    r"(?:图片|图像|插图|配图|image|img|photo|picture|undefined|null|none|图\d*|[\w\-./:%]*\.(?:jpe?g|png|gif|webp|bmp)"
    r"|[0-9a-f_\-]{12,}|(?:img|dsc|dscn|image)[\d_\-]*|[\d_\-]+)",
    re.IGNORECASE,
)
_GLYPH: Final = re.compile(r"emoji|smil|emotion|latex|math", re.IGNORECASE)
_PIXELS: Final = re.compile(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*$")


def image_url(element: etree._Element, base: str) -> str:
    """The absolute address of an <img>, lazy-loading attributes first; "" for data: and the like."""
    for name in _LAZY:
        value = element.get(name)
        if value and ("/" in value or "." in value):
            url = web_url(value, base)
            if url.startswith("http"):
                return url
    source = element.get("src", "")
    if not source or source[:5].lower() == "data:":
        source = element.get("srcset", element.get("data-srcset", "")).strip().split(" ", 1)[0].rstrip(",")
    url = web_url(source, base)
    return url if url.startswith("http") and url != base else ""


def is_inlined(element: etree._Element) -> bool:
    """Whether the picture was written into the page, from which `text.inlined` took its bytes."""
    return element.get("src", "").endswith(";base64,")


def image_alt(element: etree._Element) -> str:
    """The alternative text, or the title, unless it is a file name or says only that this is an image."""
    for name in ("alt", "title"):
        text = clean_line(element.get(name, ""))
        if text and _EMPTY_ALT.fullmatch(text[:300]) is None:
            return text
    return ""


def is_glyph(element: etree._Element) -> bool:
    """Whether the image stands for a character in running text (emoji, formula, small icon with a text)."""
    if _GLYPH.search(element.get("class", "")) is not None:
        return True
    height = _pixels(element.get("height"))
    width = _pixels(element.get("width"))
    return 2 < max(height, width) <= 24 and bool(element.get("alt", "").strip())


def is_tracker(element: etree._Element) -> bool:
    """Whether the image is a counting pixel, a spacer or an icon without words."""
    width, height = (_pixels(element.get(name)) for name in ("width", "height"))
    return 0 <= width <= 2 or 0 <= height <= 2 or (0 <= width <= 24 and 0 <= height <= 24)


def _pixels(value: str | None) -> int:
    """The number of CSS pixels, -1 when not stated so."""
    match = _PIXELS.match(value or "")
    return int(match.group(1)) if match else -1
