"""Times of publication out of heads, scripts, attributes and addresses, and which of several is believed."""

from __future__ import annotations

import pytest

from newstui.sources.address_dates import address_day, address_month
from newstui.sources.page_scripts import stamp
from tests.sources.test_html_pages import BODY, TITLE, html, paragraphs, read


def times(head: str = "", shown: str = "", url: str = "", foot: str = "") -> tuple[str, str]:
    """When the page with these parts was published and updated, as ISO to the second, "" for never."""
    line = f"<div class='info'>{shown}</div>" if shown else ""
    page = html(f"<div class='main'><h1>{TITLE}</h1>{line}<div class='content'>{paragraphs()}</div></div>{foot}", head)
    article = read(page, url=url)
    return tuple(time.isoformat() if time else "" for time in (article.published, article.updated))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("<meta name='PubDate' content='2016-03-11 09:05:30'>", "2016-03-11T09:05:30+08:00"),
        ("<meta name='publishdate' content='2016-03-11'>", "2016-03-11T00:00:00+08:00"),
        ("<meta name='firstpublishedtime' content='2016-03-11-09:05:30'>", "2016-03-11T09:05:30+08:00"),
        ("<meta property='article:published_time' content='2016-03-11T09:05:30+08:00'>", "2016-03-11T09:05:30+08:00"),
        ("<meta property='article:published_time' content='2016-03-11T01:05:30Z'>", "2016-03-11T01:05:30+00:00"),
        ("<meta name='weibo:article:create_at' content='2016-03-11 09:05:30'>", "2016-03-11T09:05:30+08:00"),
        ("<meta property='bytedance:published_time' content='2016-03-11T09:05:30+08:00'>", "2016-03-11T09:05:30+08:00"),
        ("<meta name='_pubtime' content='2016年3月11日 09:05'>", "2016-03-11T09:05:00+08:00"),
        ("<meta itemprop='datePublished' content='2016-03-11T09:05'>", "2016-03-11T09:05:00+08:00"),
        ("<meta name='Maketime' content='2016-03-11 09:05:30'>", "2016-03-11T09:05:30+08:00"),
        (
            "<meta name='PubDate' content='{$PubDate}'><meta name='publishdate' content='2016-3-11'>",
            "2016-03-11T00:00:00+08:00",
        ),
        (
            '<script type=\'application/ld+json\'>{"@context":"https://ziyuan.baidu.com/contexts/cambrian.jsonld",'
            '"title":"x","pubDate":"2016-03-11T09:05:30"}</script>',
            "2016-03-11T09:05:30+08:00",
        ),
        (
            '<script type=\'application/ld+json\'>{"@graph":[{"@type":"WebSite","datePublished":"2001-01-01"},'
            '{"@type":"NewsArticle","datePublished":"2016-03-11T09:05:30+08:00"}]}</script>',
            "2016-03-11T09:05:30+08:00",
        ),
        ('<script>var x={"pubtime":"2016-03-11 09:05:30"}</script>', "2016-03-11T09:05:30+08:00"),
        (
            '<script>var x=[{"pubtime":"2016-03-11 09:05:30"},{"pubtime":"2016-03-12 09:05:30"}]</script>',
            "",
        ),
    ],
)
def test_times_that_the_head_gives(head: str, published: str) -> None:
    assert times(head)[0] == published


@pytest.mark.parametrize("name", ["article:modified_time", "lastmodifiedtime", "bytedance:updated_time"])
def test_times_of_an_update(name: str) -> None:
    head = f"<meta name='{name}' content='2016-03-12 10:00:00'><meta name='PubDate' content='2016-03-11 09:05:00'>"
    assert times(head) == ("2016-03-11T09:05:00+08:00", "2016-03-12T10:00:00+08:00")


DAY = "https://www.example.net/wj/2016/0311/1.html"


@pytest.mark.parametrize(
    ("head", "shown", "url", "published"),
    [
        ("", "来源：成都日报", DAY, "2016-03-11T00:00:00+08:00"),
        ("", "2016-03-11 09:05 来源：成都日报", DAY, "2016-03-11T09:05:00+08:00"),
        ("", "2016-03-12 09:05 来源：成都日报", DAY, "2016-03-12T09:05:00+08:00"),
        ("", "2019-10-07 09:05 来源：成都日报", DAY, "2016-03-11T00:00:00+08:00"),
        ("2016-03-11 09:05:30", "2016-03-11 来源：成都日报", "", "2016-03-11T09:05:30+08:00"),
        ("2016-03-11 09:05:30", "2016-03-11 09:05 来源：成都日报", "", "2016-03-11T09:05:30+08:00"),
        ("2016-03-11 11:40:00", "2016-03-11 09:05 来源：成都日报", "", "2016-03-11T09:05:00+08:00"),
        ("2016-03-11 11:40:00", "2019-10-07 09:05 来源：成都日报", "", "2016-03-11T11:40:00+08:00"),
        ("2019-10-07 11:40:00", "2016-03-11 09:05 来源：成都日报", DAY, "2016-03-11T09:05:00+08:00"),
        (
            "2019-10-07 11:40:00",
            "2016-03-11 09:05 来源：成都日报",
            "http://a.example/201603/9.html",
            "2016-03-11T09:05:00+08:00",
        ),
    ],
)
def test_the_address_settles_what_page_and_head_dispute(head: str, shown: str, url: str, published: str) -> None:
    meta = f"<meta name='PubDate' content='{head}'>" if head else ""
    assert times(meta, shown, url)[0] == published


def test_a_time_for_machines_on_an_element() -> None:
    foot = "<span class='time' data-val='1457658330000'></span>"
    assert times(foot=foot)[0] == "2016-03-11T09:05:30+08:00"
    assert stamp("<i data-time='1457658330'></i><i data-time='1557658330'></i>") is None


def test_a_wechat_article_by_its_scripts() -> None:
    page = (
        "<html><head><title></title></head><body><h2 class='rich_media_title' id='activity-name'></h2>"
        f"<div id='js_content' style='visibility: hidden'>{paragraphs()}</div><script>\n"
        'var nickname = htmlDecode("温江\\x26发布"); var ct = "1457658330"; var publish_time = "2016-03-11" || "";\n'
        f"var msg_title = '{TITLE}'.html(false);</script></body></html>"
    )
    article = read(page)
    assert (article.title, article.byline) == (TITLE, "温江&发布")
    assert article.published is not None
    assert article.published.isoformat() == "2016-03-11T09:05:30+08:00"


@pytest.mark.parametrize(
    ("head", "source", "author", "column"),
    [
        (
            "<meta name='ContentSource' content='成都日报'><meta name='ColumnName' content='区县动态'>",
            "成都日报",
            "",
            "区县动态",
        ),
        (
            "<meta name='source' content='来源：成都日报'><meta name='Author' content='李文强'>",
            "成都日报",
            "李文强",
            "",
        ),
        ("<meta name='author' content='网易'>", "", "", ""),
        ("<meta name='author' content='大汉网络'><meta name='source' content='www.example.net'>", "", "", ""),
        (
            '<script type=\'application/ld+json\'>{"@type":["NewsArticle"],"datePublished":"2016-03-11",'
            '"author":[{"@type":"Person","name":"李文强"},{"name":"王小满"}]}</script>',
            "",
            "李文强 王小满",
            "",
        ),
    ],
)
def test_source_author_and_column_that_the_head_gives(head: str, source: str, author: str, column: str) -> None:
    article = read(html(f"<h1>{TITLE}</h1><div class='content'>{paragraphs()}</div>", head))
    assert (article.byline, article.author, article.column) == (source, author, column)
    assert tuple(block.text for block in article.blocks) == BODY


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://www.example.cn/2016/0311/c123-456.html", "2016-03-11"),
        ("http://www.example.cn/system/2016/03/11/011450233.shtml", "2016-03-11"),
        ("http://www.example.cn/s/2016-03-11/07314135262s.shtml", "2016-03-11"),
        ("http://www.example.cn/html/2016-03/11/content_1650248.htm", "2016-03-11"),
        ("http://www.example.cn/xwdt/201603/t20160311_1382042.htm", "2016-03-11"),
        ("http://www.example.cn/a/20160311/033221.htm", "2016-03-11"),
        ("http://www.example.cn/pc/content/201603/11/content_168543.html", "2016-03-11"),
        ("http://www.example.cn/wj/2016_03_11_123.shtml", "2016-03-11"),
        ("http://www.example.cn/news/2016-3-11/1.html", "2016-03-11"),
        ("http://www.example.cn/art/2016/3/11/art_1599522_1.html", "2016-03-11"),
        ("http://www.example.cn/c/2016-03-11-doc-1.html", "2016-03-11"),
        ("http://www.example.cn/show.php?date=20160311&id=3", "2016-03-11"),
        ("http://www.example.cn/2016/0231/1.html", ""),
        ("http://www.example.cn/2016/1331/1.html", ""),
        ("http://www.example.cn/n1/2018/c420160311999-1.html", ""),
        ("http://www.example.cn/doc-ihqfskcp2016031.shtml", ""),
        ("http://www.example.cn/20160311", "2016-03-11"),
        ("http://2016-03-11.example.cn/a.html", ""),
        ("http://[::1", ""),
        ("", ""),
    ],
)
def test_days_in_addresses(url: str, day: str) -> None:
    found = address_day(url)
    assert (found.date().isoformat() if found else "") == day


def test_months_in_addresses() -> None:
    assert address_month("http://www.example.cn/deyang/201603/11403666.html") == (2016, 3)
    assert address_month("http://www.example.cn/2016/3/a.html") == (2016, 3)
    assert address_month("http://www.example.cn/201613/1.html") is None


@pytest.mark.parametrize(
    ("own", "shown", "published"),
    [
        ("2003年5月", "2005-03-06 16:17", "2003-05-01T00:00:00+08:00"),
        ("（2003年5月12日）", "2005-03-06 16:17", "2003-05-12T00:00:00+08:00"),
        ("2005年2月28日", "2005-03-06 16:17", "2005-03-06T16:17:00+08:00"),  # a document's day of signing
    ],
)
def test_a_piece_put_online_again_bears_its_own_date(own: str, shown: str, published: str) -> None:
    head = f"<div>{shown}</div><h1>{TITLE}</h1><p>寿安镇调研课题组</p><p>{own}</p>"
    article = read(html(f"<div class='main'>{head}<div class='content'>{paragraphs()}</div></div>"))
    assert article.published is not None
    assert article.published.isoformat() == published


def test_a_date_in_the_text_is_not_its_own() -> None:
    inner = f"<p>{BODY[0]}</p><p>2003年5月</p><p>{BODY[1]}</p>"
    article = read(html(f"<div class='main'><h1>{TITLE}</h1><div>2016-03-11 09:05</div><div>{inner}</div></div>"))
    assert article.published is not None
    assert article.published.year == 2016
