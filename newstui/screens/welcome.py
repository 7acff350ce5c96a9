"""The welcome: four ways to something to read, shown while the cache is empty and on command."""

from __future__ import annotations

from typing import Final, Literal

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message
from textual.screen import Screen

from newstui.locale import Catalogue
from newstui.screens.desk import Desk
from newstui.styles.palette import Role, Span
from newstui.text.widths import cell_width
from newstui.text.wrap import wrapped
from newstui.widgets.document import Document, Spot, ready
from newstui.widgets.lines_pane import LinesPane
from newstui.widgets.painting import Painter
from newstui.widgets.row_layout import CURSOR
from newstui.widgets.status_line import StatusLine

Choice = Literal["starter", "import", "add", "opml"]

CHOICES: Final[tuple[Choice, ...]] = ("starter", "import", "add", "opml")


def welcome_lines(width: int, words: Catalogue, chosen: int, height: int = 24) -> tuple[list[list[Span]], list[int]]:
    """The welcome's lines for a size, and the line at which each choice stands.

    A screen too short for all of it shows the choices: first the sentences below them go, then what stands above.
    """
    for about, helped in ((True, True), (True, False), (False, False)):
        lines, at = _set(width, words, chosen, about=about, helped=helped)
        if len(lines) <= height:
            break
    return lines, at


def _set(width: int, words: Catalogue, chosen: int, *, about: bool, helped: bool) -> tuple[list[list[Span]], list[int]]:
    lines: list[list[Span]] = []
    margin = max((width - 72) // 2, 1)
    room = max(width - margin - 1, 1)

    def say(text: str, role: Role, indent: int = 0) -> None:
        for line in wrapped(text, max(room - indent, 1)):
            lines.append([Span(" " * (margin + indent), "text"), Span(line, role)])

    if about:
        say(words("welcome.title"), "headline")
        say(words("welcome.about"), "text")
        lines.append([])
    at: list[int] = []
    for number, choice in enumerate(CHOICES):
        at.append(len(lines))
        label = f" {number + 1}  {words(f'welcome.{choice}')}"
        mark = Span(CURSOR, "marker") if number == chosen else Span(" ", "text")
        lines.append([Span(" " * margin, "text"), mark, Span(label, "heading")])
        sentence, indent = words(f"welcome.{choice}.help"), 5
        gap = max(24 - cell_width(label), 3)
        if margin + 1 + cell_width(label) + gap + cell_width(sentence) <= width:
            lines[-1].append(Span(" " * gap + sentence, "muted"))
        elif helped:
            say(sentence, "muted", indent)
    return lines, at


class WelcomePane(LinesPane):
    """The lines of the welcome, with a cursor on one choice."""

    class Clicked(Message):
        """A choice was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, words: Catalogue, painter: Painter) -> None:
        super().__init__(painter)
        self.chosen = 0
        self._words = words
        self._at: list[int] = []

    def choose(self, number: int) -> None:
        """Put the cursor on a choice."""
        self.chosen = max(0, min(number, len(CHOICES) - 1))
        self.show_document(self.document_at(self.size.width), self.top)
        line = self._at[self.chosen]
        if not self.top.line <= line < self.top.line + self.size.height:
            self.scroll_to_spot(Spot(0, line))

    def document_at(self, width: int) -> Document:
        """The welcome at a width."""
        lines, self._at = welcome_lines(width, self._words, self.chosen, self.size.height)
        return ready(lines)

    def on_click(self, event: events.Click) -> None:
        """A click on a choice takes it."""
        line = self.top.line + event.y
        for number in reversed(range(len(self._at))):
            if line >= self._at[number]:
                self.post_message(self.Clicked(number))
                return


class WelcomeScreen(Screen[Choice], inherit_bindings=False):
    """Dismissed with the choice, or None; `over`: q goes back to what is below instead of leaving the program."""

    AUTO_FOCUS = None
    BINDINGS = [  # noqa: RUF012  # Textual's own declaration of it
        *(Binding(str(number + 1), f"take({number})", show=False) for number in range(len(CHOICES))),
        Binding("j,down", "move(1)", show=False),
        Binding("k,up", "move(-1)", show=False),
        Binding("enter,space", "take_chosen", show=False),
        Binding("question_mark", "help", show=False),
        Binding("escape", "close", show=False),
        Binding("q", "quit", show=False),
    ]

    def __init__(self, desk: Desk, *, over: bool = False) -> None:
        super().__init__()
        self._desk = desk
        self._over = over
        self.pane = WelcomePane(desk.words, desk.painter)
        self._status = StatusLine(desk.painter)
        self._status.say(desk.words("welcome.keys-over" if over else "welcome.keys"))

    def compose(self) -> ComposeResult:
        """The choices and their keys."""
        yield self.pane
        yield self._status

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self.pane.choose(self.pane.chosen + step)

    def action_take(self, number: int) -> None:
        """Take a choice by its number, from 0."""
        self.dismiss(CHOICES[number])

    def action_take_chosen(self) -> None:
        """Take the choice under the cursor."""
        self.dismiss(CHOICES[self.pane.chosen])

    def action_help(self) -> None:
        """Show the help."""
        from newstui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self._desk))

    def action_close(self) -> None:
        """To the main screen without a choice."""
        self.dismiss(None)

    def action_quit(self) -> None:
        """Back where there is something below, else leave the program."""
        if self._over:
            self.dismiss(None)
        else:
            self.app.exit()

    def on_welcome_pane_clicked(self, event: WelcomePane.Clicked) -> None:
        """Take the clicked choice."""
        self.dismiss(CHOICES[event.number])
