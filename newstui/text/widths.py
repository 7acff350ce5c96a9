"""How many terminal cells a text takes: the same figures as Rich, without importing it.

Holds for text that has been through `clean`: the sequences that terminals and Rich measure as one unit (ZWJ families,
VS16, keycaps, skin tones) cannot occur in it, so the width of a text is the sum of its characters' widths.
Ambiguous characters (“ ” … — · ① →) take one cell (UAX #11 §5, not in an East Asian context), as nearly all terminals
have it, or two after `set_ambiguous(2)`. That is a switch and no argument because a process has one terminal, as it has
one locale, and every text that is measured is for it: widths of two kinds in one process would only be a mistake.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import Final

from newstui.text.width_table import AMBIGUOUS, DIGITS, STARTS

_KEPT: Final = 8192
"""Characters remembered: more than any Chinese text uses, few enough that hostile text cannot fill memory."""


_ASCII: Final = str.maketrans("●★…•·‹›─│", "o*.*.<>-|")


_PLAIN: Final = re.compile("[ -~“”‘’—…\u3000-\u3029\u3041-\u3096\u30a0-\u30ff\u3400-\u4cff\u4e00-\u9fff\uff01-\uff60]*")
"""Text of which the upper eight bits of each character tell its width."""


def _rows(ambiguous: int) -> bytes:
    """Width by the upper eight bits of a character of `_PLAIN`; those of row 0x20 are all ambiguous."""
    return b"\x01" + b"\x02" * 31 + bytes([ambiguous]) + b"\x02" * 223


class _Cells(dict[str, int]):
    """Width by character, filled as characters are met."""

    ambiguous = 1
    by_row = _rows(1)

    def __missing__(self, char: str) -> int:
        width = DIGITS[bisect_right(STARTS, ord(char)) - 1] - 48
        if width == 1 < self.ambiguous and bisect_right(AMBIGUOUS, ord(char)) % 2:
            width = self.ambiguous
        if len(self) < _KEPT:
            self[char] = width
        return width


_cells: Final = _Cells()


def set_ambiguous(cells: int) -> None:
    """Measure ambiguous characters as `cells` (1 or 2) from here on; what has been laid out before is to be again."""
    _cells.ambiguous = cells
    _cells.by_row = _rows(cells)
    _cells.clear()


def ambiguous() -> int:
    """Cells of an ambiguous character on this process's terminal."""
    return _cells.ambiguous


def chrome(text: str) -> str:
    """Signs of the program's own, one cell each: in ASCII where the terminal would make them two cells wide."""
    return text.translate(_ASCII) if _cells.ambiguous > 1 else text


def cell_width(text: str) -> int:
    """Cells that `text` takes on one line; a newline takes none."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_cells.__getitem__, text))


def cell_offsets(text: str) -> list[int]:
    """Cells before each code point of `text`, and after the last: `len(text) + 1` figures, never falling."""
    if _PLAIN.fullmatch(text) is None:
        return list(accumulate(map(_cells.__getitem__, text), initial=0))
    widths = text.encode("utf-16-le")[1::2].translate(_cells.by_row)
    if 1 not in widths:
        return list(range(0, 2 * len(text) + 1, 2))
    return list(accumulate(widths, initial=0))


def clip(text: str, cells: int) -> str:
    """`text` in at most `cells` cells; what is cut ends in "…" ("." where that is wide), or is "" for no cells."""
    if len(text) * 2 <= cells or cell_width(text) <= cells:
        return text
    if cells <= 0:
        return ""
    kept = bisect_right(cell_offsets(text), cells - 1) - 1
    return text[:kept].rstrip() + chrome("…")


def pad(text: str, cells: int) -> str:
    """`text` in exactly `cells` cells: clipped, or filled with spaces on the right."""
    shown = clip(text, cells)
    return shown + " " * (cells - cell_width(shown))
