"""Between which characters a line of Chinese may end, told by two of them, or by the one before those as well.

What the rules of `breaks` come to for the places that text is full of, so that few of them need the rules themselves.
`tests/text/test_breaks.py` holds the two to one another.
"""

from __future__ import annotations

from typing import Final

from newstui.text.marks import (
    BLANKS,
    CLOSING,
    FULL_WIDTH,
    NEVER_FIRST,
    NO_END,
    NO_START,
    OPENING,
    UNIT_HEADS,
    UNIT_TAILS,
)

_KEPT: Final = 1 << 16
"""Pairs remembered."""
_DIGITS: Final = "0123456789"
_QUOTES: Final = "“”‘’"
_PARTING: Final = ",.;:!?|•·-—/"
"""Signs that a blank may be broken after, as after a word."""
_NEVER_AFTER: Final = frozenset(set(OPENING + "([{“"))
_NEVER_BEFORE: Final = frozenset(set(CLOSING + BLANKS + NEVER_FIRST + ",;:!?)]}”"))


def is_hanzi(char: str) -> bool:
    """Whether `char`, at most one character, is a hanzi of the two oldest blocks, which text is made of."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"


def is_letter(char: str) -> bool:
    """Whether `char`, at most one character, is a letter of ASCII."""
    return char.isascii() and char.isalpha()


class _Verdicts(dict[str, int]):
    """1 a line may end before the last of some characters, 0 it may not, -1 it depends; filled as they are met."""

    def __missing__(self, chars: str) -> int:
        verdict = self._judge(*chars)
        if len(self) < _KEPT:
            self[chars] = verdict
        return verdict

    def _judge(self, *chars: str) -> int:
        raise NotImplementedError


class _Pairs(_Verdicts):
    def _judge(self, *chars: str) -> int:
        before, after = chars
        if after in _NEVER_BEFORE or before in _NEVER_AFTER:
            return 0
        hanzi = is_hanzi(before)
        if hanzi or before in CLOSING or before == "”":
            if after in OPENING or after == "“" or (after in "([{" and before != "”"):
                return 1
            if is_hanzi(after) and (before not in UNIT_HEADS or after not in UNIT_TAILS):
                return 1
            if hanzi and (is_letter(after) or (after in _DIGITS and before not in "第年月")):
                return 1
            if before in CLOSING and (is_letter(after) or (after in _DIGITS and before != "：")):
                return 1
        if before.isascii() and before.isalnum():
            if after.isascii() and (after.isalnum() or after in "-._([{"):
                return 0
            if is_hanzi(after):
                return 1 if before.isalpha() else 0
        if before in ".-" and after in _DIGITS:
            return 0
        return -1


class _Triples(_Verdicts):
    """Of pairs that depend, what the character before them tells."""

    def _judge(self, *chars: str) -> int:
        first, before, after = chars
        number = first in _DIGITS or first in FULL_WIDTH or first in BLANKS
        if is_hanzi(before) and is_hanzi(after):
            return -1 if number or first in UNIT_HEADS else 1
        if after in _DIGITS:
            if before in "年月" and not number:
                return 1
            if before == "：" and (is_hanzi(first) or is_letter(first)):
                return 1
            if before == "第" and (first in CLOSING or (is_hanzi(first) and first not in UNIT_HEADS)):
                return 0
        if before in BLANKS and not number and first not in _QUOTES:
            if after in NO_START or first in NO_END:
                return 0
            if first.isalpha() or first in CLOSING or first in _PARTING:
                if is_hanzi(after) or is_letter(after) or after in OPENING:
                    return 1
                return 1 if after in _DIGITS and first not in "年月" else -1
        return -1


PAIRS: Final = _Pairs()
"""By two characters."""
TRIPLES: Final = _Triples()
"""By three, for pairs of which `PAIRS` tells nothing."""
