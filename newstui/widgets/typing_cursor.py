"""The terminal's own cursor in Textual's inputs, where the next character goes.

Textual 8.2 puts it one cell too far to the right at the end of the text, which is where it nearly always is; input
methods open their window there and braille displays read it.
"""

from __future__ import annotations

from textual.geometry import Offset
from textual.widgets import Input


def mend_cursor() -> None:
    """Put right the place for the whole process, the command palette's own input included."""
    Input.cursor_screen_offset = property(_place)  # type: ignore[assignment,method-assign]


def _place(typing: Input) -> Offset:
    x, y, width, _ = typing.content_region
    at = typing._position_to_cell(typing.cursor_position) - typing.scroll_offset.x
    return Offset(x + max(0, min(at, width - 1)), y)
