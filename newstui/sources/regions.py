"""A page's lines cut into regions and side blocks, and the best stretch of running text in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from newstui.model import Headline
from newstui.sources.crumbs import is_closed
from newstui.sources.lines import SITE_NAME, Line, LineKind, is_prose

Opening = Literal["start", "crumbs", "byline", "tabs", "side", "foot", "comments"]
_FACTOR: Final[dict[Opening, float]] = {
    "start": 1.0,
    "tabs": 1.0,
    "crumbs": 1.3,
    "byline": 1.6,
    "side": 0.6,
    "foot": 0.5,
    "comments": 0.25,
}
_OPENINGS: Final[dict[LineKind, Opening]] = {
    "crumbs": "crumbs",
    "byline": "byline",
    "tabs": "tabs",
    "footer": "foot",
    "slogan": "foot",
    "heading": "side",
}
_SIDE_ENDS: Final = frozenset(("heading", "crumbs", "tabs", "footer"))
_TITLED: Final = frozenset(("short", "item", "prose"))
_TOLD: Final = 100
"""Weight of the running text that an article has at least, where many stand on one page."""
_CUT_SPLIT: Final = re.compile(r" (?<=\.\.\. )| (?<=… )")
RELATED_MAX: Final = 200
TITLE_MAX: Final = 120


@dataclass(slots=True)
class Region:
    """Lines between two borders: their numbers, and what opened it."""

    opening: Opening
    lines: range
    dated: bool = False
    """Whether the byline that opened it gives a date."""


@dataclass(slots=True)
class Layout:
    """A page cut into regions and side headlines, these with their line numbers so that a title can be taken back."""

    regions: list[Region]
    related: list[tuple[int, Headline]]


def cut(lines: list[Line]) -> Layout:
    """`lines` cut at their borders; the lines of side blocks become headlines, the rest lies in regions.

    What follows the heading of comments stays comments until a breadcrumb or a byline that names a source.
    """
    layout = Layout([], [])
    opening: Opening = "start"
    comments = dated = False
    begin = 0
    for at in [at for at, line in enumerate(lines) if line.kind in _OPENINGS]:
        line = lines[at]
        if at < begin:
            continue
        commented = line.heading is not None and line.heading.kind == "comments"
        if commented and _is_button(line, lines, (*layout.regions, Region(opening, range(begin, at)))):
            continue
        layout.regions.append(Region("comments" if comments else opening, range(begin, at), dated))
        opening = _OPENINGS[line.kind]
        begin = at + 1
        if line.kind == "heading":
            if commented:
                comments = True
            else:
                begin = _side(lines, at, layout)
        elif line.kind == "crumbs" or (line.byline and (line.byline.source or line.byline.labels > 1)):
            comments = False
        dated = line.byline is not None and line.byline.published is not None
    layout.regions.append(Region("comments" if comments else opening, range(begin, len(lines)), dated))
    return layout


def _is_button(line: Line, lines: list[Line], above: Sequence[Region]) -> bool:
    """Whether a heading of comments is only a button: a link, or above all running text; `above` is all before it."""
    if line.linked > 0.6:
        return True
    return sum(lines[at].weight for region in above for at in region.lines if lines[at].kind == "prose") < 60


def _side(lines: list[Line], at: int, layout: Layout) -> int:
    """Takes the side block that line `at` heads into `layout`; returns the line after it."""
    heading = lines[at].heading
    if heading is None:
        return at + 1
    group = heading.group
    if heading.rest:
        _add(layout, at, heading.rest, group)
    if heading.kind == "neighbour" and heading.rest:
        return at + 1
    teaser = heading.kind == "teaser"
    for row in range(at + 1, len(lines)):
        line = lines[row]
        kind = line.kind
        if kind in _SIDE_ENDS or (kind == "byline" and not _is_date_only(line)):
            return row
        if teaser and _is_lead(line):
            if not line.cut and _is_title(lines, row):
                _add(layout, row, line.text, group)
                row += 1
            return _after_teaser(lines, row + 1, layout, group)
        if kind == "prose" and not line.bullet:
            least = 25 if line.place else 60  # where the markup tells links, unlinked text is no headline
            if len(line.text) >= least and not line.cut and line.linked < (0.2 if line.place else 0.5):
                return row
        if kind in _TITLED:
            text = line.text
            if "… " in text or "... " in text:
                for title in _CUT_SPLIT.split(text):
                    _add(layout, row, title, group)
            else:
                _add(layout, row, text, group)
            if heading.kind == "neighbour":
                return row + 1
    return len(lines)


def _is_lead(line: Line) -> bool:
    """Whether a line of a teaser is the beginning of an article and not its headline."""
    return line.linked <= 0.6 and (line.kind == "prose" or (line.cut and (is_prose(line.text) or len(line.text) >= 40)))


def _is_title(lines: list[Line], at: int) -> bool:
    """Whether the first line of a teaser is its headline though it reads as text: a cut lead follows it."""
    return lines[at - 1].kind == "heading" and at + 1 < len(lines) and lines[at + 1].cut and _is_lead(lines[at + 1])


def _after_teaser(lines: list[Line], at: int, layout: Layout, group: str) -> int:
    """Past what may follow a teaser's text: the portal's slogan, and further pairs of headline and cut text."""
    while at < len(lines):
        if lines[at].kind == "slogan" or (_is_lead(lines[at]) and lines[at].cut):
            at += 1
        elif (
            at + 1 < len(lines)
            and lines[at].kind in ("short", "item")
            and _is_lead(lines[at + 1])
            and lines[at + 1].cut
        ):
            _add(layout, at, lines[at].text, group)
            at += 2
        else:
            break
    return at


def _is_date_only(line: Line) -> bool:
    return line.byline is not None and not line.byline.labels and not line.byline.source and not line.byline.author


def _add(layout: Layout, at: int, title: str, group: str) -> None:
    related = layout.related
    if len(related) >= RELATED_MAX * 2:
        return
    title = title.strip(" \u3000•·|>»")
    if 2 <= len(title) <= TITLE_MAX:
        related.append((at, _headline(title, "", group)))


_headline: Final = lru_cache(4096)(Headline)
"""The links of a portal are the same on all of its pages."""


def best_stretch(lines: list[Line], regions: list[Region]) -> tuple[int, int] | None:
    """First and last line number of the body: the heaviest stretch of the best region; None without any.

    A page with many dated texts (a blog's front, a thread) is read as its first. A stretch that a side block has cut
    in two is joined again where the markup shows that both halves stand in one element.
    """
    read = [(region, stretch) for region in regions if (stretch := _stretch(lines, region)) is not None]
    if max((stretch[0] * _FACTOR[region.opening] for region, stretch in read), default=0.0) < _LITTLE:
        signed = _signed(lines, regions)
        if signed is not None:
            return signed
    if not read:
        return None
    # A blog's column of newest comments stands above its articles: with no text before it, what follows is no comment.
    told = any(stretch[0] >= _TOLD for region, stretch in read if region.opening != "comments")
    found: list[tuple[float, int, int, Region]] = []
    for region, stretch in read:
        factor = _FACTOR[region.opening] if told or region.opening != "comments" else 1.0
        found.append((stretch[0] * factor, stretch[1], stretch[2], region))
    openings = ("byline",) if told else ("byline", "comments")
    dated = [at for at, one in enumerate(found) if one[3].opening in openings and one[3].dated and one[0] >= _TOLD]
    best = dated[0] if len(dated) >= 4 else max(range(len(found)), key=lambda at: found[at][0])
    first, last = found[best][1], found[best][2]
    for _, begin, end, _ in found[best + 1 :]:
        if not _joined(lines, last, begin):
            break
        last = end
    for _, begin, end, _ in reversed(found[:best]):
        if not _joined(lines, end, first):
            break
        first = begin
    return first, last


_LITTLE: Final = 30.0
"""Weight of running text below which a page has next to none."""
_ROWS: Final = 3


def _signed(lines: list[Line], regions: list[Region]) -> tuple[int, int] | None:
    """What stands under the first dated byline of a page without running text: a table, verses, a list of names.

    Where the markup does not tell links from text, a breadcrumb has to say that an article follows.
    """
    dated = next((region for region in regions if region.dated and region.opening == "byline" and region.lines), None)
    if dated is None:
        return None
    first = dated.lines[0]
    byline = lines[first - 1].byline
    if byline is None or not (byline.labels or (byline.source and lines[first].place)):
        return None
    if not lines[first].place and not any(line.kind == "crumbs" and is_closed(line.text) for line in lines[:first]):
        return None
    last = first - 1
    for at in range(first, len(lines)):
        line = lines[at]
        row = line.byline is not None and line.byline.published is not None and not line.byline.labels
        if not row and line.kind not in ("short", "item", "prose", "cell"):
            break
        if line.linked > 0.3 or line.cut or (line.bullet and not line.place):
            break
        last = at
    return (first, last) if last - first + 1 >= _ROWS else None


def _joined(lines: list[Line], above: int, below: int) -> bool:
    """Whether two stretches are halves of one text: in one element, with only a side block of links between."""
    one, other = lines[above], lines[below]
    if not one.place and not other.place:
        return _is_parted(lines, above, below)
    if not one.place or one.place != other.place or below - above > 40:
        return False
    if "prose" not in (one.kind, other.kind):
        return False
    return not any(line.kind in ("crumbs", "byline", "footer") for line in lines[above + 1 : below])


_PARTED: Final = 12
"""Lines of a side block between two paragraphs of one article in a dump, at most."""


def _is_parted(lines: list[Line], above: int, below: int) -> bool:
    """Whether a dump's text goes on under the heading of a list: right under it, or behind a few lines of links.

    Which of these lines are links a dump does not say: so no running text may stand between, and the text above must be
    the opening of an article, right under its byline.
    """
    between = lines[above + 1 : below]
    headings = [line.heading for line in between if line.heading is not None]
    if lines[below].kind != "prose" or lines[below].cut or lines[below].bullet or len(headings) != 1:
        return False
    if headings[0].kind != "list" or headings[0].rest or lines[above].kind not in ("prose", "short"):
        return False
    if len(between) == 1:
        return True
    opened = any(line.kind == "byline" for line in lines[max(0, above - _PARTED) : above])
    kinds = {line.kind for line in between}
    return opened and lines[above].kind == "prose" and len(between) <= _PARTED and kinds <= {"heading", "item", "short"}


def _stretch(lines: list[Line], region: Region) -> tuple[float, int, int] | None:
    """The run of lines with the largest sum of weights, widened to headings and credits at its ends."""
    rows = lines[region.lines.start : region.lines.stop]
    weights = [line.weight if line.weighed is None else line.weighed for line in rows]
    total = top = 0.0
    start = 0
    found: tuple[int, int] | None = None
    for place, weight in enumerate(weights):
        if total <= 0:
            total, start = 0.0, place
        total += weight
        if total > top:
            top, found = total, (start, place)
    if found is None:
        return None
    first, last = found
    run = zip(rows[first : last + 1], weights[first : last + 1], strict=True)
    told = len([True for line, weight in run if weight > 5 or line.kind == "prose" or line.kind == "cell"])
    top *= max(0.3, told / (last + 1 - first))
    if region.opening == "byline" and first <= 4:
        while first > 0 and _may_open(rows[first - 1]):
            first -= 1
    tail = rows[last + 1 :]
    if 0 < len(tail) <= 2 and all(map(_may_close, tail)):
        last += len(tail)
    return top, region.lines[first], region.lines[last]


def _may_open(line: Line) -> bool:
    return line.kind in ("short", "prose") and not line.bullet


def _may_close(line: Line) -> bool:
    if line.credit:
        return True
    closed = line.kind in ("short", "prose") and line.text[-1] in "。！？!?”）)…"
    return closed and SITE_NAME.search(line.text) is None
