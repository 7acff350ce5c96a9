"""The panel of typography: a line for each choice, changed by arrow keys while the article above it follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from textual import events
from textual.binding import Binding
from textual.strip import Strip
from textual.widget import Widget

from newstui.styles.palette import Span
from newstui.text.widths import cell_width, pad
from newstui.widgets.footer_layout import layout_footer
from newstui.widgets.painting import Painter

_LEAST: Final = 3
"""Lines of the panel on the lowest screens: the title, the choice and one more."""


class Choice(NamedTuple):
    """One line of the panel: the setting's name in config.toml, what it is called, and its value in words."""

    name: str
    label: str
    value: str


def panel_height(rows: int, height: int) -> int:
    """Lines of a panel of `rows` choices on a screen of `height`: all, or what leaves more than half to the text."""
    return max(min(rows + 1, height * 2 // 5), min(_LEAST, height))


def first_shown(count: int, cursor: int, room: int) -> int:
    """The first of `count` choices on a panel with lines for `room` of them."""
    return max(0, min(cursor - room // 2, count - room))


def layout_panel(
    title: str, keys: Sequence[tuple[str, str]], choices: Sequence[Choice], cursor: int, width: int, height: int
) -> list[list[Span]]:
    """The lines of the panel, each exactly `width` cells: a title with the keys, then choices round the cursor.

    `keys`: pairs of a key and what it does, the most needed first; of those that have no room none is cut.
    """
    if width <= 0 or height <= 0:
        return []
    heading = pad(f" {title}", min(cell_width(title) + 3, width))
    lines = [[Span(heading, "message"), *layout_footer(keys, width - cell_width(heading))]]
    column = min(max(cell_width(choice.label) for choice in choices) + 2, max(width - 12, 0))
    room = height - 1
    first = first_shown(len(choices), cursor, room)
    for at, choice in enumerate(choices[first : first + room], first):
        chosen = at == cursor
        mark = Span(">", "marker") if chosen else Span(" ", "bar")
        value = f"‹ {choice.value} ›" if chosen else f"  {choice.value}"
        left = pad(f" {choice.label}", max(min(column, width - 1), 0))
        rest = Span(pad(value, width - 1 - cell_width(left)), "key" if chosen else "label")
        lines.append([mark, Span(left, "bar"), rest])
    return [[span for span in line if span.text] for line in lines]


class TypographyPanel(Widget, can_focus=True, inherit_bindings=False):
    """Has the keys while it is open; keys it does not know go on to the screen, so that the text can be paged."""

    ALLOW_SELECT = False
    BINDINGS = [  # noqa: RUF012  # Textual's own declaration of it
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("left,h,minus", "change(-1)", show=False),
        Binding("right,l,plus,equals_sign,enter", "change(1)", show=False),
        Binding("0,backspace,delete", "reset", show=False),
        Binding("escape,q,T", "close", show=False),
    ]

    def __init__(
        self,
        painter: Painter,
        title: str,
        keys: Sequence[tuple[str, str]],
        choices: Callable[[], Sequence[Choice]],
        change: Callable[[str, int], None],
        close: Callable[[], None],
    ) -> None:
        """`change` gets a setting's name and 1 or -1 for the next or former value, 0 for that of config.toml."""
        super().__init__()
        self.painter = painter
        self.cursor = 0
        self._title = title
        self._keys = keys
        self._choices = choices
        self._change = change
        self._close = close

    def fit(self, height: int) -> None:
        """Take the lines that a screen of `height` has for it."""
        self.styles.height = panel_height(len(self._choices()), height)

    def action_move(self, lines: int) -> None:
        """To another choice; round at the ends."""
        self.cursor = (self.cursor + lines) % len(self._choices())
        self.refresh()

    def action_change(self, step: int) -> None:
        """Another value of the choice under the cursor."""
        self._change(self._choices()[self.cursor].name, step)
        self.refresh()

    def action_reset(self) -> None:
        """The value that config.toml has."""
        self.action_change(0)

    def action_close(self) -> None:
        """Back to the text."""
        self._close()

    def on_click(self, event: events.Click) -> None:
        """A click goes to a choice; on the one that is under the cursor it changes it."""
        event.stop()
        first = first_shown(len(self._choices()), self.cursor, self.size.height - 1)
        at = first + event.y - 1
        if event.y == 0 or at >= len(self._choices()):
            return
        if at == self.cursor:
            self.action_change(1)
        self.cursor = at
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The strip of a line."""
        width, height = self.size
        lines = layout_panel(self._title, self._keys, self._choices(), self.cursor, width, height)
        return self.painter.strip(lines[y] if y < len(lines) else (), width, "bar")
