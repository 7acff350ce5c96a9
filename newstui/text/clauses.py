"""Clauses: what stands between two of the marks that part a sentence (GB/T 15834: 。！？；：， and ……); pure.

The enumeration comma 、 and the dash —— part nothing here: what they stand in is read in one breath. An ASCII mark
counts before white space only, so that numbers, times and addresses stay whole.
"""

from __future__ import annotations

import re
from typing import Final
from unicodedata import category

LONGEST: Final = 200
"""Code points of the longest clause: what goes on longer is cut, should it be a megabyte without a mark."""
_CLOSERS: Final = "”’」』）》】〉〗〕)\\]\"'"
_END: Final = re.compile(rf"[。！？；：，…]+[{_CLOSERS}]*[ \u3000]*|[!?;:,.]+[{_CLOSERS}]*(?:[ \u3000]+|\n)|\n")
_MARKS: Final = 64
"""Code points that the marks at one clause's end may take."""
_JOINED: Final = frozenset(("Mn", "Mc", "Me", "Cf"))


def clause_end(text: str, start: int) -> int:
    """Where the clause ends that begins at code point `start`."""
    limit = min(start + LONGEST, len(text))
    found = _END.search(text, start, min(limit + _MARKS, len(text)))
    return found.end() if found is not None and found.start() < limit else limit


def clause_start(text: str, at: int) -> int:
    """Where the clause begins that code point `at` stands in."""
    low = max(0, at - LONGEST)
    start = low
    for found in _END.finditer(text, low, min(at + _MARKS, len(text))):
        if found.end() > at:
            break
        start = found.end()
    return start


def next_character(text: str, at: int) -> int:
    """The code point behind the character at `at`: marks that combine with it are its own."""
    at += 1
    while at < len(text) and category(text[at]) in _JOINED:
        at += 1
    return min(at, len(text))


def character_before(text: str, at: int) -> int:
    """The code point at which the character before `at` begins."""
    at -= 1
    while at > 0 and category(text[at]) in _JOINED:
        at -= 1
    return max(at, 0)
