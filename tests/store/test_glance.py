"""The first picture."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import apsw

from newstui.model import Source, View
from newstui.rows import STARRED
from newstui.store.facade import Store
from newstui.store.glance import glance
from tests.store.builders import article
from tests.store.test_views import fill


def test_glance_shows_what_the_store_shows(store: Store, feed: Source) -> None:
    fill(store, feed)
    for place, view in (("", View()), ("510100", View(place="510100")), (STARRED, View(starred=True))):
        store.state.set("tab", place)
        seen = glance(store.path, limit=9)
        assert seen is not None
        assert seen.place == place
        assert seen.rows == store.views.window(view, limit=9) != []
        assert seen.tabs == store.places.tabs() != []
        assert seen.counts == store.views.count(view)
        assert (seen.totals, seen.starred) == (store.places.totals(), store.places.starred())


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


def test_glance_imports_nothing_of_the_store_but_its_listing() -> None:
    code = "import newstui.store.glance, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-I", "-S", "-c", f"import sys; sys.path[:] = {sys.path!r}; {code}"],
                            capture_output=True, text=True, check=True).stdout.split()  # fmt: skip
    heavy = {"dataclasses", "pathlib", "inspect", "newstui.model", "newstui.store.connection", "newstui.store.facade"}
    assert not heavy & set(loaded)
