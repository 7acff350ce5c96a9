"""The part of a long list that is in memory: pages of rows by list index; pure.

A page is loaded from the key of its neighbour whenever one is known (keyset paging): only a jump into the middle of
nowhere counts its way there. The list keeps the size and order it was opened with until it is opened anew, so
articles that arrive meanwhile move nothing.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from newstui.rows import Key, Row

PAGE: Final = 128
"""Rows a page."""
_KEPT: Final = 48
"""Pages kept; with 128 rows each about 4 MB."""


class Plan(NamedTuple):
    """How to ask the store for a page, in the words of `store.views.window`."""

    page: int
    limit: int
    after: Key | None = None
    skip: int = 0
    backwards: bool = False


class Pages:
    """Rows by list index, as far as loaded; `total` rows in all.

    A list whose end is not known (what a search finds: counting it would take a scan of everything) is open: `total`
    is what is known of it, and it grows page by page until a short one.
    """

    def __init__(self, total: int = 0, *, open_end: bool = False) -> None:
        self.total = total
        self.open_end = open_end
        self._pages: OrderedDict[int, tuple[Row, ...]] = OrderedDict()

    def row(self, index: int) -> Row | None:
        """The row at a list index, None when its page is not loaded."""
        rows = self._pages.get(index // PAGE)
        if rows is None or not 0 <= index < self.total:
            return None
        self._pages.move_to_end(index // PAGE)
        at = index % PAGE
        return rows[at] if at < len(rows) else None

    def has(self, page: int) -> bool:
        """Whether a page is loaded."""
        return page in self._pages

    def plan(self, page: int) -> Plan | None:
        """How to load a page; None when there is no such page."""
        if self.open_end and page == self.total // PAGE:
            before = self._pages.get(page - 1)
            return Plan(page, PAGE, after=before[-1].key) if before else Plan(page, PAGE, skip=self.total)
        last = (self.total - 1) // PAGE
        if not 0 <= page <= last or self.total <= 0:
            return None
        limit = min(PAGE, self.total - page * PAGE)
        if page == 0:
            return Plan(page, limit)
        before = self._pages.get(page - 1)
        if before:
            return Plan(page, limit, after=before[-1].key)
        behind = self._pages.get(page + 1)
        if behind:
            return Plan(page, limit, after=behind[0].key, backwards=True)
        if page == last:
            return Plan(page, limit, backwards=True)
        return Plan(page, limit, skip=page * PAGE)

    def fill(self, page: int, rows: Sequence[Row]) -> bool:
        """Take in a loaded page; False when it is short, so that the list must be opened anew.

        A short page means that rows have gone since the list was opened (pruned, or unstarred in 收藏).
        """
        if self.open_end and page == self.total // PAGE:
            self.total += len(rows)
            self.open_end = len(rows) == PAGE
        expected = min(PAGE, self.total - page * PAGE)
        if len(rows) < expected:
            return False
        self._pages[page] = tuple(rows[:expected])
        self._pages.move_to_end(page)
        while len(self._pages) > _KEPT:
            self._pages.popitem(last=False)
        return True

    def find(self, row: int) -> int | None:
        """List index of a row id among the loaded rows."""
        for page, rows in self._pages.items():
            for at, found in enumerate(rows):
                if found.key.row == row:
                    return page * PAGE + at
        return None

    def mark(self, rows: Iterable[int], *, read: bool | None = None, starred: bool | None = None) -> list[int]:
        """Set marks of loaded rows; list indices of those that changed."""
        wanted = set(rows)
        changed: list[int] = []
        for page, old in self._pages.items():
            if not any(found.key.row in wanted for found in old):
                continue
            new = list(old)
            for at, found in enumerate(old):
                if found.key.row in wanted:
                    new[at] = found._replace(
                        read=found.read if read is None else read,
                        starred=found.starred if starred is None else starred,
                    )
                    if new[at] != found:
                        changed.append(page * PAGE + at)
            self._pages[page] = tuple(new)
        return changed

    def refresh(self, rows: Iterable[Row]) -> list[int]:
        """Replace loaded rows by newer readings of them; list indices of those that changed."""
        by_row = {row.key.row: row for row in rows}
        changed: list[int] = []
        for page, old in self._pages.items():
            new = tuple(by_row.get(found.key.row, found) for found in old)
            if new != old:
                changed += [page * PAGE + at for at, found in enumerate(new) if found != old[at]]
                self._pages[page] = new
        return changed

    def loaded(self, first: int, last: int) -> list[Row]:
        """The loaded rows with list index first ≤ index < last."""
        found = (self.row(index) for index in range(max(first, 0), min(last, self.total)))
        return [row for row in found if row is not None]
