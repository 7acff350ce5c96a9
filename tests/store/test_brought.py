"""Marks that articles bring from other readers: they add, and never take back what was decided here."""

from __future__ import annotations

from newstui.model import Brought, Counts, Source
from newstui.store import Store
from tests.store.builders import NOW, article

ALL = Brought(read=True, starred=True, tags=("开学", "新都"), note="存")


def test_what_comes_along_is_set_with_its_article(store: Store, feed: Source) -> None:
    done = store.articles.ingest(feed.id, [article(0), article(1)], at=NOW, brought=[ALL, None])
    first, second = (store.articles.get(each.id) for each in done)
    assert (first.row.read, first.row.starred, first.tags, first.note) == (True, True, ("开学", "新都"), "存")
    assert (second.row.read, second.row.starred, second.tags, second.note) == (False, False, (), "")
    assert store.places.totals() == Counts(1, 2)


def test_marks_join_an_article_that_was_known(store: Store, feed: Source) -> None:
    (known,) = store.articles.ingest(feed.id, [article(0)], at=NOW)
    (again,) = store.articles.ingest(feed.id, [article(0)], at=NOW, brought=[ALL])
    assert (again.status, again.id) == ("known", known.id)
    stored = store.articles.get(known.id)
    assert (stored.row.read, stored.row.starred, stored.note) == (True, True, "存")


def test_what_the_reader_decided_stays(store: Store, feed: Source) -> None:
    (one,) = store.articles.ingest(feed.id, [article(0)], at=NOW)
    row = store.articles.get(one.id).row.key.row
    for field in ("read", "starred"):
        store.marks.set(field, True, [row], NOW)
        store.marks.set(field, False, [row], NOW)
    store.marks.note("我的", [row], NOW)
    store.marks.tag("我的", [row], NOW)
    store.articles.ingest(feed.id, [article(0)], at=NOW, brought=[ALL])
    stored = store.articles.get(one.id)
    assert (stored.row.read, stored.row.starred, stored.note) == (False, False, "我的")
    assert set(stored.tags) == {"我的", "开学", "新都"}


def test_marks_that_are_there_are_not_taken_away(store: Store, feed: Source) -> None:
    store.articles.ingest(feed.id, [article(0)], at=NOW, brought=[ALL])
    (again,) = store.articles.ingest(feed.id, [article(0)], at=NOW, brought=[Brought()])
    stored = store.articles.get(again.id)
    assert (stored.row.read, stored.row.starred, stored.tags, stored.note) == (True, True, ("开学", "新都"), "存")
