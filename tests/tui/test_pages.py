"""Pages of a long list against a real cache: every row at its index, whatever the way there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newstui.model import View
from newstui.screens.snapshots import read_list, read_page
from newstui.store import Store, open_store
from newstui.widgets.pages import PAGE, Pages
from tests.tui.library import NOW, article, fill

TOTAL = 1000


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A thousand articles, newest first by number."""
    path = tmp_path_factory.mktemp("pages") / "cache.db"
    fill(path, [article(number, paragraphs=0) for number in range(TOTAL)])
    with open_store(path, now=NOW) as opened:
        yield opened


@given(order=st.lists(st.integers(0, (TOTAL - 1) // PAGE), max_size=20))
@settings(deadline=None, max_examples=30)
def test_every_row_stands_at_its_index_in_whatever_order_pages_come(store: Store, order: list[int]) -> None:
    pages = Pages(TOTAL)
    for page in order:
        plan = pages.plan(page)
        assert plan is not None and pages.fill(page, read_page(store, View(), plan))
    for index in range(TOTAL):
        row = pages.row(index)
        assert (row is not None) == (index // PAGE in order)
        assert row is None or row.title == f"第{index}篇新闻"


def test_a_page_that_is_not_there_has_no_plan() -> None:
    assert Pages(0).plan(0) is None
    assert Pages(PAGE).plan(1) is None
    assert Pages(PAGE).plan(-1) is None


def test_a_short_page_says_that_the_list_no_longer_fits(store: Store) -> None:
    pages = Pages(TOTAL + 500)
    plan = pages.plan(TOTAL // PAGE)
    assert plan is not None
    assert not pages.fill(plan.page, read_page(store, View(), plan))


def test_the_way_to_the_end_skips_nothing(store: Store) -> None:
    plan = Pages(TOTAL).plan((TOTAL - 1) // PAGE)
    assert plan is not None and plan.backwards and plan.skip == 0


def test_opening_in_the_middle_loads_what_the_screen_shows(store: Store) -> None:
    rows = store.views.window(View(), limit=1, skip=PAGE * 3)
    listed = read_list(store, View(), rows[0].key, line=10, height=40)
    assert listed.at == PAGE * 3
    assert all(listed.pages.row(index) is not None for index in range(PAGE * 3 - 10, PAGE * 3 + 30))


def test_what_a_search_finds_is_read_page_by_page_to_its_end(store: Store) -> None:
    view = View(query="新闻", title_only=True)
    pages = read_list(store, view).pages
    sizes = [(pages.total, pages.open_end)]
    for page in range(1, TOTAL // PAGE + 1):
        plan = pages.plan(page)
        assert plan is not None and plan.after is not None
        pages.fill(page, read_page(store, view, plan))
        sizes.append((pages.total, pages.open_end))
    assert sizes[0] == (PAGE, True) and sizes[-1] == (TOTAL, False)
    titles = [row.title for row in pages.loaded(0, TOTAL)]
    assert titles == [f"第{index}篇新闻" for index in range(TOTAL)]


def test_a_search_that_finds_nothing_is_closed_at_once(store: Store) -> None:
    pages = read_list(store, View(query="没有的", title_only=True)).pages
    assert pages.total == 0 and not pages.open_end and pages.plan(0) is None


def test_a_search_is_opened_down_to_the_row_asked_for(store: Store) -> None:
    row = store.views.window(View(), limit=1, skip=300)[0]
    listed = read_list(store, View(query="新闻", title_only=True), row.key)
    assert listed.at == 300


def test_marks_change_loaded_rows_only_where_they_differ() -> None:
    pages = Pages(0)
    assert pages.mark([1, 2], read=True) == []
