"""Where the words of a passage stand in a text that may have changed since they were marked; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

LEAD: Final = 24
"""Code points before a passage that are kept with it, to tell it from the same words elsewhere."""


def anchored(texts: Sequence[str], part: int, start: int, quote: str, lead: str = "") -> tuple[int, int] | None:
    """Part and code point in `texts` (by part) where `quote` begins; None when it stands nowhere any more.

    At the place where it was marked if it still stands there. Else the place whose words before it are most like
    `lead`; of several the one in the same part, then the nearest.
    """
    if not quote:
        return None
    if 0 <= part < len(texts) and texts[part].startswith(quote, start) and start >= 0:
        return part, start
    found = list(_places(texts, quote))
    if not found:
        return None

    def likeness(place: tuple[int, int]) -> tuple[int, bool, int, int]:
        at, offset = place
        same = _common_ending(texts[at][max(0, offset - LEAD) : offset], lead)
        return same, at == part, -abs(at - part), -abs(offset - start)

    return max(found, key=likeness)


def _places(texts: Sequence[str], quote: str) -> Iterator[tuple[int, int]]:
    for part, text in enumerate(texts):
        at = text.find(quote)
        while at >= 0:
            yield part, at
            at = text.find(quote, at + 1)


def _common_ending(one: str, other: str) -> int:
    size = 0
    for a, b in zip(reversed(one), reversed(other), strict=False):
        if a != b:
            break
        size += 1
    return size
