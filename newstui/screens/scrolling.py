"""A screen of lines to be read and closed again: the base of the help and of the list of what went wrong."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from newstui.screens.desk import Desk
from newstui.widgets.lines_pane import LinesPane
from newstui.widgets.status_line import StatusLine


class ScrollingScreen(Screen[None], inherit_bindings=False):
    """Scrolls; any of the back and help keys closes it."""

    AUTO_FOCUS = None
    BINDINGS = [  # noqa: RUF012  # Textual's own declaration of it
        Binding("escape,q,question_mark,enter", "close", show=False),
        Binding("j,down", "lines(1)", show=False),
        Binding("k,up", "lines(-1)", show=False),
        Binding("space,pagedown,ctrl+f", "page(1)", show=False),
        Binding("b,pageup,ctrl+b,shift+space", "page(-1)", show=False),
        Binding("g,home", "lines(-100000)", show=False),
        Binding("G,end", "lines(100000)", show=False),
    ]

    def __init__(self, desk: Desk, pane: LinesPane) -> None:
        super().__init__()
        self.pane = pane
        self._status = StatusLine(desk.painter)
        self._status.say(desk.words("help.close"))

    def compose(self) -> ComposeResult:
        """The lines and how to close them."""
        yield self.pane
        yield self._status

    def action_close(self) -> None:
        """Back to the main screen."""
        self.dismiss()

    def action_lines(self, lines: int) -> None:
        """Scroll by lines."""
        self.pane.scroll_lines(lines)

    def action_page(self, direction: int) -> None:
        """Scroll by pages."""
        self.pane.scroll_page(direction)
