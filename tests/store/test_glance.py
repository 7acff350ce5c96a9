"""The first picture."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import apsw

from newstui.model import Counts, Place, Row, Source, View
from newstui.store.facade import Store
from newstui.store.glance import STARRED, GlancePlace, GlanceRow, glance
from tests.store.builders import article
from tests.store.test_views import fill


def same(alike: object, model: Place | Row) -> bool:
    return all(getattr(alike, name) == value for name, value in model._asdict().items())


def test_glance_shows_what_the_store_shows(store: Store, feed: Source) -> None:
    fill(store, feed)
    for place, view in (("", View()), ("510100", View(place="510100")), (STARRED, View(starred=True))):
        store.state.set("tab", place)
        seen = glance(store.path, limit=9)
        assert seen is not None
        assert seen.place == place
        rows, tabs = store.views.window(view, limit=9), store.places.tabs()
        assert len(seen.rows) == len(rows) > 0
        assert all(same(alike, row) for alike, row in zip(seen.rows, rows, strict=True))
        assert all(same(alike, tab) for alike, tab in zip(seen.tabs, tabs, strict=True))
        assert Counts(*seen.counts) == store.views.count(view)
        assert (Counts(*seen.totals), Counts(*seen.starred)) == (store.places.totals(), store.places.starred())


def test_look_alikes_have_every_field() -> None:
    assert set(GlanceRow.__slots__) == set(Row._fields)
    assert set(GlancePlace.__slots__) == set(Place._fields)


def test_a_tab_that_is_gone_falls_back_to_everything(store: Store, feed: Source) -> None:
    store.articles.ingest(feed.id, [article(1)], at=article(1).published or 0)  # type: ignore[arg-type]
    store.state.set("tab", "330106")
    seen = glance(store.path, limit=5)
    assert seen is not None
    assert (seen.place, len(seen.rows)) == ("", 1)


def test_no_picture_without_a_cache_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    assert glance(path, limit=5) is None
    assert not path.exists()
    for data in (b"", b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 4080):
        path.write_bytes(data)
        assert glance(path, limit=5) is None
        assert path.read_bytes() == data


def test_no_picture_of_text_that_is_no_text(store: Store, feed: Source) -> None:
    fill(store, feed)
    connection = apsw.Connection(str(store.path))
    connection.execute("UPDATE articles SET title = CAST(x'ff' AS TEXT)")
    connection.close()
    assert glance(store.path, limit=5) is None


def test_glance_imports_next_to_nothing() -> None:
    code = "import newstui.store.glance, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-I", "-S", "-c", f"import sys; sys.path[:] = {sys.path!r}; {code}"],
                            capture_output=True, text=True, check=True).stdout.split()  # fmt: skip
    heavy = {"dataclasses", "typing", "pathlib", "inspect", "enum", "re", "newstui.model", "newstui.store.facade"}
    assert not heavy & set(loaded)
