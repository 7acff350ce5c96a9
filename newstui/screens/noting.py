"""Marked passages and their notes, from the main screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING

from newstui.errors import NewstuiError
from newstui.rows import Passage, PassageChange
from newstui.screens.cache import made

if TYPE_CHECKING:
    from newstui.model import Stored
    from newstui.screens.main import MainScreen
    from newstui.screens.selecting import Selecting
    from newstui.widgets.passages import Located


class Noting:
    """Marks passages of the article on screen, goes from one to another, takes them away."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The commands that this noun carries out."""
        return {
            "mark-passage": self.mark,
            "remove-passage": self.remove,
            "next-passage": lambda: self._step(1),
            "previous-passage": lambda: self._step(-1),
        }

    def _writable(self) -> bool:
        if self._screen.read_only:
            self._screen.say(self._screen.desk.words("store.read-only"), error=True)
        return not self._screen.read_only

    def _standing(self) -> Located | None:
        """The passage that one has gone to, as long as it is on screen."""
        reader = self._screen.reader
        found = next((one for one in reader.passages if one.passage == reader.standing), None)
        return found if found is not None and self._screen.pane == "reader" and reader.shows(found.place) else None

    def mark(self) -> None:
        """Note something of the passage that one stands on, else begin to select one."""
        standing, article = self._standing(), self._screen.reader.article
        if not self._writable():
            return
        if standing is None or article is None:
            self._screen.reading.select()
            return
        old, screen = standing.passage, self._screen

        def answered(note: str) -> None:
            if note != old.note:
                self._change(article, (old,), (old._replace(note=note),), "passage.noted")

        screen.asking.line(screen.desk.words("passage.prompt"), answered, value=old.note)

    def mark_selected(self, selecting: Selecting, article: Stored) -> None:
        """Mark what is selected, after asking what to note of it."""
        from newstui.widgets.passages import passages_of

        if not self._writable():
            return
        screen, selection = self._screen, selecting.selection
        chosen = passages_of(selecting.clauses, selection, "")
        if not chosen:
            return
        known = {one.passage[:3]: one.passage for one in screen.reader.passages}
        old = tuple(known[one[:3]] for one in chosen if one[:3] in known)
        value = next((one.note for one in old if one.note), "")

        def answered(note: str) -> None:
            screen.end_mode()
            added = passages_of(selecting.clauses, selection, note)
            self._change(article, old, added, "passage.noted" if note else "passage.marked")

        hint = screen.desk.words("passage.hint")
        screen.asking.line(screen.desk.words("passage.prompt"), answered, hint=hint, value=value)

    def remove(self) -> None:
        """Take away the mark of the passage that one stands on."""
        standing, article = self._standing(), self._screen.reader.article
        if standing is None or article is None:
            words, desk = self._screen.desk.words, self._screen.desk
            self._screen.say(words("passage.none-here", key=desk.key("next-passage")))
        elif self._writable():
            self._change(article, (standing.passage,), (), "passage.removed")

    def _change(self, article: Stored, removed: tuple[Passage, ...], added: tuple[Passage, ...], message: str) -> None:
        screen, change = self._screen, PassageChange(article.row.id, removed, added)
        screen.reader.stand(added[0] if added else None)
        self._show(change)
        screen.say(screen.desk.words(message, key=screen.desk.key("undo")))
        at = screen.desk.now()
        screen.work_on("passages", self._written, screen.marking.write(lambda store: store.passages.change(change, at)))

    def _show(self, change: PassageChange) -> None:
        """Show a change at once: it is on its way to the disk."""
        from newstui.widgets.passages import locate

        reader = self._screen.reader
        if reader.article is not None and reader.article.row.id == change.id:
            left = [one.passage for one in reader.passages if one.passage not in change.removed]
            reader.set_passages(locate(reader.article, [*left, *change.added]))

    async def _written(self, written: Future[PassageChange]) -> None:
        try:
            await made(written)
        except NewstuiError as error:
            self._screen.marking.forget(written)
            self._screen.say(self._screen.desk.words("mark.failed", reason=str(error)), error=True)
        await self._renew()

    async def _renew(self) -> None:
        """Show the passages as the cache has them."""
        from newstui.widgets.passages import locate

        reader = self._screen.reader
        article = reader.article
        if article is not None:
            short = article.row.id
            kept = await self._screen.desk.cache.ask(lambda store: store.passages.of(short))
            if reader.article is article:
                reader.set_passages(locate(article, kept))

    def undone(self, change: PassageChange) -> None:
        """A change has been taken back."""
        screen = self._screen
        if screen.reader.article is not None and screen.reader.article.row.id == change.id:
            screen.reader.stand(change.added[0] if change.added else None)
        screen.work_on("passages", self._renew)
        screen.say(screen.desk.words("passage.undone"))

    def _step(self, direction: int) -> None:
        """To the next passage, or the one before, round the ends; what was noted of it is said."""
        screen, reader = self._screen, self._screen.reader
        words, found = screen.desk.words, reader.passages
        if screen.pane != "reader" or not found:
            screen.say(words("passage.none", key=screen.desk.key("mark-passage")))
            return
        standing = self._standing()
        if standing is not None:
            at = found.index(standing) + direction
        else:
            here = reader.document.place(reader.top)
            at = next((index for index, one in enumerate(found) if one.place >= here), len(found))
            at += min(direction, 0)
        one = found[at % len(found)]
        reader.stand(one.passage)
        reader.reveal(one.place)
        screen.say(words("passage.at", at=at % len(found) + 1, count=len(found), note=one.passage.note).rstrip())
