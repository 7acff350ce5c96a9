"""Marked passages and their notes, by keystroke."""

from __future__ import annotations

from pathlib import Path

import pytest

from newstui.app.application import NewstuiApp
from newstui.commands import keymap, overrides
from newstui.model import Article, Block
from newstui.rows import Passage, PassageChange
from newstui.screens.selecting import Selecting
from newstui.widgets.document import Anchor, Piece
from newstui.widgets.passages import locate, marked
from tests.tui.library import NOW, XINDU, article, ask, fill, running, screen_text, until
from tests.tui.test_reader_layout import stored

BODY = ("近日，市委召开群团工作会议。", "记者说：“好！”会议到此结束。")


@pytest.fixture
def cache(home: Path) -> Path:
    """An article of two paragraphs, and another."""
    first = Article(
        "市委开会", url="https://news.example/1.html", published=NOW, place=XINDU,
        blocks=tuple(Block("paragraph", text) for text in BODY),
    )  # fmt: skip
    path = home / "cache.db"
    fill(path, [first, article(7, paragraphs=30)])
    return path


def kept(cache: Path, app: NewstuiApp) -> tuple[Passage, ...]:
    shown = app.main.reader.article
    assert shown is not None
    short = shown.row.id
    return ask(cache, lambda store: store.passages.of(short))


def in_roles(app: NewstuiApp, *roles: str) -> str:
    reader = app.main.reader
    return "".join(span.text for line in reader.shown() for span in reader.paint(line) if span.role in roles)


def test_passages_are_found_in_a_changed_text_and_the_lost_come_last() -> None:
    shown = stored(Block("paragraph", "新加的。"), Block("paragraph", BODY[0]))
    moved, lost = Passage(1, 3, "市委召开", "近日，"), Passage(1, 0, "没有了", "", "记着")
    first, second = locate(shown, (lost, moved))
    assert first.passage == moved and first.start == Anchor(2, 3) and first.sign == "|"
    assert second.passage == lost and second.start is None and second.sign == "*"
    assert second.place == second.entry > first.entry > Anchor(2, len(BODY[0]))
    pieces = (Piece("  ", "text"), Piece(BODY[0], "text", 0))
    done = marked(pieces, 2, (first, second), None)
    assert "".join(piece.text for piece in done) == "| " + BODY[0]
    assert [piece.text for piece in done if piece.role == "passage"] == ["市委召开"]
    assert marked(pieces, 1, (first, second), None) == pieces


async def test_a_passage_is_marked_noted_listed_changed_removed_and_brought_back(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        main = app.main
        await pilot.press("enter")
        await until(pilot, lambda: main.pane == "reader")
        await pilot.press("a")
        assert isinstance(main.mode, Selecting)
        await pilot.press("j", "j", "a")
        await until(pilot, lambda: app.focused is not None)
        await pilot.press("查", "j", "enter")
        await until(pilot, lambda: [one.note for one in kept(cache, app)] == ["查j"])
        assert kept(cache, app) == (Passage(1, 3, "市委召开群团工作会议。", "近日，", "查j"),)
        await until(pilot, lambda: in_roles(app, "selected") == "市委召开群团工作会议。")
        text = "\n".join(screen_text(app))
        assert text.index("会议到此结束。") < text.index("摘录与笔记") < text.index("查j")
        assert any(line.startswith("*") for line in screen_text(app))  # the sign in the margin
        await pilot.press("a")
        await until(pilot, lambda: app.focused is not None)
        await pilot.press("k", "enter")
        await until(pilot, lambda: [one.note for one in kept(cache, app)] == ["查jk"])
        await pilot.press("x")
        await until(pilot, lambda: kept(cache, app) == ())
        await until(pilot, lambda: "摘录与笔记" not in "\n".join(screen_text(app)))
        await pilot.press("u")
        await until(pilot, lambda: [one.note for one in kept(cache, app)] == ["查jk"])
        await until(pilot, lambda: "查jk" in "\n".join(screen_text(app)))
        await pilot.press("u", "u")
        await until(pilot, lambda: kept(cache, app) == ())
    async with running(cache, (24, 10)) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader")
        await pilot.press("v", "enter")
        await until(pilot, lambda: app.focused is not None)
        await pilot.press("enter")
        await until(pilot, lambda: [one[:3] for one in kept(cache, app)] == [(0, 0, "市委开会")])


async def test_passages_over_paragraphs_are_one_each_and_keys_go_round_them(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader")
        await pilot.press("right_curly_bracket")
        assert "没有标记" in app.main.status.message
        await pilot.press("v", "j", "l", "l", "enter")
        await until(pilot, lambda: app.focused is not None)
        await pilot.press("enter")
        await until(pilot, lambda: [one.quote for one in kept(cache, app)] == [BODY[0], "记者说："])
        await until(pilot, lambda: in_roles(app, "selected") == BODY[0])
        await pilot.press("right_curly_bracket")
        assert in_roles(app, "selected") == "记者说：" and in_roles(app, "passage") == BODY[0]
        await pilot.press("right_curly_bracket")
        assert in_roles(app, "selected") == BODY[0] and app.main.status.message.startswith("1/2")
        await pilot.press("left_curly_bracket")
        assert in_roles(app, "selected") == "记者说："
        await pilot.press("u")
        await until(pilot, lambda: kept(cache, app) == ())


async def test_escape_in_the_prompt_marks_nothing_and_the_selection_stays(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader")
        await pilot.press("v", "a")
        await until(pilot, lambda: app.focused is not None)
        await pilot.press("H", "escape")
        assert isinstance(app.main.mode, Selecting) and in_roles(app, "selected") == "市委开会"
        assert kept(cache, app) == ()


async def test_a_cache_that_cannot_be_written_says_so(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        app.main.read_only = True
        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader")
        await pilot.press("a")
        assert app.main.status.error and app.main.mode is None
        await pilot.press("v", "a")
        assert app.main.status.error and not app.main.asking.typing


async def test_in_the_list_the_key_adds_a_feed_whatever_the_other_keys(cache: Path) -> None:
    async with running(cache, keys={"star": "S", "next-passage": "v", "select": "V"}) as (app, pilot):
        await pilot.press("a")
        await until(pilot, lambda: app.main.asking.typing)
        await pilot.press("escape", "enter")
        await until(pilot, lambda: app.main.pane == "reader")
        await pilot.press("a")
        assert isinstance(app.main.mode, Selecting)


def test_who_shares_a_key_with_a_changed_command_is_bound_anew() -> None:
    assert overrides(keymap({})) == {}
    assert overrides(keymap({"add-feed": "F2"})) == {"add-feed": "f2", "mark-passage": "a"}


def test_words_that_began_at_the_same_place_once_are_not_lost(cache: Path) -> None:
    old, new = Passage(1, 0, "旧的话", "", "要紧"), Passage(1, 0, "近日，")
    ask(cache, lambda store: store.passages.put("abc", old, NOW))
    change = PassageChange("abc", (), (new,))
    ask(cache, lambda store: store.passages.change(change, NOW))
    assert {one.quote: one.note for one in ask(cache, lambda store: store.passages.of("abc"))} == {
        "旧的话": "要紧",
        "近日，": "",
    }
    ask(cache, lambda store: store.passages.undo(change, NOW))
    assert [one.quote for one in ask(cache, lambda store: store.passages.of("abc"))] == ["旧的话"]
