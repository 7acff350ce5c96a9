"""Link hints: labels, where they stand, and opening by them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.app.application import NewstuiApp
from newstui.model import Article, Block, Headline, Link
from newstui.widgets.document import Anchor, Piece, TextLine
from newstui.widgets.link_hints import LETTERS, by_line, hints, labels
from tests.tui.library import NOW, XINDU, article, being_read, fill, running, screen_text, until


@given(st.integers(0, 300))
def test_labels_differ_none_begins_another_and_short_ones_come_first(count: int) -> None:
    made = labels(count)
    assert len(set(made)) == count and all(set(label) <= set(LETTERS) for label in made)
    assert all(not other.startswith(label) for label in made for other in made if other != label)
    assert [len(label) for label in made] == sorted(len(label) for label in made)
    if count <= 9:
        assert all(len(label) == 1 for label in made)
    elif count <= 81:
        assert max(map(len, made)) == 2


def test_a_target_has_one_label_where_it_first_stands() -> None:
    lines = [
        TextLine((Piece("汉字", "text", 0), Piece("公告", "link", 2, 1)), Anchor(1, 0)),
        TextLine((Piece("全文", "link", 4, 1), Piece("[1]", "muted", -1, 1), Piece("x", "link", 9, 7)), Anchor(1, 4)),
    ]
    found = hints(lines, 80)
    assert [(hint.target, hint.line, hint.cell) for hint in found] == [(1, 0, 4), (7, 1, 7)]
    assert by_line(found) == {0: [(4, "f")], 1: [(7, "j")]}
    assert by_line(found, "j") == {1: [(7, "")]}
    assert hints(lines[:1], 4)[0].cell == 3  # never beyond the edge


def hinting(app: NewstuiApp) -> bool:
    return app.main.mode is not None


@pytest.fixture
def cache(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An article with a dozen links, a picture and a related headline that the cache has; no browser."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    text = "".join(f"第{at:02}号公告，" for at in range(12))
    spans = tuple(Link(7 * at, 7 * at + 6, f"https://city.example/{at}") for at in range(12))
    first = Article(
        "有链接", url="https://news.example/1.html", published=NOW, place=XINDU,
        blocks=(Block("paragraph", text, links=spans), Block("image", "图片说明", url="https://city.example/1.jpg")),
        related=(Headline("第7篇新闻", "https://news.example/7.html", "相关新闻"),),
    )  # fmt: skip
    path = home / "cache.db"
    fill(path, [first, article(7, paragraphs=2)])
    return path


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (24, 10)])
async def test_letters_stand_on_the_links_and_open_them(cache: Path, size: tuple[int, int]) -> None:
    async with running(cache, size) as (app, pilot):
        main = app.main
        await pilot.press("enter")
        await until(pilot, lambda: main.pane == "reader")
        before = screen_text(app)
        await pilot.press("f")
        found = hints(main.reader.shown(), main.reader.size.width)
        assert hinting(app) and found
        await pilot.pause()
        top = main.reader.region.y
        for hint in found:
            row = main.reader.render_line(hint.line)
            assert row.crop(hint.cell, hint.cell + len(hint.label)).text == hint.label
            assert row.cell_length == size[0]
        await pilot.press("escape")
        assert not hinting(app)
        await pilot.pause()
        assert screen_text(app)[top : size[1] - 1] == before[top : size[1] - 1]
        await pilot.press("f", *next(hint.label for hint in found if hint.target == 2))
        await until(pilot, lambda: app.clipboard == "https://city.example/1")
        assert not hinting(app) and main.pane == "reader"


async def test_the_first_letter_leaves_what_it_begins_and_backspace_takes_it_back(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        main = app.main
        await pilot.press("enter")
        await until(pilot, lambda: main.pane == "reader")
        await pilot.press("f")
        found = hints(main.reader.shown(), main.reader.size.width)
        long = next(hint for hint in found if len(hint.label) == 2)
        await pilot.press(long.label[0])
        assert sum(map(len, main.reader._labels.values())) < len(found)
        await pilot.press("backspace")
        assert sum(map(len, main.reader._labels.values())) == len(found)
        await pilot.press("escape", "G", "f")
        found = hints(main.reader.shown(), main.reader.size.width)
        related = next(hint for hint in found if hint.target == 14)
        await pilot.press(*related.label)
        await until(pilot, lambda: being_read(app).title == "第7篇新闻")


async def test_other_keys_and_other_text_end_it(cache: Path) -> None:
    async with running(cache, (40, 12)) as (app, pilot):
        main = app.main
        await pilot.press("enter")
        await until(pilot, lambda: main.pane == "reader")
        await pilot.press("f", "q")
        assert not hinting(app) and main.pane == "reader"
        await pilot.press("f", "pagedown")
        assert not hinting(app) and not main.reader._labels and main.reader.top.line > 0
        await pilot.press("g", "f")
        assert hinting(app)
        await pilot.resize_terminal(60, 20)
        await until(pilot, lambda: not hinting(app))


async def test_where_nothing_can_be_opened_it_says_so(home: Path) -> None:
    plain = Article("无链接", published=NOW, blocks=(Block("paragraph", "正文。"),), place=XINDU)
    fill(home / "cache.db", [plain])
    async with running(home / "cache.db") as (app, pilot):
        await pilot.press("f")
        assert not hinting(app)
        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader")
        await pilot.press("f")
        assert app.main.status.message == "这一屏没有可以打开的链接" and not hinting(app)
