"""Feeds to articles: titles, texts, links, dates, charsets, broken and hostile documents."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest

from newstui.model import Article, Block, Enclosure, Feed, Link
from newstui.sources.feeds import NotAFeed, parse_feed
from tests.sources.builders import rss

CHINA = timezone(timedelta(hours=8))


def one(item: str) -> Article:
    (article,) = parse_feed(rss(f"<item>{item}</item>").encode(), url="http://news.example.cn/rss.xml").articles
    return article


def test_a_whole_rss_feed() -> None:
    data = rss(
        """<item><title>关联部门资源&amp;amp;服务</title><link>/2016/a.html</link><guid isPermaLink="false">id-1</guid>
        <pubDate>2016年03月01日 20:39</pubDate><dc:creator>卢海燕、张三</dc:creator><source url="http://p.cn/">成都日报</source>
        <category>要闻</category><category domain="x">社会</category><category>http://x.cn/tag</category>
        <description>近日，市委…</description><comments>http://c.cn/1</comments>
        <content:encoded><![CDATA[<p>　　近日，市委<a href="b.html">召开</a>会议。</p>
        <p>　　第二段。</p>]]></content:encoded>
        <enclosure url="http://m.cn/a.mp3" type="audio/mpeg" length="123"/>
        <media:content url="http://m.cn/a.jpg" type="image/jpeg"/></item>""",
        "<title>新都 &lt;b&gt;新闻&lt;/b&gt;</title><link>http://news.example.cn/</link><description>本地</description>",
    )
    feed = parse_feed(data.encode(), url="http://news.example.cn/rss.xml")
    article = Article(
        title="关联部门资源&服务",
        url="http://news.example.cn/2016/a.html",
        guid="id-1",
        byline="成都日报",
        author="卢海燕 张三",
        published=datetime(2016, 3, 1, 20, 39, tzinfo=CHINA),
        blocks=(
            Block("paragraph", "近日，市委召开会议。", links=(Link(5, 7, "http://news.example.cn/b.html"),)),
            Block("paragraph", "第二段。"),
        ),
        column="要闻 社会",
        enclosures=(
            Enclosure("http://m.cn/a.mp3", "audio/mpeg", 123),
            Enclosure("http://m.cn/a.jpg", "image/jpeg"),
        ),
        comments_url="http://c.cn/1",
    )
    assert feed == Feed("新都 新闻", "http://news.example.cn/", "rss20", subtitle="本地", articles=(article,))


def test_an_atom_feed_with_bases_and_links() -> None:
    data = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://a.cn/news/">
      <title type="html">&lt;i&gt;甲&lt;/i&gt;</title>
      <id>urn:1</id><updated>2024-01-02T03:04:05Z</updated><author><name>编辑部</name></author><link href="/"/>
      <entry xml:base="2024/"><title>题</title><id>urn:2</id><link rel="self" href="s.xml"/>
      <link rel="enclosure" href="e.pdf"/>
      <link rel="alternate" href="x.html"/><updated>2024-01-02T04:00:00+08:00</updated>
      <published>2024-01-01T00:00:00+08:00</published><author><name>张三</name><email>z@a.cn</email></author>
      <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>见<a href="y.html">此</a></p></div>
      </content></entry></feed>"""
    feed = parse_feed(data.encode(), url="http://other.cn/feed")
    (entry,) = feed.articles
    assert (feed.title, feed.site_url, feed.format, feed.guid) == ("甲", "http://a.cn/", "atom10", "urn:1")
    assert (feed.author, feed.updated) == ("编辑部", datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC))
    assert (entry.url, entry.author) == ("http://a.cn/news/2024/x.html", "张三")
    assert entry.published == datetime(2024, 1, 1, tzinfo=CHINA)
    assert entry.updated == datetime(2024, 1, 2, 4, tzinfo=CHINA)
    assert entry.blocks == (Block("paragraph", "见此", links=(Link(1, 2, "http://a.cn/news/2024/y.html"),)),)
    assert entry.enclosures == (Enclosure("http://a.cn/news/2024/e.pdf"),)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-23 08:00:00", datetime(2026, 11, 23, 8, tzinfo=CHINA)),
        ("2026年11月23日 08:00", datetime(2026, 11, 23, 8, tzinfo=CHINA)),
        ("2026/11/23 8:00", datetime(2026, 11, 23, 8, tzinfo=CHINA)),
        ("Mon, 23 Nov 2026 08:00:00 CST", datetime(2026, 11, 23, 8, tzinfo=CHINA)),
        ("Mon, 23 Nov 2026 08:00:00 GMT", datetime(2026, 11, 23, 8, tzinfo=UTC)),
        ("有空再说", None),
    ],
)
def test_dates_are_ours_not_feedparsers(written: str, meant: datetime | None) -> None:
    assert one(f"<title>x</title><pubDate>{written}</pubDate>").published == meant


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("A &amp;amp; B &amp;lt; C", "A & B < C"),
        ("&lt;b&gt;粗&lt;/b&gt;体", "粗体"),
        ("【快讯】[视频] 1 &lt; 2", "【快讯】[视频] 1 < 2"),
        ("<![CDATA[<新都> 发布]]>", "<新都> 发布"),
        ("  多\n  行　　题 ", "多 行 题"),
        ("&amp;nbsp;&#150;\u202eabc&#27;[31m", "–abc[31m"),
        ("&lsquo;引&rsquo; &nosuch; AT&T", "‘引’ &nosuch; AT&T"),
    ],
)
def test_titles_are_plain_text_decoded_once(title: str, shown: str) -> None:
    assert one(f"<title>{title}</title>").title == shown


@pytest.mark.parametrize(
    ("item", "title"),
    [
        ("<description>成都今天下雨。明天晴。</description>", "成都今天下雨。"),
        ("<description>" + "长" * 60 + "</description>", "长" * 39 + "…"),
        ("<description>&lt;p&gt;首段&lt;/p&gt;&lt;p&gt;次段&lt;/p&gt;</description>", "首段"),
        ("<link>http://a.cn/2024/1.html</link>", "a.cn/2024/1.html"),
    ],
)
def test_an_entry_without_title_gets_one(item: str, title: str) -> None:
    assert one(item).title == title


def test_an_entry_with_nothing_is_left_out_with_a_note() -> None:
    data = rss("<item><guid isPermaLink='false'>x</guid></item><item><title>有</title></item>").encode()
    feed = parse_feed(data)
    assert [article.title for article in feed.articles] == ["有"]
    assert feed.notes == ("1 entry without title, text and link left out",)
    assert len(parse_feed(data, keep_empty=True).articles) == 2


def test_the_fullest_text_is_the_body_and_a_summary_stays_only_if_it_says_more() -> None:
    teaser = one("<description>全文的开头…</description><content:encoded>全文的开头，和后面。</content:encoded>")
    assert (teaser.text, teaser.summary) == ("全文的开头，和后面。", "")
    own = one("<description>编者按。</description><content:encoded>正文很长很长。</content:encoded>")
    assert (own.text, own.summary) == ("正文很长很长。", "编者按。")
    inverted = one("<description>其实这里才是全文，比内容长得多。</description><content:encoded>短。</content:encoded>")
    assert inverted.text == "其实这里才是全文，比内容长得多。"


def test_plain_text_with_line_breaks_is_paragraphs() -> None:
    assert one("<description>第一行\n　　第二行\n\n第三行 &amp;lt;</description>").text == "第一行\n第二行\n第三行 <"


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "big5", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("declared", ["", "gb2312", "utf-8", "iso-8859-1"])
def test_charsets_declared_wrongly_or_not_at_all(encoding: str, declared: str) -> None:
    text = (
        "四川成都的新聞報導與天氣預報，今天是晴天"
        if encoding == "big5"
        else "四川成都新都区新闻：今天天气晴朗，市民出行方便"
    )
    head = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
    data = (head + rss(f"<item><title>{text}</title><description>{text * 3}</description></item>", "")).encode(encoding)
    assert parse_feed(data).articles[0].title == text


def test_one_bad_byte_garbles_one_character() -> None:
    data = rss("<item><title>新都新闻一二三四</title></item>").encode().replace("三".encode(), b"\xe4\xb8")
    assert parse_feed(data).articles[0].title == "新都新闻一二\ufffd四"


_CUT = "<rss version='2.0'><channel><title>t</title><item><title>一</title></item><item>"


@pytest.mark.parametrize(
    "broken",
    [
        _CUT + "<title>二",
        _CUT + "<title>二</title><descr",
        "\n\n  <?xml version='1.0'?>" + _CUT + "<title>二</title></item>",
        "Warning: x<br />\n" + _CUT + "<title>二</b></title></item>",
        _CUT + "<title>二</title><link>?a=1&b=2</link></item>",
        _CUT + "<title>\x00二\x1b&#x1f;&#xd800;</title></item>",
    ],
)
def test_broken_xml_keeps_its_entries(broken: str) -> None:
    titles = [article.title.rstrip("\ufffd") for article in parse_feed(broken.encode()).articles]
    assert titles == ["一", "二"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"<!DOCTYPE html><html><body>x", "HTML page"),
        (b"just text", "plain text"),
        (b"<opml><body/></opml>", "OPML"),
        (b"PK\x03\x04", "ZIP"),
        (b"\x1f\x8b\x08\x00", "binary"),
        (b"<note><to/></note>", "no feed"),
        (b'{"a": 1}', "not a JSON Feed"),
        (b'{"items": [', "broken JSON"),
        (b"[" * 100_000, "broken JSON"),
    ],
)
def test_what_is_no_feed_says_what_it_looks_like(data: bytes, said: str) -> None:
    with pytest.raises(NotAFeed, match=said):
        parse_feed(data)


def test_json_feed() -> None:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "光明日报",
        "home_page_url": "https://www.gmw.cn",
        "description": "全文",
        "items": [
            {
                "id": 7,
                "url": "/a.html",
                "title": "一 <b>",
                "content_html": "<p>正文<a href='b'>链</a></p>",
                "content_text": "不用",
                "summary": "按语",
                "date_published": "2026-01-04T00:00:00",
                "date_modified": "2026-01-05T00:00:00Z",
                "authors": [{"name": "张三"}, {"url": "http://l.cn"}, 5],
                "tags": ["要闻", 3, "社会"],
                "attachments": [{"url": "x.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 9.0}, {"url": 3}],
            },
            {"id": "https://only.id.cn/1", "content_text": "a < b\n第二行", "author": {"name": "李四"}},
        ],
    }
    feed = parse_feed(json.dumps(document).encode())
    first, second = feed.articles
    assert (feed.title, feed.site_url, feed.format, feed.subtitle) == (
        "光明日报",
        "https://www.gmw.cn",
        "json11",
        "全文",
    )
    assert (first.guid, first.url, first.title) == ("7", "https://www.gmw.cn/a.html", "一 <b>")
    assert (first.author, first.column, first.summary) == ("张三 http://l.cn", "要闻 社会", "按语")
    assert first.published == datetime(2026, 1, 4, tzinfo=CHINA)
    assert first.updated == datetime(2026, 1, 5, tzinfo=UTC)
    assert first.blocks == (Block("paragraph", "正文链", links=(Link(2, 3, "https://www.gmw.cn/b"),)),)
    assert first.enclosures == (Enclosure("https://www.gmw.cn/x.mp3", "audio/mpeg", 9),)
    assert (second.url, second.text, second.title) == ("https://only.id.cn/1", "a < b\n第二行", "a < b")


def test_the_room_itself_loads_no_parser() -> None:
    script = "import sys, newstui.sources; sys.exit(bool({'feedparser', 'lxml'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
