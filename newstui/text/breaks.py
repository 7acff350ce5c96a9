"""Where a line of Chinese text may end: UAX #14 (`apsw.unicode`), tailored.

What is tailored, beside the marks of 避头尾: a curly quote belongs to the side that it encloses (GB/T 15834 §4.9; UAX
#14 does not know sides outside of East Asian text), addresses, numbers with units and dates stay whole, full-width
words and numbers too, and neither —— nor …… begins a line.

Nothing is worked out ahead. A line ends at most places between two hanzi, or before one and after a mark, and a table
of pairs knows these; only elsewhere are the rules applied, to the few characters between two such places. So the time
goes with the number of lines, and a long paragraph costs what is shown of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from newstui.text.marks import (
    ADDRESS,
    BLANKS,
    CLOSING,
    DATE,
    FULL_WIDTH,
    NEVER_FIRST,
    NO_END,
    NO_START,
    NUMBER,
    OPENING,
    UNIT_HEADS,
    UNIT_TAILS,
)
from newstui.text.pairs import PAIRS, TRIPLES

_AHEAD: Final = 24
"""Characters that the rules look at beyond the place in question."""
_NEAR: Final = 14
"""Of these, what they must see of it: a date has twelve."""
_HEADS: Final = "".join(sorted(UNIT_HEADS))
_TAILS: Final = "".join(sorted(UNIT_TAILS))
_SAFE: Final = re.compile(
    f"(?s:.*)(?<=[{re.escape(CLOSING)}\u3400-\u4dbf\u4e00-\u9fff])"
    f"(?=[{re.escape(OPENING)}\u3400-\u4dbf\u4e00-\u9fff])(?!(?<=[{_HEADS}])[{_TAILS}])"
)
"""Up to the last place that is surely a break, whatever stands before and after."""
_SPECIAL: Final = re.compile(f"[“‘”’{NEVER_FIRST}{FULL_WIDTH}]")
_DIGIT: Final = re.compile("[0-9０-９]")
_BLANKS: Final = re.compile(f"[{BLANKS}]+")
_OPTION: Final = re.compile("(?<![\\w-])--?(?=[A-Za-z])", re.ASCII)
"""The hyphens of a command's option."""
_TIGHT: Final = re.compile(f"(?<=[{re.escape(NO_END)}])[{BLANKS}]|[{BLANKS}]{{2}}|[{BLANKS}][{re.escape(NO_START)}]")
"""Whether blanks need to be looked at."""

Places = list[int]


class Breaks:
    """The legal breaks of one paragraph."""

    _from = _to = -1
    _hard: Sequence[int] = ()
    _soft: Sequence[int] = ()
    _joints: Sequence[int] = ()

    def __init__(self, text: str) -> None:
        """`text`: clean, without line breaks."""
        self._text = text

    def last(self, start: int, at: int) -> int:
        """The last break after `start` and not after `at`, for a line that begins at `start`; `start` if there is none.

        `at` is a place within the text, not its end; nor is it before or between blanks, if a break after those is
        wanted.
        """
        text = self._text
        while at > start:
            verdict = PAIRS[text[at - 1 : at + 1]]
            if verdict > 0:
                return at
            if verdict < 0 and at > 1:
                verdict = TRIPLES[text[at - 2 : at + 1]]
                if verdict > 0:
                    return at
            if verdict < 0:
                self._look(start, at)
                found = bisect_right(self._hard, at)
                if found and self._hard[found - 1] > start:
                    return self._hard[found - 1]
                if self._from <= start:
                    return start
                return self._from
            at -= 1
        return start

    def last_soft(self, start: int, at: int) -> int:
        """As `last`, of places within a date, or after a number that no unit follows: better than a thin line."""
        if _DIGIT.search(self._text, max(0, start - _AHEAD), at) is None:
            return start
        self._look(start, at)
        return self._last_of(self._soft, start, at)

    def last_joint(self, start: int, at: int) -> int:
        """As `last`, of places that UAX #14 allows within what should stay whole: where to part what has no room."""
        self._look(start, at)
        return self._last_of(self._joints, start, at)

    @staticmethod
    def _last_of(places: Sequence[int], start: int, at: int) -> int:
        found = bisect_right(places, at)
        return max(start, places[found - 1]) if found else start

    def _look(self, start: int, at: int) -> None:
        """Have the breaks of a stretch round `at`, from a sure one, or from `start`."""
        if (
            self._from <= at - 1
            and min(at + _NEAR, len(self._text)) <= self._to
            and (self._from <= start or self._sure(self._from))
        ):
            return
        sure = _SAFE.match(self._text, start, at)
        self._from = sure.end() if sure else start
        self._to = min(at + _AHEAD, len(self._text))
        kinds = tailored(self._text[self._from : self._to])
        if self._to < len(self._text):
            kinds[0].pop()
        self._hard, self._soft, self._joints = ([place + self._from for place in found] for found in kinds)

    def _sure(self, at: int) -> bool:
        return at > 0 and PAIRS[self._text[at - 1 : at + 1]] > 0


def tailored(text: str) -> tuple[Places, Places, Places]:
    """Offsets at which a line of `text` may end (its end among them), is rather parted than thin, must be parted."""
    from apsw.unicode import line_break_next_break

    at, end = 0, len(text)
    breaks: Places = []
    while at < end:
        at = line_break_next_break(text, at)
        breaks.append(at)
    glued: set[int] = set()
    parted: Places = []
    soft: set[int] = set()
    for found in _SPECIAL.finditer(text):
        at = found.start()
        char, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
        if char in "“‘":
            # GB/T 15834: a quotation mark belongs to what it encloses; UAX #14 glues it to a Latin letter outside too.
            if before and before not in NO_END and before not in BLANKS and (_chinese(before) or _chinese(after)):
                parted.append(at)
        elif char in "”’":
            if after and after not in NO_START and after not in BLANKS and (_chinese(after) or _chinese(before)):
                parted.append(at + 1)
        elif char in NEVER_FIRST or (before and before in FULL_WIDTH):
            glued.add(at)
            if char == before == "—" and (after.isalnum() or (after and after in OPENING)):
                # UAX #14 breaks after a dash; apsw does not after two.
                parted.append(at + 1)
    if _BLANKS.search(text) and _TIGHT.search(text):
        _keep_blanks(text, glued)
    if "//" in text or "@" in text or "www." in text or "WWW." in text:
        for address in ADDRESS.finditer(text):
            at, end = address.span()
            glued.update(range(at + 1, end))
            if at and text[at - 1] not in NO_END and not text[at - 1].isalnum():
                parted.append(at)
            if text[end : end + 1] and text[end] in "“‘":
                parted.append(end)
    if "-" in text:
        for option in _OPTION.finditer(text):
            # UAX #14 (LB20a) keeps -x whole; --unread is as much of a word.
            at = option.start()
            glued.add(option.end())
            if option[0] == "--" and at and _chinese(text[at - 1]) and text[at - 1] not in NO_END:
                parted.append(at)
    for number in NUMBER.finditer(text) if _DIGIT.search(text) else ():
        end = number.end()
        if number["noun"]:
            end -= 1
            soft.add(end)
        glued.update(range(number.start() + 1, end))
    if "月" in text:
        for date in DATE.finditer(text):
            soft.update(range(date.start() + 1, date.end()))
    if parted:
        breaks = sorted({*breaks, *parted})
    if not glued and not soft:
        return breaks, [], []
    hard: Places = []
    kinds: tuple[Places, Places, Places] = (hard, [], [])
    for at in breaks[:-1]:
        if at not in glued:
            kinds[1 if at in soft else 0].append(at)
        elif text[at] not in NO_START:
            kinds[2].append(at)
    hard.append(breaks[-1])
    return kinds


def _keep_blanks(text: str, glued: set[int]) -> None:
    """Blanks stay together, and part nothing that may not be parted without them."""
    for found in _BLANKS.finditer(text):
        at, end = found.span()
        glued.update(range(at + 1, end))
        if text[end : end + 1] and (text[end] in NO_START or (at and text[at - 1] in NO_END)):
            glued.add(end)


def _chinese(char: str) -> bool:
    return char >= "\u2e80" or (char != "" and char in "—…“”‘’")
