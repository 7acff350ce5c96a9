"""Rows of the list, as SQL reads them."""

from __future__ import annotations

from typing import Any, Final

from newstui.model import Key, Row
from newstui.store.times import from_ms

COLUMNS: Final = (
    "a.sort, a.row, a.id, a.title, a.byline, s.title, s.url, a.published, a.read, a.starred, p.code, p.name, a.url"
)
"""What `to_row` takes, in order."""
JOINS: Final = (
    "LEFT JOIN sources AS s ON s.id = a.source LEFT JOIN places AS p ON p.id = coalesce(a.district, a.city, a.province)"
)
"""Two look-ups by row number for each line that is shown."""


def to_row(values: tuple[Any, ...]) -> Row:
    """A line of the list from `COLUMNS`."""
    sort, row, short, title, byline, source, address, published, read, starred, code, name, url = values
    return Row(
        key=Key(sort, row),
        id=short,
        title=title,
        source=byline or source or address or "",
        shown=from_ms(sort),
        published=None if published is None else from_ms(published),
        read=bool(read),
        starred=bool(starred),
        place=code or "",
        place_name=name or "",
        url=url,
    )
