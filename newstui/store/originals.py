"""Kept originals, for a newer extractor to read them again; what the reader made of their articles stays."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

import apsw

from newstui.model import Article
from newstui.sources.parts import SEAM
from newstui.sources.version import EXTRACTOR
from newstui.store.bodies import incoming
from newstui.store.connection import Database
from newstui.store.identity import keys
from newstui.store.places import Places
from newstui.store.plan import Times
from newstui.store.times import optional_time
from newstui.store.writer import Writer

_OLDER = (
    "FROM originals AS o CROSS JOIN articles AS a ON a.row = o.row LEFT JOIN copies AS c ON c.row = o.row "
    "WHERE o.row > ? AND coalesce(c.extractor, 0) < ? AND (?3 = 0 OR a.source = ?3)"
)


def _among(only: Sequence[int] | None) -> tuple[str, tuple[Any, ...]]:
    """The condition that a row number is one of these, and what is bound to it; none has no array of its own."""
    if only is None:
        return "", ()
    return " AND o.row IN (SELECT value FROM carray(?4))", (apsw.carray(array("q", only or (-1,))),)


def _unpacked(content: bytes) -> bytes:
    """What was kept of an article: its page, or its pages with a seam between them; raises zlib.error when damaged."""
    pages: list[bytes] = []
    while content:
        stream = zlib.decompressobj()
        page = stream.decompress(content) + stream.flush()
        if not stream.eof:
            raise zlib.error("it is cut short")
        pages.append(page)
        content = stream.unused_data
    return SEAM.join(pages)


class Original(NamedTuple):
    """A page as it was imported."""

    row: int
    id: str
    title: str
    url: str
    content: bytes
    """UTF-8, whatever the page itself declares; of an article of several pages as `sources.originals` reads it."""
    captured: datetime | None = None
    """When the copy was made that has this text."""


class Originals:
    """Originals that an older extractor read, in the order in which they came."""

    def __init__(self, database: Database, places: Places) -> None:
        self._database = database
        self._places = places

    def count(self, source: int = 0, only: Sequence[int] | None = None) -> int:
        """How many there are; of one source, or 0 for all; of these row numbers only, or None for all."""
        some, rows = _among(only)
        return int(self._database.rows(f"SELECT count(*) {_OLDER}{some}", (0, EXTRACTOR, source, *rows))[0][0])

    def after(self, row: int, limit: int, source: int = 0, only: Sequence[int] | None = None) -> list[Original]:
        """Up to `limit` of them whose article's row number is above `row`."""
        some, rows = _among(only)
        found = self._database.rows(
            f"SELECT o.row, a.id, a.title, a.url, o.content, c.captured {_OLDER}{some} ORDER BY o.row LIMIT {limit:d}",
            (row, EXTRACTOR, source, *rows),
        )
        return [
            Original(number, short, title, url, self._database.intact(_unpacked, content), optional_time(captured))
            for number, short, title, url, content, captured in found
        ]

    def stay(self, row: int) -> None:
        """The present extractor takes this one for no article: the article stays as it is."""
        with self._database.transaction(durable=False):
            self._noted(row)

    def _noted(self, row: int) -> None:
        self._database.run(
            "INSERT INTO copies VALUES (?1, NULL, NULL, 0, ?2) ON CONFLICT (row) DO UPDATE SET extractor = ?2",
            (row, EXTRACTOR),
        )

    def renew(self, row: int, article: Article, now: int) -> bool:
        """Put what the present extractor read in the place of what an older one did; whether anything differs.

        The page has not changed, so this is no revision. What only the page's container said is kept: fields that the
        new reading leaves empty. False also when the article is gone.
        """
        database = self._database
        with database.transaction(durable=False):
            values = database.row(
                "SELECT a.source, s.kind, a.byline, b.author, b.editor, b.topic FROM articles AS a "
                "JOIN sources AS s ON s.id = a.source JOIN bodies AS b ON b.row = a.row WHERE a.row = ?",
                (row,),
            )
            if values is None:
                return False
            source, kind, byline, author, editor, column = values
            article = replace(
                article,
                byline=article.byline or byline,
                author=article.author or author,
                editor=article.editor or editor,
                column=article.column or column,
            )
            item = incoming(article)
            writer = Writer(database, self._places, source, kind == "archive", now)
            known = writer.by_row(row)
            if known is None:
                return False
            published = item.published if item.published is not None else known.published
            then = Times(known.captured, known.first, published, published is None and known.first is not None)
            if then.borrowed:
                then = replace(then, published=known.first)
            before = database.row("SELECT content FROM bodies WHERE row = ?", (row,))
            same = item.digests.whole == known.digest and then.published == known.shown and before == (item.content,)
            if not same:
                own = keys(item.article, shared=kind == "archive", site=writer.site)
                writer.redo(item, own, known, then)
                writer.finish()
            self._noted(row)
            return not same
