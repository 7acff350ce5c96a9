"""Selecting in the text: the pure parts, by keystroke, and with the mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.geometry import Offset

from newstui.app.application import NewstuiApp
from newstui.config import Settings
from newstui.locale import catalogue
from newstui.model import Article, Block
from newstui.screens.selecting import Selecting
from newstui.terminal.outgoing import outgoing
from newstui.widgets.document import TOP, Anchor, Piece, TextLine
from newstui.widgets.reader_layout import layout_article
from newstui.widgets.selection import Clauses, Selection, first_clause, in_role, place_at
from tests.tui.library import NOW, XINDU, article, fill, running, until
from tests.tui.test_reader_layout import blocks, stored


@given(st.lists(blocks, max_size=6), st.lists(st.sampled_from("jkhlHL"), max_size=30), st.integers(1, 60))
@settings(deadline=None)
def test_whatever_the_text_a_selection_keeps_to_it(found: list[Block], keys: list[str], width: int) -> None:
    shown = stored(*found)
    clauses = Clauses(shown)
    lines = layout_article(shown, width, catalogue("zh")).lines(TOP, 30)
    selection = first_clause(clauses, lines) or clauses.last()
    assert selection is not None
    for key in keys:
        match key:
            case "j":
                selection = clauses.after(selection.end) or selection
            case "k":
                selection = clauses.before(selection.start) or selection
            case "l" | "L":
                longer = clauses.longer(selection, by_character=key == "L")
                assert longer.end >= selection.end
                selection = longer
            case _:
                shorter = clauses.shorter(selection, by_character=key == "H")
                assert shorter.end <= selection.end
                selection = shorter
        assert selection.start < selection.end
        copied = clauses.copied(selection)
        assert copied or not clauses.text(selection.start.part)[selection.start.offset :].strip()
        for line in copied.split("\n"):
            assert any(line in clauses.text(part) for part in range(len(found) + 1))


def test_stretching_by_a_clause_and_back_is_where_it_began() -> None:
    clauses = Clauses(stored(Block("paragraph", "近日，市委召开会议，记者报道。"), Block("paragraph", "完。")))
    first = clauses.after(Anchor(1, 0))
    assert first == Selection(Anchor(1, 0), Anchor(1, 3))
    longer = first
    for text in ("近日，市委召开会议，", "近日，市委召开会议，记者报道。", "近日，市委召开会议，记者报道。\n完。"):
        longer = clauses.longer(longer)
        assert clauses.copied(longer) == text
    assert clauses.longer(longer) == longer
    for text in ("近日，市委召开会议，记者报道。", "近日，市委召开会议，", "近日，", "近日，"):
        longer = clauses.shorter(longer)
        assert clauses.copied(longer) == text
    for text in ("近日", "近", "近"):
        longer = clauses.shorter(longer, by_character=True)
        assert clauses.copied(longer) == text


def test_cells_are_characters_and_roles_change_no_character() -> None:
    pieces = (Piece("    ", "text"), Piece("汉字", "text", 5), Piece("[1]", "muted", -1, 1), Piece("后", "text", 7))
    line = TextLine(pieces, Anchor(2, 5))
    places = [place_at(line, cell) for cell in range(12)]
    assert [place.offset for place in places if place] == [5, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6, 7]
    assert place_at(line, 40) == Anchor(2, 7)
    assert place_at(TextLine(pieces[:1], Anchor(2, 5)), 1) is None
    changed = in_role(pieces, 6, 8, "selected")
    assert "".join(piece.text for piece in changed) == "    汉字[1]后"
    assert [piece.text for piece in changed if piece.role == "selected"] == ["字", "后"]


@pytest.fixture
def cache(home: Path) -> Path:
    """Two paragraphs of several lines, and a long article."""
    text = ("近日，市委召开群团工作会议，", "深入贯彻落实中央精神,推动工作上新台阶。", "会议强调，要抓好落实。")
    first = Article(
        "市委开会", url="https://news.example/1.html", published=NOW, place=XINDU,
        blocks=(Block("paragraph", "".join(text)), Block("paragraph", "记者说：“好！”会议到此结束。")),
    )  # fmt: skip
    path = home / "cache.db"
    fill(path, [first, article(7, paragraphs=40)])
    return path


def selected(app: NewstuiApp) -> str:
    reader = app.main.reader
    return "".join(span.text for line in reader.shown() for span in reader.paint(line) if span.role == "selected")


def selecting(app: NewstuiApp) -> bool:
    return isinstance(app.main.mode, Selecting)


@pytest.mark.parametrize("width", [80, 30])
async def test_clauses_are_selected_and_copied_across_lines_and_paragraphs(cache: Path, width: int) -> None:
    config = Settings(punctuation=True)
    async with running(cache, (width, 24), config=config) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader")
        await pilot.press("v")
        assert selected(app) == "市委开会"
        await pilot.press("j")
        assert selected(app) == "近日，" and "Esc" in app.main.status.message
        await pilot.press("j", "l")
        # Shown as it is set, copied as it was written.
        assert selected(app) == "市委召开群团工作会议，深入贯彻落实中央精神，推动工作上新台阶。"
        await pilot.press("l", "l", "l", "L", "L", "H", "y")
        assert app.clipboard == (
            "市委召开群团工作会议，深入贯彻落实中央精神,推动工作上新台阶。会议强调，要抓好落实。\n记者说：“"
        )
        assert not selecting(app) and selected(app) == ""
        assert app.main.status.message == f"已送到剪贴板：{len(app.clipboard)} 字"
        await pilot.press("y")
        assert app.clipboard == "https://news.example/1.html"


async def test_what_is_copied_passes_the_last_door(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(cache) as (app, pilot):
        written: list[str] = []
        assert app._driver is not None
        monkeypatch.setattr(app._driver, "write", written.append)
        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader")
        await pilot.press("v", "l", "l", "y")
        (sequence,) = [data for data in written if data.startswith("\x1b]52;")]
        assert "\n" in app.clipboard and outgoing(sequence) == sequence


async def test_pages_ends_and_leaving(cache: Path) -> None:
    async with running(cache, (80, 12)) as (app, pilot):
        await pilot.press("j", "enter")
        await until(pilot, lambda: app.main.pane == "reader")
        await pilot.press("v", "pagedown")
        assert app.main.reader.top != TOP and selected(app)
        await pilot.press("G")
        assert selected(app) == "为推动社会和谐稳定贡献力量。"
        await pilot.press("k", "k", "k", "g")
        assert selected(app) == "第7篇新闻" and app.main.reader.top == TOP
        for _ in range(20):
            await pilot.press("j")
            assert selected(app)  # never off the screen
        await pilot.press("q")
        assert not selecting(app) and app.main.pane == "reader" and selected(app) == ""
        await pilot.press("v", "n")
        await until(pilot, lambda: not selecting(app))


async def test_resizing_keeps_what_is_selected(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader")
        await pilot.press("v", "j", "l", "l")
        before = selected(app)
        await pilot.resize_terminal(34, 24)
        await until(pilot, lambda: app.main.reader.size.width == 34)
        assert selecting(app) and selected(app) == before


async def test_the_mouse_selects_by_character_and_a_click_ends_it(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        reader = app.main.reader
        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader")
        at = next(y for y, line in enumerate(reader.shown()) if line.anchor == Anchor(1, 0) and line.pieces)
        await pilot.mouse_down(reader, offset=Offset(12, at))
        await pilot.mouse_up(reader, offset=Offset(20, at))
        await until(pilot, lambda: selecting(app))
        assert selected(app) == "市委召开群"
        await pilot.press("H", "y")
        assert app.clipboard == "市委召开"
        await pilot.press("v")
        await pilot.click(reader, offset=Offset(12, at))
        await until(pilot, lambda: not selecting(app))


async def test_in_the_list_nothing_is_selected(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("v")
        assert not selecting(app) and app.main.status.message == "没有可以选择的文字"
