"""What stands at the head and foot of an article's body: its bylines, its breadcrumb, its place."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from newstui.districts.placing import place_name, place_of
from newstui.sources.byline import Byline
from newstui.sources.datelines import sent_from, told_of
from newstui.sources.lines import Line
from newstui.sources.people import credited
from newstui.sources.traditional import simplified
from newstui.text.dates import find_date, parse_date

_HEAD: Final = 40
"""Lines above a body among which its title and bylines are looked for."""


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
    begun = first
    while begun <= last and (lines[begun].credit or _signs(lines[begun])):
        begun += 1
    signed = _signed(lines[above:begun])
    near.sort(key=lambda line: -line.byline.labels if line.byline else 0)
    for line in near:
        if line.byline:
            merged = merge(merged, line.byline if not _is_signature(line.byline) else replace(line.byline, author=""))
    merged = merge(merged, Byline(author=signed))
    within = _signed([line for line in lines[first : last + 1] if line.credit or line.byline])
    for line in (*inside, *under):
        if line.byline:
            known = _is_signature(line.byline) and within
            merged = merge(merged, replace(line.byline, author=within) if known else line.byline)
    own = _own_date(lines, first, last, title_at)
    if own is not None and merged.published is not None and merged.published - own > _REPRINTED:
        merged = replace(merged, published=own)
    if merged.published is None:
        dated = (find_date(line.text) for line in lines[above:first] if line.kind == "crumbs")
        merged = replace(merged, published=next((found[0] for found in dated if found), None))
    return merged


_REPRINTED: Final = timedelta(days=60)
"""How much older than its page a text is at least whose own date counts; before that it may be a day of signing."""
_ALONE: Final = re.compile(r"[(（]?(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?[)）]?")


def _own_date(lines: list[Line], first: int, last: int, title_at: int | None) -> datetime | None:
    """The day or month that stands alone between title and text: a piece put online again bears its own date there."""
    begin = first if title_at is None or title_at >= first else title_at + 1
    for line in lines[max(begin, first - _HEADED) : min(first + _HEADED, last)]:
        if line.kind == "prose":
            break
        if "年" in line.text and _ALONE.fullmatch(line.text):
            return parse_date(line.text.strip("()（）"))
    return None


_HEADED: Final = 6
"""Lines above and in a text among which its own date stands."""


def _is_signature(byline: Byline) -> bool:
    """Whether a byline only says who wrote: 本报记者 张三."""
    return bool(byline.author) and not byline.source and byline.published is None


def _signs(line: Line) -> bool:
    return line.byline is not None and _is_signature(line.byline)


def _signed(lines: list[Line]) -> str:
    """The authors that credits and signatures above a body name together, each on a line of its own or several."""
    names: list[str] = []
    for line in lines:
        if line.byline is not None and _signs(line):
            said = line.byline.author
        else:
            said = credited([line.text]) if line.credit else ""
        names.extend(name for name in said.split() if name not in names)
    return " ".join(names)


def merge(one: Byline, other: Byline) -> Byline:
    """`one` with its gaps filled from `other`; a date with a time of day wins over the same day without.

    Of two times of one day the first stands: a thread's first post, not the answer to it.
    """
    published = one.published or other.published
    if published and other.published and published.date() == other.published.date() and not _has_clock(published):
        published = other.published
    return Byline(
        source=one.source or other.source,
        author=one.author or other.author,
        editor=one.editor or other.editor,
        published=published,
        updated=one.updated or other.updated,
        url=one.url or other.url,
        column=one.column or other.column,
        labels=one.labels + other.labels,
    )


def _has_clock(time: datetime) -> bool:
    return (time.hour, time.minute, time.second) != (0, 0, 0)


def find_crumbs(lines: list[Line], first: int) -> tuple[str, ...]:
    """The breadcrumb above line `first`, the nearest one; else the first one under it. 更多 > 更多 is none: buttons."""
    trails = [(at, line) for at, line in enumerate(lines) if line.crumbs and not line.crumbs[0].startswith("更多")]
    above = [line.crumbs for at, line in trails if at < first]
    return above[-1] if above else trails[0][1].crumbs if trails else ()


def without_title(crumbs: tuple[str, ...], title: str) -> tuple[str, ...]:
    """`crumbs` without a last part that is the title, whole or cut short."""
    if not crumbs or not title:
        return crumbs
    last = crumbs[-1].rstrip(".…")
    same = last == title or (len(last) > 8 and (last in title or title in last))
    return crumbs[:-1] if same else crumbs


def find_place(crumbs: tuple[str, ...], lines: list[Line]) -> str:
    """The place that a breadcrumb leads to, read with each row of tabs of the page; "" without a breadcrumb.

    A row may be one line, or a run of short lines; which row is the district line is not marked, so the first that
    makes a difference counts.
    """
    if not crumbs:
        return ""
    crumbs = tuple(map(simplified, crumbs))
    plain = place_of(crumbs)
    for row in _rows(lines):
        place = place_of(crumbs, row)
        if place and place != plain:
            return place
    return plain


def find_site(crumbs: tuple[str, ...], lines: list[Line], title: str, paragraphs: list[str]) -> str:
    """The place of an article: its breadcrumb's; else where it was sent from; else what its title and lead name.

    A breadcrumb that only names a province is followed further by a dateline in it.
    """
    place = find_place(crumbs, lines)
    if place and not place.endswith("0000"):
        return place
    sent = sent_from(paragraphs, place_name(place))
    if place:
        return sent if sent[:2] == place[:2] else place
    return sent or told_of(title, paragraphs)


def _rows(lines: list[Line]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    run: list[str] = []
    for line in lines:
        if (line.kind == "short" or line.kind == "item") and len(line.text) <= 8:
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
