"""A scrolling pane of ready lines, drawn line by line: the base of the reader and the help."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from newstui.styles.palette import Span
from newstui.widgets.painting import Painter


class LinesPane(ScrollView, can_focus=False, inherit_bindings=False):
    """Lines of spans; what they are at a width is the subclass's `layout`."""

    ALLOW_SELECT = False

    def __init__(self, painter: Painter) -> None:
        super().__init__()
        self.painter = painter
        self.lines: Sequence[Sequence[Span]] = ()

    def layout_lines(self, width: int) -> Sequence[Sequence[Span]]:
        """All lines for a width in cells."""
        raise NotImplementedError

    def set_lines(self, lines: Sequence[Sequence[Span]], top: int = 0) -> None:
        """Show lines from line `top` on."""
        self.lines = lines
        self.virtual_size = Size(self.size.width, len(lines))
        self.scroll_lines_to(top)
        self.refresh()

    @property
    def top(self) -> int:
        """The first line on screen."""
        return self.scroll_offset.y

    @property
    def at_end(self) -> bool:
        """Whether the last line is on screen."""
        return self.top + self.size.height >= len(self.lines)

    def scroll_lines_to(self, line: int) -> None:
        """Make `line` the first on screen, as far as there is text below it."""
        line = max(0, min(line, len(self.lines) - self.size.height))
        self.scroll_to(y=line, animate=False, immediate=True, force=True)

    def scroll_lines(self, lines: int) -> None:
        """Scroll by lines."""
        self.scroll_lines_to(self.top + lines)

    def scroll_page(self, direction: int) -> None:
        """Scroll by a page, two lines kept in sight."""
        height = self.size.height
        self.scroll_lines(direction * max(height - 2 if height > 6 else height - 1, 1))

    def render_line(self, y: int) -> Strip:
        """The strip of a screen line."""
        at = self.scroll_offset.y + y
        return self.painter.strip(self.lines[at] if at < len(self.lines) else (), self.size.width)

    def on_resize(self, event: events.Resize) -> None:
        """Set the text anew for the new width."""
        self.set_lines(self.layout_lines(event.size.width), self.top)

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
