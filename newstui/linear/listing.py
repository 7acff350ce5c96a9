"""The list of a tab: one article a sentence, found by title, walked by unread ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from newstui.linear.views import Items
from newstui.linear.wording import list_heading, row_item
from newstui.rows import STARRED
from newstui.screens.snapshots import find_unread, read_list, read_page, view_of
from newstui.widgets.pages import PAGE, Pages
from newstui.widgets.tab_layout import shows_places

if TYPE_CHECKING:
    from newstui.linear.program import Program
    from newstui.rows import Key, MarkField, Row
    from newstui.widgets.tab_layout import Tab


class Listing(Items):
    """The articles of a tab, newest first, or those of them whose titles hold `query`."""

    def __init__(self, program: Program, tab: Tab, query: str = "") -> None:
        super().__init__(program)
        self.tab = tab
        self.query = query
        self.known = 0
        self._pages = Pages()
        self.read(program.left_at.get(tab.id) if not query else None)

    def read(self, anchor: Key | None) -> None:
        """Read the list anew, standing on the article `anchor`, or on its first one."""
        view = view_of(self.tab.id, self.query)
        listed = self.program.ask(lambda store: read_list(store, view, anchor, 0, PAGE))
        self._pages, self.at = listed.pages, listed.at
        self.known = self._pages.total

    @property
    def total(self) -> int:
        """How many articles are known; what a find brings is known page by page."""
        if self._pages.open_end and self.at >= self._pages.total - 2:
            self._load(self._pages.total // PAGE)
        return self._pages.total

    def article(self, index: int) -> Row | None:
        """The article at a place of the list; None when it is gone."""
        row = self._pages.row(index)
        if row is None and self._load(index // PAGE):
            row = self._pages.row(index)
        return row

    def _load(self, page: int) -> bool:
        plan = self._pages.plan(page)
        if plan is None:
            return False
        view = view_of(self.tab.id, self.query)
        return self._pages.fill(page, self.program.ask(lambda store: read_page(store, view, plan)))

    def item(self, index: int) -> str:
        """An article with its marks."""
        row, words = self.article(index), self.program.desk.words
        if row is None:
            return f"{index + 1} {words('reader.gone')}"
        place = shows_places(self.tab.id)
        return row_item(index + 1, row, self.program.desk.today(), words, with_place=place)

    def heading(self) -> str:
        """The tab's name and how much is in it."""
        view = view_of(self.tab.id)
        counts = None if self.query else self.program.ask(lambda store: store.views.count(view))
        return list_heading(self.tab.name, self.query, counts, self.program.desk.words)

    def nothing(self) -> str:
        """Why there are none and which key helps."""
        words, key = self.program.desk.words, self.program.desk.key
        if self.query:
            return words("list.nothing-found", query=self.query)
        if self.tab.id == STARRED:
            return words("list.no-stars", key=key("star"))
        return words("list.empty", key=key("welcome"))

    def row(self) -> Row | None:
        """The current article."""
        return self.article(self.at) if self._pages.total else None

    def show_marks(self, field: MarkField, value: bool, rows: tuple[int, ...]) -> None:
        """Keep the rows in memory in step with marks that were set."""
        read, starred = (value, None) if field == "read" else (None, value)
        self._pages.mark(rows, read=read, starred=starred)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Reading, finding, the way to the next unread article, tabs beside."""
        return {
            **super().commands(),
            "next-page": self._next,
            "next-unread": lambda: self.to_unread(),
            "previous-unread": lambda: self.to_unread(backwards=True),
            "tab-right": lambda: self.program.step_tab(1),
            "tab-left": lambda: self.program.step_tab(-1),
            "find": self._find,
            "show-new": self.show_new,
            "read-all": lambda: self.program.marking.ask_all(self),
        }

    def chosen(self) -> None:
        """Read the current article."""
        row = self.row()
        if row is None:
            self.again()
        else:
            self.program.read(row)

    def _next(self) -> None:
        row = self.row()
        if row is not None and not row.read:
            self.program.read(row)
        else:
            self.to_unread(across=True, opening=True)

    def to_unread(self, *, backwards: bool = False, across: bool = False, opening: bool = False) -> None:
        """To the next unread article; `across` goes on to other tabs, `opening` reads it."""
        program, row = self.program, self.row()
        view, key = view_of(self.tab.id, self.query), row.key if row else None
        others = program.other_tabs(self.tab.id) if across else ()
        found = program.ask(lambda store: find_unread(store, view, key, others, backwards=backwards))
        if found is None or (row is not None and found.row.key == row.key and not opening):
            program.say(program.desk.words("list.no-unread"))
            return
        if found.tab is not None and found.tab != self.tab.id:
            program.switch_to(found.tab, found.row.key, quiet=opening)
        else:
            self._to_row(found.row)
            if not opening:
                self.go(self.at)
        if opening:
            program.read(found.row)

    def _to_row(self, row: Row) -> None:
        index = self._pages.find(row.key.row)
        if index is None:
            self.read(row.key)
        else:
            self.at = index

    def _find(self) -> None:
        words = self.program.desk.words
        self.program.prompt(words("find.prompt"), self.find)

    def find(self, query: str) -> None:
        """List the titles that hold `query`; the whole tab again for ""."""
        if query:
            self.program.find_in_tab(self.tab, query)
        else:
            self.again()

    def show_new(self) -> None:
        """Take arrivals in; the current article stays current, or the newest becomes it at the top."""
        row = self.row()
        self.read(row.key if row is not None and self.at else None)
        self.enter()

    def left(self) -> None:
        """Remember where the tab was left."""
        row = self.row()
        if row is not None and not self.query:
            self.program.left_at[self.tab.id] = row.key
