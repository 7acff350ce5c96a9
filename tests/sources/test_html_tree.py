"""Source text to a tree: what is taken out before the parser sees it, and how long the worst of it takes."""

from __future__ import annotations

import time
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newstui.sources.html_tree import Markup, html_root, without_attribute_floods
from newstui.sources.pages import read_page

_PIECES = st.sampled_from(
    [
        *("<a ", '<div class="x">', '"', "'", ">", " a=1", ' b="x>y"', "<script>", "</script>", "文字", "<", "\u3000"),
        *("x" * 300, "y " * 800, ' q="' + "z " * 2500 + '"', "<b>", "<img src=a " + "k=1 " * 1500 + ">"),
    ]
)


def attributes(html: str) -> int:
    root = html_root(html)
    return 0 if root is None else max(len(element.attrib) for element in chain([root], root.iterdescendants()))


@given(st.lists(_PIECES, min_size=2, max_size=14))
@settings(max_examples=300, deadline=None)
def test_a_page_loses_the_floods_that_looking_at_every_tag_finds(pieces: list[str]) -> None:
    markup = "<p>" * 2000 + "".join(pieces)
    assert attributes(markup) == attributes(without_attribute_floods(markup))


@pytest.mark.parametrize(
    "flood",
    [
        " ".join(f"a{n}=1" for n in range(2000)),
        " ".join(f'a{n}=">"' for n in range(2000)),
        " ".join(f"a{n}='<b>'" for n in range(2000)),
        " ".join(f"a{n}" for n in range(2000)),
    ],
)
def test_thousands_of_attributes_in_one_tag_are_dropped(flood: str) -> None:
    assert attributes(f"<p class=x>正文<a {flood}>链接</a>") == 1


def test_frames_and_raw_text_closed_as_xhtml_do_not_swallow_what_follows() -> None:
    root = html_root("<IFRAME src=x>old</IFRAME><Script src='a.js'/><iframe src=y><p>正文</p></iframe><title/>尾")
    assert root is not None
    assert "".join(map(str, root.itertext())) == "正文尾"
    assert not list(root.iter("iframe", "script", "title"))


def test_surrogates_and_nuls_do_not_stop_the_parser() -> None:
    root = html_root("<p>一\ud83d二\x00三")
    assert root is not None and "".join(map(str, root.itertext())) == "一\ufffd二三"
    assert Markup("a\udc00正").has(["无", "正"]) and not Markup("文").has(["正"])


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 1_000_000,
        "<b>" * 1_000_000,
        "<table><tr><td>" * 350_000,
        "<div><span>" * 500_000,
        "<div></div>" * 500_000,
    ],
    ids=["div", "b", "table", "mixed", "closed"],
)
def test_markup_a_million_deep_takes_under_two_seconds(markup: str) -> None:
    started = time.process_time()
    read_page(f"<html><body>{markup}正文。".encode())
    assert time.process_time() - started < 2


def test_deep_blocks_still_part_their_lines() -> None:
    root = html_root("<div>" * 3000 + "甲" + "</div>" * 5 + "<b>乙</b>丙<td>丁")
    assert root is not None
    assert [text for text in map(str, root.itertext()) if text.strip()] == ["甲", "乙丙", "丁"]
