"""Chinese text set in lines of terminal cells.

The legal breaks are those of UAX #14 (`apsw.unicode`), tailored for Chinese as it is printed: 避头尾 (GB/T 15834-2011
§5.1, CLREQ §3.1.2), curly quotes that belong to the side they enclose, addresses kept whole, full-width words and
numbers kept whole, no last line of a single hanzi (孤字). A run without a legal break that is longer than a line is
cut where it hurts least. Breaks are found once for a paragraph, widths are running sums, and each line is one binary
search, so that setting a long article anew after a resize is not felt.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import Final, NamedTuple

from newstui.text.widths import cell_offsets


class Line(NamedTuple):
    """The half-open range [start, end) of code points of the text, set `indent` cells from the left."""

    start: int
    end: int
    indent: int


_BLANKS: Final = " \u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u3000"
"""Blanks that hang at a line's end; no-break blanks are not among them."""
_NO_START: Final = "，。、；：？！％‰℃℉°）】》〉」』〕〗］｝”’·・‧～／…,.;:?!%)]}"
_NO_END: Final = "（【《〈「『〔〖［｛“‘￥＄([{"
_NEVER_FIRST: Final = "·・‧～／…"
"""Those of _NO_START before which UAX #14 may break."""
_FULL: Final = "０１２３４５６７８９．％" + "".join(chr(0xFF21 + at) + chr(0xFF41 + at) for at in range(26))
"""Full-width letters and digits, each a hanzi to UAX #14, a word or number to a reader."""
_SPECIAL: Final = re.compile(f"[“‘”’{_NEVER_FIRST}{_BLANKS}{_FULL}]")
_ADDRESS: Final = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,15}://|www\.|[\w.+-]{1,64}@(?=\w))[!-~]+", re.ASCII | re.IGNORECASE
)
_SOFT: Final = re.compile(r"[/?&=#._,;:+-]")
"""Signs in an address or a long word after which it may be cut if it must be."""
_PAIRED: Final = "—…"
_WIDEST: Final = 2
"""Cells of the widest character: no line has less room than that."""
_ROOMY: Final = 16
"""Cells from which on a line can spare a hanzi to keep the last one company."""


def wrap(text: str, width: int, first_indent: int = 0, indent: int = 0) -> list[Line]:
    """`text`, already clean, as lines that end within `width` cells, indents included.

    Each "\\n" ends a paragraph, as in `str.splitlines`, and the first line of each has `first_indent`. Lines leave out
    the blanks at which they were broken and nothing else. Indents give way when `width` leaves no room for a
    character; below two cells a wide character is still set, alone.
    """
    lines: list[Line] = []
    first = max(0, min(first_indent, width - _WIDEST))
    rest = max(0, min(indent, width - _WIDEST))
    at = 0
    for paragraph in text.split("\n"):
        if paragraph:
            pieces = _Paragraph(paragraph).pieces(max(width, _WIDEST), first, rest)
            lines.append(Line(at + pieces[0][0], at + pieces[0][1], first))
            lines.extend([Line(at + start, at + end, rest) for start, end in pieces[1:]])
        elif at < len(text):
            lines.append(Line(at, at, first))
        at += len(paragraph) + 1
    return lines


def wrapped(text: str, width: int) -> list[str]:
    """The lines of `wrap` as texts, for what has neither indents nor links."""
    return [text[line.start : line.end] for line in wrap(text, width)]


def _chinese(char: str) -> bool:
    return char >= "\u2e80" or (char != "" and char in "—…“”‘’")


def _legal(text: str) -> tuple[list[int], list[int]]:
    """Offsets at which a line of `text` (one paragraph, not empty) may end, and where its text then ends.

    The second leaves out the blanks before the first; the last offset is the length of `text`.
    """
    from apsw.unicode import line_break_iter

    breaks = list(accumulate(map(len, line_break_iter(text))))
    glued: set[int] = set()
    parted: list[int] = []
    blanks: dict[int, int] = {}
    first_blank = 0
    for found in _SPECIAL.finditer(text):
        at = found.start()
        char, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
        if char in _BLANKS:
            if before and before in _BLANKS:
                glued.add(at)
            else:
                first_blank = at
            if after and after not in _BLANKS:
                blanks[at + 1] = first_blank
                if after in _NO_START or (first_blank and text[first_blank - 1] in _NO_END):
                    glued.add(at + 1)
            elif not after:
                blanks[at + 1] = first_blank
        elif char in "“‘":
            # GB/T 15834: a quotation mark belongs to what it encloses; UAX #14 glues it to a Latin letter outside too.
            if before and before not in _NO_END and before not in _BLANKS and (_chinese(before) or _chinese(after)):
                parted.append(at)
        elif char in "”’":
            if after and after not in _NO_START and after not in _BLANKS and (_chinese(after) or _chinese(before)):
                parted.append(at + 1)
        elif char in _NEVER_FIRST or (before and before in _FULL):
            glued.add(at)
    if "//" in text or "@" in text or "www." in text:
        for address in _ADDRESS.finditer(text):
            at, end = address.span()
            glued.update(range(at + 1, end))
            if at and text[at - 1] not in _NO_END and not text[at - 1].isalnum():
                parted.append(at)
            if text[end : end + 1] and text[end] in "“‘":
                parted.append(end)
    if parted:
        breaks += [at for at in parted if breaks[bisect_left(breaks, at)] != at]
        breaks.sort()
    if glued:
        breaks = [at for at in breaks[:-1] if at not in glued] + breaks[-1:]
    return breaks, [blanks.get(at, at) for at in breaks] if blanks else breaks


class _Paragraph:
    """One paragraph with what setting it needs, found once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.cells = cell_offsets(text)
        self.breaks, self.ends = _legal(text)

    def pieces(self, width: int, first_indent: int, indent: int) -> list[tuple[int, int]]:
        """Start and end of its lines; at least one."""
        text, cells, breaks, ends = self.text, self.cells, self.breaks, self.ends
        end_cells = list(map(cells.__getitem__, ends))
        last = len(breaks) - 1
        pieces: list[tuple[int, int]] = []
        start = 0
        unit = 0  # the first break after start
        previous = (0, 0)  # the first and last unit of the line before, when it was broken legally
        while start < len(text):
            limit = cells[start] + width - (indent if pieces else first_indent)
            fit = bisect_right(end_cells, limit, unit) - 1
            if fit < last:
                tried = breaks[fit] if fit >= unit else start
                if fit < unit or end_cells[fit + 1] - cells[tried] > width - indent:
                    cut = self._cut(start, tried, limit)
                    if cut > tried:
                        end = self._before_blanks(cut)
                        pieces.append((start, end))
                        start = self._after_blanks(cut)
                        unit = bisect_right(breaks, start, unit)
                        previous = (0, 0)
                        continue
            elif unit == last and previous[1] - previous[0] >= 2 and width - indent >= _ROOMY and self._lonely(start):
                # 孤字: the line before gives its last unit, so that the last line is not one hanzi alone.
                fit = previous[1] - 1
                pieces[-1] = (pieces[-1][0], ends[fit])
                pieces.append((breaks[fit], ends[last]))
                break
            pieces.append((start, ends[fit]))
            start = breaks[fit]
            previous = (unit, fit)
            unit = fit + 1
        return pieces

    def _lonely(self, start: int) -> bool:
        """Whether the last line, from `start`, is one hanzi with at most a mark."""
        return self.cells[-1] - self.cells[start] <= 2 * _WIDEST and self.text[start] >= "\u2e80"

    def _cut(self, start: int, tried: int, limit: int) -> int:
        """Where to cut the over-long run from `tried` of the line from `start`; `tried` when it is not worth it.

        Never parts a character from its combining marks, nor —— and …… when one of them fits.
        """
        from apsw.unicode import grapheme_next_break

        cut = max(bisect_right(self.cells, limit, start) - 1, start + 1)
        if tried > start and cut - tried < 4:
            return tried
        signs = list(_SOFT.finditer(self.text, tried + (cut - tried) // 2, cut))
        if signs:
            return signs[-1].end()
        whole = tried
        while whole < cut and (after := grapheme_next_break(self.text, whole)) <= cut:
            whole = after
        cut = whole if whole > start else cut
        mark = self.text[cut - 1]
        if mark in _PAIRED and self.text.startswith(mark, cut):
            run = len(self.text[tried:cut]) - len(self.text[tried:cut].rstrip(mark))
            if run % 2 and cut - 1 > start:
                return cut - 1
        return cut

    def _before_blanks(self, at: int) -> int:
        while at and self.text[at - 1] in _BLANKS:
            at -= 1
        return at

    def _after_blanks(self, at: int) -> int:
        while self.text[at : at + 1] and self.text[at] in _BLANKS:
            at += 1
        return at
