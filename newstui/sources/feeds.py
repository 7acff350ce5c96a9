"""Feed documents of every format: bytes to a `Feed`, or the reason why they are none.

The charset is settled here, once, for all formats (`text.charset`); the formats' own modules see text only.
"""

from __future__ import annotations

from typing import Final

from newstui.model import Feed
from newstui.sources.detect import Kind, sniff, sniff_text
from newstui.sources.feed_parts import NotAFeed
from newstui.sources.json_feed import parse_json
from newstui.sources.xml_feeds import parse_xml
from newstui.text.charset import declared_by, decode

__all__ = ["NotAFeed", "parse_feed"]

_LOOKS: Final[dict[Kind, str]] = {
    "html": "This is an HTML page, not a feed.",
    "opml": "This is an OPML subscription list, not a feed; import it with `newstui opml import`.",
    "zip": "This is a ZIP archive, not a feed.",
    "binary": "This is binary data, not a feed.",
    "text": "This is plain text, not a feed.",
    "empty": "This document is empty.",
    "feed": "This XML holds no feed.",
}


def parse_feed(data: bytes, *, content_type: str = "", url: str = "", keep_empty: bool = False) -> Feed:
    """The feed in `data`; raises NotAFeed, and nothing else, for what is none.

    `content_type` is the HTTP header as it came, `url` the address that relative links are resolved against. Survivable
    faults are told in `Feed.notes`. Entries with neither title, text nor link are left out unless `keep_empty`.
    """
    kind = sniff(data)
    if kind in ("empty", "zip", "binary"):
        raise NotAFeed(_LOOKS[kind])
    text = decode(data, declared_by(content_type)).text.lstrip("\ufeff\x00 \t\r\n")
    kind = sniff_text(text)
    if text[:1] in ("{", "["):
        return parse_json(text, url, keep_empty=keep_empty)
    if kind != "feed":
        raise NotAFeed(_LOOKS["feed" if kind == "text" and text.startswith("<") else kind])
    feed = parse_xml(text, url, keep_empty=keep_empty)
    if not (feed.format or feed.articles or feed.title):
        raise NotAFeed(_LOOKS["feed"])
    return feed
