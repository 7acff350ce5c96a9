"""Fetching end to end: a real server, real parser processes, a real cache."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from newstui.config import Settings
from newstui.fetch.fetching import PER_HOST, fetch_sources
from newstui.model import FetchOutcome, Source, View
from newstui.store import Store, open_store
from tests.fetch.conftest import NOW
from tests.fetch.feeds import rss
from tests.fetch.server import Handler, Site


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty cache."""
    with open_store(tmp_path / "cache.db", now=NOW) as opened:
        yield opened


def fetch(store: Store, settings: Settings, sources: Sequence[Source] | None = None) -> dict[str, FetchOutcome]:
    """Fetch all sources (or these) once; outcomes by URL."""
    told: list[FetchOutcome] = []
    fetch_sources(
        store, store.sources.all() if sources is None else sources, settings, now=lambda: NOW, report=told.append
    )
    assert len({one.url for one in told}) == len(told)
    return {one.url: one for one in told}


def add(store: Store, url: str) -> Source:
    """Subscribe to a feed."""
    return store.sources.add(url, "feed", at=NOW)


def titles(store: Store) -> set[str]:
    """All titles in the cache."""
    return {row.title for row in store.views.window(View(), limit=1000)}


def test_first_unchanged_and_edited(site: Site, settings: Settings, store: Store) -> None:
    site.serve("/feed", rss([("1", "甲"), ("2", "乙")]))
    source = add(store, site.url("/feed"))
    first = fetch(store, settings)[source.url]
    assert (first.status, first.added, first.updated, first.http_status) == ("ok", 2, 0, 200)
    assert first.source == "新都新闻"
    assert first.bytes > 100 and first.seconds > 0
    assert titles(store) == {"第1条", "第2条"}
    kept = store.sources.get(source.id)
    assert (kept.title, kept.site, kept.errors, kept.due) == ("新都新闻", "https://news.example/", 0, None)
    again = fetch(store, settings)[source.url]
    assert (again.status, again.http_status, again.bytes) == ("unchanged", 304, 0)
    site.serve("/feed", rss([("3", "丙"), ("1", "甲改"), ("2", "乙")]))
    edited = fetch(store, settings)[source.url]
    assert (edited.status, edited.added, edited.updated) == ("ok", 1, 1)


def test_the_same_bytes_without_validators_are_not_parsed_again(site: Site, settings: Settings, store: Store) -> None:
    site.fails("/feed", 200, rss([("1", "甲")]))
    source = add(store, site.url("/feed"))
    assert fetch(store, settings)[source.url].status == "ok"
    again = fetch(store, settings)[source.url]
    assert (again.status, again.http_status) == ("unchanged", 200)
    assert store.sources.get(source.id).succeeded == NOW


def test_one_bad_source_costs_itself_only(site: Site, settings: Settings, store: Store) -> None:
    site.serve("/good", rss([("1", "甲")]))
    site.serve("/page", "<html><body>不是</body></html>".encode(), kind="text/html")
    site.fails("/error", 500, b"oops")
    site.endless("/slow", b"HTTP/1.1 200 OK\r\n\r\n", b"<", 0.05)
    site.raw("/junk", b"\x00\x01\x02")
    paths = ["/good", "/page", "/error", "/slow", "/junk", "/missing"]
    for path in paths:
        add(store, site.url(path))
    add(store, "http://10.0.0.1/feed")
    add(store, "ftp://example.org/feed")
    done = fetch(store, settings)
    status = {url: one.status for url, one in done.items()}
    assert status.pop(site.url("/good")) == "ok"
    assert set(status.values()) == {"failed"} and len(status) == 7
    assert "500 Internal Server Error" in done[site.url("/error")].error
    assert "within 1 s" in done[site.url("/slow")].error
    assert "private address" in done["http://10.0.0.1/feed"].error
    for source in store.sources.all():
        assert bool(source.error) == (source.url != site.url("/good"))


def test_a_broken_answer_takes_nothing_away(site: Site, settings: Settings, store: Store) -> None:
    site.serve("/feed", rss([("1", "甲")]))
    source = add(store, site.url("/feed"))
    fetch(store, settings)
    before = store.sources.get(source.id)
    site.fails("/feed", 200, b"<html>maintenance</html>", ETag='"other"')
    assert fetch(store, settings)[source.url].status == "failed"
    after = store.sources.get(source.id)
    assert (after.title, after.etag, after.body_hash) == (before.title, before.etag, before.body_hash)
    assert titles(store) == {"第1条"}
    site.serve("/feed", rss([("1", "甲")]))
    assert fetch(store, settings)[source.url].status == "unchanged"
    assert store.sources.get(source.id).errors == 0


def test_failures_in_a_row_back_off(site: Site, settings: Settings, store: Store) -> None:
    site.fails("/feed", 500)
    source = add(store, site.url("/feed"))
    waits = []
    for _ in range(4):
        fetch(store, settings)
        due = store.sources.get(source.id).due
        waits.append(None if due is None else due - NOW)
    assert waits == [None, timedelta(minutes=10), timedelta(minutes=20), timedelta(minutes=40)]
    assert store.sources.due(NOW) == []


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("header", "wait"), [("600", 600), ("Tue, 24 Nov 2026 09:00:00 GMT", 3600), (None, 900)], ids=["s", "date", "none"]
)
def test_busy_servers_are_left_alone(
    site: Site, settings: Settings, store: Store, status: int, header: str | None, wait: int
) -> None:
    site.fails("/feed", status, b"busy", **({"Retry_After": header} if header else {}))
    source = add(store, site.url("/feed"))
    outcome = fetch(store, settings)[source.url]
    assert (outcome.status, outcome.http_status) == ("failed", status)
    assert store.sources.get(source.id).due == NOW + timedelta(seconds=wait)


def test_gone_stops_and_what_was_there_stays(site: Site, settings: Settings, store: Store) -> None:
    site.serve("/feed", rss([("1", "甲")]))
    source = add(store, site.url("/feed"))
    fetch(store, settings)
    site.fails("/feed", 410)
    assert fetch(store, settings)[source.url].status == "gone"
    assert store.sources.get(source.id).gone
    assert store.sources.due(NOW) == []
    assert titles(store) == {"第1条"}


def test_a_permanent_move_is_kept_after_two_good_fetches(site: Site, settings: Settings, store: Store) -> None:
    site.serve("/new", rss([("1", "甲")]))
    site.redirects("/old", "/new", 301)
    source = add(store, site.url("/old"))
    fetch(store, settings)
    assert store.sources.get(source.id).url == site.url("/old")
    fetch(store, settings)
    assert store.sources.get(source.id).url == site.url("/new")
    site.redirects("/passing", "/new", 302)
    other = add(store, site.url("/passing"))
    for _ in range(3):
        fetch(store, settings)
    assert store.sources.get(other.id).url == site.url("/passing")


def test_never_more_than_two_at_once_of_one_host(site: Site, settings: Settings, store: Store) -> None:
    lock, going, most = threading.Lock(), 0, 0

    def script(handler: Handler) -> None:
        nonlocal going, most
        with lock:
            going += 1
            most = max(most, going)
        site.leaving.wait(0.02)
        with lock:
            going -= 1
        handler.answer(200, rss([(handler.path.strip("/"), "甲")]))

    for number in range(12):
        site.scripts[f"/{number}"] = script
        add(store, site.url(f"/{number}"))
    done = fetch(store, settings)
    assert {one.status for one in done.values()} == {"ok"}
    assert most == PER_HOST
    assert len(titles(store)) == 12


def test_files_are_sources_like_any(settings: Settings, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "新都 feed.xml"
    path.write_bytes(rss([("1", "甲")]))
    plain, url = add(store, str(path)), add(store, path.as_uri())
    done = fetch(store, settings)
    assert [done[one.url].status for one in (plain, url)] == ["ok", "ok"]
    assert done[plain.url].http_status is None
    assert {one.status for one in fetch(store, settings).values()} == {"unchanged"}
    path.write_bytes(rss([("2", "乙"), ("1", "甲")]))
    assert fetch(store, settings)[plain.url].added == 1
    path.unlink()
    assert "No such file" in fetch(store, settings)[url.url].error
    assert titles(store) == {"第1条", "第2条"}


def test_what_is_no_file_is_refused_without_waiting(settings: Settings, store: Store, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    large = tmp_path / "large"
    with large.open("wb") as opened:
        opened.truncate(2 << 20)
    expected = {
        str(tmp_path / "pipe"): "a pipe",
        "/dev/zero": "a device",
        str(tmp_path): "a folder",
        "file://other.example/feed": "another machine",
        str(large): "larger than 1 MiB",
    }
    for url in expected:
        add(store, url)
    done = fetch(store, settings)
    for url, words in expected.items():
        assert done[url].status == "failed"
        assert words in done[url].error


_CHILD = """
import sys
from datetime import UTC, datetime
from newstui.config import Settings
from newstui.fetch.fetching import fetch_sources
from newstui.store import open_store
now = datetime.now(UTC)
with open_store(sys.argv[1], now=now) as store:
    try:
        fetch_sources(store, store.sources.all(), Settings(allow_private=(sys.argv[2],), timeout=60), now=lambda: now,
                      report=lambda one: print(one.status, one.url, flush=True))
    except KeyboardInterrupt:
        print("interrupted", flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_in_order_with_what_was_done_kept(
    site: Site, store: Store, tmp_path: Path, number: signal.Signals
) -> None:
    site.serve("/good", rss([("1", "甲")]))
    site.endless("/slow", b"HTTP/1.1 200 OK\r\n\r\n", b"<", 0.05)
    good, _ = add(store, site.url("/good")), add(store, site.url("/slow"))
    command = [sys.executable, "-c", _CHILD, str(tmp_path / "cache.db"), site.host]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == f"ok {good.url}\n"
        started = time.monotonic()
        process.send_signal(number)
        rest = process.stdout.read()
        assert process.wait(10) == 0
    assert rest == "interrupted\n"
    assert time.monotonic() - started < 3
    assert titles(store) == {"第1条"}
