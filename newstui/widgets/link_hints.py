"""Short labels for what can be opened on a screen, typed to open it; pure.

The letters are those of the home row, as in vimium. No label begins another one, so that each counts once typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Final, NamedTuple

from newstui.text.widths import cell_width
from newstui.widgets.document import TextLine

LETTERS: Final = "fjdkslagh"


class Hint(NamedTuple):
    """The label of a target and the cell of the screen that it begins on."""

    label: str
    target: int
    line: int
    cell: int


def labels(count: int) -> list[str]:
    """`count` labels, the shortest first: of two lengths at most, none the beginning of another."""
    made = [""]
    taken = 0
    while len(made) - taken < count or len(made) == 1:
        shortest = made[taken]
        taken += 1
        made += [shortest + letter for letter in LETTERS]
    return list(islice(made, taken, taken + count))


def hints(lines: Iterable[TextLine], width: int) -> list[Hint]:
    """A label for everything that can be opened from the lines of a screen, where it first stands on them."""
    found: dict[int, tuple[int, int]] = {}
    for at, line in enumerate(lines):
        cell = 0
        for piece in line.pieces:
            if piece.target >= 0 and piece.text.strip():
                found.setdefault(piece.target, (at, cell))
            cell += cell_width(piece.text)
    return [
        Hint(label, target, line, max(min(cell, width - len(label)), 0))
        for label, (target, (line, cell)) in zip(labels(len(found)), found.items(), strict=True)
    ]


def by_line(found: Iterable[Hint], typed: str = "") -> Mapping[int, list[tuple[int, str]]]:
    """Cells and what is still to be typed of the labels that begin with `typed`, by line, left to right."""
    rows: dict[int, list[tuple[int, str]]] = {}
    for hint in found:
        if hint.label.startswith(typed):
            rows.setdefault(hint.line, []).append((hint.cell, hint.label[len(typed) :]))
    return {line: sorted(row) for line, row in rows.items()}
