"""A body widened over its own lists and tables to the running text beyond them.

The heaviest stretch of running text ends where a list begins: to a dump, the lines of a list look like headlines. Here
it is carried on to the next paragraph, when what lies between can be the article's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from newstui.sources.lines import Line
from newstui.sources.regions import Region

_GAP: Final = 24
"""Lines of lists, tables and headings between two paragraphs of one article, at most."""


def widened(
    lines: list[Line], regions: list[Region], stretch: tuple[int, int], belongs: Callable[[int], bool]
) -> tuple[int, int]:
    """`stretch` (first and last line number) carried on both ways in its region; `belongs` judges a line between."""
    first, last = stretch
    region = next((region.lines for region in regions if region.lines and first in region.lines), None)
    if region is None:
        return stretch
    before = [at for at in region if at < first]
    after = [at for at in region if at > last]
    return _reach(lines, before[::-1], first, belongs), _reach(lines, after, last, belongs)


def _reach(lines: list[Line], onward: Sequence[int], end: int, belongs: Callable[[int], bool]) -> int:
    gap = 0
    for at in onward:
        line = lines[at]
        if not belongs(at) or line.linked > 0.3 or line.cut or line.kind not in ("short", "item", "cell", "prose"):
            break
        if line.kind == "prose" and not line.bullet:
            end, gap = at, 0
        elif line.kind != "cell":
            gap += 1
            if gap > _GAP:
                break
    return end


def unbordered(lines: list[Line], regions: list[Region], last: int) -> int:
    """The last paragraph of a dump that is nothing but its article: no breadcrumb, tabs, side block, at most a foot.

    Short lines between paragraphs (a diagram, a listing), however many, can belong to nothing else on such a page.
    """
    full = [region for region in regions if region.lines]
    own = next((at for at, region in enumerate(full) if region.lines[0] <= last <= region.lines[-1]), None)
    if own is None or own > 1 or any(region.opening not in ("start", "byline", "foot") for region in full):
        return last
    if own == 1 and (full[0].opening != "start" or len(full[0].lines) > _NEAR or full[1].opening != "byline"):
        return last
    if own + 1 < len(full) and full[own + 1].opening != "foot":
        return last
    rest = [at for at in full[own].lines if at > last]
    if sum(1 for at in rest if lines[at].bullet or lines[at].cut or lines[at].stamped) * 4 > len(rest):
        return last
    return next((at for at in reversed(rest) if lines[at].kind == "prose"), last)


_ANNEX: Final = re.compile(
    r"附(?:件|表|录|錄|图)?[\d一二三四五六七八九十]{0,2}[:：]|附(?:件|表|录|錄|图)[\d一二三四五六七八九十]{0,2}$"
)
_NEAR: Final = 3


def annexed(lines: list[Line], last: int) -> int:
    """The last line of a dump's body with the annex (附件：…) that its text, which ends at `last`, announces."""
    starts = (at for at in range(last + 1, min(len(lines), last + 1 + _NEAR)) if _ANNEX.match(lines[at].text))
    start = next(starts, None)
    if start is None:
        return last
    last = start
    for at in range(start + 1, len(lines)):
        line = lines[at]
        if line.kind in ("heading", "crumbs", "footer", "slogan", "tabs", "byline") or line.bullet in _BULLETS:
            break
        if line.kind in ("short", "item", "prose", "cell"):
            last = at
    return last


_BULLETS: Final = frozenset("•·・●■◆▶►*")
