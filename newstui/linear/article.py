"""An article as lines to be read one part after another; pure.

The lines are those of the reader's own layout, at the terminal's whole width and flush left, so that a place in one is
a place in the other. A part is a paragraph, a heading, an item, a table: what is read in one breath.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from newstui.text.wrap import wrap
from newstui.widgets.document import Anchor, Document, TextLine
from newstui.widgets.reader_layout import layout_article

if TYPE_CHECKING:
    from newstui.locale import Catalogue
    from newstui.model import Stored
    from newstui.styles.palette import Role
    from newstui.widgets.typography import Typography

_HEADINGS: Final[frozenset[Role]] = frozenset(("heading", "group"))
_ALIGNED: Final[frozenset[Role]] = frozenset(("code", "quote"))
"""Roles of lines whose indent says what they are."""


class Line(NamedTuple):
    """One line of text, never empty, and the place in the article where it starts."""

    text: str
    anchor: Anchor
    starts: bool
    """Whether a part begins with it."""
    heading: bool = False


class Text:
    """An article's lines, set as far as they have been asked for."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._source = lines
        self._lines: list[Line] = []
        self._anchors: list[Anchor] = []

    def _set(self, count: int) -> bool:
        """Set at least `count` lines; False when there are not so many."""
        while len(self._lines) < count:
            line = next(self._source, None)
            if line is None:
                return False
            self._lines.append(line)
            self._anchors.append(line.anchor)
        return True

    def has(self, line: int) -> bool:
        """Whether there is a line of that number."""
        return line >= 0 and self._set(line + 1)

    def __getitem__(self, line: int) -> Line:
        """A line; IndexError beyond the last one."""
        self._set(line + 1)
        return self._lines[line]

    def texts(self, first: int, end: int) -> list[str]:
        """The texts of the lines from `first` to before `end`."""
        self._set(end)
        return [line.text for line in self._lines[first:end]]

    def start(self, line: int) -> int:
        """The line at which the part of a line begins."""
        while line and not self[line].starts:
            line -= 1
        return line

    def end(self, line: int, most: int) -> int:
        """The line after the last one of a line's part, looking no further than `most` lines ahead."""
        end = line + 1
        while end - line < most and self.has(end) and not self[end].starts:
            end += 1
        return end

    def last_start(self) -> int:
        """The line at which the last part begins."""
        while self._set(len(self._lines) + 1000):
            pass
        return self.start(len(self._lines) - 1)

    def line_of(self, anchor: Anchor) -> int:
        """The line that a place is in; the first one for what is before all."""
        while (not self._anchors or self._anchors[-1] <= anchor) and self._set(len(self._lines) + 1):
            pass
        return max(bisect_right(self._anchors, anchor) - 1, 0)

    def heading(self, line: int, *, backwards: bool = False) -> int | None:
        """The line of the next heading after (before) a line; None when there is none."""
        step = -1 if backwards else 1
        line = self.start(line) + step if backwards else line + step
        while self.has(line):
            if self[line].heading and self[line].starts:
                return line
            line += step
        return None


def set_article(article: Stored, width: int, words: Catalogue, typography: Typography) -> Text:
    """An article's lines for a terminal `width` cells wide; headings are named as such.

    Of the typography the measure and the look of paragraphs do not count: lines are as wide as the terminal, and a
    paragraph is told from the one before by being read alone.
    """
    chosen = replace(typography, measure=(width + 1) // 2, paragraphs="space", hanging=False)
    # The reader keeps two cells free at each side of a wide pane and one of a narrow one.
    pane = width + 4 if width >= 40 else width + 2 if width > 18 else width
    return Text(_named(_lines(layout_article(article, pane, words, chosen)), width, words))


def _lines(document: Document) -> Iterator[Line]:
    """The lines that say something, flush left."""
    margin, before = -1, TextLine((), Anchor(-1, 0))
    for line in document:
        text = "".join(piece.text for piece in line.pieces)
        if margin < 0:
            margin = len(text) - len(text.lstrip(" "))
        text, role = text[margin:].rstrip(), _role(line)
        if text:
            starts = not before.pieces or _begins(line, before)
            flush = starts and role not in _ALIGNED
            yield Line(text.lstrip(" ") if flush else text, line.anchor, starts, role in _HEADINGS)
        before = line


def _role(line: TextLine) -> Role:
    return next((piece.role for piece in line.pieces if piece.text.strip()), "text")


def _begins(line: TextLine, before: TextLine) -> bool:
    """Whether a line right below another begins a part: in the head by its role, in lists by its number."""
    if line.anchor.part != before.anchor.part:
        return True
    if not line.anchor.part and _role(line) != _role(before):
        return True
    first = next((piece for piece in line.pieces if piece.text.strip()), None)
    return first is not None and first.role == "muted" and first.target < 0 and first.text.startswith("[")


def _named(lines: Iterator[Line], width: int, words: Catalogue) -> Iterator[Line]:
    """The lines with headings set anew behind the word that says what they are."""
    waiting: list[Line] = []
    for line in lines:
        if waiting and (line.starts or not line.heading):
            yield from _heading(waiting, width, words)
            waiting = []
        if line.heading:
            waiting.append(line)
        else:
            yield line
    if waiting:
        yield from _heading(waiting, width, words)


def _heading(lines: list[Line], width: int, words: Catalogue) -> Iterator[Line]:
    text, before = lines[0].text, lines[0]
    for line in lines[1:]:
        # A line ends before the blank at which it was broken.
        blank = line.anchor.offset - before.anchor.offset > len(before.text)
        text += (" " if blank else "") + line.text.strip()
        before = line
    named, (part, offset) = words("linear.heading", text=text), lines[0].anchor
    lead = len(named) - len(text)
    for number, piece in enumerate(wrap(named, width)):
        place = Anchor(part, offset + max(piece.start - lead, 0))
        yield Line(named[piece.start : piece.end], place, not number, heading=True)
