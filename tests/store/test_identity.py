"""By what articles are recognised."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.model import Article
from newstui.store.identity import ALPHABET, canonical_link, id_letters, is_front, keys, typed

DAY = datetime(2016, 3, 1, 12, 39, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.example/x", "https://a.example/x"),
        ("https://A.Example/x", "https://a.example/x"),
        ("https://a.example:443/x", "https://a.example/x"),
        ("http://a.example:80/x#top", "https://a.example/x"),
        ("https://a.example/x?utm_source=rss&id=3", "https://a.example/x?id=3"),
        ("https://a.example/x?id=3&spm=1.2.3", "https://a.example/x?id=3"),
        ("https://a.example", "https://a.example/"),
        (" https://a.example/x\n", "https://a.example/x"),
    ],
)
def test_same_page(one: str, other: str) -> None:
    assert canonical_link(one) == canonical_link(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x", "https://a.example/X"),
        ("https://a.example/x?id=3", "https://a.example/x?id=4"),
        ("https://a.example/?8848", "https://a.example/?8849"),
        ("https://a.example/#/article/1", "https://a.example/#/article/2"),
        ("https://a.example:8080/x", "https://a.example/x"),
        ("https://a.example/x", "https://b.example/x"),
    ],
)
def test_other_page(one: str, other: str) -> None:
    assert canonical_link(one) != canonical_link(other)


@pytest.mark.parametrize("url", ["", "javascript:void(0)", "http://", "http://[::1", "http://a.example:99999/", "近日"])
def test_no_address(url: str) -> None:
    assert canonical_link(url) == ""


def test_front_pages_identify_nothing() -> None:
    for url in ("https://a.example", "https://a.example/", "http://a.example/index.html", "https://a.example/#top"):
        assert is_front(canonical_link(url))
        assert keys(Article("t", url=url), shared=False).link is None
    for url in ("https://a.example/?id=3", "https://a.example/news/", "https://a.example/#/a/1"):
        assert not is_front(canonical_link(url))


def test_titles_count_without_blanks_and_marks() -> None:
    one = keys(Article("新都：「绿道」 开工", published=DAY), shared=False)
    other = keys(Article("新都 “绿道”开工", published=DAY), shared=False)
    assert one.title == other.title
    assert one.title != keys(Article("新都绿道开工", published=DAY.replace(day=2)), shared=False).title
    assert one.title == keys(Article("新都绿道开工", published=DAY, place="510114"), shared=False).title
    shared = keys(Article("新都绿道开工", published=DAY, place="510114"), shared=True)
    assert shared.title != keys(Article("新都绿道开工", published=DAY, place="510115"), shared=True).title


def test_the_day_is_chinas() -> None:
    late = keys(Article("x", published=datetime(2016, 3, 1, 15, 59, tzinfo=UTC)), shared=False)
    next_day = keys(Article("x", published=datetime(2016, 3, 1, 16, 0, tzinfo=UTC)), shared=False)
    assert late.title != next_day.title


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_every_article_has_a_key(title: str, url: str, guid: str) -> None:
    assert keys(Article(title, url=url, guid=guid), shared=False).all()


@given(st.binary(min_size=12, max_size=12), st.text(max_size=30))
def test_ids_can_be_typed_and_stay(key: bytes, scope: str) -> None:
    letters = id_letters(scope, key)
    assert letters == id_letters(scope, key)
    assert len(letters) == 26
    assert set(letters) <= set(ALPHABET)
    assert typed(f" {letters.upper()} ") == letters


def test_look_alikes_are_put_right() -> None:
    assert typed("OIL0") == "0110"
    assert not set("ilou") & set(ALPHABET)
