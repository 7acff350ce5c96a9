"""Subscription lists in and out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newstui.sources.opml import NotOpmlError
from newstui.store import Store, open_store
from newstui.sync.opml import Taken, export_opml, import_opml

NOW = datetime(2026, 11, 24, tzinfo=UTC)

LIST = """<?xml version="1.0"?><opml version="2.0"><body>
<outline text="成都">
<outline type="rss" text="新都" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/" district="郫县"/>
<outline type="rss" text="又" xmlUrl="https://a.example/feed"/></outline>
<outline type="rss" text="坏" xmlUrl="javascript:alert(1)"/>
<outline type="rss" text="老" xmlUrl="feed://b.example/rss" district="没有的地方"/>
<outline type="rss" text="栏" xmlUrl="http://c.example/rss" district="tab:导览"/>
</body></opml>""".encode()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty cache."""
    with open_store(tmp_path / "cache.db", now=NOW) as opened:
        yield opened


def test_a_list_is_taken_in_once(store: Store) -> None:
    assert import_opml(store, LIST, at=NOW) == Taken(added=3, known=1, skipped=1)
    assert import_opml(store, LIST, at=NOW) == Taken(added=0, known=4, skipped=1)
    assert [(source.url, source.title, source.place) for source in store.sources.all()] == [
        ("https://a.example/feed", "新都", "510117"),
        ("http://b.example/rss", "老", ""),
        ("http://c.example/rss", "栏", "tab:导览"),
    ]


def test_what_goes_out_comes_back_the_same(store: Store, tmp_path: Path) -> None:
    import_opml(store, LIST, at=NOW)
    store.sources.add("archive:地方网", "archive", "地方网", at=NOW)
    store.sources.add(str(tmp_path / "feed.xml"), "feed", "本地 & <文件>", at=NOW)
    store.sources.add("https://unnamed.example/feed", "feed", at=NOW)
    written = export_opml(store.sources.all())
    with open_store(tmp_path / "other.db", now=NOW) as other:
        assert import_opml(other, written, at=NOW) == Taken(added=5)
        mine = [(s.url, s.title, s.site, s.place) for s in store.sources.all() if s.kind == "feed"]
        assert [(s.url, s.title, s.site, s.place) for s in other.sources.all()] == mine


def test_a_list_of_addresses_is_read_too_and_anything_else_refused(store: Store) -> None:
    assert import_opml(store, b'https://a.example/1 "~A title"\n# note\nquery:x\n', at=NOW) == Taken(added=1)
    for nonsense in (b"", b"\x89PNG", b"<html><body>x</body></html>", "只是一段话".encode()):
        with pytest.raises(NotOpmlError):
            import_opml(store, nonsense, at=NOW)


@pytest.mark.corpora
def test_lists_in_the_wild_go_through(store: Store, corpora: Path) -> None:
    added = 0
    for path in sorted((corpora / "lists").iterdir()):
        data = path.read_bytes()
        taken = import_opml(store, data, at=NOW)
        added += taken.added
        assert import_opml(store, data, at=NOW).added == 0, path.name
    assert added == len(store.sources.all()) > 500
