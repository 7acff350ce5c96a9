"""Room for pictures in a text: how many cells a picture takes, and which of its rows a line shows; pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

CELL_WIDTH: Final = 8
"""Pixels of a cell that a picture's own size is counted in; a cell is twice as high as wide."""
MOST_ROWS: Final = 16
"""Rows of the highest picture: with its caption it fits on 24 lines."""


class KeptPicture(NamedTuple):
    """A picture that is in the cache."""

    width: int
    """Pixels."""
    height: int
    size: int
    """Bytes."""

    @property
    def facts(self) -> str:
        """E.g. "800×600 120 KB"."""
        kib = self.size / 1024
        size = f"{max(1, round(kib))} KB" if kib < 1024 else f"{kib / 1024:.1f} MB"
        return f"{self.width}×{self.height} {size}"


class Drawing(NamedTuple):
    """A picture as it is drawn: which one, and into how many cells."""

    url: str
    columns: int
    rows: int


class DrawnRow(NamedTuple):
    """A row of a drawing, on a line of its own; `left` cells stand before it."""

    drawing: Drawing
    row: int
    left: int


class Pictures(NamedTuple):
    """What a layout needs to know of pictures."""

    kept: Mapping[str, KeptPicture] = {}
    """By address."""
    drawn: bool = False
    """Whether they are drawn; their captions and sizes are told in any case."""
    broken: frozenset[str] = frozenset()
    """Addresses of those that could not be drawn."""


def fit(url: str, picture: KeptPicture, measure: int) -> Drawing:
    """A picture in at most `measure` columns and MOST_ROWS rows, never larger than it is, its shape kept."""
    columns = min(float(measure), picture.width / CELL_WIDTH)
    rows = columns * picture.height / (2 * picture.width)
    if rows > MOST_ROWS:
        columns, rows = columns * MOST_ROWS / rows, MOST_ROWS
    return Drawing(url, max(1, min(round(columns), measure)), max(1, round(rows)))
