"""A table set in cells: columns by their content, narrowed until they fit, cells wrapped; pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from newstui.text.clean import clean_line
from newstui.text.widths import cell_width, pad
from newstui.text.wrap import wrapped

_LEAST: Final = 4
"""Cells below which a column cannot be read."""
_GAP: Final = 2


def column_widths(rows: Sequence[Sequence[str]], measure: int) -> list[int] | None:
    """Cells of each column so that all fit into `measure` with gaps; None when the columns are too many."""
    count = max((len(row) for row in rows), default=0)
    room = measure - _GAP * (count - 1)
    if count == 0 or room < _LEAST * count:
        return None
    widths = [max((cell_width(row[at]) for row in rows if at < len(row)), default=0) for at in range(count)]
    widths = [max(width, 1) for width in widths]
    # Take from the widest down to the level at which all fit.
    over = sum(widths) - room
    while over > 0:
        top = max(widths)
        tops = [at for at, width in enumerate(widths) if width == top]
        floor = max([width for width in widths if width < top], default=_LEAST)
        floor = max(floor, _LEAST)
        take = min(over, max((top - floor) * len(tops), len(tops)))
        each, rest = divmod(take, len(tops))
        for number, at in enumerate(tops):
            widths[at] -= each + (1 if number < rest else 0)
        over -= take
    return widths


def layout_table(rows: Sequence[Sequence[str]], measure: int) -> list[str]:
    """Lines no wider than `measure`; a table with too many columns becomes its cells joined by " | " and wrapped."""
    clean = [[clean_line(cell) for cell in row] for row in rows]
    widths = column_widths(clean, measure)
    lines: list[str] = []
    for row in clean:
        if widths is None:
            lines += wrapped(" | ".join(row), measure) or [""]
            continue
        cells = [wrapped(cell, width) for cell, width in zip(row, widths, strict=False)]
        for at in range(max((len(cell) for cell in cells), default=0)):
            parts = [pad(cell[at] if at < len(cell) else "", width) for cell, width in zip(cells, widths, strict=False)]
            lines.append((" " * _GAP).join(parts).rstrip())
    return lines
