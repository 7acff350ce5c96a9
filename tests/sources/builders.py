"""Feeds for tests."""

from __future__ import annotations

_NAMESPACES = (
    "xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/' "
    "xmlns:media='http://search.yahoo.com/mrss/'"
)


def rss(items: str, channel: str = "<title>新都新闻</title>") -> str:
    return f"<rss version='2.0' {_NAMESPACES}><channel>{channel}{items}</channel></rss>"
