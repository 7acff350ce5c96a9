"""The reader's side of the main screen: opening, following the cursor, moving, links."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from newstui.screens.links import can_browse, open_in_browser
from newstui.screens.snapshots import READING
from newstui.widgets.document import Anchor
from newstui.widgets.reader_targets import Target, targets

if TYPE_CHECKING:
    from newstui.model import Row, Stored
    from newstui.screens.main import MainScreen

_PAUSE: Final = 0.04
"""Seconds the cursor must rest before the article under it is read."""
_KEPT: Final = 50
"""Reading positions kept from one run to the next."""


def read_places(text: str | None) -> dict[int, Anchor]:
    """Reading positions from their JSON; nothing from anything else."""
    try:
        found = json.loads(text or "{}")
        return {int(row): Anchor(int(part), int(offset)) for row, (part, offset) in found.items()}
    except (ValueError, TypeError, AttributeError):
        return {}


class Reading:
    """Shows articles; the latest asked for wins."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The commands that this noun carries out."""
        return {
            "open": self.open_current,
            "next-page": self.next_page,
            "next-unread": lambda: self._step(backwards=False),
            "previous-unread": lambda: self._step(backwards=True),
            "open-link": self.open_link,
            "copy-link": self.copy_link,
        }

    def open_current(self) -> None:
        """Open the article under the cursor."""
        row = self._screen.article_list.current
        if row is not None and self._screen.pane == "list":
            self.open(row)

    def open(self, row: Row) -> None:
        """Read an article: show it, go to the reader, mark it read."""
        self._screen.work("reader", self._open, row)

    async def _open(self, row: Row) -> None:
        if await self._show(row):
            self._screen.show_pane("reader")
            self._screen.marking.mark_read(row)

    def follow(self, row: Row | None) -> None:
        """Show the article under the cursor beside the list, once the cursor rests."""
        if row is not None:
            self._screen.work("reader", self._follow, row)

    async def _follow(self, row: Row) -> None:
        await asyncio.sleep(_PAUSE)
        await self._show(row)

    async def _show(self, row: Row) -> bool:
        reader = self._screen.reader
        if reader.article is not None and reader.article.row.key == row.key:
            return True
        article = await self._screen.desk.cache.ask(lambda store: store.articles.by_row(row.key.row))
        if article is None:
            self._screen.say(self._screen.desk.words("reader.gone"))
            return False
        reader.show(article)
        self.keep_places()
        return True

    def keep_places(self) -> None:
        """Remember where articles were left."""
        if not self._screen.read_only:
            places = json.dumps(self._screen.reader.places(_KEPT))
            self._screen.keep(lambda store: store.state.set(READING, places))

    def next_page(self) -> None:
        """Space: on through the article, then to the next unread one."""
        screen, row = self._screen, self._screen.article_list.current
        shown = screen.reader.article
        if screen.pane == "list":
            beside = screen.wide and row is not None and shown is not None and shown.row.key == row.key
            if row is not None and not row.read:
                self.open(row)
                return
            if not beside:
                screen.listing.to_unread(across=True, opening=True)
                return
        if screen.reader.at_end:
            screen.listing.to_unread(across=True, opening=True)
        else:
            screen.reader.scroll_page(1)

    def _step(self, *, backwards: bool) -> None:
        self._screen.listing.to_unread(backwards=backwards, opening=self._screen.pane == "reader")

    def open_link(self) -> None:
        """Open the page or a numbered link of the current article."""
        self._screen.work("links", self._with_article, self._choose_link)

    def copy_link(self) -> None:
        """Copy the address of the current article."""
        row = self._screen.current_row()
        if row is None or not row.url:
            self._screen.say(self._screen.desk.words("link.none"))
        else:
            self._copy(row.url, "link.copied")

    async def _with_article(self, then: Callable[[Stored], None]) -> None:
        row, shown = self._screen.current_row(), self._screen.reader.article
        if row is None:
            return
        if shown is None or shown.row.key != row.key:
            shown = await self._screen.desk.cache.ask(lambda store: store.articles.by_row(row.key.row))
        if shown is not None:
            then(shown)

    def _choose_link(self, article: Stored) -> None:
        words, found = self._screen.desk.words, targets(article)
        if not found:
            self._screen.say(words("link.none"))
        elif len(found) == 1:
            self._visit(found[0])
        else:
            hint = words("link.hint-page" if found[0].number == 0 else "link.hint", count=found[-1].number)
            self._screen.asking.line(words("link.prompt"), lambda text: self._numbered(found, text), hint=hint)

    def _numbered(self, found: tuple[Target, ...], text: str) -> None:
        chosen = [target for target in found if str(target.number) == (text or str(found[0].number))]
        if chosen:
            self._visit(chosen[0])
        else:
            self._screen.say(self._screen.desk.words("link.no-such", number=text[:12]), error=True)

    def _visit(self, target: Target) -> None:
        if can_browse(target.url):
            self._screen.work("browser", self._browse, target.url)
        else:
            self._copy(target.url, "link.remote")

    async def _browse(self, url: str) -> None:
        if await open_in_browser(url):
            self._screen.say(self._screen.desk.words("link.opened", url=url))
        else:
            self._copy(url, "link.remote")

    def _copy(self, url: str, message: str) -> None:
        self._screen.app.copy_to_clipboard(url)
        self._screen.say(self._screen.desk.words(message, url=url))
