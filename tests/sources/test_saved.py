"""Pages as the programs that save them leave them: their address, their time, and nothing of the archive's own."""

from __future__ import annotations

import base64
import random
import time
from datetime import datetime

import pytest

from newstui.model import Article
from newstui.sources.html_tree import Markup
from newstui.sources.pages import read_page
from newstui.sources.saved import read_saved
from newstui.text.inlined import Lightened, lightened

URL = "http://news.example.cn/xindu/2016/1.html"
BODY = """<h1>新都花市周末延长营业</h1><div>来源：成都日报</div>
<p>近日，新都区花市宣布周末延长营业时间，市民可以在晚上九点以前到花市选购鲜花。花市负责人介绍，延长营业后客流明显增加。</p>
{picture}<p>据了解，花市共有商户一百二十余家，经营盆栽、鲜切花和园艺资材，周末还有插花体验课，深受市民欢迎。</p>"""
EIGHT = datetime.fromisoformat("2016-03-01T20:39:00+08:00")


def page(before: str = "", *, html: str = "<html>", picture: str = "", after: str = "", top: str = "") -> str:
    """A page with what a program puts before, into and after it."""
    body = BODY.format(picture=picture)
    return f"<!DOCTYPE html>{html}{before}<head><title>花市</title></head><body>{top}{body}</body></html>{after}"


def article(text: str, url: str = "") -> Article:
    """The article that is read from it."""
    read = read_page(text.encode(), url=url)
    assert isinstance(read, Article), read
    assert read.title == "新都花市周末延长营业"
    assert len(read.text) == len(article_text())
    return read


def article_text() -> str:
    """What every one of these pages says."""
    read = read_page(page().encode())
    assert isinstance(read, Article)
    return read.text


@pytest.mark.parametrize(
    ("text", "url", "captured"),
    [
        (
            page(
                f"<!--\n Page saved with SingleFile \n url: {URL} \n"
                " saved date: Tue Mar 01 2016 20:39:00 GMT+0800 (中国标准时间)\n-->"
            ),
            URL,
            EIGHT,
        ),
        (
            page(f"<!--\r\n Archive processed by SingleFile\r\n url: {URL}\r\n saved date: 2016-03-01T12:39:00Z -->"),
            URL,
            EIGHT,
        ),
        (
            page(
                f'<meta name="savepage-url" content="{URL}?a=1&amp;b=2">'
                '<meta name="savepage-date" content="Tue Mar 01 2016 12:39:00 GMT+0000 (UTC)">'
            ),
            f"{URL}?a=1&b=2",
            EIGHT,
        ),
        (page(f"<!-- Saved from {URL} at 2016-03-01T12:39:00Z using monolith v2.3.1 -->"), URL, EIGHT),
        (
            page(
                f"<!-- Mirrored from {URL[7:]} by HTTrack Website Copier/3.x [XR&CO'2014], "
                "Tue, 01 Mar 2016 12:39:00 GMT -->"
            ),
            URL,
            EIGHT,
        ),
        (page(html=f'<html data-scrapbook-source="{URL}" data-scrapbook-create="20160301123900000">'), URL, EIGHT),
        (f"<!--{URL}-->\n{page()}", URL, None),
        (page(f"<!-- saved from url=(0041){URL} -->"), URL, None),
        (page("<!-- saved from url=(0014)about:internet -->"), "", None),
        (page("<!--\n Page saved with SingleFile \n url: javascript:alert(1) \n saved date: soon -->"), "", None),
    ],
)
def test_notes_of_the_programs_that_save_pages(text: str, url: str, captured: datetime | None) -> None:
    read = article(text)
    assert (read.url, read.captured, read.published) == (url, captured, None)


WAYBACK_HEAD = (
    '<script src="https://web-static.archive.org/_static/js/wombat.js"></script><script>'
    '__wm.wombat("http://news.example.cn:80/xindu/2016/1.html","20160301123900","https://web.archive.org/","web",'
    '"https://web-static.archive.org/_static/", "1456835940");</script>'
)
WAYBACK_BAR = (
    '<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp-base" lang="en" style="display:block;direction:ltr;">'
    '<div id="wm-ipp"><form><input type="text" name="url" id="wmtbURL" value="http://news.example.cn/xindu/2016/1.html">'
    "</form>12 captures 02 Feb 2016 - 03 Mar 2017 About this capture</div></div><!-- END WAYBACK TOOLBAR INSERT -->"
)
WAYBACK_FOOT = (
    "<!--\n     FILE ARCHIVED ON 12:39:00 Mar 01, 2016 AND RETRIEVED FROM THE\n"
    "     INTERNET ARCHIVE ON 05:32:21 Nov 01, 2020.\n-->"
)
WRAPPED = (
    '<p>各家店铺的位置可以看<a href="/web/20160301123900/http://news.example.cn/a.html">花市地图</a>，'
    "地图由花市管理处每周更新一次，市民也可以到现场免费领取。</p>"
    '<p><img src="https://web.archive.org/web/20160301123900im_/http://news.example.cn/a.jpg"></p>'
)


@pytest.mark.parametrize(
    ("head", "bar", "foot", "given"),
    [
        (WAYBACK_HEAD, WAYBACK_BAR, WAYBACK_FOOT, ""),
        ("", WAYBACK_BAR, WAYBACK_FOOT, ""),
        ("", "", WAYBACK_FOOT, f"https://web.archive.org/web/20160301123900/{URL}"),
        ("", "", "", f"http://web.archive.org/web/20160301123900id_/{URL}"),
    ],
)
def test_pages_of_the_wayback_machine(head: str, bar: str, foot: str, given: str) -> None:
    canonical = f'<link rel="canonical" href="https://web.archive.org/web/20160301123900/{URL}">' if head else ""
    read = read_page(page(head + canonical, top=bar, picture=WRAPPED, after=foot).encode(), url=given)
    assert isinstance(read, Article)
    assert (read.title, read.url, read.captured) == ("新都花市周末延长营业", URL, EIGHT)
    assert "capture" not in read.text and "花市地图" in read.text
    (link,) = [link.url for block in read.blocks for link in block.links]
    assert link == "http://news.example.cn/a.html"
    assert [block.url for block in read.blocks if block.kind == "image"] == ["http://news.example.cn/a.jpg"]


def test_other_pages_keep_their_links_to_the_archive() -> None:
    link = '<p>见<a href="https://web.archive.org/web/20160301123900/http://a.cn/">存档</a>一文。</p>'
    read = read_page(page(picture=link).encode(), url=URL)
    assert isinstance(read, Article)
    assert [link.url for block in read.blocks for link in block.links] == [
        "https://web.archive.org/web/20160301123900/http://a.cn/"
    ]


def test_pages_of_archive_today() -> None:
    head = (
        f'<link rel="canonical" href="https://archive.md/20160301123900/{URL}">'
        f'<meta property="og:url" content="http://archive.today/2016.03.01-123900/{URL}">'
    )
    bar = (
        '<div id="HEADER" style="x"><div>archive.today 网页快照，保存于2016年3月1日，'
        "原始地址如下所示，请点击查看更多的历史存档。</div></div>"
    )
    read = article(page(head, top=bar))
    assert (read.url, read.captured) == (URL, EIGHT)


def test_pages_of_baidus_cache() -> None:
    bar = (
        '<div id="bd_snap"><div id="bd_snap_txt">您查询的关键词是：花市 ，百度和网页的作者无关，'
        "不对其内容负责。百度快照谨为网络故障时之索引。</div></div>"
    )
    read = article(page(f'<base href="{URL}">', top=bar))
    assert read.url == URL


def test_what_a_page_says_itself_counts_first() -> None:
    note = f"<!--\n Page saved with SingleFile \n url: {URL}?spm=1 \n-->"
    assert article(page(f'{note}<link rel="canonical" href="{URL}">')).url == URL


def picture(size: int) -> str:
    """A data: address of so many bytes."""
    return f"data:image/jpeg;base64,{base64.b64encode(random.Random(size).randbytes(size)).decode()}"


def test_pictures_written_into_a_page_stay_as_pictures() -> None:
    photo = picture(2_000_000)
    shown = (
        f'<figure><img src="{photo}" data-sf-original-src="http://news.example.cn/a.jpg"><figcaption>花市夜景</figcaption></figure>'
        f'<p><img src="{photo}" alt="插花体验课现场"></p><p><img src="{picture(40)}" alt="blank"></p>'
    )
    style = "<style>@font-face { src: url(" + picture(9_000_000) + ") }</style>"
    data = page(f"<!--\n Page saved with SingleFile \n url: {URL} \n-->{style}", picture=shown).encode()
    assert len(data) > 17_000_000
    began = time.process_time()
    read = read_page(data)
    assert time.process_time() - began < 1.5
    assert isinstance(read, Article)
    images = [(block.url, block.text) for block in read.blocks if block.kind == "image"]
    assert images == [("http://news.example.cn/a.jpg", "花市夜景"), ("", "插花体验课现场")]
    assert len(read.original) < 4000


def test_a_page_in_pieces_is_lightened_as_a_whole_one_is() -> None:
    chance = random.Random(7)
    parts = [
        picture(chance.choice((10, 700, 760, 3000, 90_000))) + chance.choice(('"', ")", " ", "<p>data:"))
        for _ in range(60)
    ]
    whole = "".join(f"<p>花市{number}</p>{part}" for number, part in enumerate(parts)).encode()
    for size in (7, 100, 1023, 4096, 65_536):
        light = Lightened()
        pieces = [light.feed(whole[at : at + size]) for at in range(0, len(whole), size)]
        assert b"".join(pieces) + light.end() == lightened(whole)
    assert len(lightened(whole)) < 60_000


@pytest.mark.parametrize("piece", ["data:", "data:a/b", "data:image/png;base64,", ";base64,", "data:a/b;c=d;", "A"])
def test_lightening_takes_linear_time(piece: str) -> None:
    data = b'<img src="' + piece.encode() * (8_000_000 // len(piece))
    began = time.process_time()
    lightened(data)
    light = Lightened()
    for at in range(0, len(data), 1 << 20):
        light.feed(data[at : at + (1 << 20)])
    assert time.process_time() - began < 4


@pytest.mark.parametrize(
    "piece",
    [
        "<!-- Page saved with SingleFile ",
        "<!--\n Page saved with SingleFile\n url: a",
        '<meta name="savepage-url" content="',
        ' data-scrapbook-source="x"',
        "<!-- Mirrored from aaaa by HTTrack Website Copier/",
        '__wm.wombat("',
        "<div id=wmtbURL ",
        "https://web.archive.org/web/20160301123900/",
        "<div <div id=wm-ipp",
        'https://archive.md/20160301123900/http://a id="HEADER"',
        "<!--http://aaaa ",
    ],
)
def test_notes_are_looked_for_in_linear_time(piece: str) -> None:
    text = "<html>web.archive.org FILE ARCHIVED ON 12:39:00 Mar 01, 2016 AND RETRIEVED" + piece * (
        2_000_000 // len(piece)
    )
    began = time.process_time()
    read_saved(Markup(text), "http://web.archive.org/web/20160301123900/http://a.cn/")
    read_saved(Markup(piece * (2_000_000 // len(piece))))
    assert time.process_time() - began < 4
