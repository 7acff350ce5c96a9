"""What the parser's process can be asked to do: bytes in, values of `newstui.sources` out as a message."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from newstui.errors import NewstuiError
from newstui.fetch.filenames import is_data
from newstui.fetch.wire import Message, pack_articles, pack_feed
from newstui.model import Article

if TYPE_CHECKING:
    from newstui.sources.pages import Opened

_DECLARATIONS: Final = 1 << 16
"""Bytes of an XML document that are searched for declarations."""

_UTF8: Final = "text/plain; charset=utf-8"


def answer(kind: str, asked: dict[str, str], data: bytes) -> Message:
    """Do one job; an expected failure raises NewstuiError with its reason.

    "feed": a feed, as `wire.unpack_feed` takes it. "page": one article. "file": {"kind", "title", "site", "articles"}
    for whatever a file turns out to be, or {"skipped"}, for a page with its "headlines" ([title, url]…); `asked` may
    hold its name and what `found.About` says of it. "find": {"feed": [title, site]} or {"links": [[title, url]…]}.
    """
    match kind:
        case "feed":
            from newstui.sources.feeds import parse_feed

            return pack_feed(parse_feed(data, content_type=asked.get("content_type", ""), url=asked.get("url", "")))
        case "page":
            page = _page(asked, data)
            if "skipped" in page.value:
                raise NewstuiError(page.value["skipped"])
            return page
        case "file":
            return _file(asked, data)
        case "find":
            return _find(asked, data)
    raise ValueError(kind)


def _page(asked: dict[str, str], data: bytes, page: Opened | None = None) -> Message:
    """One article; `page` is what `data` was opened as, None when that is still to be done."""
    from newstui.sources.originals import read_original
    from newstui.sources.pages import read_opened
    from newstui.sources.parts import SEAM

    url, title = asked.get("url", ""), asked.get("title", "")
    told = asked.get("captured") or asked.get("published")
    captured = datetime.fromisoformat(told) if told else None
    if page is None or SEAM in data:
        header = asked.get("content_type", "")
        found = read_original(data, url=url, content_type=header, title=title, captured=captured)
    else:
        found = read_opened(page, url=url, title=title, captured=captured)
    if not isinstance(found, Article):
        return Message({"skipped": found.reason, "headlines": [[line.title, line.url] for line in found.headlines]})
    articles, blobs = pack_articles([completed(found, asked)])
    return Message({"kind": "page", "title": "", "site": "", "articles": articles}, blobs)


def completed(article: Article, asked: dict[str, str]) -> Article:
    """The article with what its container says of it, where it is silent itself; its capture dates it at last.

    "mirrored" is the address that its path gives away: weaker than any other.
    """
    said: dict[str, Any] = {
        name: asked[name]
        for name in ("url", "title", "byline", "author", "column")
        if name in asked and not getattr(article, name)
    }
    for name in ("published", "captured"):
        if name in asked and getattr(article, name) is None:
            said[name] = datetime.fromisoformat(asked[name])
    if said:
        article = replace(article, **said)
    mirrored = asked.get("mirrored", "")
    if mirrored and not article.url:
        from newstui.sources.address_dates import address_day

        article = replace(article, url=mirrored, published=article.published or address_day(mirrored))
    return article if article.published else replace(article, published=article.captured)


def _file(asked: dict[str, str], data: bytes) -> Message:
    from newstui.sources.pages import opened

    if "part" in asked:
        from newstui.fetch.list_jobs import newsboat

        return newsboat(asked, data)
    if "form" in asked:
        from newstui.fetch.data_jobs import dumped

        return dumped(asked, data)
    page = opened(data, asked.get("content_type", ""))
    if page.kind in ("html", "text") and (listed := _list(page, asked, data)) is not None:
        return listed
    match page.kind:
        case "empty":
            return Message({"skipped": "empty file"})
        case "opml":
            from newstui.fetch.list_jobs import subscriptions

            return subscriptions(data)
        case "binary" | "zip":
            return Message({"skipped": "neither page nor feed nor text"})
        case "feed":
            from newstui.sources.feeds import parse_feed

            feed = parse_feed(data, content_type=asked.get("content_type", ""), url=asked.get("url", ""))
            articles, blobs = pack_articles(feed.articles)
            return Message({"kind": "feed", "title": feed.title, "site": feed.site_url, "articles": articles}, blobs)
        case "text" if is_data(asked.get("name", "")):
            return Message({"skipped": "data or code, no page"})
        case "text" if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<?xml", b"<!DOCTYPE")):
            if b"<!ENTITY" in data[:_DECLARATIONS]:
                raise NewstuiError("XML with entities of its own, which are not expanded")
            return Message({"skipped": "XML that is neither page nor feed"})
        case "html" | "text":
            return _page(asked, data, page)


def _list(page: Opened, asked: dict[str, str], data: bytes) -> Message | None:
    """What is a list or data in its own way: OPML with another root, newsboat's text, records; None for other files."""
    from newstui.fetch.data_jobs import recorded
    from newstui.fetch.list_jobs import is_url_list, subscriptions, url_list

    head = data[:65_536].lower()
    if b"<outline" in head and b"xmlurl" in head and b"<html" not in head:
        return subscriptions(data)
    found = recorded(asked, page.text)
    if found is not None or page.kind != "text":
        return found
    if b"://" in head and is_url_list(page.text, asked.get("name", "")):
        return url_list(page.text)
    return None if {"url", "title"} & asked.keys() else _several(page.text, asked)


def _several(text: str, asked: dict[str, str]) -> Message | None:
    """The pages of a text that holds many; None when it is one, as what its container names by address or title is."""
    from newstui.fetch.answers import packed
    from newstui.sources.pages import read_page
    from newstui.sources.records import Dump, Taken
    from newstui.sources.several import pages_in

    dump = Dump()
    about = {name: value for name, value in asked.items() if name != "mirrored"}
    for piece in pages_in(text):
        data = piece.text.encode("utf-8", "replace")
        page = replace(piece.page, original=data) if piece.page else read_page(data, content_type=_UTF8)
        if isinstance(page, Article):
            dump.taken.append(Taken(f"line {piece.line}", completed(page, about)))
        else:
            dump.taken.append(Taken(f"line {piece.line}", reason=page.reason))
    return packed(dump) if dump.taken else None


def _find(asked: dict[str, str], data: bytes) -> Message:
    from newstui.sources.detect import sniff

    kind = sniff(data)
    if kind == "feed":
        from newstui.sources.feeds import parse_feed

        feed = parse_feed(data, content_type=asked.get("content_type", ""), url=asked.get("url", ""))
        return Message({"feed": [feed.title, feed.site_url]})
    if kind == "html":
        from newstui.sources.links import feed_links

        return Message({"links": [[link.title, link.url] for link in feed_links(data, asked.get("url", ""))]})
    return Message({"kind": kind})
