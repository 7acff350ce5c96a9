"""Pictures in the reader: their room, their captions, drawn by a child when they come on screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from newstui.config import Settings
from newstui.model import Article, Block
from newstui.screens.picturing import obstacle
from newstui.text.widths import set_ambiguous
from newstui.widgets.picture_layout import MOST_ROWS, KeptPicture, fit
from tests.fetch.test_pictures import png
from tests.tui.library import NOW, XINDU, article, ask, fill, running, screen_text, until

pytest.importorskip("textual_image")

COLOURS = {"COLORTERM": "truecolor", "TERM": "xterm-256color"}
KEPT, LOST = "https://news.example/kept.png", "https://news.example/lost.png"
BODY = (
    Block("paragraph", "桂湖的荷花开了。"),
    Block("image", "盛开的荷花", url=KEPT),
    Block("paragraph", "游人如织。"),
    Block("image", "没取到的图", url=LOST),
)


@pytest.fixture
def cache(home: Path) -> Path:
    """An article with a picture that is kept and one that is not, and another article."""
    path = home / "cache.db"
    first = Article("桂湖荷花", url="https://news.example/0", published=NOW, blocks=BODY, place=XINDU)
    fill(path, [first, article(1)])
    ask(path, lambda store: store.pictures.keep(KEPT, png(80, 64), 80, 64))
    return path


async def test_a_kept_picture_is_drawn_over_its_caption(cache: Path) -> None:
    async with running(cache, environ=COLOURS) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader")
        await until(pilot, lambda: any("▀" in line for line in screen_text(app)))
        lines = screen_text(app)
        (first, *rest) = (at for at, line in enumerate(lines) if "▀" in line)
        assert [lines[at].strip() for at in (first, *rest)] == ["▀" * 10] * 4
        assert lines[rest[-1] + 1].strip() == "〔盛开的荷花 80×64 1 KB〕[1]"
        assert any(line.strip() == "〔没取到的图〕[2]" for line in lines)
        await pilot.press("i")
        await until(pilot, lambda: not any("▀" in line for line in screen_text(app)))
        assert "〔盛开的荷花 80×64 1 KB〕[1]" in "\n".join(screen_text(app))
    async with running(cache, environ=COLOURS) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: "盛开的荷花" in "\n".join(screen_text(app)))
        assert not app.main.reader.pictures.drawn


@pytest.mark.parametrize("environ", [{"TERM": "linux"}, {"TERM": "xterm-256color", "NO_COLOR": "1"}])
async def test_a_terminal_without_colours_shows_captions(cache: Path, environ: dict[str, str]) -> None:
    async with running(cache, environ=environ) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: "〔盛开的荷花 80×64 1 KB〕[1]" in "\n".join(screen_text(app)))
        assert not app.main.reader.pictures.drawn
        await pilot.press("i")
        await pilot.press("i")
        await until(pilot, lambda: "这个终端的颜色太少" in screen_text(app)[-1])


async def test_nothing_is_drawn_over_a_slow_line(cache: Path) -> None:
    async with running(cache, environ=COLOURS) as (app, pilot):
        app.main.set_thin(True)
        await pilot.press("enter")
        await until(pilot, lambda: "盛开的荷花" in "\n".join(screen_text(app)))
        assert not app.main.reader.pictures.drawn
        app.main.set_thin(False)
        await until(pilot, lambda: any("▀" in line for line in screen_text(app)))
        app.main.set_thin(True)
        await until(pilot, lambda: not any("▀" in line for line in screen_text(app)))


async def test_where_blocks_are_two_cells_wide_nothing_is_drawn(cache: Path) -> None:
    set_ambiguous(2)
    try:
        async with running(cache, environ=COLOURS, config=Settings(ambiguous="wide")) as (app, pilot):
            await pilot.press("enter")
            await until(pilot, lambda: "盛开的荷花" in "\n".join(screen_text(app)))
            assert not app.main.reader.pictures.drawn
    finally:
        set_ambiguous(1)


async def test_a_picture_that_cannot_be_drawn_leaves_its_caption(cache: Path) -> None:
    ask(cache, lambda store: store.pictures.keep(KEPT, b"\x89PNG\r\n\x1a\nbroken", 80, 64))
    async with running(cache, environ=COLOURS, config=Settings()) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: "盛开的荷花" in "\n".join(screen_text(app)))
        await until(pilot, lambda: not [one for one in app.workers if one.group == "drawing" and not one.is_finished])
        assert not any("▀" in line for line in screen_text(app))
        await pilot.press("pagedown", "escape")
        await until(pilot, lambda: app.main.pane == "list")


def test_nothing_of_it_is_imported_to_find_out() -> None:
    assert obstacle(COLOURS) == ""
    assert obstacle({"TERM": "vt100"}) == "pictures.colours"


@pytest.mark.parametrize(
    ("width", "height", "measure", "cells"),
    [
        (80, 64, 76, (10, 4)),
        (4000, 3000, 76, (43, MOST_ROWS)),
        (4000, 100, 76, (76, 1)),
        (1, 1, 76, (1, 1)),
        (10, 100_000, 20, (1, MOST_ROWS)),
        (4000, 3000, 10, (10, 4)),
    ],
)
def test_cells(width: int, height: int, measure: int, cells: tuple[int, int]) -> None:
    found = fit("", KeptPicture(width, height, 1), measure)
    assert (found.columns, found.rows) == cells
