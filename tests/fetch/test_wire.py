"""Values between processes come out as they went in, every field of them."""

from __future__ import annotations

import zlib
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from newstui.fetch.wire import HEAD, Message, pack_feed, unpack, unpack_feed
from newstui.model import Article, Block, Enclosure, Feed, Headline, Link, Part

_BLOCKS = (
    Block("paragraph", "第一段"),
    Block("paragraph", "有链接", links=(Link(0, 2, "https://a.example/"),)),
    Block("heading", "标题", level=2),
    Block("item", "项", level=1, marker="3."),
    Block("image", "图", url="https://a.example/1.jpg"),
    Block("table", rows=(("甲", "乙"), ("1", "2"))),
    Block("rule"),
)
_FULL = Article(
    title="题",
    url="https://a.example/1",
    guid="g",
    byline="成都日报",
    author="甲 乙",
    editor="丙",
    published=datetime(2016, 3, 1, 20, 39, tzinfo=timezone(timedelta(hours=8))),
    updated=datetime(2016, 3, 2, tzinfo=UTC),
    captured=datetime(2016, 4, 1, tzinfo=UTC),
    summary="摘要",
    blocks=_BLOCKS,
    place="510114",
    crumbs=("四川", "成都"),
    column="要闻",
    related=(Headline("旁", "https://a.example/2", "频道推荐"), Headline("又")),
    enclosures=(Enclosure("https://a.example/a.mp3", "audio/mpeg", 10),),
    comments_url="https://a.example/c",
    part=Part(2, 3, ((1, "https://a.example/1"), (3, "https://a.example/1_3"))),
    original="<p>原文</p>".encode(),
)
_FEED = Feed(
    title="源",
    site_url="https://a.example/",
    format="rss20",
    subtitle="副题",
    guid="f",
    author="社",
    updated=datetime(2026, 1, 1, tzinfo=UTC),
    articles=(_FULL, Article("无"), Article("另", original=b"\x00\xff")),
    notes=("没有日期",),
)


@pytest.mark.parametrize("value", [_FULL, _FEED], ids=["article", "feed"])
def test_the_samples_leave_no_field_at_its_default(value: Any) -> None:
    plain = Article("") if isinstance(value, Article) else Feed("")
    same = [item.name for item in fields(value) if getattr(value, item.name) == getattr(plain, item.name)]
    assert set(same) <= {"original_zlib"}, "a field that the round trip below does not try"


def test_a_feed_comes_out_as_it_went_in() -> None:
    data = pack_feed(_FEED).pack()
    length, rest = HEAD.unpack(data[: HEAD.size])
    text, tail = data[HEAD.size : HEAD.size + length], data[HEAD.size + length :]
    assert len(tail) == rest
    found = unpack_feed(unpack(text, tail))
    assert [each.original for each in found.articles] == [b""] * 3
    plain = [replace(each, original=decompressed(each.original_zlib), original_zlib=b"") for each in found.articles]
    assert replace(found, articles=tuple(plain)) == _FEED


def decompressed(data: bytes) -> bytes:
    """The bytes of an original as it crosses the pipe; b"" where there is none."""
    return zlib.decompress(data) if data else b""


def test_lone_surrogates_do_not_break_the_pipe() -> None:
    data = Message("\ud800").pack()
    assert unpack(data[HEAD.size :], b"").value == "\ud800"
