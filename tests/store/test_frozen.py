"""Caches of every released version open with all that the reader made."""

from __future__ import annotations

import lzma
from datetime import timedelta
from pathlib import Path

import pytest

from newstui.model import View
from newstui.rows import Passage
from newstui.store import open_store
from newstui.store.listing import SCHEMA_VERSION
from tests.store.builders import NOW, article
from tests.store.freezing import FOLDER

VERSIONS = range(1, SCHEMA_VERSION + 1)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_frozen_cache_opens_with_everything(tmp_path: Path, version: int) -> None:
    path = tmp_path / "cache.db"
    path.write_bytes(lzma.decompress((FOLDER / f"v{version}.db.xz").read_bytes()))
    with open_store(path, now=NOW) as store:
        assert store.salvaged is None
        assert store.health.check() == []
        rows = store.views.window(View(), limit=100)
        assert [row.title for row in rows] == [f"新都要闻第{number}号" for number in range(25)]
        assert [row.read for row in rows] == [False] * 20 + [True] * 5
        (starred,) = store.views.window(View(starred=True), limit=9)
        kept = store.articles.get(starred.id)
        assert (kept.text, kept.tags, kept.note, kept.revisions) == ("改过的文字。", ("留",), "看过", 1)
        assert [old.text for old in store.articles.revisions(starred.key.row)] == ["近日，市委召开会议（0）。"]
        made = NOW - timedelta(days=3) if version > 1 else None
        assert kept.captured == made
        assert [each.id for each in store.ledger.find(b"m" * 16)] == ([kept.row.id] if version > 1 else [])
        assert store.positions.get(starred.id) == ((1, 3) if version > 2 else (0, 0))
        passages = (Passage(1, 2, "文字", "改过的", "记下"),)
        assert store.passages.of(starred.id) == (passages if version > 3 else ())
        assert [place.code for place in store.places.tabs()] == ["tab:导览", "330106", "510114"]
        assert store.state.get("tab") == "510114"
        assert [source.title for source in store.sources.all()] == ["新都新闻"]
        again = store.articles.ingest(1, [article(number, place="") for number in range(24, 30)], at=NOW)
        assert {done.status for done in again} <= {"known", "updated"}
        assert len(store.views.window(View(), limit=100)) == 25


@pytest.mark.parametrize("version", VERSIONS)
def test_a_migrated_cache_has_the_tables_of_a_new_one(tmp_path: Path, version: int) -> None:
    (tmp_path / "old.db").write_bytes(lzma.decompress((FOLDER / f"v{version}.db.xz").read_bytes()))
    schemas = []
    for name in ("old.db", "new.db"):
        with open_store(tmp_path / name, now=NOW) as store:
            schemas.append(store._database.rows("SELECT name, sql FROM sqlite_schema ORDER BY name"))
    assert schemas[0] == schemas[1]
