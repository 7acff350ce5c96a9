"""What a person typed found in a text, whatever the case, width or script of either.

A `Matcher` gives the half-open ranges [start, end) of its hits, in order and apart, in code points of the text it was
given: any other way of finding (by pinyin, say) fits in its place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from newstui.text.scripts import ScriptError, converter

Matcher = Callable[[str], list[tuple[int, int]]]

_WIDTHS: Final = {0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}
"""Full-width ASCII and the ideographic space to ASCII (the Unicode block Halfwidth and Fullwidth Forms)."""
_MARKS: Final = dict(zip(map(ord, "“”‘’「」『』"), "\"\"''\"\"''", strict=True))
_TABLE: Final = _WIDTHS | _MARKS


def fold(text: str) -> str:
    """`text` with one form for what readers take for the same, character for character, so that offsets hold.

    Small letters, half-width forms, straight quotation marks; simplified characters where the extra for scripts is
    installed.
    """
    folded = text.translate(_TABLE)
    lowered = folded.lower()
    if len(lowered) != len(folded):  # İ becomes two
        lowered = "".join([one if len(one := char.lower()) == 1 else char for char in folded])
    try:
        return converter("hans")(lowered)
    except ScriptError:
        return lowered


def literal(query: str) -> Matcher:
    """What finds `query` as it stands, folded; a query of nothing but blanks finds nothing."""
    wanted = fold(query)

    def match(text: str) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        if not wanted.strip():
            return found
        folded = fold(text)
        at = folded.find(wanted)
        while at >= 0:
            found.append((at, at + len(wanted)))
            at = folded.find(wanted, at + len(wanted))
        return found

    return match
