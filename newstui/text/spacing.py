"""Where a blank is shown between hanzi and Latin letters or digits (CSS Text 4 §8.4, ideograph-alpha, -numeric).

A quarter of an em is what print has; a terminal has one cell. The blanks are display only.
"""

from __future__ import annotations

import re
from typing import Final

_HAN: Final = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_OTHER: Final = "0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u04ff"
_GAP: Final = re.compile(f"(?<=[{_HAN}])(?=[{_OTHER}])|(?<=[{_OTHER}])(?=[{_HAN}])")


def gaps(text: str) -> list[int]:
    """The offsets in `text` before which a blank is shown, ascending; none where there is a blank already."""
    return [found.start() for found in _GAP.finditer(text)]


def keeps_together(text: str, at: int) -> bool:
    """Whether no line may end at the blank shown before `at`: a number keeps its unit, a date stays whole."""
    before, after = text[at - 1], text[at]
    return before.isdigit() or (after.isdigit() and before in "年月日时時分第")
