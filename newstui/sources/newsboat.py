"""newsboat's cache (newsboat.org, src/cache.cpp: rss_feed, rss_item) as articles of the feeds that it follows.

Marks: unread = 0 is read; enqueued (its podcast queue) is the tag "enqueued"; each flag is the tag "flag-X", and the
flags s, f and * (any case) are a star too, as they are commonly used. Deleted items are left out. A guid that newsboat
made up itself of link and date, or of the title, is no guid: a fetch of the feed will not give it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from newstui.model import Article, Brought
from newstui.sources.feed_parts import Text, field_text, names, with_text
from newstui.sources.records import Taken
from newstui.sources.urls import web_url
from newstui.text.zones import SHANGHAI

ITEM: Final = (
    "guid", "title", "author", "url", "feedurl", "pubDate", "content", "unread", "enqueued", "flags", "deleted", "base",
)  # fmt: skip
FEED: Final = ("rssurl", "url", "title")
_STARS: Final = frozenset("sf*")


def read_item(item: Mapping[str, Any], member: str, titles: Mapping[str, str]) -> Taken | None:
    """The article of a row of rss_item; None for a deleted one. `titles`: of feeds by address."""
    if item.get("deleted"):
        return None
    feed, url = _text(item, "feedurl"), web_url(_text(item, "url"))
    guid, title = field_text(_text(item, "guid")), Text(_text(item, "title")).line()
    made_up = guid in ("", title) or (url and guid != url and guid.startswith(url))
    article = with_text(
        Article(
            title=title,
            url=url,
            guid="" if made_up else guid,
            author=names([_text(item, "author")]),
            published=_moment(item.get("pubDate")),
        ),
        [Text(_text(item, "content"), base=_text(item, "base") or url or feed)],
        None,
    )
    if not (article.title or article.blocks):
        return Taken(member, reason="it has neither title nor text")
    flags = [flag for flag in _text(item, "flags") if flag.isalnum() or flag == "*"]
    tags = (*(f"flag-{flag}" for flag in dict.fromkeys(flags)), *(("enqueued",) if item.get("enqueued") else ()))
    starred = any(flag.casefold() in _STARS for flag in flags)
    marks = Brought(read=item.get("unread") == 0, starred=starred, tags=tags)
    followed = web_url(feed)
    home = (followed, titles.get(feed, ""), True) if followed else (f"archive:{field_text(feed)[:500]}", feed, False)
    return Taken(member, article, marks, home)


def read_feed(row: Mapping[str, Any]) -> tuple[str, str, str, str] | None:
    """The subscription of a row of rss_feed: address, title, site, place; None for queries and programs."""
    url = web_url(_text(row, "rssurl"))
    return (url, "", web_url(_text(row, "url")), "") if url else None


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""


def _moment(value: object) -> datetime | None:
    """Seconds since 1970 as a time in China; 0 is newsboat's "no date"."""
    if not isinstance(value, int) or not 0 < value < 4_102_444_800:
        return None
    return datetime.fromtimestamp(value, UTC).astimezone(SHANGHAI)
