"""How a screen is shared out among tabs, list, reader and status line by its size: pure, for the app and the splash."""

from __future__ import annotations

from typing import Final, NamedTuple

_WIDE: Final = 100
"""Columns from which list and reader stand side by side."""
_LIST_PERCENT: Final = 45


class Shares(NamedTuple):
    """What has room on a screen; a short one loses the status line, then the tabs."""

    wide: bool
    """List and reader side by side; else one of them at a time."""
    list_width: int
    """Cells of the list, the divider to the reader included."""
    tabs: bool
    status: bool


def share_out(width: int, height: int) -> Shares:
    """The shares of a screen of `width` columns and `height` rows."""
    wide = width >= _WIDE
    return Shares(wide, width * _LIST_PERCENT // 100 if wide else width, tabs=height >= 5, status=height >= 7)
