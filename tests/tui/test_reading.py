"""By keystroke: tabs, list, reader, the way from one unread article to the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from newstui.model import View
from newstui.screens.snapshots import LAST_TAB
from newstui.widgets.document import TOP
from tests.tui.library import TOUR, WENJIANG, XINDU, article, ask, fill, linked, running, screen_text, until


@pytest.fixture
def cache(home: Path) -> Path:
    """Six articles of 新都, two of 温江, one of 导览."""
    path = home / "cache.db"
    fill(
        path,
        [article(number, paragraphs=30 if number == 1 else 2) for number in range(1, 7)]
        + [article(7, place=WENJIANG), article(8, place=WENJIANG), article(9, place=TOUR, title="怎样使用")],
    )
    return path


async def test_the_first_screen_has_tabs_counts_rows_and_hints(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await until(pilot, lambda: app.main.article_list.total == 9)
        lines = screen_text(app)
        assert lines[0].startswith(" 全部 9  收藏  导览 1 ")
        assert lines[1].startswith("今天     >●  第1篇新闻") and lines[1].endswith("成都日报")
        assert "Enter 阅读" in lines[23] and lines[23].endswith("1/9")


async def test_enter_reads_marks_read_and_escape_comes_back(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("j", "enter")
        await until(pilot, lambda: app.main.pane == "reader")
        shown = screen_text(app)
        assert shown[1].strip() == "第2篇新闻"
        assert "来源：成都日报  作者：卢海燕  2026-11-24 11:58" in shown[2]
        assert shown[3].strip().endswith("新都")
        assert shown[5].startswith("      第0段。群团组织")
        await pilot.press("escape")
        assert app.main.pane == "list"
        await until(pilot, lambda: app.main.listing.tabs[0].number == 8)
        assert app.main.article_list.cursor == 1
    assert ask(cache, lambda store: [row.read for row in store.views.window(View(), limit=3)]) == [False, True, False]


async def test_tabs_by_key_number_and_mouse(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        listing = app.main.listing
        names = [tab.id for tab in listing.tabs]
        await pilot.press("l")
        assert listing.tab == "starred"
        await pilot.press("right", "right", "h")
        assert listing.tab == names[2]
        await pilot.press("1")
        assert listing.tab == ""
        await pilot.click(app.main.tab_bar, offset=(17, 0))
        assert listing.tab == names[2] == TOUR
        await until(pilot, lambda: app.main.article_list.total == 1)
        await pilot.press("9")
        assert listing.tab == TOUR


async def test_the_next_run_opens_on_the_last_tab(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("3")
        await until(pilot, lambda: app.main.article_list.total == 1)
    assert ask(cache, lambda store: store.state.get(LAST_TAB)) == TOUR
    async with running(cache) as (app, pilot):
        assert app.main.listing.tab == TOUR
        await until(pilot, lambda: "怎样使用" in screen_text(app)[1])


async def test_coming_back_to_a_tab_finds_the_cursor_where_it_was(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("j", "j", "j", "l")
        await until(pilot, lambda: app.main.article_list.total == 0)
        await pilot.press("h")
        await until(pilot, lambda: app.main.article_list.total == 9)
        assert app.main.article_list.cursor == 3


async def test_space_pages_then_goes_on_to_the_next_unread_across_tabs(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        main = app.main
        await pilot.press("3")
        await until(pilot, lambda: main.article_list.total == 1)
        await pilot.press("space")
        await until(pilot, lambda: main.pane == "reader")
        assert main.reader.article is not None and main.reader.article.row.title == "怎样使用"
        seen: list[str] = []
        while True:
            row = main.reader.article.row
            seen.append(row.title)
            for _ in range(40):
                if main.reader.at_end:
                    break
                await pilot.press("space")
            await pilot.press("space")
            await until(
                pilot,
                lambda row=row: main.status.message or main.reader.article.row.key != row.key,  # type: ignore[misc]
            )
            if main.status.message:
                break
        assert main.status.message == "没有未读文章了"
        assert len(seen) == len(set(seen)) == 9
    assert ask(cache, lambda store: store.places.totals().unread) == 0


async def test_space_in_a_long_article_turns_pages_first(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader")
        kept = screen_text(app)[21:23]
        await pilot.press("space")
        assert screen_text(app)[1:3] == kept
        assert app.main.status.right == f"{app.main.reader.percent}%"
        await pilot.press("b")
        assert app.main.reader.top == TOP
        await pilot.press("G")
        assert app.main.reader.at_end and app.main.status.right == "100%"


async def test_n_and_p_go_to_unread_articles_only(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        listed = app.main.article_list
        await pilot.press("j", "m", "k")
        await until(pilot, lambda: app.main.listing.tabs[0].number == 8)
        await pilot.press("n")
        await until(pilot, lambda: listed.cursor == 2)
        await pilot.press("p")
        await until(pilot, lambda: listed.cursor == 0)
        await pilot.press("p")
        await until(pilot, lambda: listed.cursor == 8)


async def test_the_position_in_an_article_is_kept_also_to_the_next_run(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader")
        await pilot.press("space", "space")
        place = app.main.reader.place
        assert place != (0, 0)
        await pilot.press("q", "j", "enter")
        await until(pilot, lambda: app.main.reader.article and app.main.reader.article.row.title == "第2篇新闻")
        await pilot.press("q", "k", "enter")
        await until(pilot, lambda: app.main.reader.article and app.main.reader.article.row.title == "第1篇新闻")
        assert app.main.reader.place == place
    async with running(cache) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader")
        await until(pilot, lambda: app.main.reader.place == place)


async def test_find_narrows_as_it_is_typed_and_escape_brings_everything_back(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        listed = app.main.article_list
        await pilot.press("j", "slash", "怎", "样")
        await until(pilot, lambda: listed.total == 1)
        assert app.cursor_position == (11, 23)
        await pilot.press("enter", "escape")
        await until(pilot, lambda: listed.total == 9)
        assert listed.cursor == 1
        await pilot.press("slash", "z")
        await until(pilot, lambda: listed.total == 0)
        await until(pilot, lambda: any("没有找到“z”" in line for line in screen_text(app)))
        await pilot.press("escape")
        await until(pilot, lambda: listed.total == 9)


async def test_q_leaves_at_the_top_and_escape_does_not(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader")
        await pilot.press("q", "escape")
        assert app.is_running and app.main.pane == "list"
        await pilot.press("q")
        await until(pilot, lambda: not app.is_running)


async def test_a_link_is_chosen_by_number_and_copied_where_there_is_no_display(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    path = home / "cache.db"
    fill(path, [linked(1)])
    async with running(path) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader")
        text = "\n".join(screen_text(app))
        assert "详见公告[1]和附件[2]。" in text
        assert "[1] 公告 https://city.example/notice" in text
        await pilot.press("o")
        await until(pilot, lambda: app.focused is not None)
        await pilot.press("2", "enter")
        await until(pilot, lambda: app.clipboard == "https://city.example/a.pdf")
        assert app.clipboard in app.main.status.message
        await pilot.press("y")
        assert app.clipboard == "https://news.example/1.html"


async def test_the_mouse_moves_opens_and_scrolls(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.click(app.main.article_list, offset=(20, 3))
        assert app.main.article_list.cursor == 3
        await pilot.click(app.main.article_list, offset=(20, 3))
        await until(pilot, lambda: app.main.pane == "reader")
        assert app.main.reader.article is not None and app.main.reader.article.row.title == "第4篇新闻"


async def test_xindu_lists_only_its_own(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        index = next(number for number, tab in enumerate(app.main.listing.tabs) if tab.id == XINDU)
        await pilot.press(str(index + 1))
        await until(pilot, lambda: app.main.article_list.total == 6)


async def test_the_place_is_kept_when_the_program_is_left_from_the_reader(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader")
        await pilot.press("space", "space")
        place = app.main.reader.place
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running)
    async with running(cache, (60, 20)) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader" and app.main.reader.top != TOP)
        assert app.main.reader.place == place
        await until(pilot, lambda: app.main.status.message == "接着上次读到的地方（g 回到开头）")
        await pilot.press("g", "q")
    assert ask(cache, lambda store: store.positions.get(store.views.window(View(), limit=1)[0].id)) == (0, 0)


async def test_a_resize_there_and_back_does_not_move_the_text(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader")
        await pilot.press("space", "space", "j")
        place, shown = app.main.reader.place, screen_text(app)[1:23]
        for width in (37, 71, 44, 52, 80):
            await pilot.resize_terminal(width, 24)
            await until(pilot, lambda width=width: app.main.reader.size.width == width)  # type: ignore[misc]
        assert app.main.reader.place == place
        assert screen_text(app)[1:23] == shown


async def test_a_position_is_kept_while_the_text_rests(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newstui.screens.reading._REST", 0.01)
    async with running(cache) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader")
        await pilot.press("space")
        place, short = app.main.reader.place, app.main.reader.article.row.id  # type: ignore[union-attr]
        await until(pilot, lambda: ask(cache, lambda store: store.positions.get(short)) == place)


async def test_a_cache_that_cannot_be_written_keeps_places_while_it_is_open(cache: Path) -> None:
    async with running(cache) as (app, pilot):
        app.main.read_only = True
        await pilot.press("enter")
        await until(pilot, lambda: app.main.pane == "reader")
        await pilot.press("space")
        place = app.main.reader.place
        await pilot.press("q", "j", "enter")
        await until(pilot, lambda: app.main.reader.article and app.main.reader.article.row.title == "第2篇新闻")
        await pilot.press("q", "k", "enter")
        await until(pilot, lambda: app.main.reader.article and app.main.reader.article.row.title == "第1篇新闻")
        assert app.main.reader.place == place
    assert ask(cache, lambda store: store._database.value("SELECT count(*) FROM positions")) == 0
