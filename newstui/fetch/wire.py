"""Articles and feeds between the parser's process and ours: plain JSON values, and bytes beside them.

No pickle: a parser that a hostile file has taken over must not be able to run anything on our side.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from newstui.model import Article, Brought, Enclosure, Feed, Headline, Part
from newstui.text.packing import pack_block, unpack_block

HEAD: Final = struct.Struct(">IQ")
"""Before every message: bytes of its JSON, bytes of what follows it."""
LONGEST: Final = 1 << 28
"""Bytes of JSON and of blobs, each, that an answer may have."""

Json = Any


@dataclass(frozen=True, slots=True)
class Message:
    """JSON with bytes beside it; inside the JSON a blob is named by its number."""

    value: Json
    blobs: tuple[bytes, ...] = ()

    def pack(self) -> bytes:
        """Its bytes on the pipe."""
        head = {"value": self.value, "blobs": [len(blob) for blob in self.blobs]}
        text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        return b"".join([HEAD.pack(len(text), sum(map(len, self.blobs))), text, *self.blobs])


def unpack(text: bytes, tail: bytes) -> Message:
    """The message of one JSON part and the bytes after it; raises ValueError, KeyError or TypeError when broken."""
    head = json.loads(text)
    blobs: list[bytes] = []
    start = 0
    for length in head["blobs"]:
        blobs.append(tail[start : start + length])
        start += length
    return Message(head["value"], tuple(blobs))


def pack_articles(articles: Sequence[Article]) -> tuple[Json, tuple[bytes, ...]]:
    """Articles as JSON, and their originals as blobs, compressed."""
    blobs: list[bytes] = []
    packed = [_pack_article(article, blobs) for article in articles]
    return packed, tuple(blobs)


def unpack_articles(value: Json, blobs: Sequence[bytes]) -> tuple[Article, ...]:
    """The inverse of pack_articles, but that originals stay compressed."""
    return tuple(_unpack_article(item, blobs) for item in value)


def pack_brought(marks: Brought | None) -> Json:
    """Marks that come with an article, None when none do."""
    return None if marks is None else [marks.read, marks.starred, marks.tags, marks.note]


def unpack_brought(value: Json) -> Brought | None:
    """The inverse of pack_brought."""
    if value is None:
        return None
    read, starred, tags, note = value
    return Brought(bool(read), bool(starred), tuple(tags), note)


def pack_feed(feed: Feed) -> Message:
    """A feed as a message."""
    articles, blobs = pack_articles(feed.articles)
    head = [feed.title, feed.site_url, feed.format, feed.subtitle, feed.guid, feed.author, _pack_time(feed.updated)]
    return Message([*head, articles, feed.notes], blobs)


def unpack_feed(message: Message) -> Feed:
    """The inverse of pack_feed."""
    title, site_url, form, subtitle, guid, author, updated, articles, notes = message.value
    return Feed(
        title=title,
        site_url=site_url,
        format=form,
        subtitle=subtitle,
        guid=guid,
        author=author,
        updated=_unpack_time(updated),
        articles=unpack_articles(articles, message.blobs),
        notes=tuple(notes),
    )


def _pack_article(article: Article, blobs: list[bytes]) -> Json:
    number = -1
    if article.original:
        number = len(blobs)
        blobs.append(zlib.compress(article.original, 4))
    return [
        article.title,
        article.url,
        article.guid,
        article.byline,
        article.author,
        article.editor,
        _pack_time(article.published),
        _pack_time(article.updated),
        _pack_time(article.captured),
        article.summary,
        [pack_block(block) for block in article.blocks],
        article.place,
        article.crumbs,
        article.column,
        [(line.title, line.url, line.group) for line in article.related],
        [(item.url, item.media_type, item.length) for item in article.enclosures],
        article.comments_url,
        None if article.part is None else [article.part.number, article.part.of, article.part.pages],
        number,
    ]


def _unpack_article(value: Json, blobs: Sequence[bytes]) -> Article:
    (
        title,
        url,
        guid,
        byline,
        author,
        editor,
        published,
        updated,
        captured,
        summary,
        blocks,
        place,
        crumbs,
        column,
        related,
        enclosures,
        comments_url,
        part,
        original,
    ) = value
    return Article(
        title=title,
        url=url,
        guid=guid,
        byline=byline,
        author=author,
        editor=editor,
        published=_unpack_time(published),
        updated=_unpack_time(updated),
        captured=_unpack_time(captured),
        summary=summary,
        blocks=tuple(unpack_block(block) for block in blocks),
        place=place,
        crumbs=tuple(crumbs),
        column=column,
        related=tuple(Headline(*line) for line in related),
        enclosures=tuple(Enclosure(*item) for item in enclosures),
        comments_url=comments_url,
        part=None if part is None else Part(part[0], part[1], tuple((at, url) for at, url in part[2])),
        original_zlib=blobs[original] if original >= 0 else b"",
    )


def _pack_time(time: datetime | None) -> str | None:
    return None if time is None else time.isoformat()


def _unpack_time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
