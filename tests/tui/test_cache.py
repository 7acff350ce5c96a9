"""Marks and the lock: what was pressed is written whatever comes next, and reading never waits for another writer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from newstui.errors import ReadOnlyCacheError
from newstui.screens.cache import Cache, made
from newstui.store import open_store
from tests.tui.library import NOW, WENJIANG, article, ask, cursor_row, fill, running, screen_text, until


@pytest.fixture
def path(home: Path) -> Path:
    """A cache of two places."""
    cache = home / "cache.db"
    fill(cache, [article(1), article(2), article(3, place=WENJIANG)])
    return cache


@pytest.fixture
def locked(path: Path) -> Iterator[apsw.Connection]:
    """Another program that holds the write lock."""
    other = apsw.Connection(str(path))
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


async def test_a_change_is_made_though_its_asker_goes_before_its_turn(path: Path) -> None:
    cache = Cache(lambda: open_store(path, now=NOW))
    cache.ready()
    waiting = asyncio.ensure_future(made(cache.change(lambda store: store.state.set("tab", "510114"))))
    waiting.cancel()
    cache.close()
    assert ask(path, lambda store: store.state.get("tab")) == "510114"


async def test_a_read_sees_the_changes_before_it(path: Path) -> None:
    cache = Cache(lambda: open_store(path, now=NOW))
    for number in range(20):
        cache.change(lambda store, number=number: store.state.set("n", str(number)))  # type: ignore[misc]
        assert await cache.ask(lambda store: store.state.get("n")) == str(number)
    cache.close()


async def test_a_star_and_the_end_in_one_breath(path: Path) -> None:
    async with running(path) as (app, _):
        app.main.action_run("star")
        app.exit()
    assert ask(path, lambda store: store.places.starred().total) == 1


async def test_undo_before_the_mark_is_written_undoes_that_mark(path: Path) -> None:
    async with running(path) as (app, pilot):
        for command in ("read", "down", "star", "undo"):
            app.main.action_run(command)
        await until(pilot, lambda: app.main.status.message == "已撤销（1 篇）")
        assert not cursor_row(app).starred
        assert ask(path, lambda store: store.places.starred().total) == 0
        assert ask(path, lambda store: store.places.totals().unread) == 2


async def test_every_kind_of_mark_change_is_undone_in_turn(path: Path) -> None:
    async with running(path) as (app, pilot):
        await pilot.press("m", "s", "j", "enter")
        await until(pilot, lambda: ask(path, lambda store: store.places.totals().unread) == 1)
        await pilot.press("m", "escape", "A")
        await until(pilot, lambda: app.screen is not app.main)
        await pilot.press("y")
        await until(pilot, lambda: ask(path, lambda store: store.places.totals().unread) == 0)
        for unread, starred in ((2, 1), (1, 1), (2, 1), (2, 0), (3, 0)):
            await pilot.press("u")
            await until(pilot, lambda unread=unread: ask(path, lambda store: store.places.totals().unread) == unread)  # type: ignore[misc]
            assert ask(path, lambda store: store.places.starred().total) == starred
        await pilot.press("u")
        assert app.main.status.message == "没有可撤销的标记"


async def test_while_another_program_writes_everything_can_be_read(path: Path, locked: apsw.Connection) -> None:
    async with running(path) as (app, pilot):
        await pilot.press("s")
        assert cursor_row(app).starred
        await pilot.press("5")
        await until(pilot, lambda: app.main.article_list.total == 1, 3)
        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader", 3)
        assert any("第3篇新闻" in line for line in screen_text(app))
        locked.execute("ROLLBACK")
        await until(pilot, lambda: ask(path, lambda store: store.places.starred().total) == 1)
        await until(pilot, lambda: ask(path, lambda store: store.places.totals().unread) == 2)


async def test_a_cache_that_can_only_be_read_says_why(path: Path) -> None:
    cache = Cache(lambda: open_store(path, now=NOW, write=False))
    with pytest.raises(ReadOnlyCacheError):
        await made(cache.change(lambda store: store.state.set("tab", "x")))
    assert await cache.ask(lambda store: store.places.totals().total) == 3
    cache.close()


async def test_a_cache_that_is_deleted_while_it_is_open(path: Path) -> None:
    async with running(path) as (app, pilot):
        await until(pilot, lambda: app.main.listing._version >= 0)
        path.unlink()
        app.main.listing.poll()
        await until(pilot, lambda: "缓存文件被移走或删除了" in app.main.status.message)
        await pilot.press("s")
        await until(pilot, lambda: app.main.status.error)
        assert "标记没有保存" in app.main.status.message
        assert not cursor_row(app).starred
        for key in ("j", "enter", "escape", "l", "h", "A", "r"):
            await pilot.press(key)
            app.main.listing.poll()
        await until(pilot, lambda: app.is_running)
