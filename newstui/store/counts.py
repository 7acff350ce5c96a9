"""The kept counts: places, sources and totals, changed in the transaction that changes the articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from newstui.store.connection import Database


class Standing(NamedTuple):
    """What the counts depend on in one article; place columns by their ids, None where it has none."""

    source: int
    province: int | None
    city: int | None
    district: int | None
    read: int
    starred: int

    @property
    def place(self) -> int | None:
        """Where exactly it is placed."""
        return self.district or self.city or self.province

    def above(self) -> Iterator[int]:
        """Every place that counts it."""
        for place in (self.province, self.city, self.district):
            if place is not None:
                yield place


STANDING = "source, province, city, district, read, starred"
"""The columns of a `Standing`, in order."""


class Deltas:
    """Changes of counts, collected while articles change and written once at the end of the transaction."""

    def __init__(self) -> None:
        self._places: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
        self._sources: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
        self._totals: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])

    def add(self, standing: Standing, times: int = 1) -> None:
        """`times` articles that stand so came (or, below 0, went)."""
        unread = 0 if standing.read else times
        for place in standing.above():
            counts = self._places[place]
            counts[0] += unread
            counts[1] += times
        if standing.place is not None:
            self._places[standing.place][2] += times
        for counts in (self._sources[standing.source], self._totals["all"]):
            counts[0] += unread
            counts[1] += times
        if standing.starred:
            counts = self._totals["starred"]
            counts[0] += unread
            counts[1] += times

    def move(self, old: Standing, new: Standing, times: int = 1) -> None:
        """`times` articles changed from one standing to another."""
        self.add(old, -times)
        self.add(new, times)

    def write(self, database: Database) -> None:
        """Apply what was collected; inside the transaction."""
        places = [(*counts, place) for place, counts in self._places.items() if any(counts)]
        database.run_many(
            "UPDATE places SET unread = unread + ?, total = total + ?, direct = direct + ? WHERE id = ?", places
        )
        sources = [(*counts, source) for source, counts in self._sources.items() if any(counts)]
        database.run_many("UPDATE sources SET unread = unread + ?, total = total + ? WHERE id = ?", sources)
        totals = [(*counts, name) for name, counts in self._totals.items() if any(counts)]
        database.run_many("UPDATE totals SET unread = unread + ?, total = total + ? WHERE name = ?", totals)
