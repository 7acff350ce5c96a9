"""Writes newstui/text/width_table.py from Rich's cell table and wcwidth's ambiguous characters.

`python tools/width_table.py`. Rich decides how wide Textual draws a character, so our widths must be the same ones; run
this again when Rich moves to a new Unicode version (tests/text/test_widths.py says when).
"""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

from rich.cells import cell_len
from wcwidth import wcwidth

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


def ambiguous() -> list[int]:
    """Ends, half open, of the runs of characters that are one cell wide or two, as the terminal likes (UAX #11)."""
    edges: list[int] = []
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        either = clean(char) == char and cell_len(char) == 1 and wcwidth(char, ambiguous_width=2) == 2 > wcwidth(char)
        if either != bool(len(edges) % 2):
            edges.append(code)
    return [*edges, sys.maxunicode + 1] if len(edges) % 2 else edges


def source() -> str:
    """The text of the module."""
    starts, widths = table()
    numbers = textwrap.fill(", ".join(map(str, starts)) + ",", 112, initial_indent="    ", subsequent_indent="    ")
    edges = textwrap.fill(", ".join(map(str, ambiguous())) + ",", 112, initial_indent="    ", subsequent_indent="    ")
    digits = "\n".join(f'    b"{line}"' for line in textwrap.wrap("".join(map(str, widths)), 108))
    return (
        '"""Cell widths by run of code points, made by tools/width_table.py from Rich\'s table."""\n\n'
        "from typing import Final\n\n"
        "# fmt: off\n"
        f"STARTS: Final = (\n{numbers}\n)\n"
        f"DIGITS: Final = (\n{digits}\n)\n"
        f"AMBIGUOUS: Final = (\n{edges}\n)\n"
        '"""Ends, half open, of the runs of characters that some terminals make two cells wide (UAX #11 §4)."""\n'
    )


if __name__ == "__main__":
    _TARGET.write_text(source(), encoding="utf-8")
