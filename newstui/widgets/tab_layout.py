"""The district tab bar as spans: pure, shared by the app's bar and the splash.

Any number of tabs; whole tabs are shown from `first` on, ‹ and › at the ends say that there are more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from newstui.rows import STARRED
from newstui.styles.palette import Role, Span
from newstui.text.widths import cell_width, clip, pad

ALL: Final = ""
"""The id of the tab of everything."""
MORE_LEFT: Final = "‹"
MORE_RIGHT: Final = "›"


class Tab(NamedTuple):
    """One tab: `id` is a place code, ALL for everything, `rows.STARRED` for 收藏."""

    id: str
    name: str
    number: int
    """Unread articles; starred ones for 收藏. 0 is not shown."""

    @property
    def text(self) -> str:
        """The tab as shown, a blank at each side."""
        return f" {self.name} {self.number} " if self.number else f" {self.name} "


class Hit(NamedTuple):
    """A tab's cells on the bar, half open."""

    start: int
    end: int
    tab: int


class TabLine(NamedTuple):
    """The laid out bar: spans of exactly the asked width, the first tab shown, and where each tab is."""

    spans: tuple[Span, ...]
    first: int
    hits: tuple[Hit, ...]


def shows_places(tab: str) -> bool:
    """Whether the articles of the tab with this id come from several places, so that the list names them."""
    return tab in (ALL, STARRED) or tab.endswith("00")


def layout_tabs(tabs: Sequence[Tab], active: int, width: int, *, first: int = 0, follow: bool = True) -> TabLine:
    """The bar of `width` cells from tab `first` on, moved only as far as it takes to show the active tab whole.

    `follow=False` leaves it where the person scrolled it to.
    """
    if width <= 0 or not tabs:
        return TabLine((Span(" " * max(width, 0), "bar"),) if width > 0 else (), 0, ())
    widths = [cell_width(tab.text) for tab in tabs]
    first = max(0, min(first, len(tabs) - 1))
    if follow:
        active = max(0, min(active, len(tabs) - 1))
        first = min(first, active)
        while first < active and _last(widths, first, width) < active:
            first += 1
    # No empty end: pull tabs in from the left while everything to the right fits anyway.
    while first > 0 and _last(widths, first - 1, width) == len(tabs) - 1:
        first -= 1
    return _paint(tabs, widths, active, first, width)


def _last(widths: Sequence[int], first: int, width: int) -> int:
    """Index of the last tab that is whole on the bar when it starts at `first`; at least `first`."""
    room = width - (1 if first else 0)
    used = 0
    index = first
    for index in range(first, len(widths)):
        used += widths[index]
        more = 1 if index < len(widths) - 1 else 0
        if used + more > room:
            # The tab fits only if it is the last, or leaves a cell for the mark after it.
            return max(first, index - 1)
    return index


def _paint(tabs: Sequence[Tab], widths: Sequence[int], active: int, first: int, width: int) -> TabLine:
    spans: list[Span] = []
    hits: list[Hit] = []
    at = 0
    if first:
        spans.append(Span(MORE_LEFT, "tab-more"))
        at = 1
    last = _last(widths, first, width)
    tail = 1 if last < len(tabs) - 1 else 0
    for index in range(first, last + 1):
        role: Role = "tab-active" if index == active else "tab"
        text = tabs[index].text
        if at + widths[index] + tail > width:
            text = clip(text, max(width - at - tail, 0))
        if not text:
            break
        cells = cell_width(text)
        spans.append(Span(text, role))
        hits.append(Hit(at, at + cells, index))
        at += cells
    if at < width - tail:
        spans.append(Span(pad("", width - tail - at), "bar"))
        at = width - tail
    if tail and at < width:
        spans.append(Span(MORE_RIGHT, "tab-more"))
    return TabLine(tuple(spans), first, tuple(hits))
