"""The screen as it should be and the screen as it was last sent."""

from __future__ import annotations

import re
from typing import Final

from newstui.terminal.cells import PLAIN, Screen
from newstui.terminal.difference import Rows, difference
from newstui.terminal.frames import read_frame
from newstui.terminal.graphics import KITTY, SIXEL
from newstui.terminal.modes import SYNC_END
from newstui.terminal.pen import Pen, Terminal

_HARMLESS: Final = re.compile(
    r"(?:\x1b\[\?(?!7[hl]|47|104[79]|2026)[0-9;]*[hl]|\x1b\[[<>=][0-9;]*u|\x1b\[\?[0-9;]*\$p|\x1b\[[56]n"
    rf"|\x1b\](?:52|22|0|2);[^\x07\x1b]*\x07|{KITTY}|{SIXEL})*"
)
"""Sequences that leave the cells, the cursor's place and the rendition as they are."""
_CURSOR: Final = re.compile(r"\x1b\[\?25([hl])")


class Canvas:
    """Takes frames in and gives what must be sent; what the terminal shows is unknown at first."""

    def __init__(self, width: int, height: int, terminal: Terminal) -> None:
        self._terminal = terminal
        self._wanted = Screen(width, height)
        self._sent: Rows = [None] * height
        self._pen = Pen(terminal, width)
        self._cursor = (0, 0)
        self._cursor_shown = False
        self._changed = True

    def resize(self, width: int, height: int) -> None:
        """The terminal has another size: a blank screen is wanted until a frame says more."""
        if (width, height) != (self._wanted.width, self._wanted.height):
            self._wanted = Screen(width, height)
            self.forget()

    def forget(self) -> None:
        """Something else has written to the terminal: nothing is known of it any more."""
        self._sent = [None] * self._wanted.height
        self._pen = Pen(self._terminal, self._wanted.width)
        self._changed = True

    def adopt(self, painted: str) -> None:
        """The terminal shows what `painted` makes of a screen that was just taken, as far as that is a frame."""
        start = painted.find("\x1b[1;1H")
        shown = Screen(self._wanted.width, self._wanted.height)
        if start >= 0 and read_frame(shown, painted[start:].removesuffix(SYNC_END)) is not None:
            self._sent = list(shown.rows)
            self._pen.look = PLAIN

    def take(self, frame: str) -> bool:
        """Paint a frame of the compositor; False when it has in it what only a terminal understands."""
        cursor = read_frame(self._wanted, frame)
        if cursor is None:
            return False
        self._cursor = cursor
        self._changed = True
        return True

    def passed(self, data: str) -> None:
        """Anything else has been sent as it is."""
        for switch in _CURSOR.finditer(data):
            self._cursor_shown = switch[1] == "h"
        if _HARMLESS.fullmatch(data) is None:
            self.forget()

    def changes(self) -> str:
        """What makes the terminal show what is wanted; the cursor goes to its place only where it can be seen."""
        if not self._changed:
            return ""
        self._changed = False
        wanted, pen = self._wanted, self._pen
        written = difference(self._sent, wanted, pen)
        self._sent = [
            old if old is not None and old == new else new.copy()
            for old, new in zip(self._sent, wanted.rows, strict=True)
        ]
        if self._cursor_shown:
            pen.move(*self._cursor)
            written += pen.take()
        return written
