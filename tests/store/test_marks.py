"""Marks: kept at once, undone, surviving their articles; pruning and removal."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from newstui.errors import InterruptedReadError, UsageError
from newstui.model import Counts, Fetched, Key, Row, Source, View
from newstui.store import Store, open_store
from tests.store.builders import NOW, article, new_store

LATER = NOW + timedelta(days=1)


def every(store: Store, view: View | None = None) -> list[Row]:
    return store.views.window(view or View(), limit=10_000)


def numbers(rows: list[Row]) -> list[int]:
    return [row.key.row for row in rows]


@pytest.fixture
def ten(store: Store, feed: Source) -> list[Row]:
    """Ten articles, newest first."""
    store.articles.ingest(feed.id, [article(number) for number in range(10)], at=NOW)
    return every(store)


def test_a_change_names_what_really_changed_and_undo_restores_it(store: Store, ten: list[Row]) -> None:
    store.marks.set("read", True, numbers(ten[:3]), NOW)
    change = store.marks.set("read", True, numbers(ten[:5]), NOW)
    assert sorted(change.rows) == sorted(numbers(ten[3:5]))
    assert store.places.totals() == Counts(5, 10)
    back = store.marks.undo(change, NOW)
    assert [row.read for row in every(store)] == [True] * 3 + [False] * 7
    store.marks.undo(back, NOW)
    assert store.places.totals() == Counts(5, 10)
    assert store.marks.set("read", True, [10_000], NOW).rows == ()
    assert store.marks.set("read", True, [], NOW).rows == ()


def test_mark_all_leaves_what_came_in_above(store: Store, feed: Source, ten: list[Row]) -> None:
    store.articles.ingest(feed.id, [article(20, published=NOW + timedelta(minutes=21))], at=LATER)
    change = store.marks.mark_all(View(), LATER, upto=ten[0].key)
    assert len(change.rows) == 10
    assert [row.read for row in every(store)] == [False] + [True] * 10
    store.marks.undo(change, LATER)
    assert store.places.totals() == Counts(11, 11)


@pytest.mark.parametrize(
    "view", [View(place="510100"), View(source=1), View(query="新都要闻"), View(unread=True), View(place="110000")]
)
def test_mark_all_of_a_view(store: Store, feed: Source, ten: list[Row], view: View) -> None:
    store.articles.ingest(feed.id, [article(50, title="别的", place="330106", text="无")], at=NOW)
    expected = store.views.count(view).unread
    assert len(store.marks.mark_all(view, NOW).rows) == expected
    assert store.views.count(view).unread == 0


def test_starred_count(store: Store, ten: list[Row]) -> None:
    store.marks.set("starred", True, numbers(ten[::3]), NOW)
    store.marks.set("read", True, numbers(ten[:1]), NOW)
    assert store.places.starred() == Counts(3, 4)
    assert every(store, View(starred=True)) == [row for row in every(store) if row.starred]


def test_tags_and_notes(store: Store, ten: list[Row]) -> None:
    assert store.marks.tag("地铁 \x1b[31m", numbers(ten[:3]), NOW) == 3
    assert store.marks.tag("地铁 [31m", numbers(ten[2:4]), NOW) == 1
    assert store.marks.tags() == [("地铁 [31m", 4)]
    assert store.marks.note("记下\n两行", numbers(ten[:1]), NOW) == 1
    stored = store.articles.get(ten[0].id)
    assert (stored.tags, stored.note) == (("地铁 [31m",), "记下\n两行")
    assert store.marks.untag("地铁 [31m", numbers(ten)) == 4
    store.marks.note("", numbers(ten), NOW)
    assert (store.articles.get(ten[0].id).tags, store.articles.get(ten[0].id).note) == ((), "")


def test_prune_takes_only_what_was_read_and_nobody_holds(store: Store, feed: Source, ten: list[Row]) -> None:
    store.marks.set("read", True, numbers(ten[2:]), NOW)
    store.marks.set("starred", True, numbers(ten[3:4]), NOW)
    store.marks.tag("留", numbers(ten[4:5]), NOW)
    store.marks.note("留", numbers(ten[5:6]), NOW)
    before = NOW - timedelta(minutes=2, seconds=30)
    assert store.retention.prune(before, dry_run=True) == 4
    assert len(every(store)) == 10
    assert store.retention.prune(before) == 4
    assert [row.id for row in every(store)] == [row.id for row in ten[:6]]
    assert store.retention.prune(before) == 0
    again = store.articles.ingest(feed.id, [article(number) for number in range(10)], at=LATER)
    assert [done.status for done in again] == ["known"] * 10
    assert len(every(store)) == 6
    back = store.articles.ingest(feed.id, [article(number) for number in range(10)], at=LATER, revive=True)
    assert [done.status for done in back] == ["known"] * 6 + ["added"] * 4
    assert [(row.id, row.read, row.key) for row in every(store)] == [(r.id, n > 1, r.key) for n, r in enumerate(ten)]


def test_churn_does_not_bring_a_pruned_article_back(store: Store, feed: Source, ten: list[Row]) -> None:
    from dataclasses import replace

    store.marks.mark_all(View(), NOW)
    store.retention.prune(LATER)
    churned = [replace(article(number), guid=f"new {number}") for number in range(10)]
    assert {done.status for done in store.articles.ingest(feed.id, churned, at=LATER)} == {"known"}
    assert every(store) == []


def test_prune_of_many_at_one_time(store: Store, feed: Source) -> None:
    batch = [article(number, published=None) for number in range(1300)]
    store.articles.ingest(feed.id, batch, at=NOW)
    store.marks.mark_all(View(), NOW)
    store.marks.set("starred", True, numbers(every(store)[:700]), NOW)
    assert store.retention.prune(LATER) == 600
    assert len(every(store)) == 700


def test_a_removed_source_leaves_what_is_held(store: Store, feed: Source, ten: list[Row]) -> None:
    store.marks.set("starred", True, numbers(ten[:1]), NOW)
    store.marks.set("read", True, numbers(ten[:4]), NOW)
    store.marks.tag("留", numbers(ten[1:2]), NOW)
    store.sources.remove(feed.id)
    assert store.sources.all() == []
    assert [row.id for row in every(store)] == [row.id for row in ten[:2]]
    kept = store.articles.get(ten[0].id)
    assert (kept.text, kept.source_title) == ("近日，市委召开会议（0）。", "新都新闻")
    with pytest.raises(UsageError):
        store.sources.get(feed.id)
    again = store.sources.add(feed.url, "feed", at=LATER)
    done = store.articles.ingest(again.id, [article(number) for number in range(10)], at=LATER)
    assert [each.status for each in done] == ["known"] * 2 + ["added"] * 8
    assert {row.id: row.read for row in every(store)} == {row.id: n < 4 for n, row in enumerate(ten)}


def test_a_removed_archive_may_be_imported_again(store: Store) -> None:
    archive = store.sources.add("/papers", "archive", at=NOW)
    store.articles.ingest(archive.id, [article(1, guid="")], at=NOW)
    store.marks.mark_all(View(), NOW)
    store.sources.remove(archive.id)
    assert every(store) == []
    again = store.sources.add("/papers", "archive", at=LATER)
    (done,) = store.articles.ingest(again.id, [article(1, guid="")], at=LATER, revive=True)
    assert done.status == "added"
    assert every(store)[0].read


def test_sources_are_found_by_what_people_type(store: Store, feed: Source) -> None:
    other = store.sources.add("https://wenjiang.example/rss", "feed", "温江新闻", at=NOW)
    assert [store.sources.find(ref) for ref in ("2", "温江新闻", "温江", other.url, "wenjiang")] == [other] * 5
    with pytest.raises(UsageError, match="1 新都新闻, 2 温江新闻"):
        store.sources.find("新闻")
    with pytest.raises(UsageError, match="did you mean 2 温江新闻"):
        store.sources.find("温江新间")
    for bad in ("", "9", "没有这个"):
        with pytest.raises(UsageError):
            store.sources.find(bad)


def test_another_default_place_moves_what_does_not_say_where_it_belongs(store: Store, feed: Source) -> None:
    store.articles.ingest(feed.id, [article(1, place=""), article(2, place="330106"), article(3, place="")], at=NOW)
    store.marks.set("read", True, [1], NOW)
    assert store.sources.set_place(feed.id, "510115") == 2
    assert {tab.code: (tab.unread, tab.total) for tab in store.places.tabs()} == {"330106": (1, 1), "510115": (1, 2)}
    assert store.sources.set_place(feed.id, "510115") == 0
    assert store.sources.set_place(feed.id, "") == 2
    assert [tab.code for tab in store.places.tabs()] == ["330106"]
    assert store.articles.ingest(feed.id, [article(1, place="")], at=NOW)[0].status == "known"


def test_a_redirect_is_kept_after_two_good_fetches(store: Store, feed: Source) -> None:
    moved = Fetched("ok", NOW, etag="x", moved_to="https://new.example/feed")
    store.sources.record(feed.id, moved)
    assert store.sources.get(feed.id).url == feed.url
    store.sources.record(feed.id, Fetched("failed", NOW, error="超时"))
    store.sources.record(feed.id, moved)
    assert store.sources.get(feed.id).url == feed.url
    store.sources.record(feed.id, moved)
    assert store.sources.get(feed.id).url == "https://new.example/feed"
    (done,) = store.articles.ingest(feed.id, [article(1)], at=NOW)
    store.articles.get(done.id)


def test_what_fetches_leave(store: Store, feed: Source) -> None:
    store.sources.record(feed.id, Fetched("ok", NOW, title="别名", etag="e", due=LATER))
    assert (store.sources.get(feed.id).title, store.sources.get(feed.id).etag) == ("新都新闻", "e")
    assert store.sources.due(NOW) == []
    assert [source.id for source in store.sources.due(LATER)] == [feed.id]
    store.sources.record(feed.id, Fetched("failed", LATER, error="HTTP 500", due=LATER))
    store.sources.record(feed.id, Fetched("failed", LATER, error="HTTP 502", due=LATER))
    failed = store.sources.get(feed.id)
    assert (failed.error, failed.errors, failed.etag, failed.succeeded) == ("HTTP 502", 2, "e", NOW)
    store.sources.record(feed.id, Fetched("unchanged", LATER))
    assert (store.sources.get(feed.id).errors, store.sources.get(feed.id).error) == (0, "")
    store.sources.record(feed.id, Fetched("gone", LATER, error="HTTP 410"))
    assert store.sources.get(feed.id).gone
    assert store.sources.due(LATER + timedelta(days=99)) == []


def test_interrupt_stops_a_scan_in_another_thread(store: Store, feed: Source) -> None:
    store.articles.ingest(feed.id, [article(number) for number in range(3000)], at=NOW)
    opened = threading.Event()
    result: list[BaseException | int] = []
    stores: list[Store] = []

    def scan() -> None:
        with open_store(store.path, now=NOW) as mine:
            stores.append(mine)
            opened.set()
            try:
                while True:
                    mine.views.count(View(query="绝无此词"))
            except InterruptedReadError as error:
                result.append(error)
            # The store is good for the next question.
            result.append(mine.views.count(View()).total)

    worker = threading.Thread(target=scan)
    worker.start()
    assert opened.wait(30)
    while worker.is_alive():
        stores[0].interrupt()
        worker.join(0.02)
    assert isinstance(result[0], InterruptedReadError)
    assert result[1] == 3000


def test_kill_9_loses_no_mark_and_leaves_a_sound_file(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        source = store.sources.add("https://news.example/feed.xml", "feed", at=NOW)
        store.articles.ingest(source.id, [article(number) for number in range(500)], at=NOW)
    code = (
        "import datetime, sys; sys.path.insert(0, '.')\n"
        "from newstui.store import open_store; from tests.store.builders import NOW, article\n"
        f"s = open_store({str(tmp_path / 'cache.db')!r}, now=NOW)\n"
        "for n in range(1, 100000):\n"
        "    s.marks.set('starred', n <= 500, [(n - 1) % 500 + 1], NOW); print(n, flush=True)\n"
        "    s.articles.ingest(1, [article(1000 * n + k) for k in range(20)], at=NOW)\n"
    )
    for round_number in range(3):
        child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        confirmed = 0
        for line in child.stdout:
            confirmed = int(line)
            if confirmed >= 20 + 7 * round_number:
                break
        child.send_signal(signal.SIGKILL)
        rest = child.stdout.read().split()
        child.wait(30)
        child.stdout.close()
        confirmed = int(rest[-1]) if rest else confirmed
        with new_store(tmp_path) as store:
            assert store.salvaged is None
            assert store.health.check() == []
            starred = {row.key.row for row in every(store, View(starred=True))}
            assert set(range(1, confirmed + 1)) <= starred


def test_reader_and_fetcher_write_at_once(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        source = store.sources.add("https://news.example/feed.xml", "feed", at=NOW)
        store.articles.ingest(source.id, [article(number) for number in range(100)], at=NOW)
    code = (
        "import sys; sys.path.insert(0, '.')\n"
        "from newstui.store import open_store; from tests.store.builders import NOW, article\n"
        f"s = open_store({str(tmp_path / 'cache.db')!r}, now=NOW); print('go', flush=True)\n"
        "for n in range(1, 15): s.articles.ingest(1, [article(1000 * n + k) for k in range(200)], at=NOW)\n"
        "s.close()"
    )
    fetcher = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert fetcher.stdout is not None
    assert fetcher.stdout.readline() == "go\n"
    with new_store(tmp_path) as store:
        for number in range(1, 101):
            store.marks.set("read", True, [number], NOW)
        assert fetcher.wait(60) == 0
        fetcher.stdout.close()
        assert store.places.totals() == Counts(2800, 2900)
        assert store.health.check() == []


def test_a_page_of_rows_after_a_key_that_is_gone(store: Store, feed: Source, ten: list[Row]) -> None:
    store.marks.set("read", True, numbers(ten[4:5]), NOW)
    store.retention.prune(LATER)
    assert every(store)[4:] == store.views.window(View(), after=ten[4].key, limit=50)
    assert store.views.window(View(), after=Key(0, 0), limit=5) == []


def test_many_marks_are_set_in_turns_and_undone(store: Store, feed: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newstui.store.marks._TURN", 3)
    store.articles.ingest(feed.id, [article(number) for number in range(10)], at=NOW)
    change = store.marks.mark_all(View(), NOW)
    assert len(change.rows) == 10
    assert store.places.totals() == Counts(0, 10)
    assert len(store.marks.undo(change, LATER).rows) == 10
    assert store.places.totals() == Counts(10, 10)
    assert store.health.check() == []
