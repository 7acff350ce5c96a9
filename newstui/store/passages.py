"""Passages that the reader marked in articles, by article id."""

from __future__ import annotations

from datetime import datetime

from newstui.rows import Passage
from newstui.store.connection import Database
from newstui.store.times import to_ms
from newstui.text.clean import clean


class Passages:
    """Marked passages; each change is on the disk when it returns."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, article_id: str) -> tuple[Passage, ...]:
        """An article's passages in the order of its text."""
        found = self._database.rows(
            "SELECT part, start, quote, lead, note FROM passages WHERE id = ? ORDER BY part, start", (article_id,)
        )
        return tuple(Passage(*values) for values in found)

    def put(self, article_id: str, passage: Passage, at: datetime) -> None:
        """Mark a passage, or note something else of the one that begins at the same place.

        Raises ReadOnlyCacheError, LockedError.
        """
        note = clean(passage.note).strip()
        with self._database.transaction(durable=True):
            self._database.run(
                "INSERT OR REPLACE INTO passages (id, part, start, quote, lead, note, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (article_id, passage.part, passage.start, passage.quote, passage.lead, note, to_ms(at)),
            )

    def remove(self, article_id: str, passage: Passage) -> None:
        """Take a mark away; raises ReadOnlyCacheError, LockedError."""
        with self._database.transaction(durable=True):
            self._database.run(
                "DELETE FROM passages WHERE id = ? AND part = ? AND start = ?",
                (article_id, passage.part, passage.start),
            )
