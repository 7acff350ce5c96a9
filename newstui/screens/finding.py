"""Find in the article that is read: as it is typed, from the place on screen on, round the ends."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from newstui.text.matching import literal
from newstui.widgets.document import Anchor
from newstui.widgets.text_search import Search, next_hit

if TYPE_CHECKING:
    from newstui.screens.main import MainScreen


class Finding:
    """One search at a time, in the article on screen; another article ends it."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self.query = ""
        """What is being found; "" when nothing is."""
        self._last = ""
        self._search: Search | None = None
        self._at: int | None = None
        """The hit that one stands on."""
        self._origin = Anchor(0, 0)

    @property
    def position(self) -> str:
        """Which hit of how many, e.g. "3/17"; a "+" as long as there may be more; "" when nothing is being found."""
        if not self.query or self._search is None:
            return ""
        at = 0 if self._at is None else self._at + 1
        return f"{at}/{len(self._search.hits)}{'' if self._search.done else '+'}"

    def ask(self) -> None:
        """Ask what to find in the text; what was found last is offered."""
        screen, words = self._screen, self._screen.desk.words
        if screen.reader.article is None:
            return
        self._origin = screen.reader.place
        screen.asking.line(
            words("find.text-prompt"), self._found, cancelled=self._cancel, hint=self._last, changed=self._typed
        )

    def _typed(self, query: str) -> None:
        if query == self.query:
            return
        self.clear()
        if query:
            self.query = query
            self._screen.work("find", self._run, query)
        else:
            self._screen.reader.go(self._origin)

    def _found(self, query: str) -> None:
        self._last = query or self._last
        self._typed(self._last)
        if self._search is not None and self._search.done and not self._search.hits:
            self._tell_nothing()

    def _cancel(self) -> None:
        self.clear()
        self._screen.reader.go(self._origin)

    async def _run(self, query: str) -> None:
        """Search the whole text a slice at a time; keys are seen to between the slices."""
        screen = self._screen
        # The first time it reads the tables of scripts.
        matcher = await asyncio.to_thread(literal, query)
        article = screen.reader.article
        if article is None:
            return
        self._search, self._at = Search(article, matcher), None
        while not self._search.done:
            self._search.step()
            self._show_first(self._search)
            await asyncio.sleep(0)
        self._show_first(self._search)
        if self._at is None and self._search.hits:
            self._stand(0)
        screen.reader.set_hits(self._search.hits, self._current())
        screen.show_position()
        if not self._search.hits and not screen.asking.typing:
            self._tell_nothing()

    def _tell_nothing(self) -> None:
        self._screen.say(self._screen.desk.words("find.text-nothing", query=self.query))

    def _show_first(self, search: Search) -> None:
        """Go to the first hit from where the search began, once it is known."""
        if self._at is None and search.hits and search.hits[-1] >= (*self._origin, 0):
            at = next_hit(search.hits, self._origin)
            if at is not None:
                self._stand(at)

    def _current(self) -> Anchor | None:
        return None if self._search is None or self._at is None else Anchor(*self._search.hits[self._at][:2])

    def _stand(self, at: int) -> None:
        assert self._search is not None
        self._at = at
        hit = self._search.hits[at]
        self._screen.reader.set_hits(self._search.hits, Anchor(hit.part, hit.start))
        self._screen.reader.reveal(Anchor(hit.part, hit.start))
        self._screen.show_position()

    def step(self, *, backwards: bool = False) -> bool:
        """To the next hit (the one before), round the ends; False when nothing is being found."""
        if not self.query or self._search is None:
            return False
        hits, reader = self._search.hits, self._screen.reader
        current = self._current()
        if current is not None and reader.shows(current):
            at = next_hit(hits, current, backwards=backwards, past=True)
        else:
            at = next_hit(hits, reader.document.place(reader.top), backwards=backwards)
        if at is None:
            self._tell_nothing()
            return True
        if current is not None and (hits[at][:2] < current) is not backwards and len(hits) > 1:
            self._screen.say(self._screen.desk.words("find.round-up" if backwards else "find.round"))
        self._stand(at)
        return True

    def clear(self) -> bool:
        """End the search; False when there was none."""
        if not self.query:
            return False
        self.query, self._search, self._at = "", None, None
        self._screen.reader.set_hits((), None)
        self._screen.show_position()
        return True
