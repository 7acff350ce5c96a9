"""Lines that have moved up or down together, as when a list or a text is scrolled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from newstui.terminal.cells import Row


class Shift(NamedTuple):
    """Lines `top` to `bottom`, both included, move up by `lines`; down when it is negative."""

    top: int
    bottom: int
    lines: int


def find_shift(before: Sequence[Row | None], after: Sequence[Row]) -> Shift | None:
    """The move that puts most of the changed lines where they now are; None when there is none."""
    places: dict[str, list[int]] = {}
    for y, row in enumerate(before):
        if row is not None:
            text = "".join(row.chars)
            if not text.isspace():
                places.setdefault(text, []).append(y)
    votes: Counter[int] = Counter()
    found: list[tuple[int, int]] = []
    for y, row in enumerate(after):
        if row == before[y]:
            continue
        for at in places.get("".join(row.chars), ()):
            if at != y and row == before[at]:
                votes[at - y] += 1
                found.append((y, at - y))
    if not votes:
        return None
    lines = max(votes, key=lambda shift: (votes[shift], -abs(shift)))
    lands = [y for y, shift in found if shift == lines]
    first, last = min(lands), max(lands)
    while first and _nearer(after[first - 1], before, first - 1, lines):
        first -= 1
    while last < len(after) - 1 and _nearer(after[last + 1], before, last + 1, lines):
        last += 1
    # The lines come from beyond the ones that they land on, on the side that they come from.
    return Shift(min(first, first + lines), max(last, last + lines), lines)


def _nearer(row: Row, before: Sequence[Row | None], y: int, lines: int) -> bool:
    """Whether a line is more like the one that would be moved here than like the one that is here."""
    if not 0 <= y + lines < len(before):
        return False
    here, moved = before[y], before[y + lines]
    if moved is None:
        return False
    return _alike(row, moved) > max(_alike(row, here) if here is not None else 0, len(row.chars) // 2)


def _alike(row: Row, other: Row) -> int:
    return sum(map(lambda one, two: one == two, row.chars, other.chars))


def shifted(rows: Sequence[Row | None], shift: Shift) -> list[Row | None]:
    """The lines after a move; those that it has brought in are unknown, as terminals fill them differently."""
    top, bottom, lines = shift
    moved = list(rows[top : bottom + 1])
    new: list[Row | None] = [None] * min(abs(lines), len(moved))
    moved = moved[lines:] + new if lines > 0 else new + moved[: len(moved) - len(new)]
    return [*rows[:top], *moved, *rows[bottom + 1 :]]
