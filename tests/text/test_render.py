"""An article as text, Markdown and HTML."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from newstui.model import Block, Key, Link, Row, Stored
from newstui.text.render import to_html, to_markdown, to_text
from newstui.text.snippet import snippet

AT = datetime(2016, 3, 1, 20, 39, tzinfo=timezone(timedelta(hours=8)))


def stored(*blocks: Block, title: str = "标题", summary: str = "") -> Stored:
    row = Row(Key(0, 1), "abc", title, "成都日报", AT, AT, False, False, url="https://example.org/1")
    return Stored(
        row=row,
        byline="成都日报",
        author="某某",
        editor="",
        district="四川/成都/新都",
        column="",
        summary=summary,
        blocks=blocks,
        related=(),
        enclosures=(),
        crumbs=(),
        source_url="archive:example",
        source_title="example",
        first_seen=AT,
        updated=None,
        revisions=0,
    )


def test_text_has_facts_indents_and_numbered_links() -> None:
    block = Block("paragraph", "见此处和彼处", links=(Link(1, 3, "https://a.example"), Link(4, 6, "https://b.example")))
    text = to_text(stored(block, Block("item", "一", level=1, marker="1.")))
    assert text.splitlines()[:3] == ["标题", "成都日报  某某  2016-03-01 20:39  四川/成都/新都", ""]
    assert "\u3000\u3000见此处[1]和彼处[2]" in text
    assert "  1. 一" in text
    assert text.endswith("[1] https://a.example\n[2] https://b.example\n")


def test_summary_stands_in_for_a_missing_body() -> None:
    assert "\u3000\u3000只有摘要" in to_text(stored(summary="只有摘要"))


def test_markdown_escapes_what_would_be_markup() -> None:
    link = Link(0, 2, "https://a.example/x(1)")
    text = to_markdown(
        stored(Block("paragraph", "1. *a* [b]"), Block("paragraph", "链接", links=(link,)), title="# <x>")
    )
    assert text.startswith("# \\# \\<x\\>\n")
    assert "1\\. \\*a\\* \\[b\\]" in text
    assert "[链接](https://a.example/x%281%29)" in text


def test_markdown_table_and_code() -> None:
    text = to_markdown(stored(Block("table", rows=(("甲", "乙"), ("1|2",))), Block("code", "a ``` b")))
    assert "| 甲 | 乙 |\n| --- | --- |\n| 1\\|2 |  |" in text
    assert "````\na ``` b\n````" in text


def test_html_escapes_everything() -> None:
    link = Link(0, 1, 'https://a.example/"><script>')
    text = to_html(stored(Block("paragraph", "<b>&", links=(link,)), title="<script>"))
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert "&amp;" in text


def test_snippet_cuts_round_the_hit() -> None:
    text = "甲" * 50 + "新都" + "乙" * 50
    found = snippet(text, "新都", around=5)
    assert found == "…甲甲甲甲甲新都乙乙乙乙乙…"
    assert snippet("短文", "没有") == "短文"
    assert snippet("ß" * 40 + "GDP", "gdp").endswith("ßGDP")
