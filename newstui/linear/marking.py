"""Marks: set through the same door of the store as the app's, each said once it is on the disk."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import TYPE_CHECKING, Final

from newstui.errors import NewstuiError
from newstui.screens.snapshots import view_of

if TYPE_CHECKING:
    from newstui.linear.listing import Listing
    from newstui.linear.program import Program
    from newstui.model import Change, MarkField, Row
    from newstui.store import Store

_KEPT: Final = 500
"""Changes that can be undone."""
_PATIENCE: Final = 1.0
"""Seconds to wait for a change before going on; it is made all the same, and a failure is told later."""


class Marking:
    """Stars and read marks."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._changes: list[Future[Change]] = []
        """Changes, the latest last, those included that are still being written."""
        self._late: list[Future[Change]] = []
        """Those that were not written in time."""

    def star(self) -> None:
        """Star the current article, or take its star away."""
        row = self._program.view.row()
        if row is not None:
            message = "mark.unstarred" if row.starred else "mark.starred"
            self._set(row, "starred", not row.starred, message)

    def read(self) -> None:
        """Mark the current article read, or unread."""
        row = self._program.view.row()
        if row is not None:
            self._set(row, "read", not row.read, "mark.unread" if row.read else "mark.read")

    def opened(self, row: Row) -> None:
        """Mark an article read because it was opened."""
        if not row.read:
            self._set(row, "read", True, "")

    def _set(self, row: Row, field: MarkField, value: bool, message: str) -> None:
        at, rows = self._program.desk.now(), (row.key.row,)
        change = self._made(lambda store: store.marks.set(field, value, rows, at))
        if change is None:
            return
        self._program.show_marks(field, value, rows)
        if message:
            self._program.say_marks(self._program.desk.words(message))

    def _made(self, write: Callable[[Store], Change]) -> Change | None:
        """Queue a change; None when it was refused or must wait, which is said."""
        written = self._program.desk.cache.change(write)
        wait([written], _PATIENCE)
        if not written.done():
            self._keep(written)
            self._late.append(written)
            self._program.say(self._program.desk.words("linear.waiting"))
            return None
        try:
            change = written.result()
        except NewstuiError as error:
            self._refused(error)
            return None
        if change.rows:
            self._keep(written)
        return change

    def _keep(self, written: Future[Change]) -> None:
        self._changes.append(written)
        del self._changes[:-_KEPT]

    def _refused(self, error: NewstuiError) -> None:
        self._program.say(self._program.desk.words("mark.failed", reason=str(error)))

    def look(self) -> None:
        """Tell of changes that had to wait and are made now, or were refused."""
        for written in [late for late in self._late if late.done()]:
            self._late.remove(written)
            try:
                change = written.result()
            except NewstuiError as error:
                if written in self._changes:
                    self._changes.remove(written)
                self._refused(error)
                continue
            self._program.show_marks(change.field, change.value, change.rows)
            self._program.say_marks(self._program.desk.words("linear.made"))

    def ask_all(self, listing: Listing) -> None:
        """Mark everything in a list read, after asking."""
        program, words = self._program, self._program.desk.words
        view, top = view_of(listing.tab.id, listing.query), listing.article(0)
        unread = program.ask(lambda store: store.views.count(view)).unread
        if not unread:
            program.say(words("mark.none-unread"))
            return
        # Only down from the first row of the list: what came in above it has not been seen.
        upto = top.key if top is not None and not listing.query else None

        def write() -> None:
            at = program.desk.now()
            change = self._made(lambda store: store.marks.mark_all(view, at, upto=upto))
            if change is not None:
                program.show_marks("read", True, change.rows)
                key = program.desk.key("undo")
                program.say_marks(words("mark.all-read", count=len(change.rows), key=key))

        program.confirm(words("mark.all-ask", count=unread, name=listing.query or listing.tab.name), write)

    def undo(self) -> None:
        """Take back the last change of marks."""
        words = self._program.desk.words
        if not self._changes:
            self._program.say(words("mark.nothing-to-undo"))
            return
        written, at = self._changes.pop(), self._program.desk.now()
        # Its turn comes after that of the change itself.
        undone = self._program.desk.cache.change(lambda store: store.marks.undo(written.result(), at))
        wait([undone], _PATIENCE)
        if not undone.done():
            self._late.append(undone)
            self._program.say(words("linear.waiting"))
            return
        try:
            change = undone.result()
        except NewstuiError as error:
            if written.exception() is None:
                self._changes.append(written)
            self._refused(error)
            return
        self._program.show_marks(change.field, change.value, change.rows)
        self._program.say_marks(words("mark.undone", count=len(change.rows)))
