"""A table set in cells: columns by their content, narrowed until they fit, cells wrapped; pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from newstui.text.clean import clean_line
from newstui.text.widths import cell_width, pad
from newstui.text.wrap import wrap

_LEAST: Final = 4
"""Cells below which a column cannot be read."""
_GAP: Final = 2
_BETWEEN: Final = " | "
"""Stands between the cells of a row whose columns are too many."""
SAMPLE: Final = 200
"""Rows of a long table by which its columns are measured."""


class TableText(NamedTuple):
    """A run of text on a line of a table; it starts at code point `offset` of its row's text, -1 for blanks."""

    text: str
    offset: int


def column_widths(rows: Sequence[Sequence[str]], measure: int) -> list[int] | None:
    """Cells of each column so that all fit into `measure` with gaps; None when the columns are too many."""
    count = max((len(row) for row in rows), default=0)
    room = measure - _GAP * (count - 1)
    if not _fits(count, measure):
        return None
    widths = [max((cell_width(row[at]) for row in rows if at < len(row)), default=0) for at in range(count)]
    widths = [max(width, 1) for width in widths]
    # Take from the widest down to the level at which all fit.
    over = sum(widths) - room
    while over > 0:
        top = max(widths)
        tops = [at for at, width in enumerate(widths) if width == top]
        floor = max([width for width in widths if width < top], default=_LEAST)
        floor = max(floor, _LEAST)
        take = min(over, max((top - floor) * len(tops), len(tops)))
        each, rest = divmod(take, len(tops))
        for number, at in enumerate(tops):
            widths[at] -= each + (1 if number < rest else 0)
        over -= take
    return widths


def table_widths(rows: Sequence[Sequence[str]], measure: int) -> list[int] | None:
    """The columns of a whole table by its first rows, and by how many cells the longest row has."""
    count = max((len(row) for row in rows), default=0)
    if not _fits(count, measure):
        return None
    sample = [[clean_line(cell) for cell in row] for row in rows[:SAMPLE]]
    return column_widths([*sample, [""] * count], measure)


def _fits(columns: int, measure: int) -> bool:
    return columns > 0 and measure - _GAP * (columns - 1) >= _LEAST * columns


def row_text(row: Sequence[str]) -> str:
    """The text of a row, cells by tab, as `model.block_text` has it."""
    return "\t".join(row)


def layout_rows(
    rows: Sequence[Sequence[str]], widths: Sequence[int] | None, measure: int
) -> list[tuple[int, list[TableText]]]:
    """Lines no wider than `measure`, each with the index of its row.

    Without `widths` (too many columns) a row becomes its cells joined by " | " and wrapped.
    """
    lines: list[tuple[int, list[TableText]]] = []
    for number, row in enumerate(rows):
        if widths is None:
            lines += [(number, line) for line in _joined(row, measure)]
        else:
            lines += [(number, line) for line in _columns(row, widths)]
    return lines


def _starts(row: Sequence[str]) -> list[int]:
    """Where each cell's text stands in the row's."""
    starts: list[int] = []
    at = 0
    for cell in row:
        starts.append(at)
        at += len(cell) + 1
    return starts


def _joined(row: Sequence[str], measure: int) -> list[list[TableText]]:
    cells = [clean_line(cell) for cell in row]
    text = _BETWEEN.join(cells)
    sources: list[tuple[int, int, int]] = []
    """Where each cell begins and ends in `text`, and in the row's text."""
    at = 0
    for start, raw, cell in zip(_starts(row), row, cells, strict=True):
        sources.append((at, at + len(cell), start if cell == raw else -1))
        at += len(cell) + len(_BETWEEN)
    lines: list[list[TableText]] = []
    index = 0
    for line in wrap(text, measure):
        found: list[TableText] = []
        at = line.start
        while at < line.end:
            while index < len(sources) - 1 and sources[index + 1][0] <= at:
                index += 1
            low, high, start = sources[index]
            stop = min(line.end, high if at < high else sources[index + 1][0] if index + 1 < len(sources) else line.end)
            found.append(TableText(text[at:stop], start + at - low if start >= 0 and at < high else -1))
            at = stop
        lines.append(found)
    return lines or [[]]


def _columns(row: Sequence[str], widths: Sequence[int]) -> list[list[TableText]]:
    cells = [clean_line(cell) for cell in row]
    cut = [wrap(cell, width) for cell, width in zip(cells, widths, strict=False)]
    starts = [start if cell == raw else -1 for start, raw, cell in zip(_starts(row), row, cells, strict=True)]
    lines: list[list[TableText]] = []
    for at in range(max(map(len, cut), default=0)):
        line: list[TableText] = []
        blank = 0
        for column, width in enumerate(widths):
            here = column < len(cut) and at < len(cut[column])
            if here:
                part = cut[column][at]
                text = pad(cells[column][part.start : part.end], width).rstrip()
                if blank:
                    line.append(TableText(" " * blank, -1))
                line.append(TableText(text, starts[column] + part.start if starts[column] >= 0 else -1))
                blank = width - cell_width(text)
            else:
                blank += width
            blank += _GAP
        lines.append([run for run in line if run.text])
    return lines
