"""Where articles were left: kept by id, however many, whatever becomes of the article."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from newstui.errors import ReadOnlyCacheError
from newstui.model import View
from newstui.store import open_store
from tests.store.builders import NOW, article, new_store


def test_positions_are_kept_for_any_number_of_articles(tmp_path: Path) -> None:
    places = {f"{number:08}": (number + 1, number) for number in range(2000)}
    with new_store(tmp_path) as store:
        store.positions.put(places, NOW)
    with open_store(tmp_path / "cache.db", now=NOW) as store:
        assert {short: store.positions.get(short) for short in places} == places
        assert store.positions.get("nobodyhas") == (0, 0)


def test_the_latest_position_counts_and_the_beginning_is_not_kept(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.positions.put({"a" * 8: (3, 5)}, NOW)
        store.positions.put({"a" * 8: (4, 0)}, NOW)
        assert store.positions.get("a" * 8) == (4, 0)
        store.positions.put({"a" * 8: (0, 0)}, NOW)
        assert store._database.value("SELECT count(*) FROM positions") == 0


def test_a_position_outlives_its_article(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        source = store.sources.add("https://news.example/feed.xml", "feed", "新都新闻", place="510114", at=NOW)
        store.articles.ingest(source.id, [article(0)], at=NOW)
        (row,) = store.views.window(View(), limit=9)
        store.positions.put({row.id: (2, 7)}, NOW)
        store.marks.set("read", True, [row.key.row], NOW)
        assert store.retention.prune(NOW + timedelta(days=9)) == 1
        store.articles.ingest(source.id, [article(0)], at=NOW, revive=True)
        (again,) = store.views.window(View(), limit=9)
        assert again.key.row != row.key.row or again.id == row.id
        assert store.positions.get(again.id) == (2, 7)


def test_a_cache_that_cannot_be_written_refuses(tmp_path: Path) -> None:
    new_store(tmp_path).close()
    with open_store(tmp_path / "cache.db", now=NOW, write=False) as store, pytest.raises(ReadOnlyCacheError):
        store.positions.put({"a" * 8: (1, 1)}, NOW)
