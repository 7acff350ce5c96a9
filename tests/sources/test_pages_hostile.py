"""Whatever bytes come in, a page gives a value, in bounded time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newstui.model import Article
from newstui.sources.pages import PAGE_MAX, Skipped, read_page
from tests.sources.portal import STANDARD, page

_SCRAPS = st.sampled_from(
    [
        *("<p>", "</p>", "<div>", "</div>", "<a href=x>", "<table>", "<td>", "<script>", "</script>", "<!--", "-->"),
        *("<![CDATA[", "]]>", "&gt;", "&#0;", ">", "»", "/", "正文", "来源:", "作者:", "2016-03-01", "新闻推荐"),
        *(
            "评论:(",
            ")",
            "•",
            "...",
            "\r\n",
            "\u3000",
            "\x00",
            "\x1b[2J",
            "\ud83d",
            "首页",
            "记者",
            "责任编辑",
            "|",
            "?",
            "。",
            "!",
        ),
        *("近日,市委召开会议,要求推进工作,记者了解到,此事属实。", "版权所有"),
    ]
)


def check(data: bytes) -> None:
    found = read_page(data)
    assert isinstance(found, Article | Skipped)
    if isinstance(found, Article):
        assert found.title and found.blocks
    else:
        assert found.reason


@given(st.binary(max_size=2000))
@settings(max_examples=300, deadline=None)
def test_random_bytes_never_raise(data: bytes) -> None:
    check(data)


@given(st.lists(_SCRAPS, max_size=80), st.sampled_from(["", " ", "\n", "\n\n"]), st.booleans())
@settings(max_examples=300, deadline=None)
def test_scraps_of_pages_never_raise(scraps: list[str], joint: str, marked_up: bool) -> None:
    text = joint.join(scraps)
    check((f"<html><body>{text}" if marked_up else text).encode("utf-8", "replace"))


@given(st.integers(0, 2000), st.integers(0, 255), st.sampled_from(["utf-8", "gb18030"]))
@settings(max_examples=100, deadline=None)
def test_a_damaged_page_still_reads(place: int, byte: int, encoding: str) -> None:
    data = bytearray(page(*STANDARD).encode(encoding))
    data[place % len(data)] = byte
    check(bytes(data))


@pytest.mark.parametrize(
    "data",
    [
        ("新" * 1_600_000).encode(),
        b"a " * 2_500_000,
        ("来源:某某日报 2016-03-01 20:39\n" * 30_000).encode(),
        ("a > b > c > d\n" * 60_000).encode(),
        ("记者 张三 李四 王五 赵六 钱七 孙八 周九\n" * 20_000).encode(),
        ("大中小" * 13 + "x\n").encode() * 20_000,
        ("来源:" * 70 + "\n").encode() * 4_000,
        ("（记者 " * 60 + "\n").encode() * 4_000,
        ("来源:a" + " \u3000" * 140 + "\n").encode() * 4_000,
        b"<html><body>" + b"<div>" * 200_000 + b"x",
        b"<html><body>" + b"<div>x" * 100_000,
        b"<html><table>" + b"<tr><td>" * 50_000,
        b"<html><body><p <div <a href=<b>x</p></p></div>" * 20_000,
        ("<html><body>" + "<p>2016-03-01</p><p>近日,市委召开会议,要求推进工作,此事属实。</p>" * 15_000).encode(),
        b"\x00" * 100_000,
    ],
    ids=range(15),
)
def test_monsters_take_bounded_time(data: bytes) -> None:
    began = time.process_time()
    check(data)
    assert time.process_time() - began < 10


def test_a_page_of_a_megabyte_takes_less_than_a_second() -> None:
    links = "<div><a href='/x'>成都老旧小区改造启动</a></div>" * 6000
    body = "".join(f"<p>{n}日,市委召开会议,要求推进工作。记者了解到,此事属实,后续将公布。</p>" for n in range(3000))
    data = f"<html><body>{links}<h1>市委召开会议推进工作</h1>{body}{'<!-- 空 -->' * 20_000}</body></html>".encode()
    assert 800_000 < len(data) < 1_300_000
    spent = []
    for _ in range(2):
        began = time.process_time()
        check(data)
        spent.append(time.process_time() - began)
    assert min(spent) < 1


def test_too_large_is_refused_before_it_is_read() -> None:
    found = read_page(b"<p>" * (PAGE_MAX // 3 + 1))
    assert isinstance(found, Skipped)
    assert "larger" in found.reason


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "not text"),
        (b"<rss><channel></channel></rss>", "feed"),
    ],
)
def test_other_kinds_of_file_say_what_they_are(data: bytes, word: str) -> None:
    found = read_page(data)
    assert isinstance(found, Skipped)
    assert word in found.reason
