"""The values of tabs and lists: what the first picture is made of.

They stand apart from `newstui.model`, which has them too, because the first picture is shown before anything else of
the program is loaded, and making a value class takes half a millisecond.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class Key(NamedTuple):
    """The place of a row in newest-first order: sort time in ms since the epoch, then row id."""

    sort: int
    row: int


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the article list."""

    key: Key
    id: str
    """The short stable text id that can be typed."""
    title: str
    source: str
    """The paper (byline), else the source's title."""
    shown: datetime
    """The time it is listed under (Asia/Shanghai): published, never later than first seen."""
    published: datetime | None
    read: bool
    starred: bool
    place: str = ""
    place_name: str = ""
    """Short name of the place, e.g. 新都; "" when unplaced."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A tab: a division or a portal's own tab, with kept counts (what lies under it included)."""

    code: str
    """Six digits, or "tab:NAME"."""
    name: str
    path: str
    unread: int
    total: int
    direct: int
    """Articles placed at exactly this place."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Unread and all articles of a view."""

    unread: int
    total: int


@dataclass(frozen=True, slots=True)
class View:
    """What a list shows, newest first; fields narrow it together."""

    place: str = ""
    """Place code; what lies under it is included; "" for everywhere."""
    starred: bool = False
    unread: bool = False
    source: int | None = None
    query: str = ""
    """Plain substring of title, byline, author or text, case folded."""
    title_only: bool = False
    """Look for `query` in titles only (the list's own find)."""
    since: datetime | None = None
