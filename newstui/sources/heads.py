"""What stands at the head and foot of an article's body: its title, its bylines, its breadcrumb."""

from __future__ import annotations

from typing import Final

from newstui.districts.placing import place_of
from newstui.sources.byline import Byline
from newstui.sources.lines import Line
from newstui.sources.regions import TITLE_MAX

_HEAD: Final = 40
"""Lines above a body among which its title and bylines are looked for."""


def find_title(lines: list[Line], first: int) -> int | None:
    """The line of the title of the body that begins at line `first`: above its byline, under its breadcrumb."""
    above = first - 1
    seen = 0
    candidate: int | None = None
    while above >= 0 and seen < 12:
        line = lines[above]
        if line.kind == "crumbs":
            break
        if line.kind in ("tabs", "footer", "heading", "slogan") and candidate is not None:
            break
        titled = line.kind in ("short", "item", "prose") and _may_be_title(line)
        if titled and (candidate is None or _better(lines, above, candidate)):
            candidate = above
        seen += 1
        above -= 1
    if candidate is not None:
        return candidate
    if _may_be_title(lines[first]) and lines[first].kind == "short" and not lines[first].credit:
        return first
    return None


def _may_be_title(line: Line) -> bool:
    size = len(line.text)
    return 4 <= size <= TITLE_MAX and not line.credit and not line.text.endswith(("。", "：", ":", "；"))


def _better(lines: list[Line], above: int, candidate: int) -> bool:
    """Whether the line further up is the title rather than the candidate under it (a subtitle, a caption)."""
    between = lines[above + 1 : candidate]
    if any(line.kind in ("byline", "tabs", "heading") for line in between):
        return False
    if any(other.text == lines[above].text for at, other in enumerate(lines) if at != above):
        return True
    nothing_left = above > 0 and lines[above - 1].kind == "crumbs"
    return nothing_left and lines[above].kind == "short" and not lines[above].bullet


def find_byline(lines: list[Line], first: int, last: int, title_at: int | None = None) -> Byline:
    """What the bylines next to the body say together: those above it first, then those right under it."""
    merged = Byline()
    above = max(0, first - 10)
    if title_at is not None and title_at < first:
        above = max(0, title_at - 4, first - _HEAD)
    near = [line for line in lines[above:first] if line.byline]
    under: list[Line] = []
    for line in lines[last + 1 : last + 5]:
        if line.kind in ("heading", "footer", "crumbs"):
            break
        if line.byline:
            under.append(line)
    inside = [line for line in lines[first : last + 1] if line.byline]
    near.sort(key=lambda line: -line.byline.labels if line.byline else 0)
    for line in (*near, *inside, *under):
        if line.byline:
            merged = merge(merged, line.byline)
    return merged


def merge(one: Byline, other: Byline) -> Byline:
    """`one` with its gaps filled from `other`; a date with a time of day wins over the same day without."""
    published = one.published or other.published
    if one.published and other.published and one.published.date() == other.published.date():
        published = max(one.published, other.published)
    return Byline(
        source=one.source or other.source,
        author=one.author or other.author,
        editor=one.editor or other.editor,
        published=published,
        url=one.url or other.url,
        column=one.column or other.column,
        labels=one.labels + other.labels,
    )


def find_crumbs(lines: list[Line], first: int) -> tuple[str, ...]:
    """The breadcrumb above line `first`, the nearest one; else the first one under it."""
    above = [line.crumbs for line in lines[:first] if line.crumbs]
    if above:
        return above[-1]
    return next((line.crumbs for line in lines[first:] if line.crumbs), ())


def find_place(crumbs: tuple[str, ...], lines: list[Line]) -> str:
    """The place that a breadcrumb leads to, read with each row of tabs of the page; "" without a breadcrumb.

    A row may be one line, or a run of short lines; which row is the district line is not marked, so the first that
    makes a difference counts.
    """
    if not crumbs:
        return ""
    plain = place_of(crumbs)
    for row in _rows(lines):
        place = place_of(crumbs, row)
        if place and place != plain:
            return place
    return plain


def _rows(lines: list[Line]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    run: list[str] = []
    for line in lines:
        if len(line.text) <= 8 and line.kind in ("short", "item"):
            run.append(line.text)
            continue
        if len(run) >= 4:
            rows.append(tuple(run))
        run = []
        if line.tabs:
            rows.append(line.tabs)
        if len(rows) >= _ROWS:
            break
    return rows


_ROWS: Final = 12
