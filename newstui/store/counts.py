"""The kept counts: places, sources and totals, changed in the transaction that changes the articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

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


COUNTED: Final = {
    "places": (
        "id",
        ("unread", "total", "direct"),
        "SELECT place, sum(unread), sum(total), sum(direct) FROM ("
        "SELECT province AS place, sum(1 - read) AS unread, count(*) AS total, "
        "sum(city IS NULL AND district IS NULL) AS direct FROM articles GROUP BY province "
        "UNION ALL SELECT city, sum(1 - read), count(*), sum(district IS NULL) FROM articles GROUP BY city "
        "UNION ALL SELECT district, sum(1 - read), count(*), count(*) FROM articles GROUP BY district"
        ") WHERE place IS NOT NULL GROUP BY place",
    ),
    "sources": (
        "id",
        ("unread", "total"),
        "SELECT source, sum(1 - read), count(*) FROM articles GROUP BY source",
    ),
    "totals": (
        "name",
        ("unread", "total"),
        "SELECT 'all', coalesce(sum(1 - read), 0), count(*) FROM articles "
        "UNION ALL SELECT 'starred', coalesce(sum(1 - read), 0), count(*) FROM articles WHERE starred = 1",
    ),
}
"""By table: its key, its kept counts, and the query that counts them afresh."""


def kept_counts(database: Database, table: str) -> dict[Any, tuple[int, ...]]:
    """The kept counts by key, those that are all 0 left out."""
    key, columns, _ = COUNTED[table]
    found = database.rows(f"SELECT {key}, {', '.join(columns)} FROM {table}")
    return {values[0]: values[1:] for values in found if any(values[1:])}


def fresh_counts(database: Database, table: str) -> dict[Any, tuple[int, ...]]:
    """What they should be; reads every article."""
    return {values[0]: values[1:] for values in database.rows(COUNTED[table][2]) if any(values[1:])}


def recount(database: Database) -> None:
    """Write all kept counts afresh; inside a transaction."""
    for table, (key, columns, _) in COUNTED.items():
        database.run(f"UPDATE {table} SET {', '.join(f'{column} = 0' for column in columns)}")
        database.run_many(
            f"UPDATE {table} SET {', '.join(f'{column} = ?' for column in columns)} WHERE {key} = ?",
            [(*counts, name) for name, counts in fresh_counts(database, table).items()],
        )
