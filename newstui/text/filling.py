"""One paragraph of Chinese text, filled line by line.

Where a line may end is the business of `breaks`. Each line takes what fits, as a compositor does, and is thin when a
word or number did not fit any more and left more than 15 % of it empty. Then the lines before are set anew, a hanzi
shorter here or there, until the word comes to stand at the beginning or within a line; so are they for a last line of a
single hanzi (孤字). What helps next is to part a date at one of its joints; what is longer than a line is cut.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from typing import Final, NamedTuple

from newstui.text.breaks import Breaks
from newstui.text.marks import BLANKS, HANGING, NO_START, SIGNS
from newstui.text.pairs import PAIRS
from newstui.text.widths import cell_offsets

_FULL: Final = 85
"""Per cent of the width that a line should fill."""
_JOINED: Final = 60
"""Per cent of the width that a line should fill when it ends at a joint of what is longer than a line."""
_PAIRED: Final = "—…"
_ROOMY: Final = 16
"""Cells from which on a line can spare a hanzi to keep the last one company."""
_LONELIEST: Final = 24
"""Characters beyond which a last line of one hanzi and marks is long enough."""
_HELD: Final = 24
"""Lines that may still be set anew for the sake of a later one."""
_AHEAD: Final = 4
"""Lines whose text must be measured before one is set."""
_STRETCH: Final = 4096
"""Characters measured at once: more than most paragraphs have."""
_TRIES: Final = 200
"""Breaks tried to mend one line."""


class Line(NamedTuple):
    """The half-open range [start, end) of code points of the text, set `indent` cells from the left."""

    start: int
    end: int
    indent: int


_line: Final[Callable[[tuple[int, int, int]], Line]] = partial(tuple.__new__, Line)
"""A line of a tuple: in a third of the time that `Line` takes."""


class Paragraph:
    """One paragraph being set."""

    set = 0
    """Lines before those that may still be set anew."""
    settled = 0
    """No start before this one will be another: whatever comes before has been tried."""
    blank = False
    """Whether a line may have blanks at its end."""

    def __init__(self, text: str, at: int, width: int, first: int, rest: int, hanging: int) -> None:
        """`at`: where it stands in the text that the lines are of."""
        self.text = text
        self.at = at
        self.cells = cell_offsets(text if len(text) <= _STRETCH else text[:_STRETCH])
        """Cells before each character, as far as they have been measured."""
        self.breaks = Breaks(text)
        self.width = width
        self.first, self.rest = first, rest
        self.hanging = hanging
        self.room = width - first
        """Cells of the line that is being set."""
        self.full = max(1, -(-width * _FULL // 100) - first)
        """Cells that it should fill."""
        self.starts = [0]
        """Where the lines start that may still be set anew, and the next one."""

    def blocks(self) -> Iterator[list[Line]]:
        """Its lines, at least one, in groups."""
        starts, cells, text, end, ahead = self.starts, self.cells, self.text, len(self.text), _AHEAD * self.width
        hanging, indented = self.hanging, self.first != self.rest
        start = 0
        while True:
            at = cells[start]
            if len(cells) <= end and cells[-1] - at < ahead:
                self._measure(start)
            after = bisect_right(cells, at + self.room, start) - 1
            if after == end:
                if len(starts) > 1 and self._lonely(start) and self._kept_company():
                    start = starts[-1]
                    continue
                break
            # Most lines end between two hanzi, or a little before a mark, are full, and are no more trouble than this.
            verdict = -1 if hanging or after == start else PAIRS[text[after - 1 : after + 1]]
            if not verdict and text[after] not in BLANKS:
                least = at + self.full
                while not verdict and cells[after - 1] >= least:
                    after -= 1
                    verdict = PAIRS[text[after - 1 : after + 1]]
            if verdict <= 0:
                self.blank = True
                after = self._next(start)
                if after == end:
                    break
                if cells[self._trimmed(start, after)] - at < self.full:
                    after = self._mended(start, after)
                    if not after:
                        start = starts[-1]
                        continue
            starts.append(after)
            start = after
            if indented and len(starts) == 2:
                self._room_of(1)
            elif len(starts) > 2 * _HELD:
                yield self._give(_HELD)
        starts.append(end)
        if text[-1] in BLANKS:
            self.blank = True
        yield self._give(len(starts) - 1)

    def _measure(self, start: int) -> None:
        """Know the cells of the next few lines from `start` on, and of some more text at once."""
        cells, text = self.cells, self.text
        while cells[-1] - cells[start] < _AHEAD * self.width and len(cells) <= len(text):
            measured = len(cells) - 1
            more = cell_offsets(text[measured : measured + _STRETCH])
            base = cells.pop()
            cells += [base + cell for cell in more] if base else more

    def _room_of(self, number: int) -> None:
        """Have the room of the first line or of a further one."""
        indent = self.rest if number + self.set else self.first
        self.room = self.width - indent
        self.full = max(1, -(-self.width * _FULL // 100) - indent)

    def _give(self, count: int) -> list[Line]:
        """The first `count` lines, which stay as they are."""
        starts, text, at, rest = self.starts, self.text, self.at, self.rest
        if self.blank:
            given = [
                _line((at + start, at + (self._trimmed(start, after) if text[after - 1] in BLANKS else after), rest))
                for start, after in pairwise(starts[: count + 1])
            ]
        else:
            given = [_line((at + start, at + after, rest)) for start, after in pairwise(starts[: count + 1])]
        if not self.set:
            given[0] = Line(given[0][0], given[0][1], self.first)
        del starts[:count]
        self.set += count
        return given

    def _trimmed(self, start: int, after: int) -> int:
        """The end of a line's text: without the blanks at which it is broken."""
        text = self.text
        while after > start and text[after - 1] in BLANKS:
            after -= 1
        return after

    def _reach(self, start: int) -> tuple[int, int]:
        """Up to where the text from `start` fits, and where the blanks after that end."""
        text, cells = self.text, self.cells
        fits = bisect_right(cells, cells[start] + self.room, start) - 1
        if fits <= start:
            fits = start + 1
        reach, end = fits, len(text)
        if self.hanging and fits < end and text[fits] in HANGING:
            hung = fits + 1
            room = self.room + self.hanging
            if cells[hung] - cells[start] <= room and (hung == end or text[hung] not in NO_START):
                reach = hung
        while reach < end and text[reach] in BLANKS:
            reach += 1
        return fits, reach

    def _next(self, start: int) -> int:
        """Where the line after the one from `start` begins when this one takes all that fits."""
        fits, reach = self._reach(start)
        if reach == len(self.text):
            return reach
        after = self.breaks.last(start, reach)
        return after if after > start else self._cut(start, start, fits)

    def _mended(self, start: int, after: int) -> int:
        """The end of something better than the thin line up to `after`, or 0 when earlier lines have changed."""
        fits, reach = self._reach(start)
        room = self.width - self.rest
        beyond = bisect_right(self.cells, self.cells[after] + room, after) - 1
        if beyond < len(self.text) and self.breaks.last(after, beyond) == after:
            # What comes next is longer than a line, and may as well be cut in this one.
            return self._cut(start, after, fits)
        if self._set_anew(start):
            return 0
        soft = self.breaks.last_soft(start, reach)
        if soft > after and self.cells[self._trimmed(start, soft)] - self.cells[start] >= self.full:
            return soft
        return after

    def _set_anew(self, start: int) -> bool:
        """Set lines before `start` shorter so that no line starts there, none is thin, and the last is not lonely.

        Depth first from the last line back, the fullest lines first; places from which there is no way are
        remembered, so that each is tried once. Whether it was done; if not, nothing has changed.
        """
        starts, cells, text, end = self.starts, self.cells, self.text, len(self.text)
        last = self.breaks.last
        dead = {start}
        fixed = bisect_left(starts, self.settled)
        kept, path = starts[:fixed], starts[fixed:]
        tries = _TRIES
        shorter = path.pop()  # the next line of the path must start before this
        while path and tries:
            begin = path[-1]
            self._room_of(fixed + len(path) - 1)
            least = cells[begin] + self.full
            passed = False
            while tries:
                tries -= 1
                if shorter <= begin or cells[shorter - 1] < least:
                    break
                shorter = last(begin, shorter - 1)
                if shorter <= begin or cells[self._trimmed(begin, shorter)] < least:
                    break
                if shorter not in dead:
                    passed = True
                    break
            if not passed:
                dead.add(begin)
                shorter = path.pop()
                continue
            path.append(shorter)
            self._room_of(1)
            room, full = self.room, self.full
            # On from here with full lines, until one ends beyond the trouble.
            while True:
                begin = path[-1]
                at = cells[begin]
                after = bisect_right(cells, at + room, begin) - 1
                if after >= end or after == begin or self.hanging or PAIRS[text[after - 1 : after + 1]] <= 0:
                    _, after = self._reach(begin)
                    after = end if after == end else last(begin, after)
                tries -= 1
                if after == end:
                    fine = not self._lonely(begin)
                else:
                    fine = cells[self._trimmed(begin, after)] - at >= full and after not in dead
                if not fine:
                    break
                if after > start:
                    starts[:] = kept + path
                    return True
                path.append(after)
            shorter = after if after < end and after in dead and after > begin else 0
            if not shorter:
                dead.add(begin)
                shorter = path.pop()
        self._room_of(len(starts) - 1)
        self.settled = start
        return False

    def _lonely(self, start: int) -> bool:
        """Whether the last line, from `start`, is one hanzi with nothing but marks after it."""
        if len(self.text) - start > _LONELIEST or self.text[start] < "\u2e80":
            return False
        return not self.text[start + 1 :].strip(NO_START)

    def _kept_company(self) -> bool:
        """孤字: have lines before the last one give it a unit; whether they had one to give."""
        starts = self.starts
        start = starts[-1]
        if self.width - self.rest < _ROOMY or start == self.settled:
            return False
        self.blank = True
        before = starts[-2]
        given = self.breaks.last(before, start - 1)
        if (
            before >= self.settled
            and (before or self.first == self.rest)
            and self.cells[self._trimmed(before, given)] - self.cells[before] >= self.full
            and self.cells[-1] - self.cells[given] <= self.room
            and not self._lonely(given)
        ):
            starts[-1] = given
            return True
        if self._set_anew(start):
            return True
        self.settled = start
        if given > before:
            starts[-1] = self.settled = given
        return False

    def _cut(self, start: int, tried: int, fits: int) -> int:
        """Where to cut the over-long run from `tried` of the line from `start`; `tried` when it is not worth it.

        At a joint of the run if there is one near the line's end; never between a character and its combining marks,
        nor within —— and …… when one of them fits.
        """
        from apsw.unicode import grapheme_next_break

        text, cells = self.text, self.cells
        if tried > start and fits - tried < 4:
            return tried
        joint = max(self.breaks.last_joint(tried, fits), self.breaks.last_soft(tried, fits))
        if joint > tried and (cells[joint] - cells[start]) * 100 >= self.room * _JOINED:
            return joint
        if tried > start:
            further = bisect_right(cells, cells[tried] + self.width - self.rest, tried) - 1
            if self.breaks.last_joint(tried, further) > tried:
                return tried
        signs = list(SIGNS.finditer(text, tried + (fits - tried) // 2, fits))
        if signs and text[signs[-1].end()] not in NO_START:
            return signs[-1].end()
        earlier = whole = tried
        while whole < fits and (after := grapheme_next_break(text, whole)) <= fits:
            earlier, whole = whole, after
        cut = whole if whole > start else fits
        if text[cut] in NO_START and earlier > tried and text[earlier] not in NO_START:
            return earlier
        mark = text[cut - 1]
        if mark in _PAIRED and text.startswith(mark, cut):
            run = len(text[tried:cut]) - len(text[tried:cut].rstrip(mark))
            if run % 2 and cut - 1 > start:
                return cut - 1
        return cut
