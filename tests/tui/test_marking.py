"""By keystroke: stars and read marks are written at once and can all be undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from newstui.model import Counts
from newstui.store import Store
from newstui.store.marks import Marks
from tests.tui.library import TOUR, WENJIANG, article, ask, being_read, cursor_row, fill, running, screen_text, until


@pytest.fixture
def cache(home: Path) -> Path:
    """Four articles of 新都, two of 温江, one of 导览."""
    path = home / "cache.db"
    fill(
        path,
        [article(number) for number in range(1, 5)]
        + [article(number, place=WENJIANG) for number in (5, 6)]
        + [article(7, place=TOUR)],
    )
    return path


def totals(store: Store) -> Counts:
    return store.places.totals()


async def test_a_star_is_in_the_cache_before_the_app_ends_and_undone_by_u(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("s")
        assert cursor_row(app).starred
        await until(pilot, lambda: ask(cache, lambda store: store.places.starred().total) == 1)
        await until(pilot, lambda: app.main.listing.tabs[1].number == 1)
        assert ">●★" in screen_text(app)[1]
        await pilot.press("u")
        await until(pilot, lambda: app.main.status.message == "已撤销（1 篇）")
        assert ask(cache, lambda store: store.places.starred().total) == 0
        assert not cursor_row(app).starred
        await pilot.press("u")
        assert app.main.status.message == "没有可撤销的标记"


async def test_marks_pressed_just_before_quitting_are_kept(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("s", "j", "s", "j", "m", "q")
        await until(pilot, lambda: not app.is_running)
    assert ask(cache, lambda store: store.places.starred().total) == 2
    assert ask(cache, totals) == Counts(6, 7)


async def test_opening_an_article_can_be_undone_too(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: ask(cache, totals).unread == 6)
        await until(pilot, lambda: app.main.listing.tabs[0].number == 6)
        await pilot.press("u")
        await until(pilot, lambda: ask(cache, totals).unread == 7)
        await until(pilot, lambda: not being_read(app).read)


async def test_mark_all_asks_and_is_undone_as_one(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("A")
        await until(pilot, lambda: app.screen is not app.main)
        assert any("把“全部”的 7 篇未读文章全部标为已读？" in line for line in screen_text(app))
        await pilot.press("n")
        assert ask(cache, totals).unread == 7
        await pilot.press("A")
        await until(pilot, lambda: app.screen is not app.main)
        await pilot.press("y")
        await until(pilot, lambda: ask(cache, totals).unread == 0)
        await until(pilot, lambda: "7 篇标为已读" in app.main.status.message)
        assert all(row.read for row in app.main.article_list.shown())
        await pilot.press("u")
        await until(pilot, lambda: ask(cache, totals).unread == 7)
        await until(pilot, lambda: not any(row.read for row in app.main.article_list.shown()))


async def test_a_mark_that_cannot_be_written_is_taken_back_on_screen(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newstui.errors import ReadOnlyCacheError

    def refuse(*_: object) -> None:
        raise ReadOnlyCacheError("the disk is full")

    async with running(cache) as (app, pilot):
        monkeypatch.setattr(Marks, "set", refuse)
        await pilot.press("s")
        await until(pilot, lambda: app.main.status.error)
        assert "the disk is full" in app.main.status.message
        assert not cursor_row(app).starred


async def test_unstarring_in_the_starred_tab_keeps_the_row_until_the_list_is_opened_anew(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("s", "j", "s", "2")
        await until(pilot, lambda: app.main.article_list.total == 2)
        await pilot.press("s")
        await until(pilot, lambda: app.main.listing.tabs[1].number == 1)
        assert app.main.article_list.total == 2
        await pilot.press("1", "2")
        await until(pilot, lambda: app.main.article_list.total == 1)
