"""The set article: measure, indents, links, tables, whatever the text and the width."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from newstui.locale import catalogue
from newstui.model import Block, Headline, Key, Link, Row, Stored
from newstui.text.clean import clean
from newstui.widgets.reader_layout import layout_article
from newstui.widgets.reader_targets import targets
from newstui.widgets.table_layout import column_widths
from newstui.widgets.typography import Typography
from tests.text.tables import layout_table

ZH = catalogue("zh")
SHOWN = datetime(2016, 3, 1, 20, 39, tzinfo=UTC)
TEXT = "近日，市委召开党的群团工作会议，深入贯彻落实中央、省委党的群团工作会议精神。"


AS_EVER = Typography()
MEASURE = 2 * AS_EVER.measure


def stored(*blocks: Block, title: str = "标题", url: str = "https://news.example/1", **more: object) -> Stored:
    row = Row(Key(1, 1), "a1", title, "成都日报", SHOWN, SHOWN, False, False, "510114", "新都", url)
    base = Stored(row, "成都日报", "卢海燕", "", "四川/成都/新都", "", "", blocks, (), (), (), "u", "s", SHOWN, None, 0)
    return replace(base, **more)  # type: ignore[arg-type]


def shown(article: Stored, width: int = 80, typography: Typography = AS_EVER) -> list[str]:
    return [
        "".join(span.text for span in line.spans).rstrip() for line in layout_article(article, width, ZH, typography)
    ]


texts = st.text(st.sampled_from("新都，。“”（）ab1 \n—…／https://x.cn/?q=%E4𠮷é"), max_size=300).map(clean)
blocks = st.builds(
    Block,
    st.sampled_from(["paragraph", "heading", "item", "quote", "table", "image", "code", "rule"]),
    texts,
    level=st.integers(0, 5),
    marker=st.sampled_from(["", "•", "12."]),
    url=st.sampled_from(["", "https://p.example/1.jpg"]),
    rows=st.lists(st.lists(texts, max_size=5).map(tuple), max_size=4).map(tuple),
    links=st.lists(
        st.builds(Link, st.integers(0, 300), st.integers(0, 300), st.sampled_from(["https://a.cn", "https://b.cn"])),
        max_size=4,
    ).map(tuple),
)


@given(st.lists(blocks, max_size=8), st.integers(1, 130), texts)
@settings(deadline=None, max_examples=150)
def test_no_line_is_wider_than_the_pane_or_the_measure(found: list[Block], width: int, title: str) -> None:
    article = stored(*found, title=title, related=(Headline(title, "", "频道推荐"),))
    for line in layout_article(article, width, ZH):
        cells = sum(cell_len(span.text) for span in line.spans)
        # A hanzi needs two cells: in a pane of one there is no setting it right.
        assert cells <= max(width, 2)
        assert not any("\n" in span.text for span in line.spans)
    margin = max(0, (width - MEASURE) // 2)
    assert all(
        sum(cell_len(span.text) for span in line.spans) <= margin + MEASURE + 1
        for line in layout_article(article, width, ZH)
    )


def test_the_measure_is_counted_in_hanzi_and_centred() -> None:
    for measure in (8, 38, 120):
        lines = shown(stored(Block("paragraph", TEXT * 9)), 160, Typography(measure=measure))
        body = next(line for line in lines if "近日" in line)
        room = min(2 * measure, 156)
        assert max(map(cell_len, lines)) <= (160 - room) // 2 + room
        assert body.startswith(" " * ((160 - room) // 2 + 4) + "近日")


def test_paragraphs_can_be_told_apart_by_a_blank_line() -> None:
    spaced = Typography(paragraphs="space")
    body = [Block("paragraph", TEXT), Block("paragraph", TEXT), Block("item", "甲"), Block("item", "乙")]
    lines = shown(stored(*body), 80, spaced)
    first = lines.index(next(line for line in lines if line.startswith("  近日")))
    assert lines[first + 1] == "" and lines[first + 2].startswith("  近日")
    assert lines[first + 3 : first + 6] == ["", "  • 甲", "  • 乙"]
    short = shown(stored(url="", summary="甲\n乙"), 80, spaced)
    assert short[short.index("  甲") :][:3] == ["  甲", "", "  乙"]


def test_paragraphs_are_indented_by_two_hanzi_and_set_solid() -> None:
    lines = shown(stored(Block("paragraph", TEXT * 2), Block("paragraph", TEXT)))
    first = lines.index(next(line for line in lines if line.startswith("      近日")))
    assert lines[first + 1].startswith("  ") and not lines[first + 1].startswith("   ")
    assert "" not in lines[first : first + 4]


def test_head_names_source_author_time_and_district() -> None:
    lines = shown(stored(Block("paragraph", TEXT)))
    assert lines[0] == "  标题"
    assert lines[1] == "  来源：成都日报  作者：卢海燕  2016-03-01 20:39"
    assert lines[2] == "  四川/成都/新都"


def test_a_date_that_the_article_does_not_have_is_not_said_to_be_its_own() -> None:
    article = stored(Block("paragraph", TEXT))
    undated = replace(article, row=article.row._replace(published=None))
    assert "2016-03-01 20:39 收到（原文没有日期）" in shown(undated)[1]
    assert "收到" not in shown(article)[1]


def test_links_are_numbered_once_each_and_listed() -> None:
    text = "见公告、再见公告和附件"
    links = (Link(1, 3, "https://a.cn/1"), Link(6, 8, "https://a.cn/1"), Link(9, 11, "https://a.cn/2"))
    article = stored(Block("paragraph", text, links=links))
    lines = shown(article)
    assert "      见公告[1]、再见公告[1]和附件[2]" in lines
    assert lines[lines.index("  链接") :] == [
        "  链接",
        "  [0] https://news.example/1",
        "  [1] 公告 https://a.cn/1",
        "  [2] 附件 https://a.cn/2",
    ]
    assert [target.number for target in targets(article)] == [0, 1, 2]


def test_related_headlines_stand_after_the_body_by_group() -> None:
    related = (Headline("甲", "", "频道推荐"), Headline("乙", "", "猜你喜欢"), Headline("丙", "", "频道推荐"))
    lines = shown(stored(Block("paragraph", TEXT), url="", related=related))
    assert lines[-6:] == ["  频道推荐", "  [1] 甲", "  [2] 丙", "", "  猜你喜欢", "  [3] 乙"]


def test_an_article_without_text_shows_its_summary_or_says_so() -> None:
    assert "      摘要" in shown(stored(summary="摘要"))
    assert "  （只有标题，没有正文）" in shown(stored())


def test_a_wide_pane_keeps_the_measure_in_its_middle() -> None:
    lines = shown(stored(Block("paragraph", TEXT * 4)), 120)
    body = [line for line in lines if "群团" in line]
    assert all(cell_len(line) <= 22 + MEASURE for line in body)
    assert body[1].startswith(" " * 22)


@given(st.lists(st.lists(st.text("新都ab ", max_size=40), max_size=6), max_size=5), st.integers(1, 100))
def test_tables_fit(rows: list[list[str]], measure: int) -> None:
    widths = column_widths(rows, measure)
    assert widths is None or sum(widths) + 2 * (len(widths) - 1) <= measure
    assert all(cell_len(line) <= max(measure, 2) for line in layout_table(rows, measure))


def test_a_table_keeps_its_columns_one_under_the_other() -> None:
    lines = layout_table((("区县", "人口"), ("新都", "155.9"), ("都江堰", "71")), 76)
    assert lines == ["区县    人口", "新都    155.9", "都江堰  71"]


def test_a_page_without_a_date_tells_when_its_copy_was_made() -> None:
    undated = stored(Block("paragraph", TEXT), undated=True, captured=SHOWN, revisions=2)
    assert shown(undated)[1].strip() == "来源：成都日报  作者：卢海燕  存档于 2016-03-01  改过 2 次"
    assert "存档于" not in shown(stored(Block("paragraph", TEXT), captured=SHOWN))[1]
    assert "archived 2016-03-01  revised 2×" in "".join(
        span.text for line in layout_article(undated, 80, catalogue("en")) for span in line.spans
    )
