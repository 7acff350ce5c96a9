"""Hostile bodies by keystroke: opened, scrolled from end to end, searched and resized in the running app."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from time import process_time

import pytest
from rich.cells import cell_len

from newstui.model import Article
from tests.tui.library import NOW, XINDU, being_read, fill, running, screen_text, until
from tests.tui.test_documents import HOSTILE

NAMES = list(HOSTILE)


@pytest.fixture
def cache(home: Path) -> Path:
    """One article for each hostile body."""
    path = home / "cache.db"
    made = [
        Article(name, published=NOW - timedelta(minutes=at), blocks=tuple(HOSTILE[name]), place=XINDU)
        for at, name in enumerate(NAMES)
    ]
    fill(path, made)
    return path


async def test_every_one_can_be_read_from_end_to_end(cache: Path) -> None:
    async with running(cache, (40, 12)) as (app, pilot):
        for at, name in enumerate(NAMES):
            await until(pilot, lambda at=at: app.main.article_list.cursor == at)  # type: ignore[misc]
            await pilot.press("enter")
            await until(pilot, lambda name=name: app.main.pane == "reader" and being_read(app).title == name)  # type: ignore[misc]
            await pilot.press("G")
            assert app.main.reader.at_end and app.main.reader.percent == 100
            await pilot.press("[")
            assert all(cell_len(line) <= 40 for line in screen_text(app))
            await pilot.press("q", "j")


async def test_a_key_in_a_megabyte_waits_for_nothing(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader" and being_read(app).title == NAMES[0])
        taken = []
        for key in ("G", "g", "pagedown", "G", "pageup", "g", "pagedown", "pagedown", "k"):
            began = process_time()
            await pilot.press(key)
            taken.append(process_time() - began)
        # A whole setting takes several times as long.
        assert sorted(taken)[len(taken) // 2] < 0.05


async def test_a_megabyte_is_searched_and_resized(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        main = app.main
        await pilot.press("enter")
        await until(pilot, lambda: main.pane == "reader")
        await pilot.press("slash")
        await until(pilot, lambda: app.focused is not None)
        await pilot.press("群", "团", "enter")
        await until(pilot, lambda: main.finding.position == "1/17400")
        await pilot.press("N")
        assert main.finding.position == "17400/17400"
        await pilot.resize_terminal(40, 12)
        await until(pilot, lambda: main.reader.size.width == 40)
        await pilot.press("g", "n", "n")
        assert main.finding.position == "2/17400"
