"""Chinese text set in lines of terminal cells: `wrap` for all of a text, `lines` for as much as is asked for.

`breaks` says where a line may end, `filling` fills the lines of a paragraph. Lines come one by one, and the time to set
them goes with what has been asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from newstui.text.filling import Line, Paragraph
from newstui.text.marks import BLANKS

__all__ = ["Line", "lines", "wrap", "wrapped"]


_WIDEST: Final = 2
"""Cells of the widest character: no line has less room than that."""


def wrap(text: str, width: int, first_indent: int = 0, indent: int = 0, *, hanging: int = 0) -> list[Line]:
    """`text`, already clean, as lines that end within `width` cells, indents included.

    Each "\\n" ends a paragraph, as in `str.splitlines`, and the first line of each has `first_indent`. Lines leave out
    the blanks at which they were broken and nothing else. Indents give way when `width` leaves no room for a
    character; below two cells a wide character is still set, alone. With `hanging`, one mark of punctuation may stand
    up to that many cells (1 or 2) beyond the width.
    """
    return list(chain.from_iterable(_blocks(text, width, first_indent, indent, hanging)))


def lines(text: str, width: int, first_indent: int = 0, indent: int = 0, *, hanging: int = 0) -> Iterator[Line]:
    """What `wrap` gives, line by line: none is set long before it is asked for."""
    return chain.from_iterable(_blocks(text, width, first_indent, indent, hanging))


def _blocks(text: str, width: int, first_indent: int, indent: int, hanging: int) -> Iterator[list[Line]]:
    first = max(0, min(first_indent, width - _WIDEST))
    rest = max(0, min(indent, width - _WIDEST))
    width = max(width, _WIDEST)
    at, end = 0, len(text)
    while at < end:
        stop = text.find("\n", at)
        stop = end if stop < 0 else stop
        if stop == at:
            yield [Line(at, at, first)]
        elif (stop - at) * _WIDEST <= width - first:
            yield [Line(at, at + len(text[at:stop].rstrip(BLANKS)), first)]
        else:
            paragraph = text[at:stop] if at or stop < end else text
            yield from Paragraph(paragraph, at, width, first, rest, hanging).blocks()
        at = stop + 1


def wrapped(text: str, width: int) -> list[str]:
    """The lines of `wrap` as texts, for what has neither indents nor links."""
    return [text[line.start : line.end] for line in wrap(text, width)]
