"""An article's text as one compact value, and its digests."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any, Final

from newstui.model import Article, Block, Enclosure, Headline, Link, block_text, body_text
from newstui.store.times import optional_ms
from newstui.text.clean import clean, clean_line, unspaced
from newstui.text.packing import pack_block, unpack_block

_SMALL: Final = 160
"""Bytes under which compressing gains nothing."""


@dataclass(frozen=True, slots=True)
class Body:
    """What `decode` gives back."""

    summary: str
    blocks: tuple[Block, ...]
    related: tuple[Headline, ...]
    enclosures: tuple[Enclosure, ...]
    crumbs: tuple[str, ...]
    comments_url: str

    @property
    def text(self) -> str:
        """The plain text, one block a line; the summary when there is no body."""
        return body_text(self.blocks, self.summary)


def encode(article: Article) -> str | bytes:
    """The body as JSON text, or zlib bytes of it when that is shorter."""
    value = {
        "s": article.summary,
        "b": [pack_block(block) for block in article.blocks],
        "r": [[item.title, item.url, item.group] for item in article.related],
        "e": [[item.url, item.media_type, item.length] for item in article.enclosures],
        "c": list(article.crumbs),
        "m": article.comments_url,
    }
    return pack(_json({key: part for key, part in value.items() if part}))


def pack(text: str) -> str | bytes:
    """Text, or zlib bytes of it when that is worth it."""
    data = text.encode("utf-8")
    return text if len(data) < _SMALL else zlib.compress(data, 4)


def unpack(content: str | bytes) -> str:
    """The text that `pack` was given."""
    return content if isinstance(content, str) else zlib.decompress(content).decode("utf-8")


def decode(content: str | bytes) -> Body:
    """The body that `encode` was given."""
    value: dict[str, Any] = json.loads(unpack(content))
    return Body(
        summary=value.get("s", ""),
        blocks=tuple(unpack_block(block) for block in value.get("b", ())),
        related=tuple(Headline(*item) for item in value.get("r", ())),
        enclosures=tuple(Enclosure(*item) for item in value.get("e", ())),
        crumbs=tuple(value.get("c", ())),
        comments_url=value.get("m", ""),
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def cleaned(article: Article) -> Article:
    """The article with nothing in it that can act on a terminal: the store's door for foreign text."""
    line = clean_line
    return Article(
        title=line(article.title),
        url=line(article.url),
        guid=clean(article.guid),
        byline=line(article.byline),
        author=line(article.author),
        editor=line(article.editor),
        published=article.published,
        updated=article.updated,
        captured=article.captured,
        summary=clean(article.summary),
        blocks=tuple(_cleaned_block(block) for block in article.blocks),
        place=line(article.place),
        crumbs=tuple(line(crumb) for crumb in article.crumbs),
        column=line(article.column),
        related=tuple(Headline(line(item.title), line(item.url), line(item.group)) for item in article.related),
        enclosures=tuple(Enclosure(line(item.url), line(item.media_type), item.length) for item in article.enclosures),
        comments_url=line(article.comments_url),
        original=article.original,
        original_zlib=article.original_zlib,
    )


def _cleaned_block(block: Block) -> Block:
    text = clean(block.text)
    # Ranges count code points: they hold only while nothing was taken out.
    links = block.links if text == block.text else ()
    return Block(
        block.kind,
        text,
        block.level,
        clean_line(block.marker),
        clean_line(block.url),
        tuple(tuple(clean_line(cell) for cell in row) for row in block.rows),
        tuple(Link(link.start, link.end, clean_line(link.url)) for link in links),
    )


@dataclass(frozen=True, slots=True)
class Digests:
    """What tells one version of an article from another."""

    whole: bytes
    """Of what a reader could see of it; dates, related headlines and crumbs change without being news."""
    text: bytes
    """Of title, summary and body without blanks."""
    richness: int
    """Links, images and tables in the body and an address: a dump of a page has its text but none of these."""


def digests(article: Article) -> Digests:
    """The digests of a cleaned article."""
    text = "".join((article.title, "\0", article.summary, "\0", *(block_text(block) for block in article.blocks)))
    whole = _json(
        [
            article.title,
            article.url,
            article.byline,
            article.author,
            article.editor,
            article.summary,
            [pack_block(block) for block in article.blocks],
            article.place,
            article.column,
            [[item.url, item.media_type, item.length] for item in article.enclosures],
            article.comments_url,
        ]
    )
    return Digests(
        blake2b(whole.encode("utf-8"), digest_size=12).digest(),
        blake2b(unspaced(text).encode("utf-8"), digest_size=12).digest(),
        bool(article.url) + sum(len(block.links) + (block.kind in ("image", "table")) for block in article.blocks),
    )


@dataclass(frozen=True, slots=True)
class Incoming:
    """An article made ready outside the lock: cleaned, digested, packed."""

    article: Article
    digests: Digests
    published: int | None
    """None also when only the time of its copy stands in for it; `article` then has none either."""
    updated: int | None
    captured: int | None
    content: str | bytes
    original: bytes
    """zlib; b"" when there is none."""


def incoming(article: Article) -> Incoming:
    """An article made ready for `articles.ingest`."""
    article = cleaned(article)
    if article.published is not None and article.published == article.captured:
        article = replace(article, published=None)
    return Incoming(
        article,
        digests(article),
        optional_ms(article.published),
        optional_ms(article.updated),
        optional_ms(article.captured),
        encode(article),
        article.original_zlib or (zlib.compress(article.original, 4) if article.original else b""),
    )
