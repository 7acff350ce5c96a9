"""The reader: one article, set for the pane's width, each article's position kept while the app runs."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from textual import events
from textual.message import Message

from newstui.locale import Catalogue
from newstui.styles.palette import Span
from newstui.widgets.lines_pane import LinesPane
from newstui.widgets.painting import Painter
from newstui.widgets.reader_layout import Anchor, ReaderLine, layout_article
from newstui.widgets.row_layout import layout_notice
from newstui.widgets.typography import Typography

if TYPE_CHECKING:
    from newstui.model import Stored

_KEPT: Final = 500
"""Positions remembered."""


class ReaderPane(LinesPane):
    """Draws one article; `None` shows a notice."""

    @dataclass
    class Scrolled(Message):
        """The text moved; `percent` of it has been on screen."""

        percent: int

    def __init__(self, words: Catalogue, painter: Painter, typography: Typography | None = None) -> None:
        super().__init__(painter)
        self.words = words
        self.typography = typography or Typography()
        self.article: Stored | None = None
        self._set: list[ReaderLine] = []
        self._laid = -1
        """The width that the lines were set for."""
        self._ready: tuple[Stored, int, list[ReaderLine]] | None = None
        self._places: OrderedDict[int, Anchor] = OrderedDict()

    def show(self, article: Stored | None) -> None:
        """Show an article where it was left; the same article read again keeps the place on screen."""
        self._keep_place()
        self.article = article
        self.set_lines(self.layout_lines(self.size.width), self._line_of(self._place()))
        self._tell()

    def prepare(self, article: Stored, width: int, lines: list[ReaderLine]) -> None:
        """Take an article's lines for a width as set elsewhere; they are used when it is shown at that width."""
        self._ready = (article, width, lines)

    def set_typography(self, typography: Typography) -> None:
        """Set the text anew in another way, the same words at the top."""
        if typography != self.typography:
            self._keep_place()
            self.typography, self._ready = typography, None
            self.set_lines(self.layout_lines(self.size.width), self._line_of(self._place()))
            self._tell()

    @property
    def place(self) -> Anchor:
        """Where the text on screen starts."""
        return self._set[min(self.top, len(self._set) - 1)].anchor if self._set else Anchor(0, 0)

    def remember(self, row: int, place: Anchor) -> None:
        """Show article `row` from a place the next time it is shown."""
        self._places[row] = place
        self._places.move_to_end(row)
        while len(self._places) > _KEPT:
            self._places.popitem(last=False)

    def mark(self, rows: Collection[int], *, read: bool | None = None, starred: bool | None = None) -> None:
        """Take over other marks of the article that is shown."""
        if self.article is not None and self.article.row.key.row in rows:
            row = self.article.row
            row = row._replace(
                read=row.read if read is None else read,
                starred=row.starred if starred is None else starred,
            )
            self.article = replace(self.article, row=row)
            self._tell()

    def places(self, latest: int) -> dict[int, Anchor]:
        """Where the `latest` articles were left, by row, the one on screen included; the top is not named."""
        self._keep_place()
        return dict([(row, place) for row, place in self._places.items() if place != (0, 0)][-latest:])

    @property
    def percent(self) -> int:
        """How much of the text has been on screen, 0–100."""
        if not self.lines:
            return 100
        return min(100, (self.top + self.size.height) * 100 // len(self.lines))

    def layout_lines(self, width: int) -> Sequence[Sequence[Span]]:
        """The article's lines at a width."""
        self._laid = width
        if self.article is None or width <= 0:
            self._set = []
            return ((), (), layout_notice(self.words("reader.nothing"), width)) if width > 0 else ()
        if self._ready is not None and self._ready[1] == width and _same_text(self._ready[0], self.article):
            self._set = self._ready[2]
        else:
            self._set = layout_article(self.article, width, self.words, self.typography)
        return [line.spans for line in self._set]

    def on_resize(self, event: events.Resize) -> None:
        """Set the text anew with the same words at the top."""
        event.prevent_default()
        if event.size.width > 0:
            self._keep_place()
        lines = self.lines if event.size.width == self._laid else self.layout_lines(event.size.width)
        self.set_lines(lines, self._line_of(self._place()))
        self._tell()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell how far the reader has come."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._tell()

    def _tell(self) -> None:
        self.post_message(self.Scrolled(self.percent))

    def _keep_place(self) -> None:
        if self.article is not None and self._set:
            self.remember(self.article.row.key.row, self.place)

    def _place(self) -> Anchor:
        none = Anchor(0, 0)
        return none if self.article is None else self._places.get(self.article.row.key.row, none)

    def _line_of(self, place: Anchor) -> int:
        return max(bisect_right([line.anchor for line in self._set], place) - 1, 0) if place != (0, 0) else 0


def _same_text(one: Stored, other: Stored) -> bool:
    """Whether two readings of an article have the same text; a mark makes a new value of the same blocks."""
    return one.row.key == other.row.key and one.blocks is other.blocks
