"""Writes newstui/text/width_table.py from Rich's cell table: `python tools/width_table.py`.

Rich decides how wide Textual draws a character, so our widths must be the same ones; run this again when Rich moves
to a new Unicode version (tests/text/test_widths.py says when).
"""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

from rich.cells import cell_len

from newstui.text.clean import clean

_TARGET = Path(__file__).parent.parent / "newstui" / "text" / "width_table.py"


def table() -> tuple[list[int], list[int]]:
    """First code point and width of each run of equal widths; code points that `clean` removes join the run before."""
    starts, widths = [0], [0]
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if clean(char) == char and (width := cell_len(char)) != widths[-1]:
            starts.append(code)
            widths.append(width)
    return starts, widths


def source() -> str:
    """The text of the module."""
    starts, widths = table()
    numbers = textwrap.fill(", ".join(map(str, starts)) + ",", 112, initial_indent="    ", subsequent_indent="    ")
    digits = "\n".join(f'    b"{line}"' for line in textwrap.wrap("".join(map(str, widths)), 108))
    return (
        '"""Cell widths by run of code points, made by tools/width_table.py from Rich\'s table."""\n\n'
        "from typing import Final\n\n"
        "# fmt: off\n"
        f"STARTS: Final = (\n{numbers}\n)\n"
        f"DIGITS: Final = (\n{digits}\n)\n"
    )


if __name__ == "__main__":
    _TARGET.write_text(source(), encoding="utf-8")
