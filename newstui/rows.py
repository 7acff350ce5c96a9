"""The values of tabs, lists and marks; `newstui.model` has them too.

They stand apart because the app shows its list before it needs any other value, and they are named tuples because
one is made in a tenth of the time of a frozen dataclass: both count in every start.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal, NamedTuple

STARRED: Final = "starred"
"""The id of the tab of starred articles, where other tabs have place codes and that of everything has ""."""


class Key(NamedTuple):
    """The place of a row in newest-first order: sort time in ms since the epoch, then row id."""

    sort: int
    row: int


class Row(NamedTuple):
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


class Place(NamedTuple):
    """A tab: a division or a portal's own tab, with kept counts (what lies under it included)."""

    code: str
    """Six digits, or "tab:NAME"."""
    name: str
    path: str
    unread: int
    total: int
    direct: int
    """Articles placed at exactly this place."""


class Counts(NamedTuple):
    """Unread and all articles of a view."""

    unread: int
    total: int


class View(NamedTuple):
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


class Passage(NamedTuple):
    """Words of an article that the reader marked."""

    part: int
    """Part of the article that they stand in, as in a position."""
    start: int
    """Code point of the part's text at which they begin."""
    quote: str
    """The words themselves."""
    lead: str = ""
    """What stands right before them, to find them by when the text has changed."""
    note: str = ""
    """What the reader noted of them; "" when they are only marked."""


class PassageChange(NamedTuple):
    """A change of an article's marked passages."""

    id: str
    removed: tuple[Passage, ...]
    added: tuple[Passage, ...]


MarkField = Literal["read", "starred"]


class Change(NamedTuple):
    """A change of marks that was made, with what undoes it."""

    field: MarkField
    value: bool
    """The value that was set."""
    rows: tuple[int, ...]
    """Rows whose value really changed; undo sets them back."""
