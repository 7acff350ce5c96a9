"""Jobs of the parser's process for what says which feeds are followed: OPML, newsboat's `urls` and its cache."""

from __future__ import annotations

import re
from typing import Final

from newstui.districts.placing import place_of
from newstui.fetch.answers import packed
from newstui.fetch.wire import Message
from newstui.sources.opml import NotOpmlError, parse_opml, parse_url_list
from newstui.sources.records import Dump, Taken
from newstui.sync.opml import address_of, place_of_outline
from newstui.text.clean import clean_line

_TABLES: Final = ("rss_feed", "rss_item")
_URL_LINE: Final = re.compile(
    r"\s*(?:https?://\S+|(?:query|exec|filter):\S.*|\"(?:query|exec|filter):.*)", re.IGNORECASE
)
_TAGGED: Final = re.compile(r"\s*(?:https?://\S+\s+\S|\"?(?:query|exec|filter):)", re.IGNORECASE)
_NAME: Final = re.compile(r"urls|urls?[.\-_]?(?:txt|list)|newsb(?:oat|euter).*urls.*", re.IGNORECASE)


def subscriptions(data: bytes) -> Message:
    """The feeds of an OPML document."""
    try:
        outlines = parse_opml(data)
    except NotOpmlError as error:
        return Message({"skipped": str(error)})
    dump = Dump()
    for number, outline in enumerate(outlines, 1):
        url = address_of(outline)
        if url:
            dump.subscriptions.append((url, outline.title, outline.site, place_of_outline(outline)))
        else:
            dump.taken.append(
                Taken(f"outline {number}", reason=f"no address to fetch: {clean_line(outline.url)[:200]}")
            )
    if not outlines:
        return Message({"skipped": "a list of subscriptions without a feed"})
    return packed(dump)


def is_url_list(text: str, name: str) -> bool:
    """Whether a text is newsboat's `urls`: addresses only, and called so or with tags or queries as newsboat has them.

    A bare list of addresses may as well be of pages.
    """
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return (
        0 < len(lines) <= 100_000
        and all(_URL_LINE.match(line) for line in lines)
        and any(line.lstrip().lower().startswith("http") for line in lines)
        and (_NAME.fullmatch(name) is not None or any(_TAGGED.match(line) for line in lines))
    )


def url_list(text: str) -> Message:
    """The feeds of newsboat's `urls`; a tag that is a district's name becomes the source's place."""
    dump = Dump()
    for number, line in enumerate(text.splitlines(), 1):
        word = line.strip().strip('"').partition(":")[0].lower()
        if word in ("query", "exec", "filter"):
            dump.taken.append(Taken(f"line {number}", reason=f"newsboat's {word}: lines cannot be followed"))
    for outline in parse_url_list(text.encode("utf-8", "replace")):
        url = address_of(outline)
        if url:
            place = "" if outline.folder.isascii() else place_of((outline.folder,))
            dump.subscriptions.append((url, outline.title, outline.site, place))
    return packed(dump)


def newsboat(asked: dict[str, str], data: bytes) -> Message:
    """A part of newsboat's cache ("part": "k/n"), the first with its feeds; "file" names it when it lies on disk."""
    from newstui.sources.newsboat import FEED, ITEM, read_feed, read_item
    from newstui.store.foreign import Foreign

    part, parts = (int(word) for word in asked["part"].split("/"))
    dump = Dump()
    with Foreign(data, asked.get("file", "")) as database:
        if not database.has(*_TABLES):
            return packed(dump) if part else Message({"skipped": "an SQLite file, but not newsboat's cache"})
        titles: dict[str, str] = {}
        for _, row in database.rows("rss_feed", FEED, -(2**63), 2**63 - 1):
            if row is not None and isinstance(row.get("rssurl"), str):
                titles[row["rssurl"]] = clean_line(str(row.get("title") or ""))
                feed = read_feed(row)
                if feed is not None and part == 0:
                    dump.subscriptions.append((feed[0], titles[row["rssurl"]], *feed[2:]))
        first, last = database.span("rss_item")
        count = last - first + 1
        low, high = first + count * part // parts, first + count * (part + 1) // parts - 1
        for number, row in database.rows("rss_item", ITEM, low, high):
            if row is None:
                place = f"article {number}" if number >= 0 else "articles"
                dump.taken.append(Taken(place, reason="damaged: it cannot be read", failed=True))
            elif (taken := read_item(row, f"article {number}", titles)) is not None:
                dump.taken.append(taken)
    return packed(dump)
