"""Selecting: a cursor on a clause of the text, moved and stretched by keys or drawn with the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from newstui.widgets.document import Anchor
from newstui.widgets.selection import Clauses, Selection, first_clause

if TYPE_CHECKING:
    from newstui.model import Stored
    from newstui.screens.main import MainScreen


class Selecting:
    """Has the commands that move while something is selected; any other ends it."""

    def __init__(self, screen: MainScreen, article: Stored, selection: Selection) -> None:
        self._screen = screen
        self._article = article
        self.clauses = Clauses(article)
        self.selection = selection
        self._commands = {
            "down": lambda: self._stand(self.clauses.after(self.selection.end)),
            "up": lambda: self._stand(self.clauses.before(self.selection.start)),
            "tab-right": lambda: self._stretch(self.clauses.longer(self.selection)),
            "tab-left": lambda: self._stretch(self.clauses.shorter(self.selection)),
            "page-down": lambda: self._page(1),
            "next-page": lambda: self._page(1),
            "page-up": lambda: self._page(-1),
            "top": lambda: self._stand(self.clauses.after(Anchor(0, 0))),
            "bottom": lambda: self._stand(self.clauses.last()),
            "copy-link": self._copy,
            "mark-passage": lambda: screen.noting.mark_selected(self, article),
            "open": lambda: screen.noting.mark_selected(self, article),
            "back": screen.end_mode,
            "leave": screen.end_mode,
            "select": screen.end_mode,
        }
        self._show()

    @property
    def text(self) -> str:
        """What is selected, as it was written."""
        return self.clauses.copied(self.selection)

    def key(self, event: events.Key) -> bool:
        """H and L: a character less, or more."""
        if event.character not in ("H", "L"):
            return False
        change = self.clauses.longer if event.character == "L" else self.clauses.shorter
        self._stretch(change(self.selection, by_character=True))
        return True

    def command(self, command: str) -> bool:
        """Move, stretch, copy; anything else ends it and is carried out."""
        run = self._commands.get(command)
        if run is None:
            self._screen.end_mode()
            return False
        run()
        if self._screen.mode is self and not self._screen.asking.typing and not self._screen.status.error:
            self._tell()
        return True

    def _stand(self, clause: Selection | None) -> None:
        """Select another clause."""
        if clause is not None:
            self.selection = clause
            self._screen.reader.reveal(Anchor(clause.end.part, clause.end.offset - 1))
            self._screen.reader.reveal(clause.start)
        self._show()

    def _stretch(self, selection: Selection) -> None:
        self.selection = selection
        self._screen.reader.reveal(Anchor(selection.end.part, max(selection.end.offset - 1, 0)))
        self._show()

    def _page(self, direction: int) -> None:
        reader = self._screen.reader
        top = reader.top
        reader.scroll_page(direction)
        if reader.top == top:
            self._stand(self.clauses.last() if direction > 0 else self.clauses.after(Anchor(0, 0)))
        elif (clause := first_clause(self.clauses, reader.shown())) is not None:
            self.selection = clause
            self._show()

    def draw(self, selection: Selection) -> None:
        """Select what has been drawn with the mouse."""
        self.selection = selection
        self._show()

    def _show(self) -> None:
        self._screen.reader.set_selection(self.selection)
        self._tell()

    def _tell(self) -> None:
        desk = self._screen.desk
        keys = {"copy": desk.key("copy-link"), "mark": desk.key("mark-passage")}
        self._screen.say(desk.words("select.keys", **keys))

    def _copy(self) -> None:
        screen, text = self._screen, self.text
        screen.app.copy_to_clipboard(text)
        screen.end_mode()
        screen.say(screen.desk.words("select.copied", count=len(text)))

    def moved(self) -> None:
        """Another article ends it."""
        article = self._screen.reader.article
        if article is None or article.row.key != self._article.row.key:
            self._screen.end_mode()

    def left(self) -> None:
        """Nothing is selected any more."""
        self._screen.reader.set_selection(None)
        self._screen.say("")


def select(screen: MainScreen) -> None:
    """Begin to select: the first clause on screen."""
    article = screen.reader.article
    if screen.pane != "reader" or article is None:
        screen.say(screen.desk.words("select.nothing"))
        return
    clause = first_clause(Clauses(article), screen.reader.shown()) or Clauses(article).last()
    if clause is None:
        screen.say(screen.desk.words("select.nothing"))
        return
    screen.begin_mode(Selecting(screen, article, clause))
    screen.reader.reveal(clause.start)


def draw(screen: MainScreen, start: Anchor, end: Anchor) -> None:
    """The mouse is drawn over the text from one character to another; one alone selects nothing."""
    article = screen.reader.article
    if article is None or start == end:
        screen.end_mode()
        return
    last = max(start, end)
    selection = Selection(min(start, end), Anchor(last.part, last.offset + 1))
    if isinstance(screen.mode, Selecting):
        screen.mode.draw(selection)
    else:
        if screen.pane != "reader":
            screen.show_pane("reader")
        screen.begin_mode(Selecting(screen, article, selection))
