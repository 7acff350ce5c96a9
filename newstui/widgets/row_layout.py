"""One line of the article list as spans: pure, shared by the app's list and the splash.

A line is: date gutter, cursor marker, unread and star marks, title, then, as width allows, place, source and time.
The cursor is one marker cell and not a painted line, so that moving it over a slow link rewrites two cells.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from newstui.locale import Catalogue
from newstui.styles.palette import Span
from newstui.text.widths import cell_width, chrome, clip, pad

if TYPE_CHECKING:
    from newstui.rows import Row

CURSOR: Final = ">"
UNREAD: Final = "●"
STAR: Final = "★"
DIVIDER: Final = (Span(" ", "text"), Span(" ", "divider"))
"""The end of every list line where the reader stands beside the list: blanks, which every terminal shows alike."""


class Columns(NamedTuple):
    """Widths in cells of a list line's columns at one list width; 0 leaves a column out."""

    gutter: int
    marks: int
    title: int
    place: int
    source: int
    time: int


def columns(width: int, *, with_place: bool) -> Columns:
    """The columns of a list `width` cells wide; the title gets what the others leave, at least what is there."""
    gutter = 9 if width >= 50 else 6 if width >= 30 else 0
    marks = 4 if width >= 16 else min(width, 1)
    time = 6 if width >= 84 else 0
    source = 11 if width >= 76 else 9 if width >= 68 else 0
    place = (9 if width >= 84 else 7) if with_place and width >= 62 else 0
    return Columns(gutter, marks, max(width - gutter - marks - time - source - place, 0), place, source, time)


def date_label(day: date, today: date, gutter: int, words: Catalogue) -> str:
    """A day for the gutter: 今天, 昨天, 03-01; another year as 16-03-01, or as its year alone in a narrow gutter."""
    age = (today - day).days
    if age == 0:
        return words("date.today")
    if age == 1:
        return words("date.yesterday")
    if day.year == today.year:
        return f"{day:%m-%d}"
    return f"{day:%y-%m-%d}" if gutter >= 9 else f"{day:%Y}"


def shown_row(row: Row, show: Callable[[str], str]) -> Row:
    """A row with its texts as they are shown."""
    return row._replace(title=show(row.title), source=show(row.source), place_name=show(row.place_name))


def layout_row(
    row: Row,
    width: int,
    *,
    today: date,
    selected: bool,
    dated: bool,
    with_place: bool,
    words: Catalogue,
    sourced: bool = True,
) -> list[Span]:
    """The spans of one list line, exactly `width` cells together.

    `dated` puts the day into the gutter (the first line of a day, and the top line on screen); `with_place` shows
    the article's place (for views that are not that place). `sourced` names the source: below a row of the same one
    it need not be named again.
    """
    cols = columns(width, with_place=with_place)
    spans: list[Span] = []
    if cols.gutter:
        label = date_label(row.shown.date(), today, cols.gutter, words) if dated else ""
        spans.append(Span(pad(label, cols.gutter), "date"))
    if cols.marks:
        spans.append(Span(CURSOR, "marker") if selected else Span(" ", "text"))
    if cols.marks >= 4:
        spans.append(Span(" " if row.read else chrome(UNREAD), "unread"))
        spans.append(Span(chrome(STAR) if row.starred else " ", "star"))
        spans.append(Span(" ", "text"))
    spans.append(Span(pad(row.title, cols.title), "title-read" if row.read else "title"))
    if cols.place:
        spans.append(Span(" " + pad(row.place_name, cols.place - 1), "place"))
    if cols.source:
        spans.append(Span(" " + pad(row.source if sourced else "", cols.source - 1), "source"))
    if cols.time:
        # Papers print no minute; midnight sharp is such a day's date and not a time.
        timed = (row.shown.hour, row.shown.minute) != (0, 0)
        spans.append(Span(f" {row.shown:%H:%M}" if timed else " " * cols.time, "time"))
    return [span for span in spans if span.text]


def layout_notice(text: str, width: int) -> list[Span]:
    """A sentence in place of rows, centred on `width` cells."""
    text = clip(text, width)
    left = (width - cell_width(text)) // 2
    return [Span(pad(" " * left + text, width), "muted")]
