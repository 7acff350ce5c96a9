"""Mangled feeds and bombs: read, or refused, in bounded time."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newstui.model import Feed
from newstui.sources.feed_parts import ENTRY_LIMIT
from newstui.sources.feeds import NotAFeed, parse_feed
from newstui.text.clean import clean, clean_line
from tests.sources.builders import rss

_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
_ITEM_KEYS = (
    "id url external_url title content_html content_text summary date_published date_modified author authors"
    " tags attachments"
)


@settings(max_examples=150, deadline=None)
@given(
    st.fixed_dictionaries({}, optional=dict.fromkeys(("title", "home_page_url", "description", "author"), _JSON)),
    st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(_ITEM_KEYS.split(), _JSON)) | _JSON, max_size=3) | _JSON,
)
def test_json_of_wrong_types_never_crashes(head: dict[str, object], items: object) -> None:
    document = {"version": "https://jsonfeed.org/version/1", **head, "items": items}
    _sound(parse_feed(json.dumps(document).encode()))


_SEEDS = [
    rss(
        "<item><title>题 &amp; x</title><link>http://a.cn/1</link><description><![CDATA[<p>文</p>]]></description></item>"
    ),
    "<?xml version='1.0' encoding='gbk'?><!DOCTYPE rss [<!ENTITY e 'x'>]>" + rss("<item><title>&e;</title></item>"),
    "<feed xmlns='http://www.w3.org/2005/Atom'><title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>a</div></title>"
    "<entry><content type='application/octet-stream'>YWJj</content><link href='x' rel='alternate'/></entry></feed>",
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
    "<channel><title>t</title></channel><item rdf:about='http://a.cn/'><title>x</title></item></rdf:RDF>",
    '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","content_html":"<p>x</p>"}]}',
]
_JUNK = [
    b"<",
    b">",
    b"&",
    b"]]>",
    b"<![CDATA[",
    b"<!--",
    b"&#27;",
    b"&#xd800;",
    b"\x00",
    b"\xff",
    b"</",
    b"'",
    b"{",
    b"<!DOCTYPE",
]


@st.composite
def _mutated(draw: st.DrawFn) -> bytes:
    data = draw(st.sampled_from(_SEEDS)).encode(draw(st.sampled_from(["utf-8", "gb18030", "utf-16"])))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        cut = draw(st.integers(0, 30))
        data = data[:at] + draw(st.sampled_from(_JUNK) | st.binary(max_size=8)) + data[at + cut :]
    return data


@settings(max_examples=400, deadline=None)
@example(b"<&#27;?xml version='1.0' encoding='gbk'?><rss version='2.0'><channel><title>t</title></channel></rss>")
@given(_mutated() | st.binary(max_size=300))
def test_any_bytes_are_a_feed_or_refused(data: bytes) -> None:
    try:
        feed = parse_feed(data, content_type="text/xml; charset=gbk", url="http://a.cn/")
    except NotAFeed as error:
        assert clean_line(str(error)) == str(error)
    else:
        _sound(feed)


def _sound(feed: Feed) -> None:
    assert clean_line(feed.title) == feed.title
    for article in feed.articles:
        assert article.title
        for line in (article.title, article.guid, article.author, article.byline, article.column):
            assert clean_line(line) == line
        for text in (article.url, article.summary, *(block.text for block in article.blocks)):
            assert clean(text) == text


_OPEN = "<rss version='2.0'><channel><title>t</title><item><title>题</title><description>"


@pytest.mark.parametrize(
    "document",
    [
        _OPEN + "<a>" * 200_000,
        _OPEN + "&" * 500_000,
        _OPEN + "<" * 500_000,
        _OPEN + "<![CDATA[" * 100_000,
        _OPEN + "<!--" * 200_000,
        "<rss version='2.0' "
        + " ".join(f"a{n}='1'" for n in range(50_000))
        + "><channel><item><title>题</title></item>",
        "<rss><channel><item><title>题</title>" + "".join(f"<category>{n}</category>" for n in range(20_000)),
        "<rss><channel>" + "<item><title>题</title></item>" * (ENTRY_LIMIT + 1) + "</channel></rss>",
        "<!--x-->" + "\n" * 500_000 + "<rss><channel><item><title>题</title></item></channel></rss>",
        "<!DOCTYPE rss [<!ENTITY a '"
        + "x" * 50_000
        + "'>]><rss><channel><item><title>题"
        + "&a;" * 5000
        + "</title></item>",
    ],
    ids=range(10),
)
def test_bombs_are_read_in_bounded_time(document: str) -> None:
    began = time.perf_counter()
    try:
        feed = parse_feed(document.encode())
    except NotAFeed:
        feed = Feed("")
    assert time.perf_counter() - began < 10
    assert len(feed.articles) <= ENTRY_LIMIT
    assert sum(len(article.title) + len(article.text) for article in feed.articles) < 2_000_000


def test_a_blank_in_a_namespace_breaks_nothing() -> None:
    data = b"<rss version='2.0' xmlns:x='http://a.cn/ b c'><channel><x:y>z</x:y>"
    data += b"<item><title>t</title></item></channel></rss>"
    assert [article.title for article in parse_feed(data).articles] == ["t"]
