"""A terminal's cursor and rendition as they stand, and the shortest way to other ones (ECMA-48; xterm's ctlseqs).

A line feed is sent after a carriage return only, so that it does not matter whether the line discipline adds one. What
is not known for certain (the column after the last one, or after a character whose width terminals do not agree on) is
never counted from.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from newstui.terminal.cells import UNSEEN_ON_BLANK, Look

_OFF: Final = {1: 22, 2: 22, 3: 23, 4: 24, 5: 25, 6: 25, 7: 27, 8: 28, 9: 29, 21: 24, 51: 54, 52: 54, 53: 55}
# ASCII, CJK punctuation, kana, hanzi, full-width forms: one width everywhere (UAX #11: none of them is ambiguous).
_STEADY: Final = re.compile(
    "[\x20-\x7e\u3000-\u3029\u3030-\u303e\u3041-\u3096\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff60]*"
)


class Terminal(NamedTuple):
    """What a terminal can do beyond the least."""

    erases_coloured: bool = True
    """Erasing leaves the ground of the rendition ("bce" in terminfo)."""
    columns: bool = True
    """CHA, VPA and ECH: all but a VT100 have them."""
    undresses: bool = True
    """Single attributes can be switched off (22, 24, 27): all but a VT100 have it."""
    scrolls: bool = True
    """DECSTBM with DL and IL."""


class Pen:
    """Builds what is to be written, keeping count of where the cursor and the rendition then are."""

    def __init__(self, terminal: Terminal, width: int) -> None:
        """Nothing is known of the cursor and the rendition at first."""
        self.terminal = terminal
        self.width = width
        self.x: int | None = None
        self.y: int | None = None
        self.look: Look | None = None
        self.parts: list[str] = []

    def copy(self) -> Pen:
        """A pen in the same state that has written nothing yet."""
        twin = Pen(self.terminal, self.width)
        twin.x, twin.y, twin.look = self.x, self.y, self.look
        return twin

    def take(self) -> str:
        """What has been written since the last time."""
        written = "".join(self.parts)
        self.parts = []
        return written

    def move(self, x: int, y: int) -> None:
        """Put the cursor on a cell, counted from 0."""
        if (x, y) == (self.x, self.y):
            return
        self.parts.append(_way(self.x, self.y, x, y, self.terminal.columns))
        self.x, self.y = x, y

    def dress(self, look: Look) -> None:
        """Choose how what follows looks."""
        if look != self.look:
            self.parts.append(_change(self.look, look, self.terminal.undresses))
            self.look = look

    def dress_blank(self, look: Look) -> None:
        """Choose a rendition whose blanks look like `look`'s, the one that is on if it will do."""
        now = self.look
        if now is None or now.link != look.link or not UNSEEN_ON_BLANK.issuperset((*now.attrs, *look.attrs)):
            self.dress(look)
        elif now.bg != look.bg:
            self.dress(now._replace(bg=look.bg))

    def text(self, text: str, cells: int) -> None:
        """Write text that takes `cells` cells."""
        self.parts.append(text)
        if self.x is not None:
            end = self.x + cells
            self.x = end if end < self.width and (text.isascii() or _STEADY.fullmatch(text)) else None

    def code(self, sequence: str) -> None:
        """Write a sequence that moves nothing."""
        self.parts.append(sequence)

    def margins(self, sequence: str) -> None:
        """Write a DECSTBM: it puts the cursor into the upper left corner, but not on every terminal."""
        self.parts.append(sequence)
        self.x = self.y = None


@lru_cache(maxsize=8192)
def _way(x0: int | None, y0: int | None, x: int, y: int, columns: bool) -> str:
    """The shortest sequence from one cell to another; None is an unknown place."""
    row = str(y + 1) if y else ""
    ways = [f"\x1b[{row}H" if not x else f"\x1b[{row};{x + 1}H"]
    if y0 is not None:
        if y >= y0:
            ways.append("\r" + "\n" * (y - y0) + _along(0, x))
        aside = ["\r" + _along(0, x)]
        if columns:
            aside.append(f"\x1b[{x + 1}G")
        if x0 is not None:
            aside.append(_along(x0, x))
        down = [""] if y == y0 else [_steps(abs(y - y0), "B" if y > y0 else "A")]
        if columns and y != y0:
            down.append(f"\x1b[{y + 1}d")
        ways.append(min(down, key=len) + min(aside, key=len))
    return min(ways, key=len)


def _along(x0: int, x: int) -> str:
    """The shortest relative way along a line."""
    if x >= x0:
        return _steps(x - x0, "C")
    return min("\b" * (x0 - x), _steps(x0 - x, "D"), key=len)


def _steps(count: int, direction: str) -> str:
    return "" if not count else f"\x1b[{direction}" if count == 1 else f"\x1b[{count}{direction}"


@lru_cache(maxsize=4096)
def _change(before: Look | None, after: Look, undresses: bool) -> str:
    """The shortest SGR from one look to another, and the hyperlink that goes with it."""
    whole = ";".join(filter(None, [*map(str, after.attrs), after.fg, after.bg]))
    best = f"\x1b[0;{whole}m" if whole else "\x1b[m"
    if before is None:
        return f"\x1b]8;{after.link or ';'}\x1b\\{best}" if after.link else best
    gone = set(before.attrs) - set(after.attrs)
    if undresses or not gone:
        off = sorted({_OFF[attr] for attr in gone})
        again = [attr for attr in after.attrs if attr not in before.attrs or _OFF[attr] in off]
        codes = [*map(str, off), *map(str, again)]
        if before.fg != after.fg:
            codes.append(after.fg or "39")
        if before.bg != after.bg:
            codes.append(after.bg or "49")
        best = min(f"\x1b[{';'.join(codes)}m" if codes else "", best, key=len)
    if before.link != after.link:
        best += f"\x1b]8;{after.link or ';'}\x1b\\"
    return best
