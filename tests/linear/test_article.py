"""An article as lines and parts: nothing is lost, nothing is too wide, places are those of the reader."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newstui.linear.article import Text, set_article
from newstui.locale import catalogue
from newstui.model import Block, Headline, Key, Link, Row, Stored
from newstui.text.widths import cell_width
from newstui.widgets.document import Anchor
from newstui.widgets.typography import Typography

NOW = datetime(2026, 3, 1, tzinfo=UTC)
WORDS = catalogue("zh")
BLOCKS = (
    Block(
        "paragraph", "第一段说的是新都区的公园，从今天起每天早上六点开门。" * 3, links=(Link(2, 4, "https://a.cn/1"),)
    ),
    Block("heading", "二、A long heading that is broken at a blank somewhere 和汉字", level=2),
    Block("item", "第一项", level=1, marker="•"),
    Block("item", "第二项", level=1, marker="•"),
    Block("quote", "引用的话。" * 20),
    Block("code", "def f():\n    return 1\n\nprint(f())"),
    Block("table", rows=(("", "六月"), ("用水", "12 吨"))),
    Block("image", "一张图", url="https://a.cn/i.jpg"),
    Block("rule"),
)


def stored(*blocks: Block) -> Stored:
    row = Row(
        Key(1, 1), "abc", "标题：很长的标题" * 4, "日报", NOW, NOW, read=False, starred=False, url="https://a.cn/"
    )
    related = (Headline("相关的一条", "https://a.cn/r", "相关新闻"),)
    return Stored(
        row=row,
        byline="日报",
        author="某人",
        editor="",
        district="四川/成都/新都",
        column="",
        summary="",
        blocks=blocks,
        related=related,
        enclosures=(),
        crumbs=(),
        source_url="",
        source_title="",
        first_seen=NOW,
        updated=None,
        revisions=0,
    )


def all_lines(text: Text) -> list[str]:
    count = 0
    while text.has(count):
        count += 1
    return text.texts(0, count)


def parts(text: Text) -> list[list[str]]:
    found: list[list[str]] = []
    for number, line in enumerate(all_lines(text)):
        if text[number].starts:
            found.append([])
        found[-1].append(line)
    return found


@pytest.mark.parametrize("width", [2, 5, 10, 18, 19, 20, 21, 24, 39, 40, 41, 44, 80, 200])
def test_no_line_is_too_wide_or_empty_and_all_text_is_there(width: int) -> None:
    text = set_article(stored(*BLOCKS), width, WORDS, Typography())
    lines = all_lines(text)
    assert all(line.strip() and cell_width(line) <= width for line in lines)
    joined = "".join("".join(lines).split())
    for wanted in (
        "标题：很长的标题" * 4,
        "小标题：二、Alongheading",
        "和汉字",
        "第一项",
        "引用的话。" * 20,
        "print(f())",
    ):
        assert wanted in joined


def test_parts_are_what_is_read_in_one_breath() -> None:
    found = parts(set_article(stored(*BLOCKS), 30, WORDS, Typography()))
    begins = [part[0] for part in found]
    assert begins[0].startswith("标题") and begins[1].startswith("来源：日报") and begins[2] == "四川/成都/新都"
    assert begins[3].startswith("第一段") and begins[4].startswith("小标题：二、A long heading")
    assert [part[0] for part in found[5:7]] == ["• 第一项", "• 第二项"]
    assert [line.strip() for line in found[8]] == ["def f():", "return 1", "print(f())"]
    assert len(found[9]) == 2, "a table is one part"
    assert any(part == ["小标题：链接"] for part in found)
    assert any(part[0].startswith("[0]") for part in found) and any("相关的一条" in part[0] for part in found)


def test_a_place_is_found_again_at_another_width() -> None:
    wide, narrow = (set_article(stored(*BLOCKS), width, WORDS, Typography()) for width in (80, 20))
    at = next(number for number, line in enumerate(all_lines(wide)) if line.startswith("• 第二项"))
    assert narrow[narrow.line_of(wide[at].anchor)].text.startswith("• 第二项")
    assert narrow.line_of(Anchor(0, 0)) == 0
    assert narrow.has(narrow.line_of(Anchor(10**9, 0)))


def test_headings_are_walked_both_ways() -> None:
    text = set_article(stored(*BLOCKS), 20, WORDS, Typography())
    first = text.heading(0)
    assert first is not None and text[first].text.startswith("小标题：二、")
    second = text.heading(first)
    assert second is not None and text.heading(second, backwards=True) == first
    assert text.heading(first, backwards=True) is None


def test_only_what_is_read_is_set() -> None:
    long = stored(*(Block("paragraph", f"第{number}段。" * 30) for number in range(5000)))
    text = set_article(long, 40, WORDS, Typography())
    assert text.end(0, 24) >= 1
    assert len(text._lines) < 200
    assert text[text.last_start()].text
