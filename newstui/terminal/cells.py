"""The screen as a grid of cells: what stands where, and how it looks.

A row is two lists as long as the screen is wide: the characters and their looks. The second half of a wide character
is the empty string; what combines with a character stands in its cell. Blank cells carry only what can be seen of a
look on a blank, so that two blanks that look alike are alike.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from newstui.text.widths import cell_width

UNSEEN_ON_BLANK: Final = frozenset({1, 2, 3})
"""SGR attributes (ECMA-48 8.3.117) that a blank shows nothing of: bold, faint, italic."""


class Look(NamedTuple):
    """How a cell looks, in the parameters of SGR."""

    fg: str = ""
    """Such as "38;5;109" or "91"; "" for the terminal's own."""
    bg: str = ""
    attrs: tuple[int, ...] = ()
    """Attributes by their SGR number, rising."""
    link: str = ""
    """What follows "OSC 8 ;" in an opened hyperlink; "" for none."""


PLAIN: Final = Look()


@lru_cache(maxsize=4096)
def blank_look(look: Look) -> Look:
    """What is to be seen of a look on a blank cell."""
    if not UNSEEN_ON_BLANK.issuperset(look.attrs):
        return look  # underlined or reversed: the text's colour shows as well
    return Look("", look.bg, (), look.link)


class Row:
    """One line of the screen."""

    __slots__ = ("chars", "looks")

    def __init__(self, chars: list[str], looks: list[Look]) -> None:
        self.chars = chars
        self.looks = looks

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Row) and self.chars == other.chars and self.looks == other.looks

    __hash__ = None  # type: ignore[assignment]  # it changes

    def copy(self) -> Row:
        """An independent row that looks the same."""
        return Row(self.chars.copy(), self.looks.copy())


def blank_row(width: int, look: Look = PLAIN) -> Row:
    """A row of blanks."""
    return Row([" "] * width, [blank_look(look)] * width)


class Screen:
    """A grid of `height` rows of `width` cells, blank at first."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self.rows = [blank_row(width) for _ in range(height)]

    def put(self, x: int, y: int, text: str, look: Look) -> int:
        """Write printable `text` at a cell; where the next would go. What does not fit on the line is cut off.

        Half of a wide character that is overwritten leaves a blank, as terminals show it.
        """
        lead, cells = _cells(text)
        end, width = x + len(cells), self.width
        if not (0 <= y < self.height and 0 <= x <= width):
            return end
        row = self.rows[y]
        chars, looks = row.chars, row.looks
        if lead and x:
            chars[x - 2 if x > 1 and chars[x - 1] == "" else x - 1] += lead
        if end > width and x < width:
            halved = cells[width - x] == ""
            del cells[width - x :]
            if halved:
                cells[-1] = " "
        if not cells or x == width:
            return end
        stop = x + len(cells)
        if chars[x] == "":
            chars[x - 1], looks[x - 1] = " ", blank_look(looks[x - 1])
        if stop < width and chars[stop] == "":
            chars[stop], looks[stop] = " ", blank_look(looks[stop])
        chars[x:stop] = cells
        blank = blank_look(look)
        if blank == look or " " not in cells:
            looks[x:stop] = [look] * len(cells)
        elif text.isspace():
            looks[x:stop] = [blank] * len(cells)
        else:
            looks[x:stop] = [blank if char == " " else look for char in cells]
        return end

    def copy(self) -> Screen:
        """An independent screen that looks the same."""
        twin = Screen(0, 0)
        twin.width, twin.height = self.width, self.height
        twin.rows = [row.copy() for row in self.rows]
        return twin


def _cells(text: str) -> tuple[str, list[str]]:
    """What of a text combines with the character before it, and the cells of the rest."""
    if text.isascii():
        return "", list(text)
    lead = ""
    cells: list[str] = []
    for char in text:
        width = 1 if char < "\x7f" else cell_width(char)
        if width == 2:
            cells += (char, "")
        elif width == 1:
            cells.append(char)
        elif cells:
            cells[-2 if cells[-1] == "" else -1] += char
        else:
            lead += char
    return lead, cells
