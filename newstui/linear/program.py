"""The linear mode's state: where one is, what is asked, and which command does what."""

from __future__ import annotations

import selectors
from collections.abc import Callable
from concurrent.futures import wait
from typing import TYPE_CHECKING, Final, TypeVar

from newstui.commands import COMMANDS, keys_of
from newstui.linear.choosing import Choosing
from newstui.linear.getting import Getting
from newstui.linear.links import Links
from newstui.linear.listing import Listing
from newstui.linear.marking import Marking
from newstui.linear.places import Places
from newstui.linear.reading import Reading
from newstui.linear.roll import Paper
from newstui.linear.talking import Talk
from newstui.linear.typed import Typed
from newstui.linear.views import Menu, View
from newstui.rows import STARRED
from newstui.screens.snapshots import LAST_TAB, view_of
from newstui.widgets.document import Anchor

if TYPE_CHECKING:
    from newstui.linear.desk import Desk
    from newstui.model import Key as RowKey
    from newstui.model import MarkField, Row
    from newstui.store import Store
    from newstui.widgets.tab_layout import Tab

T = TypeVar("T")

_SLOW: Final = 1.0
"""Seconds from which on a reading of the cache is said to take its time."""
_USELESS: Final = frozenset(
    ("typography", "wider", "narrower", "zen", "paragraphs", "hanging", "theme", "pictures"),
)
"""Commands of the registry on looks that there are none of here: the help leaves them out."""
_ON: Final = ("down", "next-page", "page-down", "open")
"""Commands that go on: in a sentence longer than the window first."""


class Program(Talk):
    """Views above one another, the last one in front; an answer is awaited while `asking`."""

    def __init__(self, desk: Desk, paper: Paper, selector: selectors.BaseSelector, tab: str) -> None:
        super().__init__(desk, paper)
        self.typed = Typed(self)
        self.left_at: dict[str, RowKey] = {}
        """The article at which each tab was left."""
        self.ended = False
        self.marking = Marking(self)
        self.getting = Getting(self, selector)
        self.links = Links(self)
        self.choosing = Choosing(self, desk.config, desk.chosen)
        self.suspend: Callable[[], None] = lambda: None
        """Stops the job; set by whoever has the terminal."""
        self._version = self.ask(lambda store: store.data_version())
        self.places = Places(self, tab)
        self._views: list[View] = [self.places]
        self._own: dict[str, Callable[[], None]] = {
            "back": self._back,
            "leave": self.leave,
            "quit": self.quit,
            "suspend": lambda: self.suspend(),
            "star": self.marking.star,
            "read": self.marking.read,
            "undo": self.marking.undo,
            "refresh": self.getting.refresh,
            "add-feed": self.getting.add_feed,
            "import": self.getting.import_path,
            "reprocess": self.getting.reprocess,
            "troubles": self.getting.show_troubles,
            "welcome": self.getting.welcome,
            "open-link": self.links.choose,
            "copy-link": self.links.copy,
            "palette": lambda: self.prompt(self.desk.words("linear.palette"), self.typed.run_named),
            "help": self.help,
            "find": self.find_everywhere,
            "show-new": lambda: self.view.enter(),
            "next-unread": lambda: self.next_article(),
            **self.choosing.commands(),
            **{f"tab-{number}": self._tab_command(number - 1) for number in range(1, 10)},
        }

    @property
    def view(self) -> View:
        """The view in front."""
        return self._views[-1]

    def again(self) -> None:
        """What is current, once more."""
        self.view.again()

    def begin(self, notice: str) -> None:
        """Say where one is."""
        self.view.enter()
        if notice:
            self.say(notice)
        if not self.ask(lambda store: store.places.totals()).total:
            self.getting.welcome()

    def ask(self, question: Callable[[Store], T]) -> T:
        """The answer of the cache; one that takes long is announced. Raises what the question raises."""
        future = self.desk.cache.submit(question)
        wait([future], _SLOW)
        if not future.done():
            self.say(self.desk.words("list.loading"))
        return future.result()

    def run(self, command: str) -> None:
        """Carry out a command of the registry; those that go on first go on in a long sentence."""
        if command in _ON and self.go_on():
            return
        self._rest = []
        if not self.view.run(command):
            own = self._own.get(command)
            if own is not None:
                own()
            else:
                self.say(self.desk.words("linear.not-here", name=self.desk.words(f"command.{command}")))

    # Where one is

    def down(self, view: View) -> None:
        """Go into a view."""
        self._views.append(view)
        view.enter()

    def up(self, *, silent: bool = False) -> bool:
        """To the view before; False at the first one, which is said again."""
        if len(self._views) == 1:
            if not silent:
                self.view.again()
            return False
        view = self._views.pop()
        view.left()
        if not silent:
            self.view.enter()
        return True

    def _back(self) -> None:
        self.up()

    def leave(self) -> None:
        """One step up; at the top, out."""
        if len(self._views) == 1:
            self.quit()
        else:
            self.up()

    def quit(self) -> None:
        """End the program."""
        for view in reversed(self._views):
            view.left()
        self.ended = True

    def help(self) -> None:
        """Every command with its keys."""
        words = self.desk.words
        entries = [words("linear.help-numbers"), words("linear.help-again")]
        for command in COMMANDS:
            if command.id not in _USELESS and not command.id.removeprefix("tab-").isdigit():
                keys = " ".join(keys_of(command.id, self.desk.keymap)) or words("help.no-key")
                entries.append(f"{keys}{words('linear.colon')}{words(f'command.{command.id}.help')}")
        self.down(Menu(self, words("help.title"), entries))

    def _tab_command(self, index: int) -> Callable[[], None]:
        def open_it() -> None:
            if index < len(self.places.tabs):
                self.open_tab(self.places.tabs[index])

        return open_it

    def open_tab(self, tab: Tab) -> None:
        """Open a tab's list from wherever one is."""
        self._to_list(Listing(self, tab))
        self.view.enter()

    def _to_list(self, listing: Listing) -> None:
        while len(self._views) > 1:
            self._views.pop().left()
        self.places.stand_on(listing.tab.id)
        self._views.append(listing)
        tab = listing.tab.id
        self.keep(lambda store: store.state.set(LAST_TAB, tab))

    def step_tab(self, step: int) -> None:
        """To the list of the tab beside; at an end this one is said again."""
        at = max(0, min(self.places.at + step, len(self.places.tabs) - 1))
        if at == self.places.at:
            self.view.enter()
        else:
            self.open_tab(self.places.tabs[at])

    def switch_to(self, tab: str, anchor: RowKey, *, quiet: bool) -> None:
        """To another tab's list, standing on an article."""
        self.places.read()
        found = next((each for each in self.places.tabs if each.id == tab), None)
        if found is None:
            return
        self.left_at[tab] = anchor
        self._to_list(Listing(self, found))
        if not quiet:
            self.view.enter()

    def other_tabs(self, tab: str) -> tuple[str, ...]:
        """Where the next unread article is looked for after a tab: those to the right and round, 全部 last."""
        tabs, at = self.places.tabs, self.places.at
        order = tabs[at + 1 :] + tabs[:at]
        return (*(each.id for each in order if each.id not in ("", STARRED, tab)), *(("",) if tab else ()))

    def find_in_tab(self, tab: Tab, query: str) -> None:
        """Go into the list of the titles that hold `query`."""
        found = Listing(self, tab, query)
        if not isinstance(self.view, Listing):
            self._to_list(Listing(self, tab))
        if isinstance(self.view, Listing) and self.view.query:
            self.up(silent=True)
        self.down(found)

    def find_everywhere(self) -> None:
        """Find in the titles of the current tab, or of all."""
        tab = self.places.tabs[self.places.at]
        tab = self.places.tabs[0] if tab.id == STARRED else tab
        self.prompt(self.desk.words("find.prompt"), lambda query: self.find_in_tab(tab, query))

    def read(self, row: Row) -> None:
        """Read an article, and mark it read."""
        article = self.ask(lambda store: store.articles.by_row(row.key.row))
        if article is None:
            self.say(self.desk.words("reader.gone"))
            return
        place = Anchor(*self.ask(lambda store: store.positions.get(row.id)))
        if isinstance(self.view, Reading):
            self.up(silent=True)
        self.down(Reading(self, article, place))
        self.marking.opened(row)

    def next_article(self, *, backwards: bool = False) -> None:
        """On to the next unread article, from the list that is open or from the current tab."""
        listing = next((view for view in reversed(self._views) if isinstance(view, Listing)), None)
        if listing is None:
            listing = Listing(self, self.places.tabs[self.places.at])
            self._views.append(listing)
        listing.to_unread(backwards=backwards, across=not backwards, opening=True)

    # What is kept, and what comes in

    def keep(self, change: Callable[[Store], None]) -> None:
        """Write something small into the cache, which nobody waits for."""

        def write(store: Store) -> None:
            if not store.read_only:
                change(store)

        self.desk.cache.change(write)

    def keep_place(self, row: Row, place: Anchor) -> None:
        """Remember where an article was left."""
        at, place = self.desk.now(), place if place.part else Anchor(0, 0)
        self.keep(lambda store: store.positions.put({row.id: place}, at))

    def show_marks(self, field: MarkField, value: bool, rows: tuple[int, ...]) -> None:
        """Keep what is open in step with marks that were set."""
        from dataclasses import replace

        for view in self._views:
            if isinstance(view, Listing):
                view.show_marks(field, value, rows)
            elif isinstance(view, Reading) and view.article.row.key.row in rows:
                marked = view.article.row._replace(**{field: value})  # type: ignore[arg-type]  # both are flags
                view.article = replace(view.article, row=marked)

    def say_marks(self, text: str) -> None:
        """Say what was done to marks, and what is current below it."""
        if not self.wait(text):
            self.view.say_done(text)

    def poll(self) -> None:
        """Notice what another process has written, and changes of ours that had to wait."""
        self.marking.look()
        version = self.ask(lambda store: store.data_version())
        if version == self._version:
            return
        self._version = version
        view = self.view
        if isinstance(view, Listing) and not view.query:
            here = view_of(view.tab.id)
            total = self.ask(lambda store: store.views.count(here)).total
            arrived, view.known = total - view.known, total
            if arrived > 0:
                self.say(self.desk.words("list.new", count=arrived, key=self.desk.key("show-new")))
