"""RSS 0.9x, 1.0, 2.0, Atom 0.3, 1.0 and CDF through feedparser, with our own text, dates and addresses.

feedparser gets clean UTF-8 and does neither sanitising nor link resolving in texts: `blocks` does both. Its parsed
dates are not used: it reads 2026年11月23日 as 1 November, a clock without a zone as UTC and CST as US Central.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any, Final

import feedparser

from newstui.model import Article, Enclosure, Feed
from newstui.sources.detect import root_name
from newstui.sources.feed_parts import NotAFeed, Text, field_text, names, read_entries, terms, with_text
from newstui.sources.urls import web_url
from newstui.sources.xml_text import mended, tidy, well_formed
from newstui.text.dates import parse_date

_HEAD: Final = 65_536
"""Characters in which the root element is looked for."""
_MEDIA_TYPES: Final = ("image/", "audio/", "video/", "font/")
_FEEDPARSER_BREAKS: Final = (ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError)
"""What feedparser and the SAX driver under it raise on mangled documents, all of them faults of the document."""
_PLAIN_TYPES: Final = ("text/plain", "text", "plain")
_NOT_FOR_READING: Final = frozenset(
    ("self", "enclosure", "edit", "replies", "hub", "next", "prev", "first", "last", "icon")
)


def parse_xml(text: str, url: str, *, keep_empty: bool = False) -> Feed:
    """The feed in a decoded XML document; `format` is "" when feedparser does not know it as one."""
    text = tidy(text)
    notes: list[str] = []
    if not well_formed(text):
        notes.append("its XML is broken; read as well as it can be")
        text = mended(text)
    result = _parsed(text, url)
    channel = result["feed"]
    articles = read_entries(result["entries"], lambda entry: _article(entry, url), notes, keep_empty=keep_empty)
    return Feed(
        title=_line(channel, "title"),
        site_url=_link(channel, url),
        format=result["version"] or ("cdf" if root_name(text[:_HEAD]) == "channel" else ""),
        subtitle=_line(channel, "subtitle") or _line(channel, "info") or _line(channel, "summary"),
        guid=field_text(_str(channel, "id")),
        author=_authors(channel) or names([_str(channel, "publisher")]),
        updated=_date(channel, "updated", "published", "created"),
        articles=articles,
        notes=tuple(notes),
    )


def _parsed(text: str, url: str) -> Any:
    """What feedparser makes of the document; raises NotAFeed where it breaks on it."""
    # Only BytesIO: feedparser would open a str as an address and bytes as a file name.
    stream = BytesIO(text.encode("utf-8", "replace"))
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    try:
        return feedparser.parse(stream, response_headers=headers, resolve_relative_uris=False, sanitize_html=False)
    except _FEEDPARSER_BREAKS as error:
        raise NotAFeed("This XML is too broken to read a feed in it.") from error


def _article(entry: Any, url: str) -> Article:
    published = _date(entry, "published", "created", "updated")
    updated = _date(entry, "updated")
    article = Article(
        title=_line(entry, "title"),
        url=_link(entry, url),
        guid=field_text(_str(entry, "id")),
        byline=_line(_raw(entry, "source", {}), "title"),
        author=_authors(entry),
        published=published,
        updated=updated if updated != published else None,
        column=terms(_str(tag, "label") or _str(tag, "term") for tag in _list(entry, "tags")),
        enclosures=_enclosures(entry, url),
        comments_url=web_url(_str(entry, "comments"), url),
    )
    contents = [text for text in map(_text, _list(entry, "content")) if text is not None]
    return with_text(article, contents, _text(_raw(entry, "summary_detail", None)))


def _raw(values: Any, key: str, default: Any) -> Any:
    """A value by its real key: FeedParserDict.get answers with other keys' values and warnings."""
    return dict.get(values, key, default) if isinstance(values, dict) else default


def _str(values: Any, key: str) -> str:
    value = _raw(values, key, "")
    return value if isinstance(value, str) else ""


def _list(values: Any, key: str) -> list[Any]:
    value = _raw(values, key, [])
    return value if isinstance(value, list) else []


def _text(detail: Any) -> Text | None:
    """A feedparser detail as text; None when it is of a kind that is not read (an image in base64)."""
    value = _str(detail, "value")
    kind = _str(detail, "type").lower()
    if not value or kind.startswith(_MEDIA_TYPES):
        return None
    return Text(value, kind not in _PLAIN_TYPES, _str(detail, "base"))


def _line(values: Any, key: str) -> str:
    text = _text(_raw(values, key + "_detail", None))
    if text is None:
        return field_text(_str(values, key))
    return text.line()


def _link(values: Any, url: str) -> str:
    """The alternate address; else any that a person can read."""
    original = web_url(_str(values, "feedburner_origlink"))
    if original:
        return original
    links = [link for link in _list(values, "links") if _str(link, "href")]
    alternates = [_str(link, "href") for link in links if _str(link, "rel") == "alternate"]
    chosen = _str(values, "link")
    others = [_str(link, "href") for link in links if _str(link, "rel") not in _NOT_FOR_READING]
    # feedparser's choice can be an enclosure's text; it counts only where no link is marked as alternate.
    for address in (*((chosen,) if chosen in alternates or not alternates else ()), *alternates, *others):
        found = web_url(address, url)
        if found:
            return found
    return ""


def _authors(values: Any) -> str:
    people = [_str(person, "name") or _str(person, "email") for person in _list(values, "authors")]
    return names(people if any(people) else [_str(values, "author")])


def _date(values: Any, *keys: str) -> datetime | None:
    """The first of the raw date strings that reads as a date."""
    for key in keys:
        raw = _str(values, key)
        if raw:
            date = parse_date(raw)
            if date is not None:
                return date
    return None


def _enclosures(entry: Any, url: str) -> tuple[Enclosure, ...]:
    found: dict[str, Enclosure] = {}
    attached = [link for link in _list(entry, "links") if _str(link, "rel") == "enclosure"]
    for item in [*_list(entry, "enclosures"), *attached, *_list(entry, "media_content")]:
        address = web_url(_str(item, "href") or _str(item, "url"), url)
        if address and address not in found:
            length = _str(item, "length") or _str(item, "filesize")
            size = int(length) if length.isascii() and length.isdigit() and len(length) < 16 else 0
            kind = field_text(_str(item, "type"))
            # feedparser gives every link without a type this one.
            found[address] = Enclosure(address, "" if kind == "text/html" else kind, size)
    return tuple(found.values())
