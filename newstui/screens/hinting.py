"""Link hints: everything on screen that can be opened has a label; typing it opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from newstui.widgets.link_hints import LETTERS, Hint, by_line, hints

if TYPE_CHECKING:
    from newstui.screens.main import MainScreen


class Hinting:
    """Has the keys while the labels are shown."""

    def __init__(self, screen: MainScreen, found: list[Hint]) -> None:
        self._screen = screen
        self._found = found
        self._typed = ""
        self._shown = screen.reader.document, screen.reader.top
        screen.reader.set_labels(by_line(found))
        screen.say(screen.desk.words("hints.type"))

    def key(self, event: events.Key) -> bool:
        """Letters of labels, Backspace; another character or Esc ends it."""
        letter = (event.character or "").lower()
        if event.key == "backspace" and self._typed:
            self._type(self._typed[:-1])
        elif letter and letter in LETTERS:
            self._type(self._typed + letter)
        elif event.is_printable or event.key in ("escape", "backspace", "enter"):
            self._screen.end_mode()
        else:
            return False
        return True

    def _type(self, typed: str) -> None:
        left = [hint for hint in self._found if hint.label.startswith(typed)]
        if len(left) == 1 and left[0].label == typed:
            self._screen.end_mode()
            self._screen.reading.open_target(left[0].target)
        elif left:
            self._typed = typed
            self._screen.reader.set_labels(by_line(left, typed))

    def command(self, command: str) -> bool:
        """Any other command ends it and is carried out."""
        self._screen.end_mode()
        return False

    def moved(self) -> None:
        """Other text is on screen: the labels stand on nothing any more."""
        if (self._screen.reader.document, self._screen.reader.top) != self._shown:
            self._screen.end_mode()

    def left(self) -> None:
        """Take the labels away."""
        self._screen.reader.set_labels({})
        self._screen.say("")


def show_hints(screen: MainScreen) -> None:
    """Label what can be opened from the text on screen, or say that nothing can."""
    found = hints(screen.reader.shown(), screen.reader.size.width)
    if screen.reader.article is None or not found:
        screen.say(screen.desk.words("hints.none"))
    else:
        screen.begin_mode(Hinting(screen, found))
