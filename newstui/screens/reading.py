"""The reader's side of the main screen: opening, following the cursor, moving, links."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from newstui.screens.links import can_browse, open_in_browser
from newstui.screens.snapshots import Opened, read_article, read_related
from newstui.text.widths import clip
from newstui.widgets.document import TOP, Anchor
from newstui.widgets.reader_targets import Target, targets

if TYPE_CHECKING:
    from newstui.model import Row, Stored
    from newstui.screens.main import MainScreen
    from newstui.store import Store

_PREVIEW: Final = 1.0
"""Seconds the cursor must rest before the article under it is shown beside the list: as much to write as opening it."""
_REST: Final = 2.0
"""Seconds that a text must rest before its position is written, should the program not live to leave the article."""
_KEPT: Final = 500
"""Positions remembered here: those of a cache that cannot be written, and those on their way into one that can."""


class Reading:
    """Shows articles; the latest asked for wins."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._places: OrderedDict[str, Anchor] = OrderedDict()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The commands that this noun carries out."""
        return {
            "open": self.open_current,
            "next-page": self.next_page,
            "next-unread": lambda: self._step(backwards=False),
            "previous-unread": lambda: self._step(backwards=True),
            "next-heading": lambda: self._jump(1),
            "previous-heading": lambda: self._jump(-1),
            "open-link": self.open_link,
            "hints": self.hint,
            "select": self.select,
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
            if self._screen.reader.top != TOP:
                desk = self._screen.desk
                self._screen.say(desk.words("reader.resumed", key=desk.key("top")))

    def follow(self, row: Row | None) -> None:
        """Show the article under the cursor beside the list, once the cursor rests."""
        if row is not None and not self._screen.thin:
            self._screen.work("reader", self._follow, row)

    async def _follow(self, row: Row) -> None:
        if self._screen.reader.article is not None:
            await asyncio.sleep(_PREVIEW)
        await self._show(row)

    def preview(self) -> None:
        """Show the article under the cursor beside the list at once."""
        row = self._screen.article_list.current
        if row is not None and self._screen.wide and self._screen.pane == "list":
            self._screen.work("reader", self._show, row)

    async def _show(self, row: Row) -> bool:
        reader = self._screen.reader
        if reader.article is not None and reader.article.row.key == row.key:
            return True
        opened = await self._screen.desk.cache.ask(lambda store: read_article(store, row.key.row))
        if opened is None:
            self._screen.say(self._screen.desk.words("reader.gone"))
            return False
        self._screen.finding.clear()
        self.keep_place()
        self._show_opened(opened)
        return True

    def _show_opened(self, opened: Opened) -> None:
        short = opened.article.row.id
        place = self._places.setdefault(short, Anchor(*opened.place))
        self._places.move_to_end(short)
        while len(self._places) > _KEPT:
            self._places.popitem(last=False)
        self._screen.reader.show(opened.article, place, self._screen.picturing.of(opened), opened.here, opened.passages)

    def keep_place(self) -> None:
        """Remember where the article on screen is being left, if it has been moved."""
        if (change := self._moved()) is not None:
            self._screen.keep(change)

    def leave(self) -> None:
        """The same when the program ends: nobody is there any more to be told of a failure."""
        if (change := self._moved()) is not None:
            self._screen.desk.cache.change(change)

    def _moved(self) -> Callable[[Store], None] | None:
        """What keeps the position on screen, None when it is kept already or cannot be."""
        reader, at = self._screen.reader, self._screen.desk.now()
        if reader.article is None:
            return None
        short, place = reader.article.row.id, reader.place
        if self._places.get(short, place) == place:
            return None
        self._places[short] = place
        return None if self._screen.read_only else lambda store: store.positions.put({short: place}, at)

    def rest(self) -> None:
        """The text has moved: its position is kept once it rests."""
        self._screen.work("place", self._rest)

    async def _rest(self) -> None:
        await asyncio.sleep(_REST)
        self.keep_place()

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
        if self._screen.pane == "reader" and self._screen.finding.step(backwards=backwards):
            return
        self._screen.listing.to_unread(backwards=backwards, opening=self._screen.pane == "reader")

    def _jump(self, direction: int) -> None:
        if self._screen.pane == "reader" or self._screen.wide:
            self._screen.reader.jump(direction)

    def open_link(self) -> None:
        """Open the page or a numbered link of the current article."""
        self._screen.work("links", self._with_article, self._choose_link)

    def hint(self) -> None:
        """Label what can be opened from the text on screen."""
        if self._screen.pane == "reader" or self._screen.wide:
            from newstui.screens.hinting import show_hints

            show_hints(self._screen)

    def select(self) -> None:
        """Begin to select in the text."""
        from newstui.screens.selecting import select

        select(self._screen)

    def draw(self, start: Anchor, end: Anchor) -> None:
        """Select what the mouse is drawn over."""
        from newstui.screens.selecting import draw

        draw(self._screen, start, end)

    def open_target(self, number: int) -> None:
        """Open what has a number in the article on screen."""
        if self._screen.reader.article is not None:
            self._numbered(self._screen.reader.article, str(number))

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
            self._numbered(article, str(found[0].number))
        else:
            hint = words("link.hint-page" if found[0].number == 0 else "link.hint", count=found[-1].number)
            self._screen.asking.line(words("link.prompt"), lambda text: self._numbered(article, text), hint=hint)

    def _numbered(self, article: Stored, text: str) -> None:
        found = targets(article)
        chosen = [target for target in found if str(target.number) == (text or str(found[0].number))]
        if chosen and chosen[0].related >= 0:
            self._screen.work("links", self._open_related, article, chosen[0])
        elif chosen:
            self._visit(chosen[0])
        else:
            self._screen.say(self._screen.desk.words("link.no-such", number=text[:12]), error=True)

    async def _open_related(self, article: Stored, target: Target) -> None:
        """Read a related headline's article when the cache has it; otherwise its page, if it has one."""
        row = await self._screen.desk.cache.ask(lambda store: read_related(store, article, target.related))
        if row is not None:
            await self._open(row)
        elif target.url:
            self._visit(target)
        else:
            self._screen.say(self._screen.desk.words("link.not-here", title=clip(target.label, 40)))

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
