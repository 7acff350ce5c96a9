"""Sizes, help, palette, welcome, arrivals, and what the app must not import."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.widgets import Input

from newstui.commands import COMMANDS, DEFAULT_KEYMAP
from newstui.locale import catalogue
from newstui.model import View
from newstui.screens.help import HelpScreen, help_entries, help_lines
from newstui.screens.main import MainScreen
from newstui.screens.welcome import WelcomeScreen, welcome_lines
from newstui.styles.palette import PALETTES
from tests.tui.library import (
    NOW,
    WENJIANG,
    article,
    ask,
    being_read,
    cursor_row,
    fill,
    running,
    screen_text,
    until,
)


@pytest.fixture
def cache(home: Path) -> Path:
    """Three hundred articles."""
    path = home / "cache.db"
    fill(path, [article(number, place=WENJIANG if number % 3 else "510114") for number in range(300)])
    return path


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 48), (40, 12), (20, 5), (7, 3), (1, 1)])
async def test_every_line_is_as_wide_as_the_screen_at_any_size(cache: Path, size: tuple[int, int]) -> None:
    async with running(cache, size) as (app, pilot):
        for key in ("j", "G", "enter", "space", "escape", "l", "question_mark", "escape", "slash", "escape"):
            await pilot.press(key)
            strips = app.screen._compositor.render_strips(app.size)
            assert len(strips) == size[1]
            assert all(cell_len(strip.text) <= size[0] for strip in strips)


async def test_one_pane_below_100_columns_two_from_there(cache: Path) -> None:
    async with running(cache, (99, 30)) as (app, pilot):
        assert app.main.article_list.display and not app.main.reader.display
        await pilot.resize_terminal(100, 30)
        await until(pilot, lambda: app.main.reader.display and app.main.article_list.display)
        assert app.main.article_list.size.width == 45
        await pilot.press("j")
        await until(pilot, lambda: app.main.reader.article is not None)
        assert being_read(app).key == cursor_row(app).key
        assert not cursor_row(app).read, "passing by is not reading"


async def test_beside_the_list_the_latest_article_wins(cache: Path) -> None:
    async with running(cache, (120, 40)) as (app, pilot):
        await pilot.press(*["j"] * 25)
        row = app.main.article_list.current
        assert row is not None and app.main.article_list.cursor == 25
        await until(pilot, lambda: app.main.reader.article and app.main.reader.article.row.key == row.key)


async def test_a_short_screen_loses_the_footer_then_the_tabs(cache: Path) -> None:
    async with running(cache, (80, 6)) as (app, pilot):
        await until(pilot, lambda: not app.main.status.display)
        assert app.main.tab_bar.display
        await pilot.resize_terminal(80, 3)
        await until(pilot, lambda: not app.main.tab_bar.display)
        assert app.main.article_list.size.height == 3


async def test_shrinking_to_one_cell_and_back_keeps_the_place(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader")
        await pilot.press("j", "j", "j", "j", "j", "j")
        place = app.main.reader.place
        for size in ((1, 1), (3, 2), (40, 12), (1, 1), (80, 24)):
            await pilot.resize_terminal(*size)
            await until(pilot, lambda size=size: app.size == size)  # type: ignore[misc]
        await until(pilot, lambda: app.main.reader.size.width == 80)
        assert app.main.reader.place == place


async def test_the_end_of_the_list_is_one_key_away(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("G")
        await until(pilot, lambda: app.main.article_list.current is not None)
        assert app.main.article_list.cursor == 299
        assert cursor_row(app).title == "第299篇新闻"
        await pilot.press("pageup", "pageup")
        await until(pilot, lambda: app.main.article_list.current is not None)
        assert cursor_row(app).title == f"第{app.main.article_list.cursor}篇新闻"
        await pilot.press("g")
        assert cursor_row(app).title == "第0篇新闻"


async def test_arrivals_are_announced_and_move_nothing_until_asked_for(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("j", "j")
        await until(pilot, lambda: app.main.listing._version >= 0)
        before = screen_text(app)[1:10]
        fill(cache, [article(900 + number, title=f"新到{number}") for number in (-950, -951)], at=NOW)
        app.main.listing.poll()
        await until(pilot, lambda: app.main.listing.arrived == 2)
        assert app.main.status.message == "有 2 篇新文章，按 . 显示"
        assert screen_text(app)[1:10] == before
        assert app.main.listing.tabs[0].number == 302
        row = app.main.article_list.current
        await pilot.press("full_stop")
        await until(pilot, lambda: app.main.article_list.total == 302)
        assert app.main.article_list.current == row and app.main.article_list.line == 2
        assert app.main.listing.arrived == 0


async def test_marks_made_by_another_process_show(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await until(pilot, lambda: app.main.listing._version >= 0)
        rows = ask(cache, lambda store: [row.key.row for row in store.views.window(View(), limit=2)])
        ask(cache, lambda store: store.marks.set("starred", True, rows, NOW + timedelta(1)))
        app.main.listing.poll()
        await until(pilot, lambda: "★" in screen_text(app)[1] and "★" in screen_text(app)[2])


async def test_an_empty_cache_welcomes_and_takes_a_path_with_the_cursor_in_place(home: Path) -> None:
    async with running(home / "cache.db") as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
        for choice in ("1  入门文库", "2  导入存档", "3  添加订阅", "4  导入 OPML"):
            await until(pilot, lambda choice=choice: choice in "\n".join(screen_text(app)))  # type: ignore[misc]
        await pilot.press("j", "enter")
        await until(pilot, lambda: isinstance(app.focused, Input))
        await pilot.press("新", "a")
        await until(pilot, lambda: app.cursor_position == (cell_len(" 导入：") + 3, 23))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
        await pilot.press("escape", "w")
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))


async def test_help_names_every_command_and_scrolls(cache: Path) -> None:
    words = catalogue("zh")
    async with running(cache, (60, 10), keys={"star": "x"}) as (app, pilot):
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        seen = set(screen_text(app))
        for _ in range(40):
            await pilot.press("j", "j", "j")
            seen |= set(screen_text(app))
        text = "\n".join(seen)
        for command in COMMANDS:
            sentence = words("help.tabs" if command.id[-1].isdigit() else f"command.{command.id}.help")
            assert sentence[:10] in text, command.id
        await pilot.press("q")
        assert app.screen is app.main
    lines = help_lines(60, words, {command.id: "x" for command in COMMANDS})
    assert all(sum(cell_len(span.text) for span in line) <= 60 for line in lines)


async def test_keys_of_the_config_work_in_place_of_the_default(cache: Path) -> None:
    async with running(cache, keys={"star": "x", "read": ""}) as (app, pilot):
        row = app.main.article_list.current
        assert row is not None
        await pilot.press("s", "m")
        assert app.main.article_list.current == row
        await pilot.press("x")
        assert cursor_row(app).starred


async def test_every_command_has_something_that_carries_it_out(cache: Path) -> None:
    async with running(cache) as (app, _):
        assert {command.id for command in COMMANDS} == app.main.commands
        bindings = MainScreen._merged_bindings
        assert bindings is not None
        bound = {binding.id for _, binding in bindings}
        assert {command.id for command in COMMANDS if command.keys} - bound == {"quit", "suspend"}


async def test_the_palette_finds_commands_and_tabs_by_name(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.focused, Input))
        await pilot.press("温", "江")
        await until(pilot, lambda: any(line.strip() == "温江" for line in screen_text(app)[1:]))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.main and app.main.listing.tab == WENJIANG)


@pytest.mark.parametrize(
    ("query", "name"),
    [("undo", "撤销  u"), ("Mark all", "全部已读  A"), ("next unread", "下篇未读  n"), ("zzz", "没有找到")],
)
async def test_the_palette_needs_no_input_method(cache: Path, query: str, name: str) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("colon")
        await until(pilot, lambda: isinstance(app.focused, Input))
        assert isinstance(app.focused, Input)
        app.focused.value = query
        await until(pilot, lambda: any(line.strip() == name for line in screen_text(app)[1:6]))
        assert not any(line.strip().startswith("返回") for line in screen_text(app))


async def test_the_palette_wastes_no_line_of_a_low_window_and_draws_no_boxes(cache: Path) -> None:
    async with running(cache, (40, 12)) as (app, pilot):
        await pilot.press("colon")
        await until(pilot, lambda: isinstance(app.focused, Input) and "阅读  Enter" in "\n".join(screen_text(app)))
        lines = screen_text(app)
        assert lines[0].strip() and lines[1].strip() == "阅读  Enter" and all(lines)
        assert not any("\u2500" <= sign <= "\u259f" for line in lines for sign in line)


async def test_q_in_the_welcome_over_a_list_goes_back_to_it(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
        assert "Esc 返回" in screen_text(app)[-1]
        await pilot.press("q")
        await until(pilot, lambda: app.screen is app.main)
        assert app.is_running


def test_numbered_tabs_are_one_line_of_help_while_they_have_their_numbers() -> None:
    words = catalogue("zh")
    assert ("1–9", words("help.tabs")) in help_entries(words, DEFAULT_KEYMAP)
    changed = {**DEFAULT_KEYMAP, "tab-3": "f3"}
    entries = help_entries(words, changed)
    assert ("F3", words("command.tab-3.help")) in entries and ("1", words("command.tab-1.help")) in entries


@pytest.mark.parametrize("size", [(80, 24), (60, 15), (40, 12), (20, 5), (16, 9)])
async def test_the_welcome_shows_every_choice_at_any_size(home: Path, size: tuple[int, int]) -> None:
    async with running(home / "cache.db", size) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
        await until(pilot, lambda: all(f" {number}  " in "\n".join(screen_text(app)) for number in range(1, 5)))
    words = catalogue("zh")
    lines, _ = welcome_lines(size[0], words, 0, size[1])
    assert all(sum(cell_len(span.text) for span in line) <= size[0] for line in lines)


async def test_something_stands_between_list_and_reader(home: Path) -> None:
    path = home / "cache.db"
    fill(path, [article(1, title="很长的标题" * 30), article(2)])
    async with running(path, (120, 24)) as (app, pilot):
        await until(pilot, lambda: app.main.reader.article is not None)
        strips = app.screen._compositor.render_strips(app.size)[1:-1]
        for strip in strips:
            assert strip.crop(52, 54).text == "  "
            (ground,) = {
                segment.style.bgcolor.name
                for segment in strip.crop(53, 54)
                if segment.style is not None and segment.style.bgcolor
            }
            assert ground == PALETTES["dark"].bar
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: app.main.article_list.size.width == 80)
        assert not app.main.article_list.divided


async def test_a_prompt_moves_with_the_window_and_the_cursor_with_it(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("I")
        await until(pilot, lambda: isinstance(app.focused, Input))
        await pilot.press("a", "b")
        for size in ((40, 12), (80, 30), (80, 6), (80, 24)):
            await pilot.resize_terminal(*size)
            place = (cell_len(" 导入：") + 2, size[1] - 1)
            await until(pilot, lambda place=place: app.cursor_position == place)  # type: ignore[misc]
            assert not app.main.status.display
            assert screen_text(app)[-1].strip() == "导入：ab"
        await pilot.press("escape")
        await until(pilot, lambda: app.main.status.display)


async def test_a_question_is_set_anew_when_the_window_changes(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("A")
        await until(pilot, lambda: app.screen is not app.main)
        await pilot.resize_terminal(24, 12)
        await until(pilot, lambda: app.screen.size.width == 24)
        await until(pilot, lambda: "全部标为已读？" in "".join(line.strip() for line in screen_text(app)))
        await pilot.press("escape")
        assert app.screen is app.main


@pytest.mark.parametrize("theme", list(PALETTES))
async def test_every_theme_opens_its_screens(cache: Path, theme: str) -> None:
    async with running(cache, theme=theme) as (app, pilot):  # type: ignore[arg-type]
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.focused, Input))
        await pilot.press("escape", "A")
        await until(pilot, lambda: app.screen is not app.main)
        await pilot.press("n")


async def test_foreign_text_is_never_markup(home: Path) -> None:
    path = home / "cache.db"
    hostile = "[/b]x [bold]y[/] [@click=app.quit]z[/] [视频]"
    fill(path, [article(1, title=hostile, place=f"tab:{hostile[:9]}")])
    async with running(path, (120, 24)) as (app, pilot):
        assert any(hostile[:20] in line for line in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader")
        assert any(hostile in line for line in screen_text(app))
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.focused, Input))
        await pilot.press("escape", "1", "A")
        await until(pilot, lambda: app.screen is not app.main or app.main.status.message)


def test_opening_the_app_imports_no_network_and_no_parser() -> None:
    code = (
        "import sys, newstui.app, newstui.app.application, newstui.screens.getting, newstui.screens.palette;"
        "print({'httpx', 'feedparser', 'lxml', 'sqlite3', 'webbrowser'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
