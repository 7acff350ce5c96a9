"""Find in the text, heading jumps and related headlines: the pure parts, and by keystroke."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newstui.app.application import NewstuiApp
from newstui.model import Article, Block, Headline
from newstui.text.matching import literal
from newstui.widgets.document import TOP, Anchor, Piece, TextLine
from newstui.widgets.text_search import Hit, Search, highlighted, next_hit
from tests.tui.library import LONG, NOW, XINDU, article, being_read, fill, running, screen_text, until
from tests.tui.test_reader_layout import TEXT, stored


def searched(search: Search) -> list[Hit]:
    while not search.done:
        search.step()
    return search.hits


def test_title_body_and_table_are_searched_in_order() -> None:
    blocks = (Block("paragraph", "新都新都"), Block("table", rows=(("甲", "新都"), ("乙", "丙"))))
    found = searched(Search(stored(*blocks, title="新都要闻"), literal("新都")))
    assert found == [Hit(0, 0, 2), Hit(1, 0, 2), Hit(1, 2, 4), Hit(2, 2, 4)]


def test_a_megabyte_is_searched_in_slices_and_across_its_cuts() -> None:
    text = ("汉" * 997 + "新都桥") * 340
    search = Search(stored(Block("paragraph", text)), literal("新都桥"))
    assert [hit.start for hit in searched(search)] == [997 + 1000 * at for at in range(340)]
    many = Search(stored(*[Block("paragraph", TEXT * 3)] * 2900), literal("群团"))
    slices = []
    while not many.done:
        began = process_time()
        many.step()
        slices.append(process_time() - began)
    assert len(many.hits) == 2900 * 6 and len(slices) > 10
    assert sorted(slices)[len(slices) // 2] < 0.016


@given(st.lists(st.integers(1, 9), max_size=12), st.integers(0, 60), st.integers(1, 20))
@settings(deadline=None)
def test_highlighting_changes_no_character(gaps: list[int], low: int, length: int) -> None:
    hits, at = [], 0
    for gap in gaps:
        hits.append(Hit(3, at + gap, at + 2 * gap))
        at += 2 * gap
    text = "".join(chr(0x4E00 + low + index) for index in range(length))
    line = TextLine((Piece("    ", "text"), Piece(text, "text", low), Piece("[1]", "muted")), Anchor(3, low))
    spans = highlighted(line, hits, Anchor(3, hits[0].start) if hits else None)
    assert "".join(span.text for span in spans) == "    " + text + "[1]"
    marked = {char for span in spans if span.role in ("find", "marker") for char in span.text}
    assert marked == {chr(0x4E00 + index) for hit in hits for index in range(hit.start, hit.end)} & set(text)


def test_the_next_hit_is_found_from_any_place_and_round_the_ends() -> None:
    hits = [Hit(1, 5, 7), Hit(1, 9, 11), Hit(4, 0, 2)]
    assert next_hit(hits, Anchor(0, 0)) == 0
    assert next_hit(hits, Anchor(1, 9)) == 1
    assert next_hit(hits, Anchor(1, 9), past=True) == 2
    assert next_hit(hits, Anchor(4, 0), past=True) == 0
    assert next_hit(hits, Anchor(1, 5), backwards=True) == 2
    assert next_hit(hits, Anchor(4, 0), backwards=True) == 1
    assert next_hit([], Anchor(0, 0)) is None


@pytest.fixture
def cache(home: Path) -> Path:
    """An article of three chapters, and one that a related headline of it leads to."""
    chapters = tuple(
        block
        for number in range(1, 4)
        for block in (
            Block("heading", f"第{number}章", level=2),
            *(Block("paragraph", f"{number}之{at}，蜀道难。{LONG}") for at in range(8)),
        )
    )
    related = (
        Headline("第7篇新闻", "https://news.example/7.html", "相关新闻"),
        Headline("别处的", "https://other.example/1", "相关新闻"),
        Headline("没有地址", "", "猜你喜欢"),
    )
    first = Article(
        "长篇", url="https://news.example/1.html", published=NOW - timedelta(minutes=1), blocks=chapters, place=XINDU,
        related=related,
    )  # fmt: skip
    path = home / "cache.db"
    fill(path, [first, article(7, paragraphs=2), article(8)])
    return path


def marked(app: NewstuiApp, role: str) -> list[str]:
    reader = app.main.reader
    return [span.text for line in reader.shown() for span in reader.paint(line) if span.role == role]


async def test_find_goes_to_the_first_hit_as_it_is_typed_and_n_goes_on(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        main = app.main
        await pilot.press("enter")
        await until(pilot, lambda: main.pane == "reader")
        await pilot.press("slash")
        await until(pilot, lambda: app.focused is not None)
        await pilot.press("蜀", "道")
        await until(pilot, lambda: marked(app, "marker") == ["蜀道"])
        await pilot.press("enter")
        await until(pilot, lambda: main.status.right.startswith("/蜀道 1/24 "))
        assert len(marked(app, "find")) >= 3
        for at in range(2, 25):
            await pilot.press("n")
            assert main.status.right.startswith(f"/蜀道 {at}/24 ")
            assert marked(app, "marker") == ["蜀道"]
        await pilot.press("n")
        assert main.status.right.startswith("/蜀道 1/24 ") and "从头再找" in main.status.message
        await pilot.press("N")
        assert main.status.right.startswith("/蜀道 24/24 ") and "从末尾再找" in main.status.message
        assert being_read(app).title == "长篇"
        await pilot.press("escape")
        assert main.pane == "reader" and not marked(app, "find") and main.status.right.endswith("%")
        await pilot.press("n")
        await until(pilot, lambda: being_read(app).title == "第7篇新闻")


async def test_after_scrolling_n_goes_on_from_what_is_on_screen(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        main = app.main
        await pilot.press("enter")
        await until(pilot, lambda: main.pane == "reader")
        await pilot.press("slash")
        await until(pilot, lambda: app.focused is not None)
        await pilot.press("蜀", "道", "enter")
        await until(pilot, lambda: main.finding.position == "1/24")
        await pilot.press("G", "N")
        await until(pilot, lambda: main.finding.position not in ("1/24", "24/24"))
        last = int(main.finding.position.split("/")[0])
        assert last > 12


async def test_escape_in_the_prompt_goes_back_where_the_search_began(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        main = app.main
        await pilot.press("enter")
        await until(pilot, lambda: main.pane == "reader")
        await pilot.press("space")
        place, shown = main.reader.place, screen_text(app)[1:23]
        await pilot.press("slash")
        await until(pilot, lambda: app.focused is not None)
        await pilot.press("3", "之", "7")
        await until(pilot, lambda: marked(app, "marker") == ["3之7"])
        await pilot.press("escape")
        assert main.reader.place == place and screen_text(app)[1:23] == shown
        assert main.pane == "reader" and not main.finding.query


async def test_what_is_not_there_is_said_and_another_article_ends_the_search(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        main = app.main
        await pilot.press("enter")
        await until(pilot, lambda: main.pane == "reader")
        await pilot.press("slash")
        await until(pilot, lambda: app.focused is not None)
        await pilot.press("[", "b", "]", "enter")
        await until(pilot, lambda: main.status.message == "正文中没有“[b]”")
        assert main.status.right.startswith("/[b] 0/0 ")
        await pilot.press("q", "q", "j", "enter")
        await until(pilot, lambda: main.pane == "reader" and being_read(app).title == "第7篇新闻")
        assert not main.finding.query


async def test_in_the_list_slash_still_finds_titles(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("slash")
        await until(pilot, lambda: app.focused is not None)
        await pilot.press("长")
        await until(pilot, lambda: app.main.article_list.total == 1)


async def test_brackets_go_from_heading_to_heading(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader")
        tops = []
        for key in ("]", "]", "]", "[", "[", "["):
            await pilot.press(key)
            tops.append(screen_text(app)[1].strip())
        assert tops == ["第1章", "第2章", "第3章", "第2章", "第1章", "长篇"]


async def test_without_headings_brackets_go_by_paragraphs(cache: Path) -> None:
    async with running(cache, (80, 10)) as (app, pilot):
        await pilot.press("j", "j", "enter")
        await until(pilot, lambda: app.main.pane == "reader")
        await pilot.press("]", "]")
        assert screen_text(app)[1].strip().startswith("第1段。")
        await pilot.press("j", "[")
        assert screen_text(app)[1].strip().startswith("第1段。")


async def test_a_related_headline_opens_its_article_where_the_cache_has_it(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)

    async with running(cache) as (app, pilot):

        async def choose(number: str) -> None:
            await pilot.press("o")
            await until(pilot, lambda: app.focused is not None)
            await pilot.press(number, "enter")

        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader")
        await pilot.press("G")
        assert any("[1] 第7篇新闻" in line for line in screen_text(app))
        assert marked(app, "here") == ["第7篇新闻"] and marked(app, "related") == ["别处的", "没有地址"]
        await choose("3")
        await until(pilot, lambda: "缓存里没有" in app.main.status.message)
        await choose("2")
        await until(pilot, lambda: app.clipboard == "https://other.example/1")
        await choose("1")
        await until(pilot, lambda: being_read(app).title == "第7篇新闻")
        assert app.main.reader.top == TOP and app.main.pane == "reader"
