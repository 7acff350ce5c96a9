"""Jobs of the parser's process for dumps of articles: whole files of data, or pieces of them."""

from __future__ import annotations

import json

from newstui.fetch.answers import packed
from newstui.fetch.list_jobs import is_url_list, url_list
from newstui.fetch.wire import Message, pack_articles
from newstui.sources.dumps import UnmappedError, read_document, read_json_piece, read_table, read_values
from newstui.sources.feed_parts import NotAFeed
from newstui.sources.pocket import is_pocket, pocket_records
from newstui.sources.records import Dump
from newstui.sources.xml_records import may_be_records, xml_records
from newstui.text.charset import decode


def dumped(asked: dict[str, str], data: bytes) -> Message:
    """What a file of data, or a piece of one, holds; `asked` is as `fetch.pieces` makes it."""
    form = asked["form"]
    wanted: dict[str, str] | None = json.loads(asked["map"]) if asked.get("map") else None
    try:
        if form == "json":
            return _document(data, asked, wanted)
        length, first = int(asked["sample"]), int(asked["first"])
        sample, piece = decode(data[:length]).text, decode(data[length:]).text
        if form == "table" and first == 1 and is_url_list(piece, asked.get("name", "")):
            return url_list(piece)
        if form == "table":
            dump = read_table(sample, piece, first=first, wanted=wanted)
        else:
            dump = read_json_piece(sample, piece, first=first, lines=form == "json line", wanted=wanted)
    except UnmappedError as error:
        if asked.get("first", "1") != "1":
            return packed(Dump())  # said of the file once
        if wanted:
            raise
        return Message({"skipped": str(error)})
    return packed(dump, told=first == 1)


def recorded(asked: dict[str, str], text: str) -> Message | None:
    """What a page or text that is records holds: an export of Pocket, or records written as XML; None for others."""
    start = text[:65_536].lstrip("\ufeff\x00 \t\r\n")
    if not start.startswith("<"):
        return None
    if "time_added=" in start and is_pocket(start):
        values = pocket_records(text)
    elif not start[:16].lower().startswith(("<html", "<!doctype html")) and may_be_records(start):
        values = xml_records(text)
    else:
        return None
    if not values:
        return None
    wanted: dict[str, str] | None = json.loads(asked["map"]) if asked.get("map") else None
    try:
        return packed(read_values(values, wanted))
    except UnmappedError as error:
        if wanted:
            raise
        return Message({"skipped": str(error)})


def _document(data: bytes, asked: dict[str, str], wanted: dict[str, str] | None) -> Message:
    from newstui.sources.feeds import parse_feed
    from newstui.sources.json_feed import is_json_feed

    text = decode(data).text
    if not wanted and is_json_feed(text):
        try:
            feed = parse_feed(data, content_type=asked.get("content_type", ""), url=asked.get("url", ""))
        except NotAFeed:
            return packed(read_document(text))
        articles, blobs = pack_articles(feed.articles)
        return Message({"kind": "feed", "title": feed.title, "site": feed.site_url, "articles": articles}, blobs)
    return packed(read_document(text, wanted))
