"""How far an article reaches: in its own element, behind side headings, into annexes; wikis whole."""

from __future__ import annotations

import pytest

from newstui.model import Article
from newstui.sources.lines import read_line
from newstui.sources.pages import Skipped, read_page

_SENTENCE = "昨日，记者从青石县有关部门获悉，今年以来全县共完成老旧小区改造四十二处，惠及居民三千多户。"
_LONG = _SENTENCE + "下一步，县里将继续推进改造工作。"
_HEAD = "<html><head><title>青石县改造老旧小区_青石新闻网</title></head><body>"
_NAV = "<div class=nav>" + "".join(f"<a href=/c{at}>频道{at}名</a> " for at in range(9)) + "</div>"
_BYLINE = "<h1>青石县改造老旧小区</h1><p>2021-03-04 10:20 来源：青石日报</p>"


def article(page: str) -> Article:
    read = read_page(page.encode())
    assert isinstance(read, Article), read
    return read


def page_of(inner: str, below: str = "") -> str:
    return f'{_HEAD}{_NAV}<div>{_BYLINE}<div class="con">{inner}</div></div>{below}</body></html>'


def test_short_lines_of_the_articles_element_belong_to_it() -> None:
    verse = "".join(f"<p>{line}</p>" for line in ("早上好", "不要总在原地", "走出去", "路就在脚下"))
    read = article(page_of(f"{verse}<p>{_SENTENCE}</p><p>{_SENTENCE}</p><p>愿大家</p><p>平安出行</p>"))
    texts = [block.text for block in read.blocks]
    assert texts[:4] == ["早上好", "不要总在原地", "走出去", "路就在脚下"]
    assert texts[-2:] == ["愿大家", "平安出行"]


def test_text_behind_a_heading_of_side_blocks_belongs_to_it() -> None:
    read = article(page_of(f"<p>{_SENTENCE}</p><p>相关链接</p><p>改造办法</p><p>{_SENTENCE}</p><p>咨询可到窗口</p>"))
    texts = [block.text for block in read.blocks]
    assert texts.count(_SENTENCE) == 2
    assert texts[-1] == "咨询可到窗口"


def test_links_under_such_a_heading_stay_out() -> None:
    links = "".join(f"<p><a href=/n{at}>青石县第{at}批改造名单今日公布</a></p>" for at in range(6))
    read = article(page_of(f"<p>{_SENTENCE}</p><p>{_SENTENCE}</p><p>相关新闻</p>{links}"))
    assert "名单今日公布" not in read.text
    assert len(read.related) == 6


def test_what_stands_under_an_article_stays_out() -> None:
    tail = "<p>扫一扫关注青石发布</p><p>欢迎分享到朋友圈</p><p>赞赏</p><p>点击进入专题</p>"
    read = article(page_of(f"<p>{_SENTENCE}</p><p>{_SENTENCE}</p>{tail}"))
    assert read.text.endswith(_SENTENCE)


def test_an_annex_in_a_table_of_its_own_is_kept() -> None:
    rows = "".join(f"<tr><td>处室{at}</td><td>{at}</td><td>岗位要求{at}</td></tr>" for at in range(12))
    inner = (
        f"<table><tr><td><p>{_SENTENCE}</p><p>{_SENTENCE}</p><p>附：岗位表</p></td></tr></table><table>{rows}</table>"
    )
    read = article(f"{_HEAD}<div><h1>青石县改造老旧小区</h1></div><div>{inner}</div></body></html>")
    assert "岗位要求11" in read.text
    dump = f"青石县招聘公告\n2021-03-04 来源：青石日报\n{_SENTENCE}\n{_SENTENCE}\n附：岗位表\n" + "\n".join(
        f"处室{at}\n{at + 20}人\n岗位要求{at}" for at in range(12)
    )
    assert article(f"{dump}\n版权所有 青石县\n").blocks[-1].text == "岗位要求11"


def test_a_dump_goes_on_behind_links_in_its_midst() -> None:
    links = "\n".join(f"· 青石县第{at}批改造名单...(图)" for at in range(5))
    dump = f"青石县改造老旧小区\n2021-03-04 10:20 来源：青石日报\n{_LONG}\n今日焦点：\n{links}\n" + f"{_LONG}\n" * 3
    texts = [block.text for block in article(dump).blocks]
    assert texts.count(_LONG) == 4
    dump = f"青石县改造老旧小区\n2021-03-04 10:20 来源：青石日报\n{_LONG}\n看点\n" + f"{_LONG}\n" * 3
    assert [block.text for block in article(dump).blocks].count(_LONG) == 4


def test_a_dump_without_anything_else_goes_on_behind_a_long_listing() -> None:
    listing = "\n".join(f"line {at} of code" for at in range(60))
    read = article(f"青石县改造老旧小区\n{_LONG}\n{_LONG}\n{listing}\n{_LONG}\n版权所有 青石县\n")
    assert read.text.count(_LONG) == 3
    assert "line 59 of code" in read.text


def test_the_front_of_a_blog_reads_as_its_first_article() -> None:
    posts = "".join(
        f"由海边张贴 @ 2005-06-{20 - at} 03:25:55 共 11 篇评论\n{_LONG}第{at}篇。{_LONG}{_LONG}\n[打印]\n"
        for at in range(5)
    )
    dump = "海边的博客\n" + "".join(f"• 往日文章{at}号\n" for at in range(5)) + f"最新评论\n• 匿名\n{posts}"
    read = article(dump)
    assert "第0篇" in read.text
    assert "第1篇" not in read.text


def test_a_chronicle_is_no_byline() -> None:
    days = "".join(f"<p>2011年{at}月9日，用户在论坛注册(链接：https://forum.example/t{at}a)</p>" for at in range(1, 7))
    read = article(page_of(f"<p>{_SENTENCE}</p><p>{_SENTENCE}</p>{days}<p>{_SENTENCE}</p>"))
    assert read.text.count("用户在论坛注册") == 6
    assert read.published is not None
    assert read.published.year == 2021


_WIKI = (
    "<html><head><title>青石县 - 维基百科</title></head><body><h1 id=firstHeading class=firstHeading>青石县</h1>"
    f'<div id=mw-content-text><div class="mw-parser-output"><p>{_SENTENCE}</p>'
    '<div id=toc class=toc><ul><li><a href="#a">1 历史</a></li></ul></div>'
    '<h2>历史<span class=mw-editsection>[<a href="/e">编辑</a>]</span></h2><ul><li>1952年设县</li></ul>'
    "<table><tr><th>年份</th><th>人口</th></tr><tr><td>1990</td><td>30万</td></tr></table>"
    '<div class="navbox"><a href=/x>邻县</a></div></div></div>'
    "<ul><li id=footer-info-lastmod>本页面最后修订于2022年2月9日 (星期三) 08:16。</li></ul></body></html>"
)


def test_a_wikis_article_is_whole_and_without_its_tools() -> None:
    read = article(_WIKI)
    assert read.title == "青石县"
    assert [block.kind for block in read.blocks] == ["paragraph", "heading", "item", "table"]
    assert read.blocks[1].text == "历史"
    assert read.updated is not None
    assert f"{read.updated:%Y-%m-%d}" == "2022-02-09"


def test_a_wikis_dump_is_whole_too() -> None:
    dump = (
        f"青石县\n维基百科，自由的百科全书\n跳到导航 跳到搜索\n{_SENTENCE}\n目录\n"
        "  • 1 历史\n  • 2 人口\n历史[编辑]\n1952年设县\n"
        f"人口[编辑]\n1990  30万\n外部链接[编辑]\n  • 官方网站\n取自“https://wiki.example/w”\n{_SENTENCE}\n"
        "本页面最后修订于2022年2月9日 (星期三) 08:16。\n"
    )
    read = article(dump)
    assert read.title == "青石县"
    assert [block.text for block in read.blocks] == [
        _SENTENCE,
        "历史",
        "1952年设县",
        "人口",
        "1990 30万",
        "外部链接",
        "官方网站",
    ]


@pytest.mark.parametrize(
    "page",
    (
        "<html><title>青石的相关文章 – 搜搜</title><body>"
        + "".join(
            f"<li><h3><a href=/{at}>青石县新闻第{at}条标题</a></h3><p>{_SENTENCE[:40]}...</p></li>" for at in range(9)
        ),
        "".join(f"  • 青石县新闻第{at}条标题\n{_SENTENCE[:-4]}\n青石发布\n" for at in range(10)),
        "".join(f"青石县新闻第{at}条标题\n{_SENTENCE[:-4]}… 显示全部\n{at} 条评论\n" for at in range(10)),
        f"您的访问出错了\n访问时间：2017.07.25 22:36:19\n用户您好，您的访问过于频繁，需要您协助验证。\n{_SENTENCE}\n",
    ),
)
def test_teasers_search_results_and_errors_are_no_articles(page: str) -> None:
    assert isinstance(read_page(page.encode()), Skipped)


@pytest.mark.parametrize("heading", ("相關新聞", "延伸閱讀", "推薦閱讀", "【相關報導】", "猜你喜歡", "最新評論"))
def test_headings_of_side_blocks_in_traditional_script(heading: str) -> None:
    assert read_line(heading).kind == "heading"
