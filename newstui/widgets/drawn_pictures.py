"""Pictures as strips of half blocks, kept while they may be seen again."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from newstui.widgets.picture_layout import Drawing, DrawnRow

BlockRun = tuple[str, str, str]
"""Half blocks "▀…" with the colour "#rrggbb" of their upper and of their lower half."""

_COLOUR: Final = re.compile("#[0-9a-f]{6}")
_KEPT: Final = 32
"""Drawings kept, the latest used."""


class DrawnPictures:
    """The drawings there are; a row of one that there is not yet is blank."""

    def __init__(self) -> None:
        self._rows: OrderedDict[Drawing, list[list[Segment]]] = OrderedDict()
        self._asked: set[Drawing] = set()

    def put(self, drawing: Drawing, rows: Sequence[Sequence[BlockRun]]) -> bool:
        """Take a drawing; False, and nothing of it, when it has not the form that was asked for."""
        if not all(_COLOUR.fullmatch(colour) for row in rows for run in row for colour in run[1:]):
            return False
        made = [[Segment("▀" * len(text), Style(color=fg, bgcolor=bg)) for text, fg, bg in row] for row in rows]
        if len(made) != drawing.rows or any(sum(len(run.text) for run in row) != drawing.columns for row in made):
            return False
        self._rows[drawing] = made
        while len(self._rows) > _KEPT:
            self._asked.discard(self._rows.popitem(last=False)[0])
        return True

    def wants(self, drawing: Drawing) -> bool:
        """Whether a drawing has neither come nor been asked for; it counts as asked for now."""
        if drawing in self._asked:
            return False
        self._asked.add(drawing)
        return True

    def strip(self, row: DrawnRow, width: int, ground: Style) -> Strip:
        """A row of exactly `width` cells."""
        rows = self._rows.get(row.drawing)
        if rows is None:
            return Strip([Segment(" " * width, ground)], width)
        self._rows.move_to_end(row.drawing)
        after = max(width - row.left - row.drawing.columns, 0)
        segments = [Segment(" " * row.left, ground), *rows[row.row], Segment(" " * after, ground)]
        strip = Strip(segments, row.left + row.drawing.columns + after)
        return strip if strip.cell_length == width else strip.crop(0, width)
