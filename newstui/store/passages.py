"""Passages that the reader marked in articles, by article id."""

from __future__ import annotations

from datetime import datetime
from itertools import count

from newstui.rows import Passage, PassageChange
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
        """Mark a passage, or note something else of it; raises ReadOnlyCacheError, LockedError."""
        self.change(PassageChange(article_id, (), (passage,)), at)

    def remove(self, article_id: str, passage: Passage) -> None:
        """Take a mark away; raises ReadOnlyCacheError, LockedError."""
        with self._database.transaction(durable=True):
            self._remove(article_id, passage)

    def change(self, change: PassageChange, at: datetime) -> PassageChange:
        """Take passages away and mark others, all or none; raises ReadOnlyCacheError, LockedError."""
        with self._database.transaction(durable=True):
            for passage in change.removed:
                self._remove(change.id, passage)
            for passage in change.added:
                self._make_room(change.id, passage)
                self._database.run(
                    "INSERT OR REPLACE INTO passages (id, part, start, quote, lead, note, at) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (change.id, *passage[:4], clean(passage.note).strip(), to_ms(at)),
                )
        return change

    def undo(self, change: PassageChange, at: datetime) -> PassageChange:
        """Take a change back; returns the change that this made."""
        return self.change(PassageChange(change.id, change.added, change.removed), at)

    def _remove(self, article_id: str, passage: Passage) -> None:
        self._database.run(
            "DELETE FROM passages WHERE id = ? AND part = ? AND quote = ? AND start = ?",
            (article_id, passage.part, passage.quote, passage.start),
        )

    def _make_room(self, article_id: str, passage: Passage) -> None:
        """Other words that once began at the same place are found by themselves: they get the next free place."""
        taken = self._database.rows(
            "SELECT start, quote FROM passages WHERE id = ? AND part = ? AND start >= ? ORDER BY start",
            (article_id, passage.part, passage.start),
        )
        places = dict(taken)
        if places.get(passage.start, passage.quote) != passage.quote:
            free = next(start for start in count(passage.start + 1) if start not in places)
            self._database.run(
                "UPDATE passages SET start = ? WHERE id = ? AND part = ? AND start = ?",
                (free, article_id, passage.part, passage.start),
            )
