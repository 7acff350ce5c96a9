"""The lines of a text dump: rows that are one line only together are joined, ornaments alone on theirs left out."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from newstui.sources.byline import continues
from newstui.sources.lines import KEPT, LONG, MAX_LINES, Line, classified, is_kept, read_line, with_slogans
from newstui.text.clean import clean

_BLANKS: Final = " \u3000\xa0\t|"
_ORNAMENTS: Final = "•·・●○■□◆◇▪▶►\\-*＊‣⁃|｜丨_=~—"
_ORNAMENT: Final = re.compile(rf"[{_ORNAMENTS}\s]+")
_ORNAMENTED: Final = frozenset(_ORNAMENTS + "\u1680\u202f\u205f" + "".join(map(chr, range(0x2000, 0x200B))))
_DROPPED: Final = "\x1c\x1d\x1e"
"""Controls that `str.splitlines` would end a row at, and that are no part of any text."""
_TRAIL: Final = 10
"""Rows of a breadcrumb, at most."""


def read_lines(text: str) -> list[Line]:
    """The lines of `text` that are not blank, in order, at most MAX_LINES of them."""
    if any(control in text for control in _DROPPED):
        text = clean(text)
    lines = list(islice(filter(None, map(_rows.__getitem__, text.splitlines())), MAX_LINES))
    return with_slogans(_joined(lines))


class _Rows(dict[str, Line | None]):
    """The lines that rows of dumps are, by the rows with their indents; None for those that say nothing.

    A line is everyone's: who changes it takes a copy. Running text and long bylines are read and not kept.
    """

    def __missing__(self, row: str) -> Line | None:
        bare = clean(row).strip(_BLANKS)
        said = bare and not (bare[0] in _ORNAMENTED and len(bare) <= LONG and _ORNAMENT.fullmatch(bare))
        line = classified(bare) if said else None
        if line is not None and line.text != bare:
            if line.text:
                line.written = bare
            else:
                line = None
        if len(row) <= LONG and (line is None or is_kept(bare, line)):
            if len(self) >= KEPT:
                self.clear()
            self[row] = line
        return line


_rows: Final = _Rows()


def forget() -> None:
    """Lets go of the rows that are kept between pages."""
    _rows.clear()


def _joined(lines: list[Line]) -> list[Line]:
    """`lines` with parts of a breadcrumb on rows of their own on one line, and a label with its value on one."""
    for at in reversed([at for at, line in enumerate(lines) if line.bearing]):
        if lines[at].bearing == "label":
            if at + 1 < len(lines) and continues(lines[at].text, value := _written(lines[at + 1])):
                lines[at : at + 2] = [read_line(f"{lines[at].text} {value}")]
        elif lines[at].bearing == "trail" and (at == 0 or lines[at - 1].bearing != "trail"):
            end = at + 1
            while end < len(lines) and end - at < _TRAIL and lines[end].bearing == "trail":
                end += 1
            if end - at > 1:
                # Its last part stands on a row that does not say so.
                lines[at:end] = [read_line("".join([line.text for line in lines[at:end]]) + "正文")]
    return lines


def _written(line: Line) -> str:
    return line.written or line.text
