"""Marks from the main screen: set on screen and handed to the cache at once, undone one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future, wait
from typing import TYPE_CHECKING, Final, TypeVar

from newstui.errors import NewstuiError
from newstui.rows import Change, PassageChange
from newstui.screens.cache import made
from newstui.screens.snapshots import view_of

if TYPE_CHECKING:
    from datetime import datetime

    from newstui.model import Key, MarkField, Row
    from newstui.screens.main import MainScreen
    from newstui.store import Store

Made = TypeVar("Made", Change, PassageChange)

_MOMENT: Final = 0.05
"""Seconds that showing a mark waits for it to be on the disk."""
_KEPT: Final = 500
"""Changes that can be undone."""


class Marking:
    """Stars and read marks."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._changes: list[Future[Change] | Future[PassageChange]] = []
        """Changes, the latest last, those included that are still being written; none of them was refused."""

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
        at = self._screen.desk.now()
        written = self.write(lambda store: store.marks.set(field, value, (row.key.row,), at))
        if message:
            # What is said to be marked is on the disk, unless another program holds it up: then it waits its turn.
            wait([written], _MOMENT)
            self._screen.say(self._screen.desk.words(message))
        self._show(field, value, (row.key.row,))
        self._screen.work_on("marks", self._written, written, field, value, row)

    def write(self, change: Callable[[Store], Made]) -> Future[Made]:
        """Queue a change and remember it: the key that undoes it may come before it is on the disk."""
        written = self._screen.desk.cache.change(change)
        self._changes.append(written)
        del self._changes[:-_KEPT]
        return written

    async def _written(self, written: Future[Change], field: MarkField, value: bool, row: Row) -> None:
        if await self._outcome(written) is None:
            self._show(field, not value, (row.key.row,))

    async def _outcome(self, written: Future[Change]) -> Change | None:
        """The change as it was made; None when it was refused, which is told."""
        try:
            change = await made(written)
        except NewstuiError as error:
            self.forget(written)
            self._screen.say(self._screen.desk.words("mark.failed", reason=str(error)), error=True)
            return None
        if not change.rows:
            self.forget(written)
        self._screen.listing.count()
        return change

    def forget(self, written: Future[Change] | Future[PassageChange]) -> None:
        """A change was not made, or changed nothing."""
        if written in self._changes:
            self._changes.remove(written)

    def read_all(self) -> None:
        """Mark everything in the open view read, after asking."""
        self._screen.work("ask-all", self._ask_all)

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
            self._mark_all(listing.tab, listing.query, upto)

        screen.asking.confirm(words("mark.all-ask", count=unread, name=name), write)

    def _mark_all(self, tab: str, query: str, upto: Key | None) -> None:
        at, view = self._screen.desk.now(), view_of(tab, query)
        written = self.write(lambda store: store.marks.mark_all(view, at, upto=upto))
        self._screen.work_on("marks", self._written_all, written)

    async def _written_all(self, written: Future[Change]) -> None:
        change = await self._outcome(written)
        if change is not None:
            self._show("read", True, change.rows)
            words, key = self._screen.desk.words, self._screen.desk.key("undo")
            self._screen.say(words("mark.all-read", count=len(change.rows), key=key))

    def undo(self) -> None:
        """Take back the last change of marks."""
        if not self._changes:
            self._screen.say(self._screen.desk.words("mark.nothing-to-undo"))
            return
        written, at = self._changes.pop(), self._screen.desk.now()
        # Its turn comes after that of the change itself.
        undone = self._screen.desk.cache.change(lambda store: _undo(store, written.result(), at))
        self._screen.work_on("marks", self._undone, written, undone)

    async def _undone(
        self, written: Future[Change] | Future[PassageChange], undone: Future[Change | PassageChange]
    ) -> None:
        screen = self._screen
        try:
            change = await made(undone)
        except NewstuiError as error:
            if written.exception() is None:
                self._changes.append(written)
            screen.say(screen.desk.words("mark.failed", reason=str(error)), error=True)
            return
        if isinstance(change, PassageChange):
            screen.noting.undone(change)
            return
        self._show(change.field, change.value, change.rows)
        screen.say(screen.desk.words("mark.undone", count=len(change.rows)))
        screen.listing.count()

    def _show(self, field: MarkField, value: bool, rows: tuple[int, ...]) -> None:
        read, starred = (value, None) if field == "read" else (None, value)
        self._screen.article_list.mark(rows, read=read, starred=starred)
        self._screen.reader.mark(frozenset(rows), read=read, starred=starred)


def _undo(store: Store, change: Change | PassageChange, at: datetime) -> Change | PassageChange:
    """Take a change back; returns the change that this made."""
    if isinstance(change, PassageChange):
        return store.passages.undo(change, at)
    return store.marks.undo(change, at)
