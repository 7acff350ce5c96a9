"""The district tab bar: one line, any number of tabs, ‹ › where there are more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from newstui.widgets.painting import Painter
from newstui.widgets.tab_layout import Tab, TabLine, layout_tabs


class DistrictTabs(Widget, can_focus=False, inherit_bindings=False):
    """Tabs with unread counts; `Chosen` says which was asked for, the screen decides."""

    ALLOW_SELECT = False

    @dataclass
    class Chosen(Message):
        """A tab was clicked."""

        index: int

    def __init__(self, painter: Painter) -> None:
        super().__init__()
        self.painter = painter
        self.tabs: tuple[Tab, ...] = ()
        self.active = 0
        self._first = 0
        self._follow = True
        self._show: Callable[[str], str] | None = None

    def set_show(self, show: Callable[[str], str] | None) -> None:
        """Show names through this; None for as they are."""
        if show is not self._show:
            self._show = show
            self.refresh()

    def show(self, tabs: Sequence[Tab], active: int) -> None:
        """Show these tabs with one active; the bar moves only when it must."""
        if (tuple(tabs), active) == (self.tabs, self.active):
            return
        self._follow = self._follow or active != self.active
        self.tabs = tuple(tabs)
        self.active = active
        self.refresh()

    def _line(self) -> TabLine:
        show = self._show
        tabs = self.tabs if show is None else [tab._replace(name=show(tab.name)) for tab in self.tabs]
        line = layout_tabs(tabs, self.active, self.size.width, first=self._first, follow=self._follow)
        self._first = line.first
        return line

    def render_line(self, y: int) -> Strip:
        """The strip of the bar."""
        width = self.size.width
        return self.painter.strip(self._line().spans if y == 0 else (), width, "bar")

    def on_click(self, event: events.Click) -> None:
        """A tab is chosen; a mark at an end scrolls."""
        line = self._line()
        for hit in line.hits:
            if hit.start <= event.x < hit.end:
                self.post_message(self.Chosen(hit.tab))
                return
        if line.hits and event.x < line.hits[0].start:
            self._scroll(-3)
        elif line.hits and line.hits[-1].tab < len(self.tabs) - 1:
            self._scroll(3)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls the bar without choosing."""
        event.stop()
        self._scroll(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls the bar without choosing."""
        event.stop()
        self._scroll(-1)

    def _scroll(self, tabs: int) -> None:
        self._follow = False
        self._first = max(0, self._first + tabs)
        self.refresh()
