"""Textual's and Rich's measure of text made to follow ours where the terminal draws ambiguous characters wide.

Both measure by the functions of rich.cells, which look their table up by a name of that module; the table is changed
there. What is private in it may change in any release; tests/tui/test_measuring.py says when.
"""

from __future__ import annotations

from typing import Any, Final

import rich.cells

from newstui.text.width_table import AMBIGUOUS
from newstui.text.widths import ambiguous

_cells: Any = rich.cells
_NARROW_TABLE: Final = _cells.load_cell_table
_NARROW_CHARS: Final = _cells._SINGLE_CELLS


def follow_widths() -> None:
    """Have Rich and Textual measure as `text.widths` does now; a second call changes nothing."""
    _cells.load_cell_table = _wide_table if ambiguous() > 1 else _NARROW_TABLE
    chars = frozenset(map(chr, range(0x20, 0x7F))) if ambiguous() > 1 else _NARROW_CHARS
    _cells._is_single_cell_widths = chars.issuperset
    _cells.get_character_cell_size.cache_clear()
    _cells.cached_cell_len.cache_clear()


def _wide_table(unicode_version: str = "auto") -> Any:
    """Rich's table with the ambiguous characters in it."""
    if unicode_version not in _made:
        table = _NARROW_TABLE(unicode_version)
        wide = [(start, end - 1, 2) for start, end in zip(AMBIGUOUS[::2], AMBIGUOUS[1::2], strict=True)]
        _made[unicode_version] = table._replace(widths=sorted([*table.widths, *wide]))
    return _made[unicode_version]


_made: Final[dict[str, Any]] = {}
