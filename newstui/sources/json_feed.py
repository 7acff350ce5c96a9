"""JSON Feed 1.0 and 1.1 (jsonfeed.org): any value of a wrong type counts as absent."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final

from newstui.model import Article, Enclosure, Feed
from newstui.sources.feed_parts import NotAFeed, Text, field_text, names, read_entries, terms, with_text
from newstui.sources.urls import absolute, has_scheme, web_url
from newstui.text.dates import parse_date

_DECLARED: Final = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org')
_VERSION: Final = "jsonfeed.org/version/"
_ID_DIGITS: Final = 200


def is_json_feed(text: str) -> bool:
    """Whether a JSON text's beginning says that it is a feed: its version, which no other document has."""
    return _DECLARED.search(text[:65_536]) is not None


def parse_json(text: str, url: str, *, keep_empty: bool = False) -> Feed:
    """The feed in a decoded JSON document; raises NotAFeed when it holds none."""
    try:
        document: object = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise NotAFeed("This is broken JSON, not a feed.") from error
    if not isinstance(document, dict):
        raise NotAFeed("This is JSON, but not a JSON Feed.")
    version = _string(document, "version")
    listed = document.get("items")
    items = listed if isinstance(listed, list) else []
    if _VERSION not in version and not (
        isinstance(items, list) and ("title" in document or "home_page_url" in document)
    ):
        raise NotAFeed("This is JSON, but not a JSON Feed.")
    notes: list[str] = []
    home = _address(_string(document, "home_page_url"), url)
    objects = [item for item in items if isinstance(item, dict)]
    wrong = len(items) - len(objects)
    if wrong:
        notes.append(
            f"{wrong} {'item' if wrong == 1 else 'items'} that {'is' if wrong == 1 else 'are'} no object left out"
        )
    articles = read_entries(objects, lambda item: _article(item, home or url), notes, keep_empty=keep_empty)
    return Feed(
        title=_plain(document, "title"),
        site_url=home,
        format="json11" if version.rstrip("/").endswith("1.1") else "json1",
        subtitle=_plain(document, "description"),
        guid=field_text(_string(document, "feed_url")),
        author=_authors(document),
        updated=max((date for article in articles if (date := article.updated or article.published)), default=None),
        articles=articles,
        notes=tuple(notes),
    )


def _article(item: Mapping[str, object], base: str) -> Article:
    url = _address(_string(item, "url"), base) or _address(_string(item, "external_url"), base)
    guid = _id(item)
    if not url and has_scheme(guid):
        url = web_url(guid)
    published = parse_date(_string(item, "date_published"))
    updated = parse_date(_string(item, "date_modified"))
    tags = item.get("tags")
    base = url or base
    article = Article(
        title=_plain(item, "title"),
        url=url,
        guid=guid,
        author=_authors(item),
        published=published or updated,
        updated=updated if updated != published and published is not None else None,
        column=terms(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else "",
        enclosures=_enclosures(item, base),
    )
    contents = [Text(_string(item, "content_html"), True, base), Text(_string(item, "content_text"), False, base)]
    if contents[0].value.strip():
        contents.pop()
    return with_text(article, contents, Text(_string(item, "summary"), False, base))


def _string(values: Mapping[str, object], key: str) -> str:
    """A string value, "" for anything else."""
    value = values.get(key)
    return value if isinstance(value, str) else ""


def _id(values: Mapping[str, object]) -> str:
    """The id; a number as it is written, since ids are often given so (1.1: "must be coerced to a string")."""
    value = values.get("id")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)[:_ID_DIGITS]
    return field_text(_string(values, "id"))


def _plain(values: Mapping[str, object], key: str) -> str:
    return Text(_string(values, key), html=False).line()


def _address(value: str, base: str) -> str:
    return web_url(absolute(value, base)) if value else ""


def _authors(values: Mapping[str, object]) -> str:
    """`authors` of 1.1, else `author` of 1.0."""
    people = values.get("authors")
    if not isinstance(people, list) or not people:
        people = [values.get("author")]
    found: list[str] = []
    for person in people:
        if isinstance(person, dict):
            found.append(_string(person, "name") or _string(person, "url"))
        elif isinstance(person, str):
            found.append(person)
    return names(found)


def _enclosures(item: Mapping[str, object], base: str) -> tuple[Enclosure, ...]:
    attachments = item.get("attachments")
    found: list[Enclosure] = []
    for attachment in attachments if isinstance(attachments, list) else ():
        if not isinstance(attachment, dict):
            continue
        url = web_url(_string(attachment, "url"), base)
        size = attachment.get("size_in_bytes")
        length = int(size) if isinstance(size, int | float) and 0 < size < 1e15 else 0
        if url:
            found.append(Enclosure(url, field_text(_string(attachment, "mime_type")), length))
    return tuple(found)
