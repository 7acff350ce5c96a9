"""The bottom line: key hints, a message in their place, position and news of arrivals at the right.

A message that does not fit takes more lines for as long as it stands, up to a quarter of the screen.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.strip import Strip
from textual.widget import Widget

from newstui.styles.palette import Span
from newstui.widgets.footer_layout import layout_footer, layout_message
from newstui.widgets.painting import Painter


class StatusLine(Widget, can_focus=False, inherit_bindings=False):
    """One line at the bottom of a screen, more for a long message."""

    ALLOW_SELECT = False

    def __init__(self, painter: Painter) -> None:
        super().__init__()
        self.painter = painter
        self.hints: Sequence[tuple[str, str]] = ()
        self.message = ""
        self.error = False
        self.right = ""
        self._lines = 1

    def set_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """Name other keys."""
        if hints != self.hints:
            self.hints = hints
            self.refresh()

    def say(self, message: str, *, error: bool = False) -> None:
        """Show a clean one-line message until the next key; "" brings the hints back."""
        if (message, error) != (self.message, self.error):
            self.message, self.error = message, error
            self._fit(self.app.size.width)
            self.refresh()

    def set_right(self, text: str) -> None:
        """Show position or arrivals at the right end."""
        if text != self.right:
            self.right = text
            self._fit(self.app.size.width)
            self.refresh()

    def _long(self, width: int) -> list[list[Span]]:
        return layout_message(self.message, width, self.app.size.height // 4, error=self.error, right=self.right)

    def _fit(self, width: int) -> None:
        height = max(len(self._long(width)), 1) if self.message and self.is_attached else 1
        if height != self._lines:
            self._lines = height
            self.styles.height = height

    def on_resize(self, event: events.Resize) -> None:
        """Another width, other lines."""
        self._fit(event.size.width)

    def render_line(self, y: int) -> Strip:
        """The strip of a line."""
        width = self.size.width
        if lines := self._long(width):
            return self.painter.strip(lines[y] if y < len(lines) else (), width, "bar")
        spans = layout_footer(self.hints, width, message=self.message, error=self.error, right=self.right)
        return self.painter.strip(spans if y == 0 else (), width, "bar")
