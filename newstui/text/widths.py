"""How many terminal cells a text takes: the same figures as Rich, without importing it.

Holds for text that has been through `clean`: the sequences that terminals and Rich measure as one unit (ZWJ families,
VS16, keycaps, skin tones) cannot occur in it, so the width of a text is the sum of its characters' widths.
Ambiguous characters (“ ” … — · ① →) take one cell (UAX #11 §5, not in an East Asian context), as terminals do.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import Final

from newstui.text.width_table import DIGITS, STARTS

_KEPT: Final = 8192
"""Characters remembered: more than any Chinese text uses, few enough that hostile text cannot fill memory."""


class _Cells(dict[str, int]):
    """Width by character, filled as characters are met."""

    def __missing__(self, char: str) -> int:
        width = DIGITS[bisect_right(STARTS, ord(char)) - 1] - 48
        if len(self) < _KEPT:
            self[char] = width
        return width


_cells: Final = _Cells()


def cell_width(text: str) -> int:
    """Cells that `text` takes on one line; a newline takes none."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_cells.__getitem__, text))


def cell_offsets(text: str) -> list[int]:
    """Cells before each code point of `text`, and after the last: `len(text) + 1` figures, never falling."""
    return list(accumulate(map(_cells.__getitem__, text), initial=0))


def clip(text: str, cells: int) -> str:
    """`text` in at most `cells` cells; what is cut ends in "…" (nothing at all when `cells` is 0 or less)."""
    if len(text) * 2 <= cells or cell_width(text) <= cells:
        return text
    if cells <= 0:
        return ""
    kept = bisect_right(cell_offsets(text), cells - 1) - 1
    return text[:kept].rstrip() + "…"


def pad(text: str, cells: int) -> str:
    """`text` in exactly `cells` cells: clipped, or filled with spaces on the right."""
    shown = clip(text, cells)
    return shown + " " * (cells - cell_width(shown))
