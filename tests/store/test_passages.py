"""Marked passages: kept by article id, whatever becomes of the article."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from newstui.errors import ReadOnlyCacheError
from newstui.model import View
from newstui.rows import Passage
from newstui.store import Store, open_store
from newstui.store.salvage import salvage
from tests.store.builders import NOW, article, new_store

ONE = Passage(1, 3, "市委召开会议", "近日，", "查一查")
TWO = Passage(1, 0, "近日")


def filled(folder: Path) -> tuple[Store, str]:
    """A cache with one read article, and its id."""
    store = new_store(folder)
    source = store.sources.add("https://news.example/feed.xml", "feed", "新都新闻", place="510114", at=NOW)
    store.articles.ingest(source.id, [article(0)], at=NOW)
    (row,) = store.views.window(View(), limit=9)
    store.marks.set("read", True, [row.key.row], NOW)
    return store, row.id


def test_passages_come_in_the_order_of_the_text_and_one_place_has_one(tmp_path: Path) -> None:
    store, short = filled(tmp_path)
    with store:
        store.passages.put(short, ONE, NOW)
        store.passages.put(short, TWO, NOW)
        assert store.passages.of(short) == (TWO, ONE)
        store.passages.put(short, ONE._replace(note=" 又\x1b想 "), NOW)
        assert store.passages.of(short) == (TWO, ONE._replace(note="又想"))
        store.passages.remove(short, TWO)
        assert [one.quote for one in store.passages.of(short)] == ["市委召开会议"]
        assert store.passages.of("nobodyhas") == ()


def test_an_article_with_a_marked_passage_is_not_pruned(tmp_path: Path) -> None:
    store, short = filled(tmp_path)
    with store:
        store.passages.put(short, ONE, NOW)
        assert store.retention.prune(NOW + timedelta(days=9)) == 0
        store.passages.remove(short, ONE)
        assert store.retention.prune(NOW + timedelta(days=9)) == 1
        assert store.health.check() == []


def test_passages_come_through_a_damaged_cache(tmp_path: Path) -> None:
    store, short = filled(tmp_path)
    with store:
        store.passages.put(short, ONE, NOW)
    path = tmp_path / "cache.db"
    saved = salvage(path, NOW, force=True)
    assert saved is not None and saved.notes == 1
    with open_store(path, now=NOW) as again:
        assert again.passages.of(short) == (ONE,)


def test_a_cache_that_cannot_be_written_refuses(tmp_path: Path) -> None:
    new_store(tmp_path).close()
    with open_store(tmp_path / "cache.db", now=NOW, write=False) as store, pytest.raises(ReadOnlyCacheError):
        store.passages.put("a" * 8, ONE, NOW)
