"""Pictures of starred articles: fetched once, kept as files, asked for again when that may help."""

from __future__ import annotations

import struct
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newstui.config import Settings
from newstui.fetch.pictures import fetch_pictures, size_of
from newstui.model import Article, Block, Source
from newstui.rows import View
from newstui.store import Store, open_store
from tests.fetch.server import Site

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
NOW_MS = int(NOW.timestamp() * 1000)


def png(width: int, height: int) -> bytes:
    """A black picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(bytes((width * 3 + 1) * height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty cache."""
    return open_store(tmp_path / "cache.db", now=NOW)


@pytest.fixture
def feed(store: Store) -> Source:
    """A subscribed feed."""
    return store.sources.add("https://news.example/feed.xml", "feed", "新都新闻", at=NOW)


def starred(store: Store, feed: Source, *urls: str, page: str = "", at: datetime = NOW) -> int:
    """The row of a starred article with these pictures."""
    blocks = (Block("paragraph", "桂湖的荷花开了。"), *(Block("image", "荷花", url=url) for url in urls))
    article = Article(title=f"荷花{at:%H%M}", url=page, guid=f"g{at:%H%M}", blocks=blocks, published=NOW)
    store.articles.ingest(feed.id, [article], at=NOW)
    row = next(each.key.row for each in store.views.window(_all(), limit=10) if each.title == article.title)
    store.marks.set("starred", True, [row], at)
    return row


def _all() -> View:
    return View()


def test_a_starred_articles_pictures_are_kept_once(site: Site, settings: Settings, store: Store, feed: Source) -> None:
    site.serve("/a.png", png(40, 30), kind="image/png")
    starred(store, feed, site.url("/a.png"), site.url("/a.png"), page=site.url("/page.html"))
    outcome = fetch_pictures(store, settings, now=NOW_MS)
    assert (outcome.kept, outcome.lost) == (1, [])
    kept = store.pictures.find(site.url("/a.png"))
    assert kept is not None and (kept.width, kept.height) == (40, 30)
    assert kept.path.read_bytes() == png(40, 30) and kept.size == len(png(40, 30))
    assert site.asked[0].headers["Referer"] == site.url("/page.html")
    assert site.asked[0].headers["Accept"].startswith("image/")
    assert fetch_pictures(store, settings, now=NOW_MS).kept == 0
    assert len(site.asked) == 1


def test_articles_without_a_star_bring_no_pictures(site: Site, settings: Settings, store: Store, feed: Source) -> None:
    row = starred(store, feed, site.url("/a.png"))
    store.marks.set("starred", False, [row], NOW)
    assert fetch_pictures(store, settings, now=NOW_MS).kept == 0
    assert site.asked == []


def test_what_may_pass_is_asked_for_again_for_a_week(
    site: Site, settings: Settings, store: Store, feed: Source
) -> None:
    site.fails("/a.png", 503)
    starred(store, feed, site.url("/a.png"))
    starred(store, feed, site.url("/none.png"), at=NOW + timedelta(minutes=1))
    lost = fetch_pictures(store, settings, now=NOW_MS).lost
    assert sorted(one.reason for one in lost) == ["the server answered 404", "the server answered 503"]
    site.serve("/a.png", png(2, 2), kind="image/png")
    assert fetch_pictures(store, settings, now=NOW_MS).kept == 1
    asked = len(site.asked)
    site.fails("/b.png", 503)
    starred(store, feed, site.url("/b.png"), at=NOW + timedelta(minutes=2))
    fetch_pictures(store, settings, now=NOW_MS + 8 * 86_400_000)
    assert [one.path for one in site.asked[asked:]].count("/b.png") == 1
    starred(store, feed, at=NOW + timedelta(minutes=3))
    fetch_pictures(store, settings, now=NOW_MS + 8 * 86_400_000)
    asked = len(site.asked)
    fetch_pictures(store, settings, now=NOW_MS + 8 * 86_400_000)
    assert len(site.asked) == asked


def test_what_is_no_picture_is_not_kept(site: Site, settings: Settings, store: Store, feed: Source) -> None:
    site.serve("/page", b"<html>log in", kind="image/png")
    site.serve("/cut.png", png(9, 9)[:12], kind="image/png")
    site.endless("/endless.png", b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536, 0)
    urls = [site.url("/page"), site.url("/cut.png"), site.url("/endless.png"), "http://[bad/x.png"]
    starred(store, feed, *urls)
    outcome = fetch_pictures(store, settings, now=NOW_MS)
    assert outcome.kept == 0 and len(outcome.lost) == 4
    assert not store.pictures.folder.exists()


def test_pictures_of_private_addresses_are_not_asked_for(
    site: Site, settings: Settings, store: Store, feed: Source
) -> None:
    starred(store, feed, site.url("/a.png"))
    assert "private" in fetch_pictures(store, Settings(timeout=1.0), now=NOW_MS).lost[0].reason
    assert site.asked == []


def test_pruning_leaves_the_pictures_of_starred_articles(store: Store, feed: Source) -> None:
    starred(store, feed, "https://news.example/a.png")
    store.pictures.keep("https://news.example/a.png", png(3, 2), 3, 2)
    store.pictures.keep("https://news.example/b.png", png(3, 2), 3, 2)
    store.pictures.keep("https://news.example/b.png", png(4, 2), 4, 2)
    assert store.pictures.prune({url for one in store.pictures.starred() for url in one.urls}) == 1
    assert store.pictures.find("https://news.example/a.png") is not None
    assert store.pictures.find("https://news.example/b.png") is None


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (png(7, 5), (7, 5)),
        (b"GIF89a" + struct.pack("<HH", 12, 34) + bytes(8), (12, 34)),
        (b"", None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"<svg width='10' height='10'/>", None),
        (b"\xff\xd8\xff" + bytes(100), None),
        (png(1, 1)[:16] + struct.pack(">II", 60_000, 60_000) + bytes(40), None),
    ],
)
def test_sizes(data: bytes, size: tuple[int, int] | None) -> None:
    assert size_of(data) == size
