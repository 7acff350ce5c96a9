"""Places with their kept counts: the tabs."""

from __future__ import annotations

from typing import NamedTuple

from newstui.rows import Counts, Place
from newstui.store.connection import Database
from newstui.store.listing import PLACES, column, is_tab, tab_codes


class Spot(NamedTuple):
    """Where an article is listed: the ids of its places by column, None where it has none."""

    province: int | None = None
    city: int | None = None
    district: int | None = None


class Places:
    """The places that articles have been placed at, and what lies above them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Place]:
        """Every place with articles at it or under it, portals' own tabs first, then by code."""
        places = [Place(*values) for values in self._database.rows(PLACES)]
        return sorted(places, key=lambda place: (not is_tab(place.code), place.code))

    def tabs(self) -> list[Place]:
        """Places worth a tab."""
        places = {values[0]: Place(*values) for values in self._database.rows(PLACES)}
        return [places[code] for code in tab_codes({place.code: place.direct for place in places.values()})]

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

        "" and what the gazetteer does not know is nowhere.
        """
        from newstui.districts.placing import place_ancestors

        spot: dict[str, int] = {}
        for above in place_ancestors(code) if code else ():
            number = self.id_of(above)
            if number is None:
                number = self._make(above)
            spot[column(number)] = number
        return Spot(**spot)

    def move(self, source: int, code: str) -> int:
        """Place a source's articles that do not say where they belong; how many moved; inside a transaction."""
        from newstui.store.counts import STANDING, Deltas, Standing

        database, spot = self._database, self.spot(code)
        condition = "source = ? AND own_place = 0 AND (province, city, district) IS NOT (?, ?, ?)"
        deltas, moved = Deltas(), 0
        for *standing, count in database.rows(
            f"SELECT {STANDING}, count(*) FROM articles WHERE {condition} GROUP BY {STANDING}", (source, *spot)
        ):
            old = Standing(*standing)
            deltas.move(old, old._replace(province=spot.province, city=spot.city, district=spot.district), count)
            moved += count
        database.run(
            f"UPDATE articles SET province = ?, city = ?, district = ? WHERE {condition}", (*spot, source, *spot)
        )
        deltas.write(database)
        return moved

    def _make(self, code: str) -> int:
        from newstui.districts.placing import place_name, place_path

        if is_tab(code):
            lowest: int = self._database.value("SELECT coalesce(min(id), 0) FROM places")
            number = min(0, lowest) - 1
        else:
            number = int(code)
        self._database.run(
            "INSERT INTO places (id, code, name, path) VALUES (?, ?, ?, ?)",
            (number, code, place_name(code), place_path(code)),
        )
        return number
