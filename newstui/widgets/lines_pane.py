"""A scrolling pane of lines, drawn line by line: the base of the reader and the help."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.strip import Strip
from textual.widget import Widget

from newstui.styles.palette import Span
from newstui.widgets.document import TOP, Document, Spot, TextLine
from newstui.widgets.painting import Painter


class LinesPane(Widget, can_focus=False, inherit_bindings=False):
    """Shows a document from a line on; what its text is at a width is the subclass's `document_at`."""

    ALLOW_SELECT = False

    def __init__(self, painter: Painter) -> None:
        super().__init__()
        self.painter = painter
        self.document = Document(())
        self.top = TOP
        """The first line on screen."""

    def document_at(self, width: int) -> Document:
        """The text for a width in cells."""
        raise NotImplementedError

    def show_document(self, document: Document, top: Spot = TOP) -> None:
        """Show a text from line `top` on."""
        self.document = document
        self.top = document.clamp(top, self.size.height)
        self.refresh()

    @property
    def at_end(self) -> bool:
        """Whether the last line is on screen."""
        return self.document.ends_in(self.top, self.size.height)

    def scroll_to_spot(self, spot: Spot) -> None:
        """Make a line the first on screen, as far as there is text below it."""
        spot = self.document.clamp(spot, self.size.height)
        if spot != self.top:
            self.top = spot
            self.refresh()
            self.scrolled()

    def scrolled(self) -> None:
        """Another line is the first on screen."""

    def scroll_lines(self, lines: int) -> None:
        """Scroll by lines."""
        self.scroll_to_spot(self.document.move(self.top, lines))

    def scroll_page(self, direction: int) -> None:
        """Scroll by a page, two lines kept in sight."""
        height = self.size.height
        self.scroll_lines(direction * max(height - 2 if height > 6 else height - 1, 1))

    def scroll_to_start(self) -> None:
        """To the first line."""
        self.scroll_to_spot(TOP)

    def scroll_to_end(self) -> None:
        """To the last line."""
        self.scroll_to_spot(self.document.lowest(self.size.height))

    def shown(self) -> list[TextLine]:
        """The lines on screen."""
        return self.document.lines(self.top, self.size.height)

    def render_line(self, y: int) -> Strip:
        """The strip of a screen line."""
        lines = self.document.lines(self.top, y + 1)
        return self.line_strip(lines[y]) if y < len(lines) else self.painter.strip((), self.size.width)

    def line_strip(self, line: TextLine) -> Strip:
        """The strip of a line."""
        return self.painter.strip(self.paint(line), self.size.width)

    def paint(self, line: TextLine) -> Sequence[Span]:
        """A line's spans."""
        return line.spans

    def on_resize(self, event: events.Resize) -> None:
        """Set the text anew for the new width."""
        self.show_document(self.document_at(event.size.width), self.top)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls."""
        event.stop()
        event.prevent_default()
        self.scroll_lines(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls."""
        event.stop()
        event.prevent_default()
        self.scroll_lines(-3)
