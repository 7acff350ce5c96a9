"""The first picture: tabs and the first rows in one reading, with as little imported as can be.

Every failure here only means that there is no first picture; the app's own opening then finds out and says why.
"""

from __future__ import annotations

import os
from typing import Any, NamedTuple

import apsw

from newstui.rows import STARRED, Counts, Place, Row
from newstui.store.listing import APPLICATION_ID, PLACES, SCHEMA_VERSION, TOTALS, column, tab_codes, window
from newstui.store.rows import to_row


class Glance(NamedTuple):
    """What the first picture shows."""

    tabs: list[Place]
    rows: list[Row]
    """The newest of the view."""
    place: str
    """The tab: a place code, `STARRED`, or "" for everything (also when the tab last shown is gone)."""
    counts: Counts
    """Of the view."""
    totals: Counts
    starred: Counts
    choices: str | None = None
    """What was chosen in the program, as it was kept."""


def glance(
    path: str | os.PathLike[str], *, limit: int, state_key: str = "tab", place: str | None = None
) -> Glance | None:
    """Tabs, counts and up to `limit` rows of the tab that the state names under `state_key`, or of `place` when given.

    None when there is no cache, it is not of this version, or it cannot be read at once.
    """
    name = os.fspath(path)
    if not os.path.isfile(name) or os.path.exists(name + ".damaged"):  # noqa: PTH110, PTH113  # pathlib costs 4 ms
        return None
    try:
        connection = apsw.Connection(name, flags=apsw.SQLITE_OPEN_READONLY)
        try:
            return _read(connection, limit, state_key, place)
        finally:
            connection.close()
    except (apsw.Error, ValueError, TypeError):  # the last two: values of a damaged file
        return None


def _read(connection: apsw.Connection, limit: int, state_key: str, place: str | None) -> Glance | None:
    def rows(sql: str, *bindings: Any) -> list[Any]:
        return connection.execute(sql, bindings).fetchall()

    # One transaction: every number is of the same moment.
    rows("BEGIN")
    if rows("PRAGMA user_version") != [(SCHEMA_VERSION,)] or rows("PRAGMA application_id") != [(APPLICATION_ID,)]:
        return None
    if place is None:
        kept = rows("SELECT value FROM state WHERE key = ?", state_key)
        place = kept[0][0] if kept else ""
    totals = {name: Counts(unread, total) for name, unread, total in rows(TOTALS)}
    places = {place.code: place for place in (Place(*values) for values in rows(PLACES))}
    bindings: tuple[int, ...] = ()
    counts = totals["all"]
    where = "FROM articles AS a INDEXED BY all_articles"
    if place == STARRED:
        counts, where = totals["starred"], "FROM articles AS a INDEXED BY all_starred WHERE a.starred = 1"
    elif place in places:
        counts = Counts(places[place].unread, places[place].total)
        number = rows("SELECT id FROM places WHERE code = ?", place)[0][0]
        where = f"FROM articles AS a INDEXED BY {column(number)}_articles WHERE a.{column(number)} = ?"
        bindings = (number,)
    else:
        place = ""
    found = rows(window(where, "DESC"), *bindings, limit, 0)
    tabs = [places[code] for code in tab_codes({code: every.direct for code, every in places.items()})]
    kept = rows("SELECT value FROM state WHERE key = 'choices'")
    choices = str(kept[0][0]) if kept else None
    shown = [to_row(values) for values in found]
    return Glance(tabs, shown, place, counts, totals["all"], totals["starred"], choices)
