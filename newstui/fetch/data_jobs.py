"""Jobs of the parser's process for data: dumps, lists of subscriptions, other readers' caches; as `jobs.answer` has it.

An answer adds to that of a file: "marks", "sources" and "members" beside each of "articles" (what they bring along,
[address, title, whether it is followed from now on] of their feed, their place in the file), "refused" ([place,
reason, failed]), "subscriptions" ([address, title, site, place]), "mapping" (how fields were read, for a person) and
"nothing" (it is in order that there are no articles).
"""

from __future__ import annotations

import json

from newstui.fetch.wire import Message, pack_articles, pack_brought
from newstui.sources.dumps import Dump, UnmappedError, read_document, read_json_piece, read_table
from newstui.sources.feed_parts import NotAFeed
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


def packed(dump: Dump, *, told: bool = True, title: str = "") -> Message:
    """A dump as an answer; `title` names a source for articles that have no other."""
    taken = [one for one in dump.taken if one.article is not None]
    articles, blobs = pack_articles([one.article for one in taken if one.article is not None])
    answer = {
        "kind": "dump",
        "title": title,
        "site": "",
        "articles": articles,
        "marks": [pack_brought(one.brought) for one in taken],
        "sources": [one.home for one in taken],
        "members": [one.member for one in taken],
        "refused": [[one.member, one.reason, one.failed] for one in dump.taken if one.article is None],
        "subscriptions": dump.subscriptions,
        "mapping": dump.mapping if told else "",
        "nothing": True,
    }
    return Message(answer, blobs)
