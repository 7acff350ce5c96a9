"""Text set in lines at a measure: the part of the reader's layout that knows nothing of articles; pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final
from unicodedata import category

from newstui.styles.palette import Role
from newstui.text.widths import pad
from newstui.text.wrap import wrap
from newstui.widgets.displaying import JOINER, Run, displayed
from newstui.widgets.document import Anchor, Piece, TextLine
from newstui.widgets.picture_layout import Drawing, DrawnRow
from newstui.widgets.typography import Typography

PIECE: Final = 8192
"""Code points of a paragraph that are set at once; a longer one is set in pieces."""
_SENTENCE_END: Final = re.compile(r"(?:[。！？；…!?;]+[”’」』）》)\]\"']*|\.[ ]|\n)[ \u3000]*")
_SOFT_END: Final = re.compile(r"[，、：,:][”’」』）》]*[ \u3000]*| +")
_WIDEST: Final = 2
"""Cells of the widest mark."""
_FEW: Final = 4
"""Lines of the longest text that is balanced."""
_SEEN: Final = {ord("\n"): " ", ord("\u00a0"): " ", ord(JOINER): None}
"""What breaks or holds lines is not for the terminal."""
_LOOK: Final = 256
"""Code points looked back over for the boundary of a character."""
_JOINED: Final = frozenset(("Mn", "Mc", "Me", "Cf"))
_OPENING: Final = "（【《〈「『〔〖［｛“‘￥＄([{"


class Setter:
    """Collects the lines of one slab."""

    def __init__(self, width: int, typography: Typography) -> None:
        self.typography = typography
        self.measure = typography.cells(width)
        self._margin = (Piece(" " * margin, "text"),) if (margin := max(0, (width - self.measure) // 2)) else ()
        self._hanging = min(max(width - margin - self.measure, 0), _WIDEST) if typography.hanging else 0
        """Cells of the right margin that a mark may stand in."""
        self.lines: list[TextLine] = []
        self.part = 0
        """The part of the article that the next lines belong to."""

    def blank(self) -> None:
        """A blank line, never two together."""
        if not self.lines or self.lines[-1].pieces or self.lines[-1].picture:
            before = self.lines[-1].anchor if self.lines else Anchor(0, 0)
            self.lines.append(TextLine((), max(before, Anchor(self.part, 0))))

    def row(self, pieces: Sequence[Piece], offset: int = 0) -> None:
        """One ready line."""
        self.lines.append(TextLine((*self._margin, *pieces), Anchor(self.part, offset)))

    def picture(self, drawing: Drawing) -> None:
        """The rows of a picture, centred."""
        left = sum(len(piece.text) for piece in self._margin) + (self.measure - drawing.columns) // 2
        for row in range(drawing.rows):
            self.lines.append(TextLine((), Anchor(self.part, 0), DrawnRow(drawing, row, left)))

    def flow(
        self,
        runs: Sequence[Run],
        *,
        first: int = 0,
        rest: int = 0,
        lead: str = "",
        lead_role: Role = "text",
        balanced: bool = False,
    ) -> None:
        """Text in runs of roles, wrapped; `lead` stands in the first line's indent (a bullet).

        A `balanced` text has lines of nearly one length, as headlines are set (CSS Text 4, text-wrap: balance).
        """
        runs = displayed(runs, self.typography)
        text = "".join([run.text for run in runs])
        room = self.measure
        first, rest = (first, rest) if room >= 3 * max(first, rest, 1) else (min(first, 2), 0) if room > 6 else (0, 0)
        starts: list[int] = []
        at = 0
        for run in runs:
            starts.append(at)
            at += len(run.text)
        if balanced:
            room = _balanced(text, room)
        for number, line in enumerate(wrap(text, room, first, rest, hanging=self._hanging)):
            pieces = list(self._margin)
            if line.indent:
                indent = pad(lead, line.indent) if number == 0 and lead else " " * line.indent
                pieces.append(Piece(indent, lead_role))
            index = max(bisect_right(starts, line.start) - 1, 0)
            at = runs[index].at + (0 if runs[index].made else line.start - starts[index])
            _cut(pieces, runs, starts, line.start, line.end, index)
            self.lines.append(TextLine(tuple(pieces), Anchor(self.part, at)))


def _balanced(text: str, room: int) -> int:
    """The narrowest measure at which a text of a few lines takes no more of them than at `room` cells."""
    if len(text) > _FEW * room:
        return room
    count = len(wrap(text, room))
    if not 1 < count <= _FEW:
        return room
    low = room // 2
    while low < room:
        middle = (low + room) // 2
        if len(wrap(text, middle)) <= count:
            room = middle
        else:
            low = middle + 1
    return room


def _cut(pieces: list[Piece], runs: Sequence[Run], starts: Sequence[int], start: int, end: int, index: int) -> None:
    """Add the runs' pieces within [start, end) of their joined text."""
    while start < end and index < len(runs):
        run, before = runs[index], starts[index]
        stop = min(end, before + len(run.text))
        text = run.text[start - before : stop - before].translate(_SEEN)
        if text:
            pieces.append(Piece(text, run.role, -1 if run.made else run.at + start - before, run.target))
        start = max(stop, start)
        index += 1


def cut_points(text: str, size: int = PIECE) -> list[int]:
    """Where a long text is cut so that no piece is longer than `size`: the starts of its pieces, then its length.

    Behind a sentence if one ends in the second half of a piece, else behind a clause or a blank, else between two
    hanzi, else between any two characters; a character keeps its marks unless they are very many.
    """
    points = [0]
    while len(text) - points[-1] > size:
        start = points[-1]
        points.append(_cut_point(text, start + size // 2, start + size))
    return [*points, len(text)]


def _cut_point(text: str, low: int, high: int) -> int:
    for pattern in (_SENTENCE_END, _SOFT_END):
        found = 0
        for match in pattern.finditer(text, low, high):
            found = match.end()
        if low < found < high:
            return found
    low = max(low, high - _LOOK)
    for at in range(high, low, -1):
        if text[at - 1] >= "\u2e80" and text[at - 1] not in _OPENING and "\u3400" <= text[at] <= "\u9fff":
            return at
    for at in range(high, low, -1):
        if category(text[at]) not in _JOINED and text[at - 1] != "\u200d":
            return at
    return high
