"""The bottom line: key hints, a message in their place, position and news of arrivals at the right."""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip
from textual.widget import Widget

from newstui.widgets.footer_layout import layout_footer
from newstui.widgets.painting import Painter


class StatusLine(Widget, can_focus=False, inherit_bindings=False):
    """One line at the bottom of a screen."""

    ALLOW_SELECT = False

    def __init__(self, painter: Painter) -> None:
        super().__init__()
        self.painter = painter
        self.hints: Sequence[tuple[str, str]] = ()
        self.message = ""
        self.error = False
        self.right = ""

    def set_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """Name other keys."""
        if hints != self.hints:
            self.hints = hints
            self.refresh()

    def say(self, message: str, *, error: bool = False) -> None:
        """Show a clean one-line message until the next key; "" brings the hints back."""
        if (message, error) != (self.message, self.error):
            self.message, self.error = message, error
            self.refresh()

    def set_right(self, text: str) -> None:
        """Show position or arrivals at the right end."""
        if text != self.right:
            self.right = text
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The strip of the line."""
        width = self.size.width
        spans = layout_footer(self.hints, width, message=self.message, error=self.error, right=self.right)
        return self.painter.strip(spans if y == 0 else (), width, "bar")
