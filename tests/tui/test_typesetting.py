"""By keystroke: the panel of typography, its commands, zen, and what is kept of them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from newstui.choices import STATE
from newstui.config import Settings
from newstui.model import Article, Block
from newstui.text.scripts import converter
from newstui.widgets.typography_panel import layout_panel, panel_height
from tests.tui.library import NOW, XINDU, article, ask, being_read, cursor_row, fill, running, screen_text, until

FLAT = "头发发展,后来用了Python."


@pytest.fixture
def cache(home: Path) -> Path:
    """One article of two flattened paragraphs, and two others."""
    path = home / "cache.db"
    body = (Block("paragraph", FLAT), Block("paragraph", FLAT * 3))
    first = Article("发展:头发", url="https://news.example/0", published=NOW, blocks=body, place=XINDU)
    fill(path, [first, article(1), article(2)])
    return path


async def test_the_panel_changes_the_article_that_is_seen_above_it(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader")
        await pilot.press("T")
        await until(pilot, lambda: "> 配色     ‹ 深色 ›" in screen_text(app))
        lines = screen_text(app)
        assert lines[14].startswith(" 版式   Esc 完成") and lines[1].strip() == "发展:头发"
        assert lines[5] == "      " + FLAT
        await pilot.press("down", "down", "right")
        await until(pilot, lambda: screen_text(app)[5] == "  " + FLAT and screen_text(app)[6] == "")
        await pilot.press("j", "l")
        await until(pilot, lambda: screen_text(app)[5] == "  头发发展，后来用了Python.")
        assert screen_text(app)[1].strip() == "发展：头发"
        await pilot.press("j", "plus")
        await until(pilot, lambda: screen_text(app)[5] == "  头发发展，后来用了 Python.")
        await pilot.press("down", "right", "right")
        await until(pilot, lambda: screen_text(app)[5] == "  頭髮發展，後來用了 Python.")
        await pilot.press("0")
        await until(pilot, lambda: screen_text(app)[5] == "  头发发展，后来用了 Python.")
        await pilot.press("escape")
        await until(pilot, lambda: "版式" not in "\n".join(screen_text(app)))
        assert app.main.pane == "reader"
    assert json.loads(ask(cache, lambda store: store.state.get(STATE) or "")) == {
        "paragraphs": ["space", "indent"],
        "punctuation": [True, False],
        "spacing": [True, False],
    }


@pytest.mark.parametrize("width", [24, 40, 80])
async def test_the_panel_names_its_own_keys_and_the_footer_none_that_are_not_in_force(cache: Path, width: int) -> None:
    async with running(cache, (width, 12)) as (app, pilot):
        await pilot.press("T")
        await until(pilot, lambda: any(line.startswith(" 版式") for line in screen_text(app)))
        shown = "\n".join(screen_text(app))
        assert "Esc 完成" in shown and "Enter" not in shown and "返回" not in shown and "…\n>" not in shown
        await pilot.press("escape")
        await until(pilot, lambda: "Enter 阅读" in screen_text(app)[-1])


async def test_the_panel_beside_a_list_has_the_article_under_the_cursor_at_once(cache: Path) -> None:
    async with running(cache, (120, 30)) as (app, pilot):
        await until(pilot, lambda: app.main.reader.article is not None)
        await pilot.press("j", "T")
        wanted = cursor_row(app).key
        await until(pilot, lambda: being_read(app).key == wanted)


async def test_the_mouse_can_do_it_too(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("enter", "T")
        await until(pilot, lambda: "> 配色     ‹ 深色 ›" in screen_text(app))
        row = next(y for y, line in enumerate(screen_text(app)) if line.startswith("  段落"))
        await pilot.click(offset=(10, row))
        await until(pilot, lambda: "> 段落     ‹ 首行缩进 ›" in screen_text(app))
        await pilot.click(offset=(10, row))
        await until(pilot, lambda: "> 段落     ‹ 段间空行 ›" in screen_text(app))
        title = next(y for y, line in enumerate(screen_text(app)) if line.startswith(" 版式"))
        await pilot.click(offset=(10, title))
        assert app.main.typesetting.chosen.paragraphs == "space"


async def test_choices_are_there_the_next_time_in_list_tabs_and_text(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("T", "k", "k", "k", "right", "right")
        await until(pilot, lambda: "發展:頭髮" in screen_text(app)[1])
    async with running(cache) as (app, pilot):
        assert "發展:頭髮" in screen_text(app)[1]
        assert "新都" in screen_text(app)[0]
        await pilot.press("enter")
        await until(pilot, lambda: "頭髮發展,後來" in "\n".join(screen_text(app)))
    async with running(cache, config=Settings(theme="dark", script="hans")) as (app, pilot):
        assert "发展:头发" in screen_text(app)[1]


async def test_wider_and_narrower_begin_where_the_text_ends(cache: Path) -> None:
    async with running(cache, (60, 24), config=Settings(theme="dark", measure=100)) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader")
        await pilot.press("minus")
        await until(pilot, lambda: app.main.reader.typography.measure == 26)
        assert "行宽：26 字" in screen_text(app)[-1]
        await pilot.press("plus")
        await until(pilot, lambda: app.main.reader.typography.measure == 28)


async def test_zen_is_the_text_alone_and_esc_or_z_ends_it(cache: Path) -> None:
    async with running(cache, (120, 24)) as (app, pilot):
        await until(pilot, lambda: app.main.article_list.total == 3)
        await pilot.press("z")
        await until(pilot, lambda: app.main.pane == "reader" and not app.main.tab_bar.display)
        await until(pilot, lambda: screen_text(app)[0].strip() == "发展:头发")
        assert screen_text(app)[0].startswith(" " * 22)
        assert screen_text(app)[-1] == ""
        await pilot.press("m")
        await until(pilot, lambda: "已标为未读" in screen_text(app)[-1])
        await pilot.press("j")
        await until(pilot, lambda: screen_text(app)[-1] == "")
        await pilot.press("escape")
        await until(pilot, lambda: app.main.tab_bar.display and app.main.status.display)
        assert app.main.pane == "reader"
        await pilot.press("z", "z")
        assert app.main.tab_bar.display


async def test_a_theme_is_changed_for_everything_on_screen(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        assert app.current_theme.background == "#1c1c1c"
        await pilot.press("T", "right")
        await until(pilot, lambda: app.current_theme.name == "newstui-light")
        strip = app.main.article_list.render_line(0)
        assert any(
            segment.style and str(segment.style.bgcolor and segment.style.bgcolor.name) == "color(231)"
            for segment in strip
        )


async def test_no_color_is_told(cache: Path) -> None:
    async with running(cache, config=Settings(), environ={"NO_COLOR": "1"}) as (app, pilot):
        await pilot.press("T", "right")
        await until(pilot, lambda: "NO_COLOR" in screen_text(app)[-1])
        assert app.desk.painter.palette.name == "mono"


async def test_without_opencc_the_way_out_is_told(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opencc", None)
    converter.cache_clear()
    async with running(cache, config=Settings(theme="dark", script="hant")) as (app, pilot):
        assert "pipx inject newstui opencc" in " ".join(screen_text(app)[-2:])
        assert "发展:头发" in screen_text(app)[1]
        await pilot.press("T", "k", "k", "k", "right")
        await until(pilot, lambda: "pipx inject newstui opencc" in " ".join(screen_text(app)[-2:]))
        assert app.main.typesetting.chosen.script == "original"


@pytest.mark.parametrize("height", [1, 2, 4, 8, 12, 24])
def test_the_panel_fits_any_screen(height: int) -> None:
    from newstui.text.widths import cell_width
    from newstui.widgets.typography_panel import Choice

    choices = [Choice(name, "标签" * at, "值" * 9) for at, name in enumerate("abcdefg")]
    lines = panel_height(len(choices), height)
    assert 1 <= lines <= max(3, height // 2) and lines <= 8
    keys = [("Esc", "完成"), ("←→", "改变" * 9), ("0", "恢复")]
    for width in (1, 2, 7, 20, 80):
        for cursor in range(len(choices)):
            laid = layout_panel("版式", keys, choices, cursor, width, lines)
            assert all(sum(cell_width(span.text) for span in line) == width for line in laid)
            assert len(laid) <= lines
            assert lines < 2 or any(span.text == ">" for line in laid for span in line)
