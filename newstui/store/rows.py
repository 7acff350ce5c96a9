"""Lines of the list from what SQL reads."""

from __future__ import annotations

from typing import Any

from newstui.rows import Key, Row
from newstui.store.times import from_ms


def to_row(values: tuple[Any, ...]) -> Row:
    """A line of the list from `listing.COLUMNS`."""
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
