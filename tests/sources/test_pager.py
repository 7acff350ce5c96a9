"""Pages of longer articles: told by their pagers, put together, and read anew from what was kept of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.model import Article, Block, Part
from newstui.sources.html_tree import Markup, html_root
from newstui.sources.originals import read_original
from newstui.sources.pager import dump_pager, html_pager
from newstui.sources.pages import read_page
from newstui.sources.parts import joined, without_page_mark


@pytest.mark.parametrize(
    ("line", "number", "of"),
    [
        ("1 2 3 下一页", 1, 3),
        ("[1] [2] [3] 下一页 尾页", 1, 3),
        ("上一页 1 2 3", 3, 3),
        ("首页 上一页 1 2 3 下一页 末页", 0, 3),
        ("第2页/共3页", 2, 3),
        ("2/3页 上一页 下一页", 2, 3),
        ("上一页 1/2 下一页", 1, 2),
        ("共3页 当前第2页 上一页 下一页", 2, 3),
        ("上一頁 1/2 下一頁", 1, 2),
        ("• 上一页\n    • 1\n    • 2\n    • 下一页", 0, 2),
        ("【1】【2】 下一页 余下全文", 1, 2),
    ],
)
def test_a_dump_tells_its_page(line: str, number: int, of: int) -> None:
    part = dump_pager(f"新都区举行签约仪式。\n\n{line}\n\n责任编辑:王某")
    assert part is not None
    assert (part.number, part.of) == (number, of)


@pytest.mark.parametrize(
    "line",
    [
        "上一篇:新都 下一篇:温江",
        "返目录下一页",
        "共产党员 1 2 3",
        "2/3的村民",
        "共12页的报告写道",
        "第3页写着",
        "1 2 3",
    ],
)
def test_other_words_are_no_pager(line: str) -> None:
    assert dump_pager(f"正文。\n{line}\n尾") is None


@pytest.mark.parametrize(
    ("html", "part"),
    [
        (
            "<div><span>1</span><a href='a_2.html'>2</a><a href='a_2.html'>下一页</a></div>",
            Part(1, 2, ((2, "http://x.cn/d/a_2.html"),)),
        ),
        (
            "<div><a href='a.html'>上一页</a><a href='a.html'>1</a><b>2</b><a href='/d/a_3.html'>3</a>"
            "<a href='a_3.html'>下一页&gt;</a></div>",
            Part(2, 3, ((1, "http://x.cn/d/a.html"), (3, "http://x.cn/d/a_3.html"))),
        ),
        (
            "<ul><li><a href='a.html'>上一页</a></li><li><a href='a.html'>1</a></li><li><a href='#'>2</a></li></ul>",
            Part(2, 2, ((1, "http://x.cn/d/a.html"),)),
        ),
        (
            '<script>createPageHTML(3, 1, "t2016_1", "html");</script>',
            Part(
                2,
                3,
                (
                    (1, "http://x.cn/d/t2016_1.html"),
                    (2, "http://x.cn/d/t2016_1_1.html"),
                    (3, "http://x.cn/d/t2016_1_2.html"),
                ),
            ),
        ),
        ('<script>createPageHTML(1, 0, "t2016_1", "html");</script>', None),
        ("<div><a href='b.html'>下一篇</a> <a href='c.html'>上一篇</a></div>", None),
        ("<div class='comment-page'><b>1</b><a href='?p=2'>2</a><a href='?p=2'>下一页</a></div>", None),
        ("<p>请看<a href='b.html'>下一页</a>的图表,共有12项数据</p>", None),
    ],
)
def test_a_page_tells_its_number(html: str, part: Part | None) -> None:
    root = html_root(html)
    assert root is not None
    assert html_pager(root, Markup(html), "http://x.cn/d/") == part


@given(st.text(alphabet="上下一页123/共第[] \n尾首…a", max_size=80))
def test_any_line_gives_a_number_within_its_count_or_nothing(text: str) -> None:
    part = dump_pager(text)
    assert part is None or (0 <= part.number <= max(part.of, 1) and part.of <= 200)


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("成都地铁十年(2)", "成都地铁十年"),
        ("成都地铁十年（第2页）", "成都地铁十年"),
        ("成都地铁十年_第3页", "成都地铁十年"),
        ("成都地铁十年(2/3)", "成都地铁十年"),
        ("成都地铁十年（二）", "成都地铁十年（二）"),
        ("(2)", "(2)"),
        ("大事记(2016)", "大事记(2016)"),
    ],
)
def test_titles_lose_the_number_of_their_page(title: str, bare: str) -> None:
    assert without_page_mark(title) == bare


def _page(number: int, *texts: str, byline: str = "", editor: str = "") -> Article:
    blocks = tuple(Block("paragraph", text) for text in texts)
    original = texts[0].encode()
    return Article("成都地铁十年", byline=byline, editor=editor, blocks=blocks, part=Part(number, 3), original=original)


def test_pages_become_one_article_and_missing_ones_are_told() -> None:
    whole = joined([_page(1, "一", byline="成都日报"), _page(3, "成都地铁十年", "三", editor="王某")])
    assert [block.text for block in whole.blocks] == ["一", "（第 2 页不在存档里）", "三"]
    assert (whole.byline, whole.editor, whole.part) == ("成都日报", "王某", None)


def _dump(number: int) -> bytes:
    text = f"第{number}段:2016年,成都地铁又开通了两条新线路,沿线居民出行更加方便,客流量创下历史新高。"
    pager = {1: "1 2 下一页", 2: "上一页 1 2"}[number]
    return f"成都地铁十年建设回顾\n\n来源:成都日报 2016-03-01 20:39\n\n{text}\n\n{text}\n\n{pager}\n".encode()


def test_kept_originals_of_several_pages_are_read_as_one_again() -> None:
    pages = [read_page(_dump(number)) for number in (1, 2)]
    articles = [page for page in pages if isinstance(page, Article)]
    assert len(articles) == 2
    whole = joined(articles)
    again = read_original(whole.original)
    assert again == whole
    assert isinstance(again, Article)
    assert "第1段" in again.text
    assert "第2段" in again.text
