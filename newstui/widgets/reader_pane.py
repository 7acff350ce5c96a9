"""The reader: one article, set for the pane's width."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from newstui.locale import Catalogue
from newstui.rows import Passage
from newstui.styles.palette import Span
from newstui.widgets.document import TOP, Anchor, Document, Piece, TextLine
from newstui.widgets.drawn_pictures import BlockRun, DrawnPictures
from newstui.widgets.lines_pane import LinesPane
from newstui.widgets.painting import Painter
from newstui.widgets.passages import Located, marked
from newstui.widgets.picture_layout import Drawing, Pictures
from newstui.widgets.reader_layout import landmarks, layout_article
from newstui.widgets.selection import Selection, in_role, place_at
from newstui.widgets.text_search import Hit, highlighted
from newstui.widgets.typography import Typography

if TYPE_CHECKING:
    from newstui.model import Stored

_START: Final = Anchor(0, 0)
_NO_PICTURES: Final = Pictures()


class ReaderPane(LinesPane):
    """Draws one article; `None` shows nothing."""

    @dataclass
    class Scrolled(Message):
        """The text moved; `percent` of it has been on screen."""

        percent: int

    @dataclass
    class Drawn(Message):
        """The mouse is drawn over the text, from one character to another one."""

        start: Anchor
        end: Anchor

    @dataclass
    class Undrawn(Message):
        """A picture has come on screen that has not been drawn."""

        drawing: Drawing

    @dataclass
    class Placed(Message):
        """The cells for a sixel picture have been painted, the first of them at this cell of the screen."""

        sixel: str
        x: int
        y: int

    def __init__(self, words: Catalogue, painter: Painter, typography: Typography | None = None) -> None:
        super().__init__(painter)
        self.words = words
        self.typography = typography or Typography()
        self.article: Stored | None = None
        self.pictures = Pictures()
        self._here: frozenset[int] = frozenset()
        self._drawn = DrawnPictures()
        self._laid = -1
        """The width that the document was laid out for."""
        self._place = _START
        """Where the text was laid out to start."""
        self._laid_at = TOP
        """The line that was the first on screen then."""
        self._hits: Sequence[Hit] = ()
        self._current: Anchor | None = None
        self._selection: Selection | None = None
        self.passages: tuple[Located, ...] = ()
        self.standing: Passage | None = None
        """The marked passage that one has gone to."""
        self._pressed: Anchor | None = None
        """Where a mouse button went down."""
        self._labels: Mapping[int, Sequence[tuple[int, str]]] = {}

    def show(
        self,
        article: Stored | None,
        place: Anchor = _START,
        pictures: Pictures = _NO_PICTURES,
        here: frozenset[int] = frozenset(),
        passages: tuple[Located, ...] = (),
    ) -> None:
        """Show an article from a place on; `here`: the related headlines whose articles are in the cache, by index."""
        self.article, self._place, self.pictures, self._here = article, place, pictures, here
        self.passages, self.standing = passages, None
        # A hidden reader gets the whole width when it is shown: it is in the first frame then.
        self._lay(self.size.width or self.app.size.width)

    def set_typography(self, typography: Typography) -> None:
        """Set the text anew in another way, the same words at the top."""
        if typography != self.typography:
            self._place = self.place
            self.typography = typography
            self._lay(self.size.width)

    def set_pictures(self, pictures: Pictures) -> None:
        """Set the text anew round other pictures, the same words at the top."""
        if pictures != self.pictures:
            self._place = self.place
            self.pictures = pictures
            self._lay(self.size.width)

    def set_passages(self, passages: tuple[Located, ...]) -> None:
        """Set the text anew with other passages marked, the same words at the top."""
        if passages != self.passages:
            self._place = self.place
            self.passages = passages
            self._lay(self.size.width)

    def stand(self, passage: Passage | None) -> None:
        """Mark apart the passage that one has gone to."""
        self.standing = passage
        self.refresh()

    def take_drawing(self, drawing: Drawing, rows: Sequence[Sequence[BlockRun]], sixel: str = "") -> bool:
        """Show a picture that has been drawn; False when its rows have not the form that was asked for."""
        taken = self._drawn.put(drawing, rows, sixel)
        self.refresh()
        return taken

    def take_placeholders(self, drawing: Drawing, number: int) -> None:
        """Show a picture that the terminal has been sent as number `number`."""
        self._drawn.put_placeholders(drawing, number)
        self.refresh()

    def line_strip(self, line: TextLine) -> Strip:
        """A line of text, or a row of a picture."""
        if line.picture is None:
            return super().line_strip(line)
        if self._drawn.wants(line.picture.drawing):
            self.post_message(self.Undrawn(line.picture.drawing))
        drawing = line.picture.drawing
        covered = bool(self._drawn.sixel(drawing)) and drawing in self._whole()
        return self._drawn.strip(line.picture, self.size.width, self.painter.style("text"), covered=covered)

    def set_labels(self, labels: Mapping[int, Sequence[tuple[int, str]]]) -> None:
        """Paint labels over the text: by line on screen, the cell that each begins on."""
        self._labels = labels
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The strip of a screen line, labels over it."""
        strip = super().render_line(y)
        for cell, label in self._labels.get(y, ()):
            over = Strip([Segment(label, self.painter.style("marker"))], len(label))
            strip = Strip.join([strip.crop(0, cell), over, strip.crop(cell + len(label))])
            strip = strip.crop(0, self.size.width)
        return strip

    def _whole(self) -> dict[Drawing, tuple[int, int]]:
        """The drawings of which every row is on screen, with the column and line of their first cell."""
        begun: dict[Drawing, tuple[int, int]] = {}
        whole: dict[Drawing, tuple[int, int]] = {}
        for y, line in enumerate(self.shown()):
            if (row := line.picture) is not None:
                if row.row == 0:
                    begun[row.drawing] = (row.left, y)
                if row.row == row.drawing.rows - 1 and row.drawing in begun:
                    whole[row.drawing] = begun[row.drawing]
        return whole

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines; sixel pictures follow once they are on screen."""
        strips = super().render_lines(crop)
        if any(line.picture and self._drawn.sixel(line.picture.drawing) for line in self.shown()):
            self.call_after_refresh(self._place_sixels)
        return strips

    def _place_sixels(self) -> None:
        corner = self.region.offset
        for drawing, (x, y) in self._whole().items():
            if sixel := self._drawn.sixel(drawing):
                self.post_message(self.Placed(sixel, corner.x + x, corner.y + y))

    @property
    def place(self) -> Anchor:
        """Where the text on screen starts.

        Until it is scrolled that is where it was asked to start, not where the line with that place in it starts: at
        one width after the other it would creep backwards.
        """
        return self._place if self.top == self._laid_at else self.document.place(self.top)

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

    @property
    def percent(self) -> int:
        """How much of the text has been on screen, 0–100."""
        return self.document.percent(self.top, self.size.height)

    def _lay(self, width: int) -> None:
        """Lay the article out for a width."""
        self._laid = width
        document = self.document_at(width)
        self.show_document(document, document.spot(self._place))
        self._laid_at = self.top
        self.scrolled()

    def document_at(self, width: int) -> Document:
        """The article for a width."""
        if width <= 0 or self.article is None:
            return Document(())
        return layout_article(
            self.article, width, self.words, self.typography, self.pictures, self._here, self.passages
        )

    def go(self, place: Anchor) -> None:
        """Show the text from a place on, as far as there is text below it."""
        self._place = place
        self.scroll_to_spot(self.document.spot(place))
        self._laid_at = self.top

    def shows(self, place: Anchor) -> bool:
        """Whether a place is on screen."""
        return self.top <= self.document.spot(place) <= self.document.move(self.top, self.size.height - 1)

    def reveal(self, place: Anchor) -> None:
        """Scroll only if a place is not on screen: then it stands in the upper third."""
        if not self.shows(place):
            self.scroll_to_spot(self.document.move(self.document.spot(place), -(self.size.height // 3)))

    def jump(self, direction: int) -> bool:
        """To the next heading, or the one before (-1), in a text without any by paragraphs; whether there was one."""
        if self.article is None:
            return False
        here = self.document.place(self.top)
        parts = landmarks(self.article)
        if direction > 0:
            index = bisect_right(parts, here.part)
        else:
            index = bisect_left(parts, here.part + (here.offset > 0)) - 1
        top = self.top
        if 0 <= index < len(parts):
            self.scroll_to_spot(self.document.spot(Anchor(parts[index], 0)))
        elif direction < 0:
            self.scroll_to_start()
        return self.top != top

    def set_hits(self, hits: Sequence[Hit], current: Anchor | None) -> None:
        """Mark what is found in the text; `current` is where the hit begins that one stands on."""
        self._hits, self._current = hits, current
        self.refresh()

    def set_selection(self, selection: Selection | None) -> None:
        """Mark what is selected."""
        self._selection = selection
        self.refresh()

    def paint(self, line: TextLine) -> Sequence[Span]:
        """A line's spans, what is found and selected in it marked."""
        pieces: Sequence[Piece] = line.pieces
        if self.passages:
            pieces = marked(pieces, line.anchor.part, self.passages, self.standing)
        if self._hits:
            pieces = highlighted(line._replace(pieces=tuple(pieces)), self._hits, self._current)
        if self._selection is not None and (inner := self._selection.within(line.anchor.part)) is not None:
            pieces = in_role(pieces, *inner, "selected")
        return [Span(piece.text, piece.role) for piece in pieces]

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A selection may begin."""
        if event.button == 1 and (place := self._under(event.x, event.y)) is not None:
            self._pressed = place
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """It goes on; beyond an edge the text follows."""
        if self._pressed is not None and event.button:
            if not 0 <= event.y < self.size.height:
                self.scroll_lines(1 if event.y > 0 else -1)
            place = self._under(event.x, max(0, min(event.y, self.size.height - 1)))
            if place is not None:
                self.post_message(self.Drawn(self._pressed, place))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """It stays as it is; a mere click selects nothing."""
        if self._pressed is not None:
            if self._under(event.x, event.y) == self._pressed:
                self.post_message(self.Drawn(self._pressed, self._pressed))
            self._pressed = None
            self.release_mouse()

    def _under(self, x: int, y: int) -> Anchor | None:
        """The character of the text on a cell, or the nearest one on the line."""
        lines = self.shown()
        return place_at(lines[y], x) if 0 <= y < len(lines) else None

    def on_resize(self, event: events.Resize) -> None:
        """Set the text anew with the same words at the top."""
        event.prevent_default()
        if event.size.width != self._laid:
            self._place = self.place
            self._lay(event.size.width)
        else:
            self.show_document(self.document, self.top)
            self.scrolled()

    def scrolled(self) -> None:
        """Tell how far the reader has come."""
        self.post_message(self.Scrolled(self.percent))
