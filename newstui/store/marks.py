"""What the reader makes of articles: read, starred, tags, notes. Each change is on the disk when it returns."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

import apsw

from newstui.rows import Change, Key, MarkField, View
from newstui.store.connection import CACHE_KIB, Database
from newstui.store.counts import STANDING, Deltas, Standing
from newstui.store.places import Places
from newstui.store.queries import walk
from newstui.store.times import to_ms
from newstui.text.clean import clean, clean_line

if TYPE_CHECKING:
    from newstui.model import Brought

_MANY: Final = 500
"""Marks from which a change is worth sorting and a larger page cache."""
_TURN: Final = 100_000
"""Marks set in one transaction at most: about two seconds in a cache of a million articles."""
_BULK_KIB: Final = 65_536


class Marks:
    """Marks by list row for what is shown, by article id for what comes from elsewhere."""

    def __init__(self, database: Database, places: Places) -> None:
        self._database = database
        self._places = places

    def set(self, field: MarkField, value: bool, rows: Iterable[int], at: datetime) -> Change:
        """Set or clear a mark; the change names only the rows that really changed."""
        return self._in_turns(field, value, sorted(set(rows)), to_ms(at))

    def mark_all(self, view: View, at: datetime, upto: Key | None = None) -> Change:
        """Mark as read what is unread in the view, from `upto` down (all of it when None): what came in above stays."""
        unread = view._replace(unread=True)
        path = walk(unread, self._places.id_of)
        if path is None:
            return Change("read", True, ())
        # Looked up outside a transaction: a scan of texts must not hold the lock.
        if view.query:
            from newstui.store.scan import matches

            keys = matches(self._database, unread, path, None, backwards=False)
            found = [key.row for key in keys if upto is None or key <= upto]
        else:
            limits = ("a.sort < ? OR (a.sort = ? AND a.row <= ?)",) if upto is not None else ()
            below = (upto.sort, upto.sort, upto.row) if upto is not None else ()
            where = path.where(*(f"({limit})" for limit in limits))
            found = [row for (row,) in self._database.rows(f"SELECT a.row {where}", (*path.bindings, *below))]
        return self._in_turns("read", True, found, to_ms(at))

    def _in_turns(self, field: MarkField, value: bool, rows: Sequence[int], moment: int) -> Change:
        """Set a mark on rows, so many at once that other writers get their turn within their patience."""
        changed: list[int] = []
        for start in range(0, len(rows), _TURN):
            with self._database.transaction(durable=True):
                changed.extend(self._set(field, value, rows[start : start + _TURN], moment).rows)
        return Change(field, value, tuple(changed))

    def undo(self, change: Change, at: datetime) -> Change:
        """Set the rows of a change back; returns the change that this made, whose undoing is a redo."""
        return self.set(change.field, not change.value, change.rows, at)

    def bring(self, brought: Iterable[tuple[str, Brought]], moment: int) -> None:
        """Inside a transaction: marks that articles (by id) bring from another reader, set at `moment` (ms).

        They only add. What the reader has decided here stays: a read mark or star that was set or taken away by hand,
        and any note.
        """
        database, taken = self._database, list(brought)
        fields: tuple[MarkField, ...] = ("read", "starred")
        for field in fields:
            wanted = [short for short, marks in taken if (marks.read if field == "read" else marks.starred)]
            rows = [
                row
                for short in wanted
                for (row,) in database.rows(
                    "SELECT a.row FROM articles AS a LEFT JOIN marks AS m ON m.id = a.id "
                    f"WHERE a.id = ? AND m.{field}_at IS NULL",
                    (short,),
                )
            ]
            self._set(field, True, rows, moment)
        tags = [(short, name, moment) for short, marks in taken for tag in marks.tags if (name := clean_line(tag))]
        database.run_many("INSERT OR IGNORE INTO tags VALUES (?, ?, ?)", tags)
        notes = [(short, moment, note) for short, marks in taken if (note := clean(marks.note).strip())]
        database.run_many("INSERT OR IGNORE INTO notes VALUES (?, ?, ?)", notes)

    def tag(self, tag: str, rows: Iterable[int], at: datetime) -> int:
        """Put a tag on articles; how many did not have it."""
        name = clean_line(tag)
        with self._database.transaction(durable=True):
            new = [
                (short, name, to_ms(at))
                for short in self._ids(rows)
                if self._database.row("SELECT 1 FROM tags WHERE id = ? AND tag = ?", (short, name)) is None
            ]
            self._database.run_many("INSERT INTO tags VALUES (?, ?, ?)", new)
        return len(new)

    def untag(self, tag: str, rows: Iterable[int]) -> int:
        """Take a tag off articles; how many had it."""
        name = clean_line(tag)
        with self._database.transaction(durable=True):
            before = self._database.value("SELECT total_changes()")
            self._database.run_many(
                "DELETE FROM tags WHERE id = ? AND tag = ?", [(each, name) for each in self._ids(rows)]
            )
            return int(self._database.value("SELECT total_changes()") - before)

    def tags(self) -> list[tuple[str, int]]:
        """Every tag with how many articles have it."""
        return [(tag, count) for tag, count in self._database.rows("SELECT tag, count(*) FROM tags GROUP BY tag")]

    def note(self, text: str, rows: Iterable[int], at: datetime) -> int:
        """Write a note on articles in place of the one they had, "" to take it away; how many articles."""
        note = clean(text).strip()
        with self._database.transaction(durable=True):
            ids = self._ids(rows)
            if note:
                self._database.run_many(
                    "INSERT OR REPLACE INTO notes VALUES (?, ?, ?)", [(short, to_ms(at), note) for short in ids]
                )
            else:
                self._database.run_many("DELETE FROM notes WHERE id = ?", [(short,) for short in ids])
        return len(ids)

    def _ids(self, rows: Iterable[int]) -> list[str]:
        numbers = apsw.carray(array("q", rows))
        found = self._database.rows(
            "SELECT a.id FROM carray(?) AS c CROSS JOIN articles AS a ON a.row = c.value", (numbers,)
        )
        return [short for (short,) in found]

    def _set(self, field: MarkField, value: bool, rows: Iterable[int], moment: int) -> Change:
        """Inside a transaction: the rows that have the other value, their marks, their copies and the counts."""
        database, number = self._database, int(value)
        wanted = array("q", sorted(set(rows)))
        if not wanted:
            return Change(field, value, ())
        among = "FROM carray(?) AS c CROSS JOIN articles AS a ON a.row = c.value"
        found = database.rows(f"SELECT a.row {among} WHERE a.{field} <> ?", (apsw.carray(wanted), number))
        if not found:
            return Change(field, value, ())
        changed = array("q", (row for (row,) in found))
        if len(changed) <= _MANY:
            self._change(field, number, changed, moment, many=False)
        else:
            database.run(f"PRAGMA cache_size = -{_BULK_KIB}")
            try:
                self._change(field, number, changed, moment, many=True)
            finally:
                database.run(f"PRAGMA cache_size = -{CACHE_KIB}")
        return Change(field, value, tuple(changed))

    def _change(self, field: MarkField, number: int, changed: array[int], moment: int, *, many: bool) -> None:
        """Give the rows the value `number`, which none of them has."""
        database = self._database
        among = "FROM carray(?) AS c CROSS JOIN articles AS a ON a.row = c.value"
        deltas = Deltas()
        for *standing, count in database.rows(
            f"SELECT {STANDING}, count(*) {among} GROUP BY {STANDING}" if many else f"SELECT {STANDING}, 1 {among}",
            (apsw.carray(changed),),
        ):
            old = Standing(*standing)
            deltas.move(old, old._replace(read=number) if field == "read" else old._replace(starred=number), count)
        # Marks are kept by id: in that order many go in several times faster.
        database.run(
            f"INSERT INTO marks (id, {field}, {field}_at) SELECT a.id, ?2, ?3 "
            f"FROM carray(?1) AS c CROSS JOIN articles AS a ON a.row = c.value WHERE true "
            f"{'ORDER BY a.id' if many else ''} {_upsert(field)}",
            (apsw.carray(changed), number, moment),
        )
        database.run(f"UPDATE articles SET {field} = ? WHERE row IN carray(?)", (number, apsw.carray(changed)))
        deltas.write(database)


def _upsert(field: MarkField) -> str:
    return f"ON CONFLICT (id) DO UPDATE SET {field} = excluded.{field}, {field}_at = excluded.{field}_at"
