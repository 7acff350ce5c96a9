"""Tabs and articles as sentences of one item each; pure.

Marks are words, not signs or colours: they are spoken, and they are the same in every font.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from newstui.locale import Catalogue
from newstui.rows import STARRED
from newstui.widgets.row_layout import date_label

if TYPE_CHECKING:
    from newstui.rows import Counts, Row
    from newstui.widgets.tab_layout import Tab


def tab_item(number: int, tab: Tab, words: Catalogue) -> str:
    """A tab by its number: "3 新都，未读 12"."""
    if not tab.number:
        return f"{number} {tab.name}"
    key = "linear.starred" if tab.id == STARRED else "linear.unread"
    return f"{number} {tab.name}{words('linear.comma')}{words(key, count=tab.number)}"


def row_item(number: int, row: Row, today: date, words: Catalogue, *, with_place: bool) -> str:
    """An article by its number: marks, title, then place, paper and time as far as they are known."""
    marks = [words("linear.is-unread")] if not row.read else []
    marks += [words("linear.is-starred")] if row.starred else []
    timed = (row.shown.hour, row.shown.minute) != (0, 0)
    day = date_label(row.shown.date(), today, 9, words)
    time = f"{day} {row.shown:%H:%M}" if timed else day
    parts = (row.title, row.place_name if with_place else "", row.source, time)
    return " ".join((str(number), *marks, words("linear.comma").join(part for part in parts if part)))


def list_heading(name: str, query: str, counts: Counts | None, words: Catalogue) -> str:
    """What stands above a list when it is opened; `counts` is None where nothing was counted (a find)."""
    title = words("linear.found", query=query, name=name) if query else name
    if counts is None or not counts.total:
        return title
    comma = words("linear.comma")
    heading = f"{title}{comma}{words('linear.starred', count=counts.total)}"
    return f"{heading}{comma}{words('linear.unread', count=counts.unread)}" if counts.unread else heading
