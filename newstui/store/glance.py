"""The first picture: tabs and the first rows in one reading, with as little imported as can be.

Read before anything else of the program is loaded. Rows and places are look-alikes of `model.Row` and `model.Place`
with the same fields, because `model` costs 30 ms of imports. Every failure here only means that there is no first
picture; the app's own opening then finds out and says why.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta, timezone

import apsw

from newstui.store.listing import APPLICATION_ID, PLACES, SCHEMA_VERSION, TOTALS, column, tab_codes, window

TYPE_CHECKING = False  # typing.TYPE_CHECKING without typing
if TYPE_CHECKING:
    from typing import Any, Final

    from newstui.rows import Place, Row

STARRED: Final = "starred"
"""What the state holds when the tab of starred articles was last shown."""
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone(timedelta(hours=8)))
_SHANGHAI_OFFSET = timedelta(hours=8)


class GlanceRow:
    """A look-alike of `model.Row`."""

    __slots__ = ("id", "key", "place", "place_name", "published", "read", "shown", "source", "starred", "title", "url")

    def __init__(self, values: tuple[Any, ...]) -> None:
        sort, row, self.id, self.title, byline, source, address, published, read, starred, code, name, self.url = values
        self.key = (sort, row)
        self.source: str = byline or source or address or ""
        self.shown = _time(sort)
        self.published = None if published is None else _time(published)
        self.read = bool(read)
        self.starred = bool(starred)
        self.place: str = code or ""
        self.place_name: str = name or ""


class GlancePlace:
    """A look-alike of `model.Place`."""

    __slots__ = ("code", "direct", "name", "path", "total", "unread")

    def __init__(self, values: tuple[Any, ...]) -> None:
        self.code, self.name, self.path, self.unread, self.total, self.direct = values


class Glance:
    """What the first picture shows; counts are (unread, total)."""

    __slots__ = ("counts", "place", "rows", "starred", "tabs", "totals")

    def __init__(
        self,
        tabs: list[Place],
        rows: list[Row],
        place: str,
        counts: tuple[int, int],
        totals: tuple[int, int],
        starred: tuple[int, int],
    ) -> None:
        self.tabs = tabs
        self.rows = rows
        """The newest of the view."""
        self.place = place
        """The tab: a place code, `STARRED`, or "" for everything (also when the tab last shown is gone)."""
        self.counts = counts
        """Of the view."""
        self.totals = totals
        self.starred = starred


def glance(
    path: str | os.PathLike[str], *, limit: int, state_key: str = "tab", place: str | None = None
) -> Glance | None:
    """Tabs, counts and up to `limit` rows of the tab that the state names under `state_key`, or of `place` when given.

    None when there is no cache, it is not of this version, or it cannot be read at once.
    """
    name = os.fspath(path)
    if not os.path.exists(name) or os.path.exists(name + ".damaged"):  # noqa: PTH110  # pathlib costs 4 ms
        return None
    try:
        connection = apsw.Connection(name, flags=apsw.SQLITE_OPEN_READONLY)
        try:
            return _read(connection, limit, state_key, place)
        finally:
            connection.close()
    except (apsw.Error, ValueError):  # ValueError: text of a damaged file
        return None


def _time(value: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=value) + _SHANGHAI_OFFSET


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
    totals: dict[str, tuple[int, int]] = {total: (unread, every) for total, unread, every in rows(TOTALS)}
    places = {values[0]: values for values in rows(PLACES)}
    bindings: tuple[int, ...] = ()
    counts = totals["all"]
    where = "FROM articles AS a INDEXED BY all_articles"
    if place == STARRED:
        counts, where = totals["starred"], "FROM articles AS a INDEXED BY all_starred WHERE a.starred = 1"
    elif place in places:
        counts = places[place][3:5]
        number = rows("SELECT id FROM places WHERE code = ?", place)[0][0]
        where = f"FROM articles AS a INDEXED BY {column(number)}_articles WHERE a.{column(number)} = ?"
        bindings = (number,)
    else:
        place = ""
    found = rows(window(where, "DESC"), *bindings, limit, 0)
    tabs = tab_codes({code: values[5] for code, values in places.items()})
    return Glance(
        [GlancePlace(places[code]) for code in tabs],  # type: ignore[misc]  # same fields as model.Place
        [GlanceRow(values) for values in found],  # type: ignore[misc]  # same fields as model.Row
        place,
        counts,
        totals["all"],
        totals["starred"],
    )
