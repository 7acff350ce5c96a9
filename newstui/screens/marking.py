"""Marks from the main screen: set on screen at once, written by the cache's thread, undone one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from newstui.errors import NewstuiError
from newstui.screens.snapshots import view_of

if TYPE_CHECKING:
    from newstui.model import Change, Key, MarkField, Row
    from newstui.screens.main import MainScreen

_KEPT: Final = 500
"""Changes that can be undone."""


class Marking:
    """Stars and read marks."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._changes: list[Change] = []

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The commands that this noun carries out."""
        return {"star": self.star, "read": self.read, "read-all": self.read_all, "undo": self.undo}

    def star(self) -> None:
        """Star the current article, or take its star away."""
        row = self._screen.current_row()
        if row is not None:
            self._set(row, "starred", not row.starred, "mark.unstarred" if row.starred else "mark.starred")

    def read(self) -> None:
        """Mark the current article read, or unread."""
        row = self._screen.current_row()
        if row is not None:
            self._set(row, "read", not row.read, "mark.unread" if row.read else "mark.read")

    def mark_read(self, row: Row) -> None:
        """Mark an article read because it was opened."""
        if not row.read:
            self._set(row, "read", True)

    def _set(self, row: Row, field: MarkField, value: bool, message: str = "") -> None:
        self._show(field, value, (row.key.row,))
        if message:
            self._screen.say(self._screen.desk.words(message))
        self._screen.work(self._write(field, value, row), "marks", exclusive=False)

    async def _write(self, field: MarkField, value: bool, row: Row) -> None:
        at = self._screen.desk.now()
        try:
            change = await self._screen.desk.cache.do(lambda store: store.marks.set(field, value, (row.key.row,), at))
        except NewstuiError as error:
            self._show(field, not value, (row.key.row,))
            self._screen.say(self._screen.desk.words("mark.failed", reason=str(error)), error=True)
            return
        self._made(change)

    def read_all(self) -> None:
        """Mark everything in the open view read, after asking."""
        self._screen.work(self._ask_all(), "ask-all")

    async def _ask_all(self) -> None:
        screen, words = self._screen, self._screen.desk.words
        listing = screen.listing
        view, top = view_of(listing.tab, listing.query), screen.article_list.pages.row(0)
        ask = screen.desk.cache.search if listing.query else screen.desk.cache.ask
        unread = (await ask(lambda store: store.views.count(view))).unread
        if not unread:
            screen.say(words("mark.none-unread"))
            return
        name = listing.query or listing.tabs[listing.active].name
        # Only down from the first row of the list: what came in above it has not been seen.
        upto = top.key if top is not None and not listing.query else None

        def write() -> None:
            screen.work(self._write_all(listing.tab, listing.query, upto), "marks", exclusive=False)

        screen.confirm(words("mark.all-ask", count=unread, name=name), write)

    async def _write_all(self, tab: str, query: str, upto: Key | None) -> None:
        screen, at, view = self._screen, self._screen.desk.now(), view_of(tab, query)
        try:
            change = await screen.desk.cache.do(lambda store: store.marks.mark_all(view, at, upto=upto))
        except NewstuiError as error:
            screen.say(screen.desk.words("mark.failed", reason=str(error)), error=True)
            return
        self._show("read", True, change.rows)
        self._made(change)
        screen.say(screen.desk.words("mark.all-read", count=len(change.rows), key=screen.desk.key("undo")))

    def undo(self) -> None:
        """Take back the last change of marks."""
        if not self._changes:
            self._screen.say(self._screen.desk.words("mark.nothing-to-undo"))
            return
        self._screen.work(self._undo(self._changes.pop()), "marks", exclusive=False)

    async def _undo(self, change: Change) -> None:
        screen, at = self._screen, self._screen.desk.now()
        try:
            await screen.desk.cache.do(lambda store: store.marks.undo(change, at))
        except NewstuiError as error:
            self._changes.append(change)
            screen.say(screen.desk.words("mark.failed", reason=str(error)), error=True)
            return
        self._show(change.field, not change.value, change.rows)
        screen.say(screen.desk.words("mark.undone", count=len(change.rows)))
        screen.listing.count()

    def _made(self, change: Change) -> None:
        if change.rows:
            self._changes.append(change)
            del self._changes[:-_KEPT]
        self._screen.listing.count()

    def _show(self, field: MarkField, value: bool, rows: tuple[int, ...]) -> None:
        read, starred = (value, None) if field == "read" else (None, value)
        self._screen.article_list.mark(rows, read=read, starred=starred)
        self._screen.reader.mark(frozenset(rows), read=read, starred=starred)
