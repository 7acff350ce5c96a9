"""Articles shown with other punctuation, script and gaps: what is seen, and where it comes from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.locale import catalogue
from newstui.model import Block, Headline, Key, Link, Row, Stored
from newstui.text.clean import clean
from newstui.text.widths import cell_width
from newstui.widgets.document import TextLine
from newstui.widgets.reader_layout import layout_article
from newstui.widgets.typography import Typography

ZH = catalogue("zh")
SHOWN = datetime(2026, 3, 1, 10, 30, tzinfo=UTC)
ALL = Typography(punctuation=True, spacing=True, script="hant")


def stored(*blocks: Block, title: str = "标题", **more: object) -> Stored:
    row = Row(
        Key(1, 1), "a1", title, "成都日报", SHOWN, SHOWN, False, False, "510114", "新都", "https://news.example/1"
    )
    base = Stored(row, "成都日报", "卢海燕", "", "四川/成都/新都", "", "", blocks, (), (), (), "u", "s", SHOWN, None, 0)
    return replace(base, **more)  # type: ignore[arg-type]


def lines(article: Stored, typography: Typography, width: int = 80) -> list[TextLine]:
    return list(layout_article(article, width, ZH, typography))


def text(article: Stored, typography: Typography, width: int = 80) -> str:
    return "\n".join("".join(span.text for span in line.spans).strip() for line in lines(article, typography, width))


def test_title_head_body_links_and_headlines_are_shown_in_the_script_that_is_chosen() -> None:
    body = Block("paragraph", "头发发展,后来GDP增长", links=(Link(0, 2, "https://x.example/头发,发"),))
    article = stored(body, title="新华社:发展", related=(Headline("干净的后面", "", "频道推荐"),))
    shown = text(article, ALL)
    assert "新華社：發展" in shown
    assert "來源：成都日報  作者：盧海燕" in shown
    assert "頭髮[1]發展，後來 GDP 增長" in shown
    assert "頭髮 https://x.example/头发,发" in shown
    assert "頻道推薦" in shown and "乾淨的後面" in shown


def test_a_link_in_a_sentence_ends_neither_it_nor_a_phrase() -> None:
    article = stored(Block("paragraph", "(头发)", links=(Link(1, 2, "https://x.example/"),)))
    assert "（頭[1]髮）" in text(article, ALL)


def test_code_stays_as_it_is_and_tables_are_measured_as_shown() -> None:
    article = stored(Block("code", "print('头发',1)"), Block("table", rows=(("头,发", "乙"), ("甲", "丙"))))
    shown = text(article, ALL)
    assert "print('头发',1)" in shown
    assert "頭，發  乙" in shown or "頭，髮  乙" in shown
    assert "甲      丙" in shown


@pytest.mark.parametrize(("width", "kept"), [(18, "3000 元"), (80, "3000 元")])
def test_a_number_keeps_its_unit_beside_the_gap(width: int, kept: str) -> None:
    article = stored(Block("paragraph", "一二三四五六3000元"))
    assert kept in text(article, Typography(spacing=True), width)
    assert "\u00a0" not in text(article, Typography(spacing=True), width)


def test_a_mark_stands_beyond_the_edge_where_there_is_a_margin() -> None:
    article = stored(Block("paragraph", "一二三四五六七八，" * 9))
    narrow = Typography(measure=8, paragraphs="space")
    assert "一二三四五六七八，" in text(article, replace(narrow, hanging=True)).split("\n")
    assert "一二三四五六七八，" not in text(article, narrow).split("\n")
    # Where there is no margin, nothing hangs.
    assert all(
        cell_width("".join(span.text for span in line.spans)) <= 16
        for line in lines(article, replace(narrow, hanging=True), 16)
    )


def test_a_headline_of_two_lines_has_two_of_one_length_and_facts_stay_whole() -> None:
    shown = text(stored(title="一二三四五六七八九十" * 4), Typography(), 44).split("\n")
    assert shown[:2] == ["一二三四五六七八九十" * 2] * 2
    shown = text(stored(author="卢海燕"), Typography(), 24).split("\n")
    assert shown[1:4] == ["来源：成都日报", "作者：卢海燕", "2026-03-01 10:30"]


def test_the_number_of_a_link_begins_no_line() -> None:
    body = "一二三四五六七八九十"
    article = stored(Block("paragraph", body * 2, links=(Link(8, 10, "https://x.example/"),)))
    for width in range(8, 60):
        shown = text(article, Typography(paragraphs="space"), width)
        assert "\n[1]" not in shown.partition("\n\n")[2].partition("链接")[0]
        assert "\u2060" not in shown


def test_a_heading_stands_with_its_text_and_pictures_together() -> None:
    blocks = (
        Block("paragraph", "甲"),
        Block("heading", "乙"),
        Block("paragraph", "丙"),
        Block("image", "丁"),
        Block("image", "戊"),
    )
    shown = text(stored(*blocks), Typography()).split("\n")
    start = shown.index("甲")
    assert shown[start : start + 7] == ["甲", "", "乙", "丙", "", "〔丁〕", "〔戊〕"]


texts = st.text(st.sampled_from('新都头发,.:"()ab1 —…𠮷é\u00a0'), max_size=120).map(clean)
typographies = st.builds(
    Typography,
    measure=st.integers(8, 120),
    paragraphs=st.sampled_from(["indent", "space"]),
    punctuation=st.booleans(),
    spacing=st.booleans(),
    hanging=st.booleans(),
    script=st.sampled_from(["original", "hans", "hant", "hant-tw", "hant-hk"]),
)


@given(
    texts,
    st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120)), max_size=3),
    typographies,
    st.integers(1, 130),
)
def test_every_character_comes_from_where_it_says(
    body: str, places: list[tuple[int, int]], typography: Typography, width: int
) -> None:
    links = tuple(Link(low, high, f"https://x.example/{at}") for at, (low, high) in enumerate(places))
    article = stored(Block("paragraph", body, links=links))
    seen: list[int] = []
    for line in lines(article, typography, width):
        assert sum(cell_width(span.text) for span in line.spans) <= max(width, 2)
        if line.anchor.part == 1:
            for piece in line.pieces:
                if piece.offset >= 0:
                    seen += range(piece.offset, piece.offset + len(piece.text))
    assert seen == sorted(set(seen))
    assert {body[at] for at in set(range(len(body))) - set(seen)} <= {" ", "\u00a0"}
