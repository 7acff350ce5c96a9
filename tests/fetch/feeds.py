"""Feeds to serve, made to measure."""

from __future__ import annotations

from collections.abc import Iterable


def rss(entries: Iterable[tuple[str, str]], *, title: str = "新都新闻", host: str = "https://news.example") -> bytes:
    """An RSS 2.0 feed of entries (number, body), newest first by their order."""
    items = "".join(
        f"<item><title>第{number}条</title><link>{host}/{number}.html</link><guid>{host}/{number}</guid>"
        f"<pubDate>Tue, 24 Nov 2026 {12 - index % 12:02}:00:00 +0800</pubDate>"
        f"<description>{body}</description></item>"
        for index, (number, body) in enumerate(entries)
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{title}</title>'
        f"<link>{host}/</link><description>d</description>{items}</channel></rss>"
    ).encode()
