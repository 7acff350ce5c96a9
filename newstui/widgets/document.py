"""A text for a pane: lines that are set slab by slab, when they are needed; pure.

A slab is a stretch of the text of about a hundred lines that can be set without the rest. What counts in scrolling is
a spot, a slab and a line in it, never a line number from the top: nothing before a screen needs to be set to show it,
and nothing on it moves when more is set. How far a reader has come is told from the slabs' sizes, which are known.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from newstui.styles.palette import Role, Span
from newstui.text.widths import cell_offsets
from newstui.widgets.picture_layout import DrawnRow

_KEPT: Final = 64
"""Set slabs that are kept, the latest used."""


class Anchor(NamedTuple):
    """A place in a text that survives another layout: the number of a part and a code point in the part's text."""

    part: int
    offset: int


class Piece(NamedTuple):
    """A run of clean text on a line in one role, and where it comes from.

    Character i of it is code point `offset + i` of its part's text; an `offset` of -1 is the setter's own (margins,
    bullets, numbers of links). `target` is the number of what opens from it, -1 when nothing does.
    """

    text: str
    role: Role
    offset: int = -1
    target: int = -1


class TextLine(NamedTuple):
    """One line: its pieces (left margin included) and the place in the text where it starts."""

    pieces: tuple[Piece, ...]
    anchor: Anchor
    picture: DrawnRow | None = None
    """The row of a picture that stands on it, in place of pieces."""

    @property
    def spans(self) -> tuple[Span, ...]:
        """The line as it is painted."""
        return tuple(Span(piece.text, piece.role) for piece in self.pieces)

    def piece_at(self, cell: int) -> tuple[Piece, int] | None:
        """The piece on a cell of the line and the index of the character there; None beyond the line's end."""
        for piece in self.pieces:
            cells = cell_offsets(piece.text)
            if cell < cells[-1]:
                return piece, bisect_right(cells, cell) - 1
            cell -= cells[-1]
        return None


class Slab(NamedTuple):
    """A stretch of a text: where it starts, its size (code points, roughly) and how it is set."""

    start: Anchor
    size: int
    set: Callable[[], list[TextLine]]


class Spot(NamedTuple):
    """A line of a document."""

    slab: int
    line: int


TOP = Spot(0, 0)


class Document:
    """Slabs in order, each set at first need."""

    def __init__(self, slabs: Sequence[Slab]) -> None:
        self.slabs = slabs
        self._starts = [slab.start for slab in slabs]
        self._before = list(accumulate((slab.size for slab in slabs), initial=0))
        self._set: dict[int, list[TextLine]] = {}

    def __iter__(self) -> Iterator[TextLine]:
        """All lines; sets everything."""
        for slab in range(len(self.slabs)):
            yield from self._lines(slab)

    def _lines(self, slab: int) -> list[TextLine]:
        lines = self._set.pop(slab, None)
        if lines is None:
            lines = self.slabs[slab].set()
            if len(self._set) >= _KEPT:
                del self._set[next(iter(self._set))]
        self._set[slab] = lines
        return lines

    def lines(self, top: Spot, count: int) -> list[TextLine]:
        """`count` lines from `top` on, fewer at the end."""
        found: list[TextLine] = []
        slab, line = top
        while slab < len(self.slabs) and len(found) < count:
            found += self._lines(slab)[line : line + count - len(found)]
            slab, line = slab + 1, 0
        return found

    def move(self, spot: Spot, lines: int) -> Spot:
        """The spot that many lines below (above, when negative), as far as there are lines."""
        slab, line = spot[0], spot[1] + lines
        while line < 0 and slab > 0:
            slab -= 1
            line += len(self._lines(slab))
        if line < 0:
            return TOP
        while slab < len(self.slabs) and line >= len(self._lines(slab)):
            line -= len(self._lines(slab))
            slab += 1
        return Spot(slab, line) if slab < len(self.slabs) else self._last()

    def _last(self) -> Spot:
        for slab in range(len(self.slabs) - 1, -1, -1):
            if lines := self._lines(slab):
                return Spot(slab, len(lines) - 1)
        return TOP

    def clamp(self, spot: Spot, height: int) -> Spot:
        """`spot`, or the lowest one above it from which the last line is at the bottom of `height` lines."""
        if len(self.lines(spot, height)) >= height:
            return spot
        return min(spot, self.lowest(height))

    def lowest(self, height: int) -> Spot:
        """The spot from which the last line is at the bottom of `height` lines."""
        return self.move(self._last(), 1 - max(height, 1))

    def ends_in(self, top: Spot, height: int) -> bool:
        """Whether the last line is among `height` lines from `top` on."""
        return len(self.lines(top, height + 1)) <= height

    def spot(self, place: Anchor) -> Spot:
        """The line in which a place stands; the first one for the beginning."""
        slab = bisect_right(self._starts, place) - 1
        if place <= (0, 0) or slab < 0:
            return TOP
        line = bisect_right([line.anchor for line in self._lines(slab)], place) - 1
        return Spot(slab, line) if line >= 0 else self.move(Spot(slab, 0), -1)

    def place(self, spot: Spot) -> Anchor:
        """Where the line at `spot` starts."""
        found = self.lines(spot, 1)
        return found[0].anchor if found else Anchor(0, 0)

    def percent(self, top: Spot, height: int) -> int:
        """How much of the text is above the bottom of `height` lines from `top` on, 0–100."""
        if self.ends_in(top, height):
            return 100
        slab, line = self.move(top, height)
        whole = len(self._lines(slab))
        read = self._before[slab] + self.slabs[slab].size * line / max(whole, 1)
        return min(99, int(read * 100 / max(self._before[-1], 1)))


def ready(lines: Sequence[Sequence[Span]]) -> Document:
    """A document of lines that are set already."""
    made = [
        TextLine(tuple(Piece(span.text, span.role) for span in line), Anchor(0, at)) for at, line in enumerate(lines)
    ]
    return Document([Slab(Anchor(0, 0), max(len(made), 1), lambda: made)])
