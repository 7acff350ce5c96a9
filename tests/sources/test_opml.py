"""Subscription lists read and written."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.sources.feed_parts import field_text
from newstui.sources.opml import NotOpmlError, Outline, parse_opml, parse_url_list, write_opml


def test_folders_titles_and_spellings() -> None:
    data = """<?xml version="1.0" encoding="gb2312"?><opml version="1.0"><head><title>本地</title></head><body>
      <outline text="四川/成都"><outline title="新都"><outline text="新都新闻" xmlURL=" http://a.cn/f?x=1&amp;y=2 "
        htmlurl="http://a.cn/"/></outline></outline>
      <outline title="标题" text="正文" XMLURL="http://b.cn/"/>
      <outline type="rss" text="旧" url="http://c.cn/rss"/><outline type="link" text="网页" url="http://d.cn/"/>
      <outline text="rsshub" xmlUrl="rsshub://x/y" district="510114"/></body></opml>""".encode("gb2312")
    assert parse_opml(data) == [
        Outline("新都新闻", "http://a.cn/f?x=1&y=2", "http://a.cn/", "四川／成都/新都"),
        Outline("标题", "http://b.cn/"),
        Outline("旧", "http://c.cn/rss"),
        Outline("rsshub", "rsshub://x/y", district="510114"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b'<opml><body><outline text="a & b" xmlUrl="http://a.cn/?x=1&y=2"><outline xmlUrl="http://b.cn/"',
        b'<opml><body><outline text="a & b" xmlUrl="http://a.cn/?x=1&y=2"></body>',
        b'\n\n<opml><outline text="a &amp; b" xmlUrl="http://a.cn/?x=1&amp;y=2"/>',
        b'<?xml version="1.0"?>\x00<opml><body>\x1b<outline text="a &#27;&amp; b" xmlUrl="http://a.cn/?x=1&y=2"/></opml>',
    ],
)
def test_broken_opml_is_recovered(data: bytes) -> None:
    assert parse_opml(data)[0] == Outline("a & b", "http://a.cn/?x=1&y=2")


@pytest.mark.parametrize("data", [b"", b"just text", b"<html><body><p>x</p></body></html>", b"{}"])
def test_what_is_no_list_is_refused(data: bytes) -> None:
    with pytest.raises(NotOpmlError):
        parse_opml(data)


def test_an_empty_list_is_a_list() -> None:
    assert parse_opml(write_opml([])) == []


def test_deep_folders_are_read() -> None:
    data = b"<opml><body>" + b'<outline text="x">' * 300 + b'<outline xmlUrl="http://a.cn/"/>'
    assert parse_opml(data)[0].folder.count("/") == 99


_NAMES = st.text(max_size=20).map(field_text)
_FOLDERS = st.lists(_NAMES.map(lambda name: name.replace("/", "／")).filter(bool), max_size=3).map("/".join)


@given(
    st.lists(
        st.builds(Outline, title=_NAMES, url=_NAMES.filter(bool), site=_NAMES, folder=_FOLDERS, district=_NAMES),
        max_size=8,
    )
)
def test_what_is_written_is_read_back(outlines: list[Outline]) -> None:
    read = parse_opml(write_opml(outlines))
    # An outline without a title is written with its address as text, since OPML demands one.
    expected = [replace(outline, title="" if outline.title == outline.url else outline.title) for outline in outlines]
    key = lambda outline: (outline.folder, outline.url, outline.title, outline.site, outline.district)  # noqa: E731
    assert sorted(read, key=key) == sorted(expected, key=key)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_list_or_refused(data: bytes) -> None:
    for wrapped in (data, b"<opml><body><outline " + data):
        try:
            parse_opml(wrapped)
        except NotOpmlError as error:
            assert str(error)
    parse_url_list(data)


def test_newsboat_urls() -> None:
    data = (
        'http://a.cn/f ~标题 四川 "新 都"\n# 注\n\nhttp://b.cn/\nhttp://c.cn/\t成都\t"~别 名"\n'
        '"query:未读:unread = \\"yes\\""\nexec:ls\n|~/x.py\n'
    ).encode()
    assert parse_url_list(data) == [
        Outline("标题", "http://a.cn/f", folder="四川"),
        Outline("", "http://b.cn/"),
        Outline("别 名", "http://c.cn/", folder="成都"),
    ]
