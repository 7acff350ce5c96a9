"""The list's side of the main screen: tabs, paging, find, what is new, the way to the next unread article."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from newstui.rows import STARRED, Key
from newstui.screens.snapshots import (
    LAST_TAB,
    Listed,
    News,
    Opening,
    find_unread,
    read_list,
    read_news,
    read_page,
    view_of,
)
from newstui.widgets.article_list import ArticleList
from newstui.widgets.tab_layout import Tab, shows_places

if TYPE_CHECKING:
    from newstui.screens.main import MainScreen

_PAUSE: Final = 0.04
"""Seconds to wait for the next key before reading what only the last key needs."""


class Listing:
    """Keeps tabs and list in step with the cache; every reading is latest wins by its worker group."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self.tabs: tuple[Tab, ...] = ()
        self.tab = ""
        self.query = ""
        self.arrived = 0
        """Articles of this view that came after the list was opened."""
        self._announced = 0
        """How many of them have been announced."""
        self._places: dict[str, tuple[Key, int]] = {}
        """Cursor's row and screen line by tab, for coming back."""
        self._known = 0
        """Articles of this view when last counted, arrivals apart."""
        self._version = -1
        self._in_place = True

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The commands that this noun carries out."""
        return {
            "tab-left": lambda: self.step_tab(-1),
            "tab-right": lambda: self.step_tab(1),
            **{f"tab-{number}": self._tab_command(number - 1) for number in range(1, 10)},
            "show-new": self.show_new,
        }

    def _tab_command(self, index: int) -> Callable[[], None]:
        return lambda: self.go_tab(index)

    @property
    def _list(self) -> ArticleList:
        return self._screen.article_list

    @property
    def active(self) -> int:
        """Index of the open tab."""
        return next((index for index, tab in enumerate(self.tabs) if tab.id == self.tab), 0)

    def open(self, opening: Opening) -> None:
        """Show what was read for the first frame."""
        self.tab = opening.tab
        self._show_tabs(opening.tabs)
        self._show(opening.listed)

    def step_tab(self, step: int) -> None:
        """To the tab beside; stays at the ends."""
        self.go_tab(max(0, min(self.active + step, len(self.tabs) - 1)))

    def go_tab(self, index: int) -> None:
        """Open a tab where it was left."""
        if not 0 <= index < len(self.tabs):
            return
        self._screen.show_pane("list")
        if self.tabs[index].id == self.tab and not self.query:
            return
        self._switch(self.tabs[index].id)
        anchor, line = self._places.get(self.tab, (None, 0))
        self.reload(anchor, line)

    def _switch(self, tab: str) -> None:
        """Make `tab` the open one; its list is still to be read."""
        self._leave()
        self.tab, self.query = tab, ""
        self._show_tabs(self.tabs)
        if not self._screen.read_only:
            self._screen.keep(lambda store: store.state.set(LAST_TAB, tab))

    def _leave(self) -> None:
        row = self._list.current
        if row is not None and not self.query:
            self._places[self.tab] = (row.key, self._list.line)

    def reload(self, anchor: Key | None = None, line: int = 0) -> None:
        """Read the open view anew and stand on `anchor`."""
        self._screen.work("list", self._reload, anchor, line)

    async def _reload(self, anchor: Key | None, line: int, pause: float = 0.0) -> None:
        if pause:
            await asyncio.sleep(pause)
        view, height = view_of(self.tab, self.query), self._list.size.height
        cache = self._screen.desk.cache
        ask = cache.search if self.query else cache.ask
        listed = await ask(lambda store: read_list(store, view, anchor, line, height))
        self._show(listed, line)
        await self._count()

    def _show(self, listed: Listed, line: int = 0) -> None:
        words = self._screen.desk.words
        self._known, self.arrived, self._announced = listed.pages.total, 0, 0
        key = self._screen.desk.key
        if self.query:
            notice = words("list.nothing-found", query=self.query)
        elif self.tab == STARRED:
            notice = words("list.no-stars", key=key("star"))
        else:
            notice = words("list.empty", key=key("welcome"))
        self._list.open(listed.pages, cursor=listed.at, line=line, with_place=shows_places(self.tab), notice=notice)
        self._screen.show_position()

    def want(self, message: ArticleList.PageWanted) -> None:
        """Read a page that is about to be shown."""
        self._screen.work_on("pages", self._page, message)

    async def _page(self, message: ArticleList.PageWanted) -> None:
        view = view_of(self.tab, self.query)
        cache = self._screen.desk.cache
        ask = cache.search if self.query else cache.ask
        rows = await ask(lambda store: read_page(store, view, message.plan))
        if not self._list.fill(message.plan, message.generation, rows):
            current = self._list.current or next(iter(self._list.shown()), None)
            self.reload(current.key if current else None, self._list.line)

    def to_unread(self, *, backwards: bool = False, across: bool = False, opening: bool = False) -> None:
        """To the next unread article after the current one; `across` goes on to other tabs, `opening` reads it."""
        self._screen.work("list", self._to_unread, backwards, across, opening)

    async def _to_unread(self, backwards: bool, across: bool, opening: bool) -> None:
        screen = self._screen
        current = screen.current_row()
        view, key = view_of(self.tab, self.query), current.key if current else None
        others = self._other_tabs() if across else ()
        ask = screen.desk.cache.search if self.query else screen.desk.cache.ask
        found = await ask(lambda store: find_unread(store, view, key, others, backwards=backwards))
        if found is None or (current is not None and found.row.key == current.key and not opening):
            screen.say(screen.desk.words("list.no-unread"))
            return
        if found.tab is not None and found.tab != self.tab:
            self._switch(found.tab)
            await self._reload(found.row.key, self._list.size.height // 3)
        else:
            index = self._list.pages.find(found.row.key.row)
            if index is None:
                await self._reload(found.row.key, self._list.size.height // 3)
            else:
                self._list.go(index)
        if opening:
            screen.reading.open(found.row)

    def _other_tabs(self) -> tuple[str, ...]:
        """Where Space looks next: the tabs to the right and round, 全部 last."""
        order = self.tabs[self.active + 1 :] + self.tabs[: self.active]
        places = [tab.id for tab in order if tab.id not in ("", STARRED, self.tab)]
        return (*places, *(() if self.tab == "" else ("",)))

    def find(self) -> None:
        """Ask what to find in the titles, showing it as it is typed."""
        self._leave()
        self._screen.show_pane("list")
        words = self._screen.desk.words
        self._screen.asking.line(
            words("find.prompt"), self._found, cancelled=self.clear_find, value=self.query, changed=self._search
        )

    def _search(self, query: str) -> None:
        if query != self.query:
            self.query = query
            self._screen.work("list", self._reload, None, 0, _PAUSE)

    def _found(self, query: str) -> None:
        self._search(query)
        if not query:
            self.clear_find()

    def clear_find(self) -> bool:
        """Show the whole tab again where it was; False when nothing was being found."""
        if not self.query:
            return False
        self.query = ""
        anchor, line = self._places.get(self.tab, (None, 0))
        self.reload(anchor, line)
        return True

    def show_new(self) -> None:
        """Take arrivals into the list; the cursor keeps its article and its line, or stays at the top."""
        row = self._list.current
        self.reload(row.key if row is not None and self._list.cursor else None, self._list.line)

    def poll(self) -> None:
        """Notice what another process has written."""
        self._screen.work("poll", self._poll)

    async def _poll(self) -> None:
        cache, screen = self._screen.desk.cache, self._screen
        in_place, version = await cache.ask(lambda store: (store.in_place, store.data_version()))
        if not in_place and self._in_place:
            screen.say(screen.desk.words("store.moved"), error=True)
        self._in_place = in_place
        first, same = self._version == -1, self._version == version
        self._version = version
        if not first and (not same or self.arrived > self._announced):
            await self._changed()

    async def take_note(self) -> bool:
        """Read what a job of ours has changed; whether there are arrivals, which its message announces."""
        await self._changed()
        self._announced = self.arrived
        return self.arrived > 0

    async def _changed(self) -> None:
        news = await self._news()
        self._list.refresh_rows(list(news.rows))
        if news.total is None:
            return
        if not self._list.total and news.total:
            self.reload()
        elif news.total < self._known:
            # Rows have gone (pruned): indices no longer hold, so the list is read anew round the cursor.
            row = self._list.current
            self.reload(row.key if row is not None else None, self._list.line)
        else:
            self.arrived = max(self.arrived, news.total - self._known)
            if self.arrived > self._announced and not self._screen.status.message:
                # Something that is being said is not talked over: the next look announces it.
                words, key = self._screen.desk.words, self._screen.desk.key("show-new")
                self._screen.say(words("list.new", count=self.arrived, key=key))
                self._announced = self.arrived
        self._screen.show_position()

    def count(self) -> None:
        """Count anew after a change of our own."""
        self._screen.work("count", self._count)

    async def _count(self) -> None:
        total = (await self._news()).total
        if total is not None:
            self._known = total - self.arrived

    async def _news(self) -> News:
        view, words, shown = view_of(self.tab, self.query), self._screen.desk.words, self._list.shown()
        news = await self._screen.desk.cache.ask(lambda store: read_news(store, view, shown, words))
        self._show_tabs(news.tabs)
        return news

    def _show_tabs(self, tabs: tuple[Tab, ...]) -> None:
        if self.tab not in {tab.id for tab in tabs}:
            # The open tab has gone with its last article: keep it until another is chosen.
            gone = next((tab for tab in self.tabs if tab.id == self.tab), None)
            tabs = (*tabs, Tab(gone.id, gone.name, 0)) if gone else tabs
        self.tabs = tabs
        self._screen.tab_bar.show(tabs, self.active)
