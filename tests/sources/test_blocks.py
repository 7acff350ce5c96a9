"""HTML to blocks: what stays, what goes, where links lie, and that no markup hurts."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from newstui.model import Block, Link, block_text
from newstui.sources.blocks import html_blocks
from newstui.text.clean import clean

BASE = "http://news.example.cn/xindu/2016/a.html"


def texts(html: str) -> list[str]:
    return [block_text(block) for block in html_blocks(html, BASE)]


def kinds(html: str) -> list[tuple[str, int, str, str]]:
    return [(block.kind, block.level, block.marker, block.text) for block in html_blocks(html, BASE)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>一</p><p>二</p>", ["一", "二"]),
        ("<div>甲<p>乙</p>丙</div>丁", ["甲", "乙", "丙", "丁"]),
        ("　　第一段。<br>　　第二段。<br/><br/>第三段", ["第一段。", "第二段。", "第三段"]),
        ("&nbsp;&nbsp;&nbsp;&nbsp;缩进<p>&emsp;&emsp;再缩进</p>", ["缩进", "再缩进"]),
        ("<p>&nbsp;</p><p>　　</p><p><br></p>有", ["有"]),
        ("他说：“好。”　　第二天，他来了。", ["他说：“好。”", "第二天，他来了。"]),
        (
            "Wire copy that folds<br>in the middle,<br>and ends.<br>New one.",
            ["Wire copy that folds in the middle, and ends.", "New one."],
        ),
        ("<p>今天\n  天气\n好 very\n  good</p>", ["今天天气好 very good"]),
        ("王　强　　李四", ["王　强 李四"]),
        ("a &amp;lt; b &hellip; &#150;", ["a &lt; b … –"]),
        ("<p>面积10<sup>3</sup>m<sup>2</sup>，CO<sub>2</sub></p>", ["面积10³m²，CO₂"]),
        ("<ruby>荥<rp>(</rp><rt>yíng</rt><rp>)</rp></ruby>经", ["荥(yíng)经"]),
        ("<q>引文</q>完", ["“引文”完"]),
        ("<![CDATA[<p>裹着</p>]]>", ["裹着"]),
        ("", []),
        (" \n ", []),
        ("<!-- only a comment -->", []),
    ],
)
def test_paragraphs(html: str, expected: list[str]) -> None:
    assert texts(html) == expected


def test_what_is_not_text_goes() -> None:
    html = (
        "前<script>alert(1)</script><style>p{}</style><iframe src=x>框</iframe><noscript>无</noscript>"
        "<form><p>表内</p><input value=输入><select><option>选项</select><textarea>区</textarea></form>"
        "<div hidden>藏</div><div style='color:red; DISPLAY : none'>藏</div><p style='visibility:hidden'>微信</p>"
        "<svg><title>图</title></svg><object data=x>物</object><iframe src=x />后<script src=x />尾"
    )
    assert texts(html) == ["前", "表内", "微信", "物后尾"]


def test_lists_with_levels_and_markers() -> None:
    html = (
        "<ul><li>一<ul><li><p>二</p><p>续</p></li><li></li></ul>尾</li><li>三</li></ul>"
        "<ol start=3 type=a><li>丙<li value=26>卯<li>辰</ol>"
        "<ol reversed><li>2<li>1</ol><ol type=I start=4><li>四</ol><li>散"
    )
    assert kinds(html) == [
        ("item", 1, "•", "一"),
        ("item", 2, "◦", "二"),
        ("item", 2, "", "续"),
        ("item", 1, "", "尾"),
        ("item", 1, "•", "三"),
        ("item", 1, "c.", "丙"),
        ("item", 1, "z.", "卯"),
        ("item", 1, "aa.", "辰"),
        ("item", 1, "2.", "2"),
        ("item", 1, "1.", "1"),
        ("item", 1, "IV.", "四"),
        ("item", 1, "•", "散"),
    ]


def test_headings_quotes_rules_code() -> None:
    html = (
        "<h2>标<br>题</h2><blockquote><p>引一</p><p>引二</p></blockquote><hr>"
        "<pre>def f():\n\treturn 1  \n\n</pre><pre>　　老电稿第一行。\n　　第二行。</pre>"
    )
    assert kinds(html) == [
        ("heading", 2, "", "标 题"),
        ("quote", 0, "", "引一"),
        ("quote", 0, "", "引二"),
        ("rule", 0, "", ""),
        ("code", 0, "", "def f():\n    return 1"),
        ("paragraph", 0, "", "老电稿第一行。"),
        ("paragraph", 0, "", "第二行。"),
    ]


def test_links_lie_where_their_text_is() -> None:
    html = (
        "　　见<a href='../b.html?x=1&amp;y=2'> 前文 </a>和<a href='mailto:a@b.cn'>信箱</a>，"
        "<a href='javascript:x()'>脚本</a><a href='#top'>顶</a><a href='http://[bad'>坏</a>"
        "<a href='//cdn.example.cn/中文 x'>跨<br>　　段</a>"
    )
    first, second = html_blocks(html, BASE)
    assert first.text == "见 前文 和信箱，脚本顶坏跨"
    assert [(first.text[link.start : link.end], link.url) for link in first.links] == [
        ("前文", "http://news.example.cn/xindu/b.html?x=1&y=2"),
        ("信箱", "mailto:a@b.cn"),
        ("跨", "http://cdn.example.cn/中文%20x"),
    ]
    assert second == Block("paragraph", "段", links=(Link(0, 1, "http://cdn.example.cn/中文%20x"),))


def test_nested_links_give_way_to_the_inner_one() -> None:
    root = lxml_html.Element("div")
    outer = lxml_html.Element("a", href="http://o.cn/")
    outer.text = "外"
    inner = lxml_html.Element("a", href="http://i.cn/")
    inner.text, inner.tail = "内", "外"
    outer.append(inner)
    root.append(outer)
    (block,) = html_blocks(root)
    assert [(link.start, link.end, link.url[7]) for link in block.links] == [(0, 1, "o"), (1, 2, "i"), (2, 3, "o")]


def test_images_with_captions() -> None:
    html = (
        "<figure><a href=/big><img src=/1.jpg alt=IMG_0001.jpg></a>"
        "<figcaption>图为<b>新都</b>桂湖。</figcaption></figure>"
        "<figure><figcaption>说明在前</figcaption><img data-src='//m.cn/2.png' src='data:image/gif;base64,R0'></figure>"
        "<p>句子前半<img src=3.png alt=现场>后半。</p>"
        "<img src=/p.gif width=1 height=1><img src='data:image/png;base64,x'>"
        "<img class=emoji alt=😀 src=/e.png>好<figure><figcaption>只有字</figcaption></figure>"
    )
    assert [(block.kind, block.text, block.url) for block in html_blocks(html, BASE)] == [
        ("image", "图为新都桂湖。", "http://news.example.cn/1.jpg"),
        ("image", "说明在前", "http://m.cn/2.png"),
        ("paragraph", "句子前半后半。", ""),
        ("image", "现场", "http://news.example.cn/xindu/2016/3.png"),
        ("paragraph", "😀好", ""),
        ("paragraph", "只有字", ""),
    ]


def test_data_table_keeps_rows_spans_and_links() -> None:
    html = (
        "<table><caption>成绩</caption><tr><th>姓名<th colspan=2>分</tr><tr><td rowspan=2>张<br>三<td>1<td>2</tr>"
        "<tr><td><a href=http://x.cn/>3</a></tr></table>"
    )
    caption, table = html_blocks(html)
    assert caption == Block("paragraph", "成绩")
    assert table.rows == (("姓名", "分", ""), ("张 三", "1", "2"), ("", "3", ""))
    assert [block_text(table)[link.start : link.end] for link in table.links] == ["3"]


def test_layout_table_is_its_contents() -> None:
    html = (
        "<table><tr><td>导航<td><p>正文一。</p><table><tr><td>甲<td>乙<tr><td>丙<td>丁</table><p>正文二。</p></table>尾"
    )
    blocks = html_blocks(html)
    assert [block.text or block.rows for block in blocks] == [
        "导航",
        "正文一。",
        (("甲", "乙"), ("丙", "丁")),
        "正文二。",
        "尾",
    ]


def test_an_element_is_taken_without_its_tail() -> None:
    root = lxml_html.fromstring("<div><div id=x>里<!-- c -->面</div>外面</div>")
    assert html_blocks(root[0]) == (Block("paragraph", "里面"),)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "底",
        "<b>底<i>" * 50_000,
        "<ul><li>底" * 50_000,
        "<blockquote><a href=x><p>底" * 30_000,
        "<table><tr><td>底" * 30_000,
        "<p>" + "底" * 1_000_000,
        "<p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">底",
        '<p a=">" ' + " ".join(f"b{n}" for n in range(100_000)) + ">底",
        "底" + "<br>" * 200_000,
        "底" + " \n" * 500_000,
        "底。" + "　" * 500_000 + "底",
        "<" * 500_000 + "底",
        '<a "' * 200_000 + ">底",
        "&#" * 300_000 + "底",
        "<span>" * 1900 + "底<br>" * 50_000,
    ],
    ids=lambda html: html[:12],
)
def test_heavy_markup_is_read_in_bounded_time(html: str) -> None:
    began = time.perf_counter()
    blocks = html_blocks(html, BASE)
    assert time.perf_counter() - began < 6
    assert any("底" in block_text(block) for block in blocks) or html.startswith('<a "')


def test_control_characters_do_not_pass() -> None:
    html = (
        "a\x00b\ud800c<p>&#27;[31m\u202e&#x9b;2J&#0;</p><pre>\x1b]52;c;x\x07</pre>"
        "<a href='http://x.cn/\u202e\x1b'>l</a><img src=/a alt='\x1b[2J图'>"
    )
    blocks = html_blocks(html, BASE)
    seen = [text for block in blocks for text in (block.text, block.url, *(link.url for link in block.links))]
    assert seen
    assert all(clean(text) == text for text in seen)


_TAGS = "p div br ul li ol table tr td figure figcaption pre h1 blockquote q rt script a_href=/x img_src=i.png"
_OTHERS = ["文字。", "　　", "word", "&nbsp;", "&#0;", "<", ">", "<!--", "-->", "<![CDATA[", "]]>", "\x00", "\x1b"]
_PIECES = st.sampled_from([f"<{mark}{tag}>" for tag in _TAGS.split(" ") for mark in ("", "/")] + _OTHERS)


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=60).map(lambda pieces: " ".join(pieces).replace("_", " ")) | st.text())
def test_any_markup_gives_sound_blocks(html: str) -> None:
    for block in html_blocks(html, BASE):
        text = block_text(block)
        assert clean(text) == text
        assert block.kind in ("code", "table") or "\n" not in text
        assert block.kind in ("image", "rule") or text.strip()
        assert not text.startswith((" ", "　")) or block.kind in ("code", "table")
        end = 0
        for link in block.links:
            assert end <= link.start < link.end <= len(text)
            end = link.end
