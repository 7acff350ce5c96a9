"""Exports of other readers and of newstui itself: known by the names of their fields, with the marks they carry.

Marks are taken from these only: a crawler's "read" is a count of clicks.

newstui `export --format jsonl` · Wallabag JSON (doc.wallabag.org, export entries: is_archived, is_starred, tags,
annotations) · Pocket CSV (title,url,time_added,tags,status) · Instapaper CSV (URL,Title,Selection,Folder,Timestamp)
· Readwise Reader CSV (Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen) · Raindrop CSV
(id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite) · Readability JSON (article__title …)
· Omnivore metadata JSON (slug, state, labels, savedAt) · Miniflux entries (miniflux.app/docs/api.html: status,
starred, feed) · Tiny Tiny RSS: XML of its plugin import_export (marked, published, tag_cache, label_cache, feed_url;
times in UTC) and headlines of its API (unread, marked, labels) · wallabag 1 (is_read, is_fav) · Google Reader API
items as FreshRSS, Inoreader and The Old Reader write them (categories user/-/state/com.google/read, …/starred).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from newstui.model import Brought
from newstui.sources.feed_parts import field_text
from newstui.sources.field_names import FieldName, plain_name
from newstui.sources.field_values import Record, is_true, list_of, text_of
from newstui.sources.urls import web_url

_STATE: Final = "/state/com.google/"
_LABEL: Final = "/label/"
_BARE_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Export:
    """One kind of export."""

    name: str
    fields: frozenset[str]
    """Names (as `plain_name` spells them) that its records have, all of them."""
    marks: Callable[[Record], Brought]
    mapped: tuple[tuple[FieldName, str], ...] = ()
    """Fields that a guess would get wrong, by newstui's name; "" for one that is to stay out."""
    home: Callable[[Record], tuple[str, str] | None] = lambda _: None
    """Address and title of the feed that a record was read from."""
    follows: bool = False
    """Whether that feed is to be followed from now on, rather than joined where it is followed already."""
    prepared: Callable[[dict[str, Any]], dict[str, Any]] = lambda record: record
    """Its records with fields that no mapping reaches under names that one does."""


def export_of(records: Iterable[Record]) -> Export | None:
    """The kind of export that all of the first records are of; None for other data."""
    seen = [frozenset(map(plain_name, record)) for record in records]
    if not seen:
        return None
    return next((each for each in _EXPORTS if all(each.fields <= one for one in seen)), None)


def marks(read: object = False, starred: object = False, tags: Iterable[str] = (), note: str = "") -> Brought:
    """Marks from what an export says; tags are one-line texts."""
    kept = tuple(dict.fromkeys(filter(None, (field_text(tag)[:100] for tag in tags))))
    return Brought(is_true(read), is_true(starred), kept, note.strip())


def _get(record: Record, name: str) -> Any:
    """A field by its plain name."""
    if name in record:
        return record[name]
    return next((value for key, value in record.items() if plain_name(key) == name), None)


def _text(record: Record, name: str) -> str:
    return text_of(_get(record, name)).strip()


def _newstui(record: Record) -> Brought:
    return marks(record.get("read"), record.get("starred"), list_of(record.get("tags")), text_of(record.get("note")))


def _newstui_home(record: Record) -> tuple[str, str] | None:
    url = text_of(record.get("source_url")).strip()
    fit = web_url(url) or (url if url.startswith("archive:") and len(url) < 2000 else "")
    return (fit, field_text(text_of(record.get("source_title")))) if fit else None


def _wallabag(record: Record) -> Brought:
    quotes = record.get("annotations")
    note = "\n\n".join(
        "\n".join(
            filter(None, (f"“{quote}”" if (quote := text_of(one.get("quote"))) else "", text_of(one.get("text"))))
        )
        for one in (quotes if isinstance(quotes, list) else ())
        if isinstance(one, dict)
    )
    return marks(record.get("is_archived"), record.get("is_starred"), list_of(record.get("tags")), note)


def _wallabag1(record: Record) -> Brought:
    return marks(record.get("is_read"), record.get("is_fav"), list_of(record.get("tags")))


def _wallabag_row(record: Record) -> Brought:
    return marks(tags=list_of(record.get("Tags")))


def _wallabag_row_prepared(record: dict[str, Any]) -> dict[str, Any]:
    """Its CSV writes days as d/m/Y and hours of twelve without saying which half."""
    day = re.match(r"(\d\d)/(\d\d)/(\d{4}) ", text_of(record.get("Creation date")))
    return {**record, "Creation date": f"{day[3]}-{day[2]}-{day[1]}"} if day else record


def _pocket_prepared(record: dict[str, Any]) -> dict[str, Any]:
    """A page whose title Pocket never learned has its address there."""
    named = {key: value for key, value in record.items() if plain_name(key) == "title"}
    return {**record, **{key: "" for key, value in named.items() if text_of(value).strip() == _text(record, "url")}}


def _pocket(record: Record) -> Brought:
    status = _text(record, "status").casefold()
    return marks(status in ("archive", "archived", "read"), _get(record, "favorite"), list_of(_get(record, "tags")))


def _instapaper(record: Record) -> Brought:
    folder = _text(record, "folder")
    tags = [*list_of(_get(record, "tags"))]
    if folder.casefold() not in ("", "unread", "archive", "starred"):
        tags.append(folder)
    return marks(folder == "Archive", folder == "Starred", tags, _text(record, "selection"))


def _readwise(record: Record) -> Brought:
    return marks(_text(record, "location").casefold() == "archive", False, list_of(_get(record, "documenttags")))


def _raindrop(record: Record) -> Brought:
    folder = _text(record, "folder")
    tags = [*list_of(_get(record, "tags")), *([folder] if folder.casefold() not in ("", "unsorted") else [])]
    note = "\n\n".join(filter(None, (_text(record, "note"), _text(record, "highlights"))))
    return marks(False, _get(record, "favorite"), tags, note)


def _readability(record: Record) -> Brought:
    return marks(record.get("archive"), record.get("favorite"), list_of(record.get("tags")))


def _omnivore(record: Record) -> Brought:
    read = _text(record, "state").casefold() == "archived" or _text(record, "readingprogress") in ("100", "100.0")
    return marks(read, False, list_of(_get(record, "labels")), text_of(record.get("highlights")))


def _miniflux(record: Record) -> Brought:
    return marks(record.get("status") == "read", record.get("starred"), list_of(record.get("tags")))


def _ttrss(record: Record) -> Brought:
    tags = (*list_of(record.get("tag_cache")), *list_of(record.get("tags")), *_labels(record))
    unread = record.get("unread")
    return marks(unread is not None and not is_true(unread), record.get("marked"), tags, text_of(record.get("note")))


def _labels(record: Record) -> Iterator[str]:
    """The captions of [number, caption, colour, colour] …, which the database keeps as JSON in a text."""
    value = record.get("label_cache") or record.get("labels")
    try:
        rows = json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        return
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, list) and len(row) > 1 and isinstance(row[1], str):
            yield row[1]


def _ttrss_prepared(record: dict[str, Any]) -> dict[str, Any]:
    """Its database's times are those of UTC."""
    updated = text_of(record.get("updated"))
    return {**record, "updated": f"{updated}+00:00"} if _BARE_TIME.fullmatch(updated) else record


def _reader(record: Record) -> Brought:
    said = [text_of(each) for each in record.get("categories") or () if isinstance(each, str)]
    states = {each.rpartition(_STATE)[2] for each in said if _STATE in each}
    labels = [each.rpartition(_LABEL)[2] for each in said if each.startswith("user/") and _LABEL in each]
    note = "\n\n".join(list_of(record.get("annotations")))
    return marks("read" in states, "starred" in states, labels, note)


def _feed(url: str, title: str) -> Callable[[Record], tuple[str, str] | None]:
    """The feed that two fields name."""

    def home(record: Record) -> tuple[str, str] | None:
        address = web_url(text_of(record.get(url)).strip())
        return (address, field_text(text_of(record.get(title)))) if address else None

    return home


def _reader_prepared(record: dict[str, Any]) -> dict[str, Any]:
    """`canonical` and `alternate` are lists of links; the text is in `content`, else in `summary`."""
    links = [one for name in ("canonical", "alternate") for one in record.get(name) or () if isinstance(one, dict)]
    url = next((href for one in links if isinstance(href := one.get("href"), str)), "")
    body = text_of(record.get("content.content")) or text_of(record.get("summary.content"))
    return {**record, "url": url, "body": body}


def _reader_home(record: Record) -> tuple[str, str] | None:
    address = web_url(text_of(record.get("origin.streamId")).removeprefix("feed/"))
    return (address, field_text(text_of(record.get("origin.title")))) if address else None


_EXPORTS: Final = (
    Export(
        "newstui",
        frozenset(("sourceurl", "sourcetitle", "starred", "read", "text")),
        _newstui,
        (("byline", "byline"), ("body", "text"), ("column", ""), ("author", "author"), ("guid", ""), ("url", "url")),
        _newstui_home,
        follows=True,
    ),
    Export(
        "Wallabag",
        frozenset(("isarchived", "isstarred", "url", "title")),
        _wallabag,
        (("byline", "domain_name"), ("published", "published_at"), ("author", "published_by"), ("saved", "created_at"),
         ("updated", ""), ("column", ""), ("guid", "")),
    ),
    Export("wallabag 1", frozenset(("isread", "isfav", "url", "title", "content")), _wallabag1),
    Export("Wallabag CSV", frozenset(("title", "url", "content", "mimetype", "creationdate")), _wallabag_row,
           prepared=_wallabag_row_prepared),
    Export("Pocket", frozenset(("url", "timeadded", "status", "tags")), _pocket,
           (("title", "title"), ("url", "url"), ("saved", "time_added")), prepared=_pocket_prepared),
    Export("Instapaper", frozenset(("url", "title", "folder", "timestamp")), _instapaper,
           (("saved", "Timestamp"), ("published", ""), ("summary", ""))),
    Export("Readwise Reader", frozenset(("title", "url", "documenttags", "saveddate", "location")), _readwise),
    Export("Raindrop", frozenset(("title", "url", "excerpt", "folder", "favorite", "created")), _raindrop,
           (("saved", "created"), ("published", ""), ("column", ""))),
    Export("Readability", frozenset(("articletitle", "articleurl", "favorite", "archive")), _readability,
           (("title", "article__title"), ("url", "article__url"), ("summary", "article__excerpt"),
            ("saved", "date_added"), ("published", ""), ("updated", ""))),
    Export("Omnivore", frozenset(("slug", "title", "url", "state", "savedat")), _omnivore,
           (("body", "content"), ("summary", "description"), ("author", "author"), ("saved", "savedAt"),
            ("published", "publishedAt"), ("updated", ""))),
    Export("Miniflux", frozenset(("status", "starred", "url", "content", "feed.feedurl")), _miniflux,
           (("published", "published_at"), ("updated", ""), ("guid", ""), ("byline", "feed.title"), ("url", "url")),
           _feed("feed.feed_url", "feed.title")),
    Export("Tiny Tiny RSS", frozenset(("guid", "title", "link", "content", "marked", "tagcache")), _ttrss,
           (("url", "link"), ("published", "updated"), ("updated", ""), ("guid", "guid")),
           _feed("feed_url", "feed_title"), prepared=_ttrss_prepared),
    Export("Tiny Tiny RSS API", frozenset(("unread", "marked", "title", "link", "feedid", "updated")), _ttrss,
           (("url", "link"), ("published", "updated"), ("updated", ""), ("guid", "guid"), ("byline", "feed_title"),
            ("column", ""))),
    Export("Google Reader", frozenset(("categories", "origin.streamid", "title")), _reader,
           (("url", "url"), ("body", "body"), ("column", ""), ("guid", ""), ("byline", "origin.title"), ("summary", ""),
            ("updated", "")), _reader_home, prepared=_reader_prepared),
)  # fmt: skip
