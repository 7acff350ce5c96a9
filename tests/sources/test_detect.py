"""What a document is, by its bytes."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.sources.detect import sniff


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\t", "empty"),
        ("　　\n".encode(), "empty"),
        (b"PK\x03\x04rest", "zip"),
        (b"PK\x05\x06" + bytes(18), "zip"),
        (gzip.compress(b"<rss/>"), "binary"),
        (b"%PDF-1.7", "binary"),
        (bytes(range(32)) * 10, "binary"),
        (b"<rss version='2.0'>", "feed"),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?><!-- x > y --><!DOCTYPE rss [<!ENTITY a 'b'>]><RSS>", "feed"),
        (b"<?xml version='1.0'?><?xml-stylesheet href='x'?><feed xmlns='http://www.w3.org/2005/Atom'>", "feed"),
        (b"<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'>", "feed"),
        (b"<rdf:RDF xmlns='x'>", "feed"),
        (b"<CHANNEL HREF='x'>", "feed"),
        ("<?xml version='1.0' encoding='utf-16'?><rss>".encode("utf-16"), "feed"),
        (b"Warning: x on line 3<br />\n<?xml version='1.0'?><rss version='2.0'>", "feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "feed"),
        (b'{"a": 1}', "text"),
        (b"<?xml version='1.0'?><opml version='1.0'>", "opml"),
        (b"<!DOCTYPE html>\n<html>", "html"),
        (b"<!-- saved from url=(0014)about:internet -->\n<HTML>", "html"),
        (b"<!doctype html PUBLIC '-//W3C//DTD XHTML 1.0'><head>", "html"),
        (b"<div class=x><p>a</p></div>", "html"),
        ("<html>正文".encode("gbk"), "html"),
        ("四川 成都 新都\n当前位置 > 正文\n标题\n1 < 2, a > b".encode("gbk"), "text"),
        (b"<note><to>x</to></note>", "text"),
        (b"a < b\n<not a tag", "text"),
    ],
)
def test_kinds(data: bytes, kind: str) -> None:
    assert sniff(data) == kind


@given(st.binary(max_size=2000))
def test_any_bytes_are_of_some_kind(data: bytes) -> None:
    assert sniff(data) in ("feed", "html", "text", "zip", "opml", "binary", "empty")
