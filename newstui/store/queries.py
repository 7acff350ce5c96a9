"""A `View` as the index that answers it and the conditions that are left. Pure.

Each view walks one index in order; `INDEXED BY` makes SQLite refuse rather than scan or sort when it could not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from newstui.rows import Key, View
from newstui.store.listing import column
from newstui.store.times import to_ms


class Walk(NamedTuple):
    """An index in the order of the list, with what each row on it must be."""

    index_name: str
    conditions: tuple[str, ...]
    bindings: tuple[Any, ...]

    def where(self, *more: str) -> str:
        """The WHERE clause with further conditions."""
        every = (*self.conditions, *more)
        return f"FROM articles AS a INDEXED BY {self.index_name}" + (f" WHERE {' AND '.join(every)}" if every else "")


def walk(view: View, place_id: Callable[[str], int | None]) -> Walk | None:
    """How to walk a view without regard to its query; None when its place has no articles at all."""
    conditions: list[str] = []
    bindings: list[Any] = []
    place = place_id(view.place) if view.place else None
    if view.place and place is None:
        return None
    group = "all"
    if view.starred:
        conditions.append("a.starred = 1")
    elif place is not None:
        group = column(place)
    elif view.source is not None:
        group = "source"
    if place is not None:
        conditions.append(f"a.{column(place)} = ?")
        bindings.append(place)
    if view.source is not None:
        conditions.append("a.source = ?")
        bindings.append(view.source)
    if view.unread:
        conditions.append("a.read = 0")
    if view.since is not None:
        conditions.append("a.sort >= ?")
        bindings.append(to_ms(view.since))
    kinds = [kind for kind, asked in (("starred", view.starred), ("unread", view.unread)) if asked]
    return Walk("_".join((group, *(kinds or ("articles",)))), tuple(conditions), tuple(bindings))


def beyond(key: Key | None, backwards: bool) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Conditions for the rows beyond a key, nearest first: rows of the very same time, then all others.

    As one condition, `(sort, row) < (?, ?)`, SQLite would walk over all rows of the same time at each call.
    """
    if key is None:
        return (("", ()),)
    sign = ">" if backwards else "<"
    return ((f"a.sort = ? AND a.row {sign} ?", (key.sort, key.row)), (f"a.sort {sign} ?", (key.sort,)))
