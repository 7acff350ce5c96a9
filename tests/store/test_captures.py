"""Copies of one page that archives made at several times: one article, its texts in the order of their copies."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from newstui.model import ImportOutcome, Ingested
from newstui.store import Store
from newstui.store.ledger import Entry
from tests.store.builders import NOW, article, new_store

DAY = timedelta(days=1)
FIRST = NOW - 1000 * DAY


def take(store: Store, number: int, text: str, published: datetime | None = None) -> Ingested:
    """One copy, made `number` days after the first."""
    source = store.sources.by_url("archive:news.example")
    if source is None:
        source = store.sources.add("archive:news.example", "archive", "news.example", at=NOW)
    made = FIRST + number * DAY
    copy = article(0, guid="", text=text, published=published or made, captured=made)
    return store.articles.ingest(source.id, [copy], at=NOW)[0]


@pytest.mark.parametrize("order", [*permutations(range(3))], ids=str)
def test_texts_stand_in_the_order_of_their_copies_however_they_came(tmp_path: Path, order: tuple[int, ...]) -> None:
    with new_store(tmp_path) as store:
        for number in order:
            took = take(store, number, f"第{number}稿")
        stored = store.articles.get(took.id)
        assert (stored.text, stored.revisions, stored.captured) == ("第2稿", 2, FIRST + 2 * DAY)
        assert (stored.row.published, stored.undated) == (FIRST, True)
        earlier = store.articles.revisions(stored.row.key.row)
        assert [(each.text, each.captured) for each in earlier] == [("第0稿", FIRST), ("第1稿", FIRST + DAY)]
        assert {take(store, number, f"第{number}稿").status for number in order} == {"known"}
        assert store.health.check() == []


def test_an_earlier_text_that_comes_back_is_the_present_one(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        for number, text in enumerate(("甲", "乙", "甲")):
            took = take(store, number, text)
        stored = store.articles.get(took.id)
        assert (took.status, stored.text, stored.captured) == ("updated", "甲", FIRST + 2 * DAY)


@pytest.mark.parametrize("order", [(0, 5), (5, 0)], ids=str)
def test_a_date_replaces_the_time_of_a_copy_and_no_copy_replaces_a_date(tmp_path: Path, order: tuple[int, int]) -> None:
    dated = FIRST - 10 * DAY
    with new_store(tmp_path) as store:
        for number in order:
            took = take(store, number, f"第{number}稿", dated if number == 0 else None)
        stored = store.articles.get(took.id)
        assert (stored.row.published, stored.undated, stored.row.shown) == (dated, False, dated)


def test_the_same_text_copied_again_is_dated_by_the_first_copy(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        assert [take(store, number, "一样").status for number in (3, 1, 4)] == ["added", "known", "known"]
        (row,) = store.articles.rows([1])
        stored = store.articles.get(row.id)
        assert (stored.row.published, stored.captured, stored.revisions) == (FIRST + DAY, FIRST + 4 * DAY, 0)


def test_the_ledger_knows_a_member_as_long_as_its_article_stands(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        took = take(store, 0, "甲")
        told = ImportOutcome("", "第2行", "added", took.id, "题", "报", "站", NOW, "四川")
        skip = ImportOutcome("", "", "skipped", error="a list")
        store.ledger.add([Entry(b"a" * 16, [told]), Entry(b"b" * 16, [skip])], at=NOW)
        (known,) = store.ledger.find(b"a" * 16)
        assert (known.status, known.id, known.member, known.published) == ("known", took.id, "第2行", NOW)
        assert [each.error for each in store.ledger.find(b"b" * 16)] == ["a list"]
        assert store.ledger.find(b"c" * 16) == []
        store.marks.set("read", True, [store.articles.get(took.id).row.key.row], NOW)
        assert store.retention.prune(NOW) == 1
        assert store.ledger.find(b"a" * 16) == []
        assert store.ledger.find(b"a" * 16, absent=True) == [known]
        assert store.ledger.forget(NOW + DAY) == 2
        assert store.ledger.find(b"b" * 16) == []
