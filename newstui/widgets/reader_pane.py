"""The reader: one article, set for the pane's width, each article's position kept while the app runs."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from textual import events
from textual.message import Message

from newstui.locale import Catalogue
from newstui.widgets.document import Anchor, Document, ready
from newstui.widgets.lines_pane import LinesPane
from newstui.widgets.painting import Painter
from newstui.widgets.reader_layout import layout_article
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
        self._laid = -1
        """The width that the document was laid out for."""
        self._places: OrderedDict[int, Anchor] = OrderedDict()

    def show(self, article: Stored | None) -> None:
        """Show an article where it was left; the same article read again keeps the place on screen."""
        self._keep_place()
        self.article = article
        self._lay(self.size.width)

    def set_typography(self, typography: Typography) -> None:
        """Set the text anew in another way, the same words at the top."""
        if typography != self.typography:
            self._keep_place()
            self.typography = typography
            self._lay(self.size.width)

    @property
    def place(self) -> Anchor:
        """Where the text on screen starts."""
        return self.document.place(self.top)

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
            self.scrolled()

    def places(self, latest: int) -> dict[int, Anchor]:
        """Where the `latest` articles were left, by row, the one on screen included; the top is not named."""
        self._keep_place()
        return dict([(row, place) for row, place in self._places.items() if place != (0, 0)][-latest:])

    @property
    def percent(self) -> int:
        """How much of the text has been on screen, 0–100."""
        return self.document.percent(self.top, self.size.height)

    def _lay(self, width: int) -> None:
        """Lay the article out for a width, from the place where it was left."""
        self._laid = width
        document = self.document_at(width)
        self.show_document(document, document.spot(self._place()))
        self.scrolled()

    def document_at(self, width: int) -> Document:
        """The article for a width, or that there is none."""
        if width <= 0:
            return Document(())
        if self.article is None:
            return ready(((), (), layout_notice(self.words("reader.nothing"), width)))
        return layout_article(self.article, width, self.words, self.typography)

    def on_resize(self, event: events.Resize) -> None:
        """Set the text anew with the same words at the top."""
        event.prevent_default()
        if event.size.width != self._laid:
            self._keep_place()
            self._lay(event.size.width)
        else:
            self.show_document(self.document, self.top)
            self.scrolled()

    def scrolled(self) -> None:
        """Tell how far the reader has come."""
        self.post_message(self.Scrolled(self.percent))

    def _keep_place(self) -> None:
        if self.article is not None and self.document.slabs:
            self.remember(self.article.row.key.row, self.place)

    def _place(self) -> Anchor:
        none = Anchor(0, 0)
        return none if self.article is None else self._places.get(self.article.row.key.row, none)
