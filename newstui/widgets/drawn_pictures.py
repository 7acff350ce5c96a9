"""Pictures as strips of cells, kept while they may be seen again."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from newstui.terminal.graphics import kitty_row
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
        self._sixels: dict[Drawing, str] = {}
        self._asked: set[Drawing] = set()

    def put(self, drawing: Drawing, rows: Sequence[Sequence[BlockRun]], sixel: str = "") -> bool:
        """Take a drawing in half blocks; False, and nothing of it, when it has not the form that was asked for.

        With `sixel`, a sequence that shows it, it is shown by that wherever all of it is on screen.
        """
        if not all(_COLOUR.fullmatch(colour) for row in rows for run in row for colour in run[1:]):
            return False
        made = [[Segment("▀" * len(text), Style(color=fg, bgcolor=bg)) for text, fg, bg in row] for row in rows]
        if len(made) != drawing.rows or any(sum(len(run.text) for run in row) != drawing.columns for row in made):
            return False
        self._keep(drawing, made)
        if sixel:
            self._sixels[drawing] = sixel
        return True

    def put_placeholders(self, drawing: Drawing, number: int) -> None:
        """Take a drawing that the terminal has as picture `number`: its cells are placeholders in that colour."""
        style = Style(color=f"color({number})")
        rows = [[Segment(kitty_row(row, drawing.columns), style)] for row in range(drawing.rows)]
        self._keep(drawing, rows)

    def _keep(self, drawing: Drawing, rows: list[list[Segment]]) -> None:
        self._rows[drawing] = rows
        while len(self._rows) > _KEPT:
            gone, _ = self._rows.popitem(last=False)
            self._asked.discard(gone)
            self._sixels.pop(gone, None)

    def sixel(self, drawing: Drawing) -> str:
        """The sequence that shows a drawing; "" when it is shown by its cells."""
        return self._sixels.get(drawing, "")

    def wants(self, drawing: Drawing) -> bool:
        """Whether a drawing has neither come nor been asked for; it counts as asked for now."""
        if drawing in self._asked:
            return False
        self._asked.add(drawing)
        return True

    def strip(self, row: DrawnRow, width: int, ground: Style, *, covered: bool = False) -> Strip:
        """A row of exactly `width` cells; blank where a sixel picture covers it.

        Those blanks are no-break spaces: unlike the screen's other blanks, so that they are written over when the
        picture goes.
        """
        drawing = row.drawing
        rows = self._rows.get(drawing)
        if rows is None or row.left + drawing.columns > width:
            return Strip([Segment(" " * width, ground)], width)
        self._rows.move_to_end(drawing)
        cells = [Segment("\u00a0" * drawing.columns, ground)] if covered else rows[row.row]
        after = width - row.left - drawing.columns
        return Strip([Segment(" " * row.left, ground), *cells, Segment(" " * after, ground)], width)
