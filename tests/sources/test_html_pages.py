"""Saved HTML pages: body, head and side blocks of made-up pages in the ways that sites write them."""

from __future__ import annotations

from typing import Any

import pytest

from newstui.model import Article
from newstui.sources.pages import Skipped, read_page

BODY = (
    "3月9日，温江区寿安镇的党员群众来到吴家场社区沟渠旁，挥锹铲泥，清理淤积，为春耕灌溉做好准备。",
    "“往年一到用水的时候，下游总是等不来水。”村民陈大爷说，今年社区早早动手，大家心里踏实多了。",
    "据介绍，寿安镇今年计划清淤沟渠42公里，目前已完成近三成，预计4月初全部完工。",
)
TITLE = "寿安镇党员群众齐上阵 清淤疏渠备春耕"
SIDE = "<ul>" + "".join(f"<li><a href='/n/{n}.html'>成都第{n}批老旧小区改造启动</a></li>" for n in range(8)) + "</ul>"


def html(body: str, head: str = "", title: str = f"{TITLE}_温江新闻_某某网") -> str:
    return (
        f"<!DOCTYPE html><html><head>{head}<title>{title}</title>"
        f"<script>var a='<p>不是正文，也不是标题。</p>'</script></head>"
        f"<body><div class='nav'><a href='/'>首页</a> <a href='/cd'>成都</a> <a href='/wj'>温江</a></div>"
        f"<div class='crumb'>您的位置：<a>首页</a> &gt; <a>四川</a> &gt; <a>成都市</a> &gt; "
        f"<a>温江新闻</a> &gt; 正文</div>"
        f"{body}<div class='footer'>Copyright © 某某网 版权所有 蜀ICP备12345678号</div></body></html>"
    )


def paragraphs(tag: str = "p") -> str:
    return "".join(f"<{tag}>\u3000\u3000{text}</{tag}>" for text in BODY)


def standard(inner: str | None = None) -> str:
    byline = "2016-03-11 09:05 来源：<a href='/x'>成都日报</a> 作者：李文强 [打印] [关闭]"
    comment = "说得好，支持这样的行动，希望年年都能这样做下去。"
    return html(
        f"<div class='main'><h1>{TITLE}</h1><div class='info'>{byline}</div>"
        f"<div class='content'>{paragraphs() if inner is None else inner}</div><p>（责任编辑：王芳）</p>"
        f"<h3>相关新闻</h3>{SIDE}<h3>网友评论</h3><p>{comment}</p></div>"
    )


def read(page: str | bytes, **more: Any) -> Article:
    found = read_page(page if isinstance(page, bytes) else page.encode(), **more)
    assert isinstance(found, Article), found
    return found


def check_whole(article: Article) -> None:
    assert article.title == TITLE
    assert (article.byline, article.author, article.editor) == ("成都日报", "李文强", "王芳")
    assert article.published is not None
    assert article.published.isoformat(timespec="minutes") == "2016-03-11T09:05+08:00"
    assert tuple(block.text for block in article.blocks) == BODY
    assert article.crumbs == ("首页", "四川", "成都市", "温江新闻")
    assert article.place == "510115"
    assert {line.group for line in article.related} == {"相关新闻"}
    assert len(article.related) == 8


def test_standard_page() -> None:
    article = read(standard(), url="https://www.example.net/wj/2016/1.html")
    check_whole(article)
    assert article.url == "https://www.example.net/wj/2016/1.html"
    assert article.related[3].url == "https://www.example.net/n/3.html"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("gb18030", "<meta http-equiv='Content-Type' content='text/html; charset=gb2312'>"),
        ("gb18030", ""),
        ("utf-8", ""),
        ("utf-8", "<meta charset='gbk'>"),
        ("utf-8-sig", "<meta charset='utf-8'>"),
    ],
)
def test_charsets(encoding: str, declared: str) -> None:
    page = standard().replace("<head>", f"<head>{declared}").replace("©", "(c)").encode(encoding)
    article = read(page)
    check_whole(article)
    assert TITLE in article.original.decode()


def test_charset_of_the_header_that_came_with_it() -> None:
    page = standard().replace("©", "(c)").encode("gb18030")
    check_whole(read(page, content_type="text/html; charset=GBK"))


@pytest.mark.parametrize(
    "inner",
    [
        "".join(f"\u3000\u3000{text}<br/><br/>" for text in BODY),
        "".join(f"<div>{text}</div>" for text in BODY),
        "<table><tr><td>" + "".join(f"<p>{text}</p>" for text in BODY) + "</td></tr></table>",
        "".join(f"<section><span>{text}</span></section>" for text in BODY),
    ],
)
def test_every_way_to_set_paragraphs(inner: str) -> None:
    check_whole(read(standard(inner)))


def test_box_of_links_inside_the_body_is_left_out() -> None:
    box = f"<div class='box'><b>延伸阅读</b>{SIDE}</div>"
    inner = f"<p>{BODY[0]}</p>{box}<p>{BODY[1]}</p><p>{BODY[2]}</p>"
    assert tuple(block.text for block in read(standard(inner)).blocks) == BODY


def test_images_tables_and_links_are_kept() -> None:
    inner = (
        f"<p><img src='a.jpg' alt='清淤现场'></p><p>{BODY[0]}</p><p>{BODY[1]}<a href='b.html'>详见</a>。</p>"
        f"<table><tr><th>社区</th><th>公里</th></tr><tr><td>吴家场</td><td>12</td></tr></table><p>{BODY[2]}</p>"
    )
    article = read(standard(inner), url="https://www.example.net/wj/1.html")
    kinds = [block.kind for block in article.blocks]
    assert kinds == ["image", "paragraph", "paragraph", "table", "paragraph"]
    assert article.blocks[0].url == "https://www.example.net/wj/a.jpg"
    assert article.blocks[2].links[0].url == "https://www.example.net/wj/b.html"


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("<link rel='canonical' href='https://www.example.net/a.html'>", "https://www.example.net/a.html"),
        ("<meta property='og:url' content='https://www.example.net/b.html'>", "https://www.example.net/b.html"),
        ("<!-- saved from url=(0032)https://www.example.net/c.html -->", "https://www.example.net/c.html"),
        ("", ""),
    ],
)
def test_address(head: str, url: str) -> None:
    assert read(standard().replace("<head>", f"<head>{head}")).url == url


def test_canonical_address_wins_over_where_it_was_fetched() -> None:
    page = standard().replace("<head>", "<head><link rel='canonical' href='/a.html'>")
    assert read(page, url="https://m.example.net/x?from=1").url == "https://m.example.net/a.html"


def test_head_says_what_the_page_does_not_show() -> None:
    head = (
        "<meta property='article:published_time' content='2016-03-11T09:05:00+08:00'>"
        "<meta name='author' content='李文强'>"
        "<meta property='og:title' content='" + TITLE + "'>"
    )
    article = read(html(f"<div class='content'>{paragraphs()}</div>", head, title="某某网"))
    assert article.title == TITLE
    assert article.author == "李文强"
    assert article.published is not None and article.published.day == 11


def test_json_ld_date() -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2016-03-11T01:05:00Z"}</script>'
    article = read(html(f"<h1>{TITLE}</h1><div>{paragraphs()}</div>", head))
    assert article.published is not None
    assert article.published.timestamp() == 1457658300


def test_list_page_is_skipped_with_its_headlines() -> None:
    found = read_page(html(f"<h2>最新</h2>{SIDE}<a href='/2'>下一页</a>", title="温江新闻列表").encode())
    assert isinstance(found, Skipped)
    assert len(found.headlines) == 8
    assert found.headlines[0].title.startswith("成都第0批")


@pytest.mark.parametrize(
    ("page", "word"),
    [
        (
            "<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>",
            "error",
        ),
        (
            "<html><title>用户登录</title><body><form>用户名<input>密码<input><button>登录</button></form></body></html>",
            "log-in",
        ),
        ("<html><body></body></html>", "no text"),
    ],
)
def test_no_articles_say_why(page: str, word: str) -> None:
    found = read_page(page.encode())
    assert isinstance(found, Skipped)
    assert word in found.reason


def test_foreign_control_characters_do_not_get_through() -> None:
    article = read(
        standard(paragraphs().replace("挥锹", "挥\x1b]52;c;eA==\x07锹\u202e&#27;[31m")).replace(TITLE, TITLE + "&#x9b;")
    )
    shown = article.title + article.text + "".join(line.title for line in article.related)
    assert not any((ord(char) < 32 and char != "\n") or 0x7F <= ord(char) < 0xA0 or char == "\u202e" for char in shown)


def test_a_frame_in_a_comment_ends_with_it() -> None:
    inner = f"{paragraphs()}<!--iframe src='x.html'></iframe--><p>本文来源：江东日报 作者：李文强</p>"
    article = read(html(f"<h1>{TITLE}</h1><div class='content'>{inner}</div>"))
    assert (article.byline, article.author) == ("江东日报", "李文强")


def test_a_headline_on_two_lines_is_one() -> None:
    upper, lower = "寿安镇党员群众齐上阵", "清淤疏渠备春耕 沟渠四十里"
    page = html(
        f"<h1>{upper}<br>{lower}</h1><div>2016-03-11 09:05</div><div class='content'>{paragraphs()}</div>",
        title=f"{upper} {lower}_某某网",
    )
    assert read(page).title == f"{upper} {lower}"


@pytest.mark.parametrize(
    ("shown", "title"),
    [
        ("视频 | 寿安镇清淤疏渠备春耕-某某网", "视频 | 寿安镇清淤疏渠备春耕"),
        ("寿安镇清淤疏渠_温江新闻网", "寿安镇清淤疏渠"),
        ("春耕<某某世纪在线艺术网", "春耕"),
        ("某某网|寿安镇清淤疏渠", "寿安镇清淤疏渠"),
    ],
)
def test_titles_that_only_the_head_gives(shown: str, title: str) -> None:
    page = html(f"<div class='content'>{paragraphs()}</div>", title=shown.replace("<", "&lt;"))
    assert read(page).title == title


def test_a_blogs_title_leads_to_its_own_page() -> None:
    heading = f"<div><a href='/1.html'>{TITLE}</a></div>"
    page = html(f"{SIDE}{heading}<div class='content'>{paragraphs()}</div>", title="")
    assert read(page).title == TITLE


def test_the_author_of_the_head_is_no_author_when_it_is_the_editor() -> None:
    page = html(
        f"<h1>{TITLE}</h1><div class='content'>{paragraphs()}</div><p>（责任编辑：王芳）</p>",
        "<meta name='author' content='王芳'>",
    )
    assert (read(page).author, read(page).editor) == ("", "王芳")


def test_a_headline_on_three_lines_is_one() -> None:
    rows = ("寿安镇人民政府", "关于吴家场社区沟渠清淤", "工程的决议")
    head = f"<div class='main'><h1>{'<br>'.join(rows)}</h1><div>2016-03-11 09:05 来源：成都日报</div>"
    page = html(f"{head}<div class='content'>{paragraphs()}</div></div>", title=f"{''.join(rows)}_某某网")
    article = read(page)
    assert article.title == " ".join(rows)
    assert rows[2] not in article.text


@pytest.mark.parametrize(
    ("head", "shown", "title"),
    [
        ("", "某某发布", TITLE),
        (f"<meta property='og:title' content='{TITLE[:8]}'>", "", f'{TITLE[:8]}"清淤"{TITLE[8:]}'),
    ],
)
def test_titles_that_only_the_title_element_has(head: str, shown: str, title: str) -> None:
    line = f"<div>{shown}</div>" if shown else ""
    page = html(f"<div class='main'>{line}<div class='content'>{paragraphs()}</div></div>", head, f"{title}_某某网")
    assert read(page).title == title


def test_the_mark_of_an_original_is_no_part_of_the_title() -> None:
    page = html(
        f"<div class='main'><h1><span>原创</span>{TITLE}</h1><div>2016-03-11 09:05 来源：成都日报</div>"
        f"<div class='content'>{paragraphs()}</div></div>"
    )
    assert read(page).title == TITLE


def test_a_date_on_three_lines() -> None:
    stacked = "<div><span>2016</span><br><span>03/11</span><br><span>09:05</span></div>"
    page = html(f"<div class='main'><h1>{TITLE}</h1>{stacked}<div class='content'>{paragraphs()}</div></div>")
    published = read(page).published
    assert published is not None
    assert published.isoformat() == "2016-03-11T09:05:00+08:00"


def test_rows_of_more_buttons_are_no_breadcrumb() -> None:
    page = f"<title>{TITLE}</title><div><h1>{TITLE}</h1>{paragraphs()}</div><div>更多图片 &gt; 更多幻灯</div>"
    assert read(page).crumbs == ()
