"""What lists show: windows of a view by keyset, counts, and the way to the next unread article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from newstui.rows import Counts, Key, Row, View
from newstui.store.articles import Articles
from newstui.store.connection import Database
from newstui.store.listing import window
from newstui.store.places import Places
from newstui.store.queries import Walk, beyond, walk
from newstui.store.rows import to_row


class Views:
    """Windows of views; every answer is newest first."""

    def __init__(self, database: Database, places: Places, articles: Articles) -> None:
        self._database = database
        self._places = places
        self._articles = articles

    def window(
        self, view: View, *, after: Key | None = None, limit: int, skip: int = 0, backwards: bool = False
    ) -> list[Row]:
        """Up to `limit` rows that follow `after` (from the newest when None), `skip` rows left out before them.

        backwards: the rows before `after` and nearest to it (from the oldest when None), still newest first.
        """
        path = walk(view, self._places.id_of)
        if path is None or limit <= 0:
            return []
        if view.query:
            from newstui.store.scan import matches

            keys = []
            for key in matches(self._database, view, path, after, backwards):
                if skip:
                    skip -= 1
                    continue
                keys.append(key.row)
                if len(keys) == limit:
                    break
            rows = self._articles.rows(keys)
        else:
            intact = self._database.intact
            rows = [intact(to_row, values) for values in self._walk(path, after, limit, skip, backwards)]
        return rows[::-1] if backwards else rows

    def count(self, view: View) -> Counts:
        """Unread and all rows of a view: kept counts where there are some, else counted on its index or by a scan."""
        if view.query:
            return self._count_matches(view)
        if view.since is None:
            kept = self._kept(view)
            if kept is not None:
                return Counts(kept.unread, kept.unread) if view.unread else kept
        path = walk(view, self._places.id_of)
        if path is None:
            return Counts(0, 0)
        if view.unread:
            unread = self._database.value(f"SELECT count(*) {path.where()}", path.bindings)
            return Counts(unread, unread)
        if view.starred:
            found = self._database.rows(
                f"SELECT count(*) FILTER (WHERE a.read = 0), count(*) {path.where()}", path.bindings
            )
            return Counts(*found[0])
        total = self._database.value(f"SELECT count(*) {path.where()}", path.bindings)
        return Counts(self.count(view._replace(unread=True)).unread, total)

    def next_unread(self, view: View, after: Key | None) -> Row | None:
        """The newest unread row of the view that follows `after`, of all when None."""
        found = self.window(view._replace(unread=True), after=after, limit=1)
        return found[0] if found else None

    def previous_unread(self, view: View, before: Key | None) -> Row | None:
        """The oldest unread row of the view that stands before `before`, of all when None."""
        found = self.window(view._replace(unread=True), after=before, limit=1, backwards=True)
        return found[0] if found else None

    def refresh(self, rows: Sequence[Row]) -> list[Row]:
        """The same rows as the cache has them now, those left out that are gone."""
        return self._articles.rows([row.key.row for row in rows])

    def offset(self, view: View, key: Key) -> int:
        """How many rows of the view stand before `key`, whether or not it is in the view itself."""
        path = walk(view, self._places.id_of)
        if path is None:
            return 0
        if view.query:
            from newstui.store.scan import matches

            return sum(1 for _ in matches(self._database, view, path, key, backwards=True))
        return sum(
            self._database.value(f"SELECT count(*) {path.where(condition)}", (*path.bindings, *bindings))
            for condition, bindings in beyond(key, backwards=True)
        )

    def _kept(self, view: View) -> Counts | None:
        """The kept counts of a view that has some, all rows counted."""
        if view.starred:
            return None if view.place or view.source is not None else self._places.starred()
        if view.place and view.source is not None:
            return None
        if view.source is not None:
            found = self._database.row("SELECT unread, total FROM sources WHERE id = ?", (view.source,))
        elif view.place:
            found = self._database.row("SELECT unread, total FROM places WHERE code = ?", (view.place,))
        else:
            return self._places.totals()
        return Counts(*found) if found else Counts(0, 0)

    def _count_matches(self, view: View) -> Counts:
        from newstui.store.scan import matches

        path = walk(view, self._places.id_of)
        if path is None:
            return Counts(0, 0)
        total = sum(1 for _ in matches(self._database, view, path, None, backwards=False))
        if view.unread:
            return Counts(total, total)
        return Counts(self._count_matches(view._replace(unread=True)).unread, total)

    def _walk(self, path: Walk, after: Key | None, limit: int, skip: int, backwards: bool) -> Iterator[tuple[Any, ...]]:
        way = "ASC" if backwards else "DESC"
        for condition, bindings in beyond(after, backwards):
            where = path.where(condition) if condition else path.where()
            found = self._database.rows(window(where, way), (*path.bindings, *bindings, limit, skip))
            yield from found
            limit -= len(found)
            if limit <= 0:
                return
            if skip:
                if found:
                    skip = 0
                else:
                    here = self._database.value(f"SELECT count(*) {where}", (*path.bindings, *bindings))
                    skip -= here
