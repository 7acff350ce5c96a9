"""Places with their kept counts: the tabs."""

from __future__ import annotations

from typing import Any, NamedTuple

from newstui.model import Counts, Place
from newstui.store import divisions
from newstui.store.connection import Database


class Spot(NamedTuple):
    """Where an article is listed: the ids of its places by column, None where it has none."""

    province: int | None = None
    city: int | None = None
    district: int | None = None


def column(place: int) -> str:
    """The column of articles that names a place, by the shape of its code; a portal's own tab counts as a district."""
    if place > 0 and place % 100 == 0:
        return "province" if place % 10_000 == 0 else "city"
    return "district"


class Places:
    """The places that articles have been placed at, and what lies above them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Place]:
        """Every place with articles at it or under it, portals' own tabs first, then by code."""
        return read_places(self._database)

    def tabs(self) -> list[Place]:
        """Places worth a tab."""
        return tabs(self.all())

    def totals(self) -> Counts:
        """Of everything."""
        return self._total("all")

    def starred(self) -> Counts:
        """Of the starred articles."""
        return self._total("starred")

    def _total(self, name: str) -> Counts:
        unread, total = self._database.rows("SELECT unread, total FROM totals WHERE name = ?", (name,))[0]
        return Counts(unread, total)

    def id_of(self, code: str) -> int | None:
        """The number of a place that articles have been placed at; None when there was none."""
        found = self._database.row("SELECT id FROM places WHERE code = ?", (code,))
        return None if found is None else int(found[0])

    def spot(self, code: str) -> Spot:
        """Where an article of this place is listed; makes the places; inside a transaction.

        "" and what is no place code is nowhere.
        """
        if not divisions.is_place(code):
            return Spot()
        spot: dict[str, int] = {}
        for above in divisions.ancestors(code):
            number = self.id_of(above)
            if number is None:
                number = self._make(above)
            spot[column(number)] = number
        return Spot(**spot)

    def _make(self, code: str) -> int:
        if code.startswith(divisions.TAB):
            lowest: int = self._database.value("SELECT coalesce(min(id), 0) FROM places")
            number = min(0, lowest) - 1
        else:
            number = int(code)
        name, path = divisions.names(code)
        self._database.run("INSERT INTO places (id, code, name, path) VALUES (?, ?, ?, ?)", (number, code, name, path))
        return number


def read_places(database: Database) -> list[Place]:
    """Every place with articles at it or under it, portals' own tabs first, then by code."""
    rows = database.rows("SELECT code, name, path, unread, total, direct FROM places WHERE total > 0 ORDER BY id")
    return [Place(*row) for row in sorted(rows, key=_order)]


def _order(row: tuple[Any, ...]) -> tuple[bool, str]:
    code: str = row[0]
    return not code.startswith(divisions.TAB), code


def tabs(places: list[Place]) -> list[Place]:
    """Those with articles of their own, and a city or province that holds at least two that are shown."""
    shown = {place.code for place in places if place.direct}
    divisions_only = [place.code for place in places if not place.code.startswith(divisions.TAB)]
    for code in divisions_only:
        if code.endswith("00") and not code.endswith("0000") and sum(c.startswith(code[:4]) for c in shown) >= 2:
            shown.add(code)
    for code in divisions_only:
        if code.endswith("0000"):
            # A district under a city that is shown is that city's, not one more of the province.
            below = {c[:4] + "00" if c[:4] + "00" in shown else c for c in shown if c.startswith(code[:2])}
            if len(below - {code}) >= 2:
                shown.add(code)
    return [place for place in places if place.code in shown]
