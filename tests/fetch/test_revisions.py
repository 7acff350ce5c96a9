"""An address captured more than once, end to end: one article with its newest text, the earlier ones as revisions."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from newstui.fetch.importing import import_paths
from newstui.model import ImportOutcome, Stored, View
from newstui.store import Store, open_store
from tests.fetch import letters
from tests.fetch.conftest import NOW
from tests.fetch.test_warc import http, record

OLD, NEW = "WARC-Date: 2016-03-02T03:03:22Z", "WARC-Date: 2016-03-09T03:03:22Z"
"""Before and after the time that letters.blink's page was saved."""
CHANGED = "更正：活动改在新都区体育馆举行，原定的场地正在维修，请市民相互转告。"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty cache."""
    with open_store(tmp_path / "cache.db", now=NOW) as opened:
        yield opened


def version(more: str = "") -> bytes:
    """The page, as it was or with a paragraph more."""
    return letters.page().replace(b"</body>", f"<p>　　{more}</p></body>".encode() if more else b"</body>")


def capture(date: str, more: str = "") -> bytes:
    """A record of it."""
    return record(http(version(more), kind="text/html; charset=utf-8"), letters.URL, date)


def take(store: Store, *paths: Path) -> list[ImportOutcome]:
    """Import; what was told."""
    told: list[ImportOutcome] = []
    import_paths(store, paths, now=lambda: NOW, report=told.append)
    assert not [one for one in told if one.status == "failed"]
    return told


def only(store: Store) -> Stored:
    """The one article of the cache."""
    (row,) = store.views.window(View(), limit=10)
    stored = store.articles.by_row(row.key.row)
    assert stored is not None
    return stored


def test_one_warc_with_two_captures(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "forth.warc.gz"
    path.write_bytes(gzip.compress(capture(OLD)) + gzip.compress(capture(NEW, CHANGED)))
    assert len({one.id for one in take(store, path)}) == 1
    stored = only(store)
    assert CHANGED in stored.text and stored.revisions == 1
    assert stored.captured is not None and stored.captured.day == 9
    assert {one.status for one in take(store, path)} == {"known"}
    assert only(store).revisions == 1


def test_one_warc_with_the_newer_capture_first(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "back.warc"
    path.write_bytes(capture(NEW, CHANGED) + capture(OLD))
    take(store, path)
    stored = only(store)
    assert CHANGED in stored.text and stored.revisions == 1
    assert stored.captured is not None and stored.captured.day == 9


@pytest.mark.parametrize("first", ["old", "new"])
def test_two_warcs_in_either_order(store: Store, tmp_path: Path, first: str) -> None:
    old, new = tmp_path / "old.warc", tmp_path / "new.warc"
    old.write_bytes(capture(OLD))
    new.write_bytes(capture(NEW, CHANGED))
    for path in (old, new) if first == "old" else (new, old):
        take(store, path)
    stored = only(store)
    assert CHANGED in stored.text and stored.revisions == 1
    assert stored.captured is not None and stored.captured.day == 9


@pytest.mark.parametrize(("first", "date"), [("mhtml", NEW), ("mhtml", OLD), ("warc", NEW)])
def test_a_saved_page_and_a_crawl(store: Store, tmp_path: Path, date: str, first: str) -> None:
    saved, crawl = tmp_path / "saved.mhtml", tmp_path / "crawl.warc"
    saved.write_bytes(letters.blink(version()))
    crawl.write_bytes(capture(date, CHANGED))
    for path in (saved, crawl) if first == "mhtml" else (crawl, saved):
        take(store, path)
    stored = only(store)
    assert (CHANGED in stored.text) == (date == NEW)
    assert stored.revisions == 1
    assert stored.captured is not None and stored.captured.day == (9 if date == NEW else 6)


def test_of_three_captures_two_are_alike(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "three.warc"
    between = OLD.replace("03-02", "03-04")
    path.write_bytes(capture(OLD) + capture(between) + capture(NEW, CHANGED))
    take(store, path)
    assert only(store).revisions == 1


def test_a_page_that_tells_its_time_from_now_is_dated_from_its_capture(store: Store, tmp_path: Path) -> None:
    page = letters.page().replace("2016-03-01 20:39 来源：成都日报".encode(), "6小时前 来源：成都日报".encode())
    url = letters.URL.replace("20160301", "news").replace("0301", "news")
    data = record(http(page, kind="text/html; charset=utf-8"), url, OLD)
    (tmp_path / "a.warc").write_bytes(data)
    take(store, tmp_path / "a.warc")
    stored = only(store)
    assert not stored.undated and stored.row.published is not None
    assert f"{stored.row.published:%Y-%m-%d %H:%M}" == "2016-03-02 05:03"  # 03:03 in UTC is 11:03 in China
