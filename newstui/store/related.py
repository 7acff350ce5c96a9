"""Which of the headlines beside an article are articles of the cache, found by their keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from newstui.model import Article, Headline, Stored
from newstui.store.connection import Database
from newstui.store.identity import keys

_DAYS: Final = range(-3, 4)
"""Days round an article's own on which a headline beside it that has no address may have come out."""


def related_ids(database: Database, stored: Stored) -> list[str]:
    """For each related headline the id of its article in the cache, "" when it is not there.

    By its address, among archives and in the article's own feed; without one by its title, among archives, in the
    article's own place and within some days of it. Index look-ups only, whatever the size of the cache.
    """
    own = database.row("SELECT source FROM articles WHERE row = ?", (stored.row.key.row,))
    scopes = (0, own[0]) if own is not None else (0,)
    return [_found(database, stored, scopes, headline) for headline in stored.related]


def _found(database: Database, stored: Stored, scopes: tuple[int, ...], headline: Headline) -> str:
    for key in _keys(stored, headline):
        for scope in scopes:
            found = database.row(
                "SELECT a.id FROM identities AS i CROSS JOIN articles AS a ON a.row = i.row "
                "WHERE i.scope = ? AND i.key = ? AND i.row <> ? LIMIT 1",
                (scope, key, stored.row.key.row),
            )
            if found is not None:
                return str(found[0])
    return ""


def _keys(stored: Stored, headline: Headline) -> Iterator[bytes]:
    if headline.url:
        link = keys(Article("", url=headline.url), shared=True).link
        if link is not None:
            yield link
        return
    for days in _DAYS:
        moment = stored.row.shown + timedelta(days=days)
        title = keys(Article(headline.title, published=moment, place=stored.row.place), shared=True).title
        if title is not None and headline.title:
            yield title
