"""What is written to: a terminal used as a roll of paper, or plain lines where nothing can be moved to.

A roll is never cleared, coloured or painted over. What is said is written below what was said before, and then the real
cursor goes to the first cell of the line that counts: braille displays show the line it stands on, screen readers speak
what was written and read on from there (mutt's braille_friendly and lynx's show_cursor do the same to their menus).
Besides text a roll takes line feed, carriage return and the sequences CUU, CUD and CUB of ECMA-48.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from newstui.terminal.outgoing import cell_text
from newstui.text.clean import clean_line
from newstui.text.widths import cell_width
from newstui.text.wrap import wrapped


class Paper(Protocol):
    """Where lines go; `width` and `height` in cells and lines, both at least 1."""

    width: int
    height: int
    written: int
    """Grows with every block: who remembers where its lines stand asks by it whether they are still the last ones."""

    def show(self, lines: Sequence[str], at: int = 0) -> None:
        """Write lines below the last ones and put the cursor on line `at` of them."""

    def move(self, at: int) -> bool:
        """Put the cursor on another line of those written last; False when it cannot be moved."""

    def ask(self, question: str) -> None:
        """Write a question whose answer is typed behind it."""

    def typing(self, text: str) -> None:
        """Show the answer as typed so far."""

    def leave(self) -> str:
        """What puts the cursor below everything, on an empty line."""


def said(paper: Paper, text: str) -> list[str]:
    """A sentence, cleaned, as lines of that width."""
    return wrapped(clean_line(text), paper.width) or [""]


class Roll:
    """A terminal that can move its cursor up and down."""

    def __init__(self, write: Callable[[str], None], size: tuple[int, int]) -> None:
        """`write` takes what goes to the terminal; `size` is columns and rows."""
        self._write = write
        self.width, self.height = size
        self.written = 0
        self._rows = 0
        """Lines of the block written last; 0 before the first one."""
        self._at = 0
        """Which of them the cursor is on."""
        self._question = ""
        self._typed = ""

    def resize(self, columns: int, rows: int) -> None:
        """The window's size has changed, and what stood in it has moved to nobody knows where."""
        self.width, self.height = columns, rows
        self.written += 1
        self._rows, self._at = 1, 0

    def show(self, lines: Sequence[str], at: int = 0) -> None:
        """Write lines below the last ones, only those round line `at` that the window has room for."""
        first = max(0, min(at, len(lines) - self.height))
        block = [cell_text(line) for line in lines[first : first + self.height]] or [""]
        self._at, below = at - first, self._below()
        self._rows = len(block)
        self.written += 1
        self._write(below + "\n".join(block) + _up(self._rows - 1 - self._at) + "\r")

    def move(self, at: int) -> bool:
        """Put the cursor on another line of the last block."""
        if not 0 <= at < self._rows:
            return False
        step, self._at = at - self._at, at
        self._write((_down(step) if step > 0 else _up(-step)) + "\r" if step else "\r")
        return True

    def ask(self, question: str) -> None:
        """Write a question below; the cursor stays behind it."""
        below = self._below()
        self._question, self._typed = cell_text(question), ""
        self._rows, self._at = 1, 0
        self.written += 1
        self._write(below + self._shown())

    def typing(self, text: str) -> None:
        """Show the answer so far: only what was typed when that is all that changed."""
        before, was = self._shown(), self._typed
        self._typed = cell_text(text)
        after = self._shown()
        if after == before + self._typed[len(was) :] and text.startswith(was):
            self._write(self._typed[len(was) :])
        elif before.startswith(after):
            gone = cell_width(before) - cell_width(after)
            if gone:
                self._write(_left(gone) + " " * gone + _left(gone))
        else:
            gone = max(cell_width(before) - cell_width(after), 0)
            self._write("\r" + after + " " * gone + _left(gone))

    def _shown(self) -> str:
        """The question and the end of the answer that fits behind it, one cell left for the cursor."""
        room = self.width - 1
        question = self._question if cell_width(self._question) <= room // 2 or not self._typed else ""
        question = question if cell_width(question) <= room else ""
        typed = self._typed
        while typed and cell_width(question) + cell_width(typed) > room:
            typed = typed[1:]
        return question + typed

    def _below(self) -> str:
        """What brings the cursor to a fresh line below the last block."""
        rest, fresh = self._rows - 1 - self._at, self._rows == 0
        return "\r" if fresh else _down(rest) + "\n"

    def leave(self) -> str:
        """The last bytes: below everything, at the beginning of an empty line."""
        return self._below() if self._rows else ""


class Teletype:
    """Plain lines, for terminals that cannot move their cursor and for pipes."""

    def __init__(self, write: Callable[[str], None], size: tuple[int, int], prompt: str = "") -> None:
        """`prompt` stands before every line that is to be typed; "" when nobody types (a pipe)."""
        self._write = write
        self.width = size[0]
        self.height = 1_000_000
        self.written = 0
        self._prompt = prompt
        self._open = False
        """Whether a prompt stands on the last line."""

    def resize(self, columns: int, rows: int) -> None:
        """The window's width has changed."""
        self.width = columns

    def show(self, lines: Sequence[str], at: int = 0) -> None:
        """Write lines."""
        self.written += 1
        self._write(self._fresh() + "".join(f"{cell_text(line)}\n" for line in lines))

    def move(self, at: int) -> bool:
        """Nothing can be moved to: whatever counts is written again."""
        return False

    def ask(self, question: str) -> None:
        """Write a question."""
        self.written += 1
        self._write(self._fresh() + cell_text(question) + ("" if self._prompt else "\n"))
        self._open = bool(self._prompt)

    def typing(self, text: str) -> None:
        """The terminal itself shows what is typed."""

    def invite(self) -> None:
        """Say that a line may be typed, unless that has been said."""
        if self._prompt and not self._open:
            self._write(self._prompt)
            self._open = True

    def taken(self) -> None:
        """A line was typed: its end has ended the prompt's line too."""
        self._open = False

    def _fresh(self) -> str:
        ended, self._open = "\n" if self._open else "", False
        return ended

    def leave(self) -> str:
        """The last bytes."""
        return self._fresh()


def _up(lines: int) -> str:
    return "" if lines <= 0 else "\x1b[A" if lines == 1 else f"\x1b[{lines}A"


def _down(lines: int) -> str:
    return "" if lines <= 0 else "\x1b[B" if lines == 1 else f"\x1b[{lines}B"


def _left(cells: int) -> str:
    return f"\x1b[{cells}D" if cells > 0 else ""
