"""Asking the terminal how wide it draws a character of ambiguous width, without waiting for the answer.

The character is printed at a known place and the cursor's place asked for (DSR 6, ECMA-48 8.3.35), in the same write as
the first picture, which then covers it. The answer comes among the keys, at once or after a slow line's round trip; a
terminal that gives none is taken to be like most. Nothing ever waits for it.
"""

from __future__ import annotations

from typing import Final

_ROW: Final = 2
"""Counted from 1. Not the first: a report from there, CSI 1;2 R, is also what xterm sends for Shift+F3."""

PROBE: Final = f"\x1b[{_ROW};1H─\x1b[6n"


def cells_told(column: int, row: int) -> int | None:
    """Cells of an ambiguous character by a report of the cursor's place (from 0); None when it is no answer."""
    return column if row == _ROW - 1 and column in (1, 2) else None
