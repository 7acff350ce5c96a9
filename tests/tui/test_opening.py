"""What stops the app before it starts, and a cache that changes under it."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from newstui.app import run
from newstui.config import Paths, Settings
from newstui.errors import ConfigError, NewerCacheError, UsageError
from newstui.model import View
from newstui.screens.cache import Cache
from newstui.store import Store, open_store
from tests.tui.library import NOW, article, ask, cursor_row, fill, running, until


def paths(home: Path) -> Paths:
    return Paths(home / "config.toml", home / "cache.db")


def test_a_dumb_terminal_is_refused_with_a_way_out(home: Path) -> None:
    with pytest.raises(UsageError, match="newstui list"):
        run(paths(home), Settings(), now=lambda: NOW, environ={"TERM": "dumb"})
    assert not home.exists()


def test_a_wrong_key_in_the_config_is_told_before_anything_is_made(home: Path) -> None:
    with pytest.raises(ConfigError, match="did you mean 'star'"):
        run(paths(home), Settings(keys={"stra": "x"}), now=lambda: NOW, environ={"TERM": "xterm"})
    assert not home.exists()


def test_a_cache_that_cannot_be_opened_ends_the_start_with_its_reason() -> None:
    def opener() -> Store:
        raise NewerCacheError("made by a newer newstui")

    cache = Cache(opener)
    with pytest.raises(NewerCacheError):
        cache.ready()
    with pytest.raises(NewerCacheError):
        cache.submit(lambda store: store.data_version()).result()
    cache.close()


async def test_rows_that_went_away_meanwhile_make_the_list_open_anew(home: Path) -> None:
    path = home / "cache.db"
    fill(path, [article(number, paragraphs=0) for number in range(600)])
    async with running(path) as (app, pilot):
        await until(pilot, lambda: app.main.listing._version >= 0)
        ask(path, lambda store: store.marks.mark_all(View(), NOW))
        removed = ask(path, lambda store: store.retention.prune(NOW - timedelta(minutes=400)))
        assert removed > 100
        await pilot.press("j")
        app.main.listing.poll()
        await until(pilot, lambda: app.main.article_list.total == 600 - removed)
        assert cursor_row(app).title == "第1篇新闻" and app.main.article_list.line == 1
        await pilot.press("G")
        await until(pilot, lambda: app.main.article_list.current is not None)
        assert cursor_row(app).title == f"第{599 - removed}篇新闻"


async def test_what_was_saved_from_a_damaged_cache_is_said(home: Path) -> None:
    path = home / "cache.db"
    fill(path, [article(number) for number in range(5)])
    path.write_bytes(b"\0" * 100 + path.read_bytes()[100:])
    async with running(path) as (app, _):
        assert app.main.article_list.total == 5
        assert app.main.status.message.startswith("缓存曾损坏，找回 5 篇文章、0 篇收藏；")
        (aside,) = home.glob("cache.db.corrupt-*")
        assert aside.name in app.main.status.message


async def test_a_read_only_cache_is_read_and_says_so(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = home / "cache.db"
    fill(path, [article(1), article(2)])
    monkeypatch.setattr(Store, "read_only", property(lambda _: "the disk is full"))
    async with running(path) as (app, pilot):
        await until(pilot, lambda: "the disk is full" in app.main.status.message)
        await pilot.press("l", "h", "enter")
        await until(pilot, lambda: app.main.pane == "reader")


async def test_marks_wait_for_no_search(home: Path) -> None:
    path = home / "cache.db"
    fill(path, [article(number, paragraphs=0) for number in range(3)])
    async with running(path) as (app, pilot):
        done = threading.Event()
        worker = app.run_worker(app.desk.cache.search(lambda _: done.wait(30)))
        await pilot.press("s")
        await until(pilot, lambda: ask(path, lambda store: store.places.starred().total) == 1)
        assert not worker.is_finished
        done.set()
        await until(pilot, lambda: worker.is_finished)


def test_closing_the_cache_waits_for_what_was_asked(home: Path) -> None:
    path = home / "cache.db"
    fill(path, [article(1)])
    cache = Cache(lambda: open_store(path, now=NOW))
    rows = cache.submit(lambda store: [row.key.row for row in store.views.window(View(), limit=1)]).result()
    cache.submit(lambda store: store.marks.set("starred", True, rows, NOW))
    cache.close()
    assert ask(path, lambda store: store.places.starred().total) == 1
