"""What goes: old articles that were read and that nobody marked, and the articles of removed sources."""

from __future__ import annotations

from array import array
from datetime import datetime
from typing import Final

import apsw

from newstui.store.connection import Database
from newstui.store.counts import STANDING, Deltas, Standing
from newstui.store.times import to_ms

_BATCH: Final = 500
"""Articles taken away in one transaction."""
_LOOSE: Final = (
    "a.starred = 0 AND NOT EXISTS (SELECT 1 FROM tags WHERE tags.id = a.id) "
    "AND NOT EXISTS (SELECT 1 FROM notes WHERE notes.id = a.id) "
    "AND NOT EXISTS (SELECT 1 FROM passages WHERE passages.id = a.id)"
)
"""Nothing that the reader made holds it."""


class Retention:
    """Taking articles away in short transactions; marks always stay."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def prune(self, before: datetime, *, dry_run: bool = False, at: datetime | None = None) -> int:
        """Take away what was read, is listed under a time before `before` and has no star, tag or note; how many.

        They stay known by their identity, so that a fetch does not bring them back; an import does.
        """
        limit = to_ms(before)
        where = f"FROM articles AS a INDEXED BY all_articles WHERE a.sort < ? AND a.read = 1 AND {_LOOSE}"
        if dry_run:
            return int(self._database.value(f"SELECT count(*) {where}", (limit,)))
        moment = to_ms(at or before)
        gone, low = 0, -(1 << 62)
        while True:
            with self._database.transaction(durable=False):
                found = self._database.rows(
                    f"SELECT a.row, a.sort {where} AND a.sort >= ? ORDER BY a.sort LIMIT ?", (limit, low, _BATCH)
                )
                rows = [row for row, _ in found]
                if not rows:
                    return gone
                self._database.run(
                    "INSERT INTO pruned SELECT row, id, source, first_seen, ? FROM articles WHERE row IN carray(?)",
                    (moment, _numbers(rows)),
                )
                self._take_away(rows)
            gone += len(rows)
            low = found[-1][1]

    def drop(self, source: int) -> None:
        """Take away a removed source's articles that nothing holds, and what they were known by."""
        while True:
            with self._database.transaction(durable=False):
                found = self._database.rows(
                    "SELECT a.row FROM articles AS a INDEXED BY source_articles "
                    f"WHERE a.source = ? AND {_LOOSE} LIMIT ?",
                    (source, _BATCH),
                )
                if not found:
                    break
                self._take_away([row for (row,) in found])
        scope = self._scope(source)
        # Keys are evenly spread: each first byte is a small share, so the lock is never held for long.
        for first in range(256):
            low, high = bytes((first,)), bytes((first, *b"\xff" * 12))
            with self._database.transaction(durable=False):
                self._database.run(
                    "DELETE FROM identities WHERE scope = ? AND key >= ? AND key <= ? "
                    "AND NOT EXISTS (SELECT 1 FROM articles WHERE articles.row = identities.row) "
                    "AND NOT EXISTS (SELECT 1 FROM pruned WHERE pruned.row = identities.row)",
                    (scope, low, high),
                )

    def _scope(self, source: int) -> int:
        (kind,) = self._database.rows("SELECT kind FROM sources WHERE id = ?", (source,))[0]
        return 0 if kind == "archive" else source

    def _take_away(self, rows: list[int]) -> None:
        """Inside a transaction: the articles with their texts; the counts follow."""
        database, numbers = self._database, _numbers(rows)
        deltas = Deltas()
        for *standing, count in database.rows(
            f"SELECT {STANDING}, count(*) FROM articles WHERE row IN carray(?) GROUP BY {STANDING}", (numbers,)
        ):
            deltas.add(Standing(*standing), -count)
        for table in ("articles", "bodies", "originals", "digests", "copies"):
            database.run(f"DELETE FROM {table} WHERE row IN carray(?)", (numbers,))
        database.run(
            "DELETE FROM captures WHERE number IN (SELECT r.number FROM carray(?) AS c "
            "CROSS JOIN revisions AS r INDEXED BY row_revisions ON r.row = c.value)",
            (numbers,),
        )
        database.run(
            "DELETE FROM revisions WHERE number IN (SELECT r.number FROM carray(?) AS c "
            "CROSS JOIN revisions AS r INDEXED BY row_revisions ON r.row = c.value)",
            (numbers,),
        )
        deltas.write(database)


def _numbers(rows: list[int]) -> object:
    return apsw.carray(array("q", rows))
