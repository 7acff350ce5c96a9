"""Windows, counts and the way to unread articles."""

from __future__ import annotations

from datetime import timedelta

import pytest

from newstui.model import Counts, Key, Row, Source, View
from newstui.store.facade import Store
from tests.store.builders import NOW, article

VIEWS = [
    View(),
    View(unread=True),
    View(starred=True),
    View(starred=True, unread=True),
    View(place="510114"),
    View(place="510100"),
    View(place="510000", unread=True),
    View(place="510114", starred=True),
    View(place="tab:导览"),
    View(source=1),
    View(source=1, unread=True),
    View(source=1, place="510114"),
    View(since=NOW - timedelta(minutes=20)),
    View(place="510100", since=NOW - timedelta(minutes=20), unread=True),
    View(query="7"),
    View(query="7", title_only=True, unread=True),
]
PLACES = ("510114", "510115", "510100", "tab:导览", "", "330106")


def fill(store: Store, feed: Source) -> None:
    """60 articles at 6 places, every third at the same time; some read, some starred."""
    batch = [
        article(number, place=PLACES[number % 6], published=NOW + timedelta(minutes=number if number % 3 == 0 else 0))
        for number in range(60)
    ]
    store.articles.ingest(feed.id, batch, at=NOW)
    rows = [row.key.row for row in store.views.window(View(), limit=60)]
    store.marks.set("read", True, rows[::4], NOW)
    store.marks.set("starred", True, rows[::5], NOW)


def wanted(view: View, row: Row) -> bool:
    """Whether the view shows the row, worked out without SQL."""
    stem = view.place if view.place.startswith("tab:") else view.place.rstrip("0")
    return (
        row.place.startswith(stem)
        and (not view.starred or row.starred)
        and (not view.unread or not row.read)
        and (view.since is None or row.shown >= view.since)
        and view.query in row.title
    )


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_view_pages_both_ways_without_gap_or_repeat(store: Store, feed: Source, view: View) -> None:
    fill(store, feed)
    every = store.views.window(View(), limit=1000)
    assert len(every) == 60
    assert every == sorted(every, key=lambda row: row.key, reverse=True)
    expected = [row for row in every if wanted(view, row)]
    assert expected

    down: list[Row] = []
    after: Key | None = None
    while page := store.views.window(view, after=after, limit=7):
        down += page
        after = page[-1].key
    assert down == expected

    up: list[Row] = []
    after = None
    while page := store.views.window(view, after=after, limit=4, backwards=True):
        up = page + up
        after = page[0].key
    assert up == expected

    for skip in (1, 9, 100):
        assert store.views.window(view, limit=5, skip=skip) == expected[skip : skip + 5]
        middle = expected[len(expected) // 2].key
        behind = [row for row in expected if row.key < middle]
        assert store.views.window(view, after=middle, limit=5, skip=skip) == behind[skip : skip + 5]
    assert store.views.count(view) == Counts(sum(not row.read for row in expected), len(expected))
    for index in (0, len(expected) // 2, len(expected) - 1):
        assert store.views.offset(view, expected[index].key) == index


def test_next_and_previous_unread(store: Store, feed: Source) -> None:
    fill(store, feed)
    every = store.views.window(View(), limit=60)
    unread = [row for row in every if not row.read]
    assert store.views.next_unread(View(), None) == unread[0]
    assert store.views.next_unread(View(), every[0].key) == unread[0]
    assert store.views.next_unread(View(), unread[0].key) == unread[1]
    assert store.views.next_unread(View(), unread[-1].key) is None
    assert store.views.previous_unread(View(), None) == unread[-1]
    assert store.views.previous_unread(View(), unread[1].key) == unread[0]
    assert store.views.previous_unread(View(), unread[0].key) is None


def test_refresh_reads_marks_again(store: Store, feed: Source) -> None:
    fill(store, feed)
    rows = store.views.window(View(unread=True), limit=5)
    store.marks.set("read", True, [rows[1].key.row], NOW)
    assert [row.read for row in store.views.refresh(rows)] == [False, True, False, False, False]


def test_tabs_are_own_tabs_then_districts_and_a_city_over_two(store: Store, feed: Source) -> None:
    batch = [article(index, place=place) for index, place in enumerate(("510114", "510115", "330106", "tab:导览"))]
    store.articles.ingest(feed.id, batch, at=NOW)
    tabs = store.places.tabs()
    assert [tab.code for tab in tabs] == ["tab:导览", "330106", "510100", "510114", "510115"]
    assert [(tab.unread, tab.total, tab.direct) for tab in tabs] == [
        (1, 1, 1),
        (1, 1, 1),
        (2, 2, 0),
        (1, 1, 1),
        (1, 1, 1),
    ]
    assert store.places.totals() == Counts(4, 4)
    store.articles.ingest(feed.id, [article(9, place="510704")], at=NOW)
    assert [tab.code for tab in store.places.tabs()][2:] == ["510000", "510100", "510114", "510115", "510704"]
