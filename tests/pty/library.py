"""Caches for the program on a terminal: a plain one, and one whose every text is hostile."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import apsw

from newstui.model import Article, Block, Enclosure, Headline, Link
from newstui.store import open_store
from tests.pty.hostile import ALL

NOW: Final = datetime.now(UTC).replace(microsecond=0)
PLACES: Final = ("510114", "510115", "510116", "tab:导览", "510100", "510107")


def build_plain(home: Path, count: int = 60) -> Path:
    """A cache of `count` articles in several places, the newest a minute old; its path."""
    home.mkdir(parents=True, exist_ok=True)
    cache = home / "cache.db"
    with open_store(cache, now=NOW) as store:
        source = store.sources.add("https://news.example.cn/rss", "feed", title="测试日报", at=NOW)
        articles = [
            Article(
                title=f"第{number}号新闻：新都区开展便民服务活动，居民称好",
                url=f"https://news.example.cn/{number}",
                guid=str(number),
                byline=("成都日报", "四川日报", "")[number % 3],
                published=NOW - timedelta(minutes=1, hours=7 * number),
                blocks=tuple(Block("paragraph", f"正文第{part}段，第{number}号。" * 8) for part in range(1, 9)),
                place=PLACES[number % len(PLACES)],
            )
            for number in range(count)
        ]
        store.articles.ingest(source.id, articles, at=NOW)
    return cache


def build_hostile(home: Path, *, raw: bool) -> Path:
    """A cache with hostile text in every field that is shown; its path.

    The text goes in through the store's door; `raw` puts it behind the door as well, straight into the file, as if the
    door had a hole or another program had written there.
    """
    home.mkdir(parents=True, exist_ok=True)
    cache = home / "cache.db"
    with open_store(cache, now=NOW) as store:
        source = store.sources.add("https://news.example.cn/rss", "feed", title=ALL, at=NOW)
        blocks = (
            Block("heading", ALL, level=2),
            Block("paragraph", ALL, links=(Link(0, 2, "https://news.example.cn/\x1b]52;c;UFdORUQ=\x07"),)),
            Block("item", ALL, level=1, marker="•\x1b[2J"),
            Block("quote", ALL),
            Block("table", rows=((ALL, ALL), (ALL, ALL))),
            Block("image", ALL, url="https://news.example.cn/i\x1b[2J.jpg"),
            Block("code", f"{ALL}\n{ALL}"),
            Block("rule"),
        )
        articles = [
            Article(
                title=f"{number}{ALL}",
                url=f"https://news.example.cn/{number}\x1b]8;;file:///x\x1b\\",
                guid=f"{number}{ALL}",
                byline=ALL,
                author=ALL,
                editor=ALL,
                published=NOW - timedelta(hours=number + 1),
                summary=ALL,
                blocks=blocks,
                place=("510114", f"tab:{ALL}")[number % 2],
                crumbs=(ALL, ALL),
                column=ALL,
                related=(Headline(ALL, "https://news.example.cn/r\x9b2J", ALL),),
                enclosures=(Enclosure("https://news.example.cn/e\x1b[2J.mp3", ALL, 3),),
            )
            for number in range(6)
        ]
        store.articles.ingest(source.id, articles, at=NOW)
    if raw:
        _make_raw(cache)
    return cache


def _make_raw(cache: Path) -> None:
    """Write the hostile text into every shown column; lone surrogates are what SQLite's text cannot hold."""
    dirty = ALL.replace("\ud83d", "")
    connection = apsw.Connection(str(cache))
    for table, columns in {
        "articles": ("title", "byline", "url"),
        "sources": ("title",),
        "places": ("name", "path"),
        "bodies": ("author", "editor", "topic"),
    }.items():
        for column in columns:
            connection.execute(f"UPDATE {table} SET {column} = ?", (dirty,))
    connection.close()
