"""The main screen: which pane counts, how the panes share the width, and which noun carries out which command."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal, ParamSpec

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker

from newstui.commands import BY_ID, COMMANDS
from newstui.errors import InterruptedReadError, NewstuiError
from newstui.rows import Row
from newstui.screens.asking import Asking
from newstui.screens.cache import made
from newstui.screens.desk import Desk
from newstui.screens.finding import Finding
from newstui.screens.getting import Getting
from newstui.screens.listing import Listing
from newstui.screens.marking import Marking
from newstui.screens.noting import Noting
from newstui.screens.picturing import Picturing
from newstui.screens.reading import Reading
from newstui.screens.settled import typography_of
from newstui.screens.snapshots import Opening
from newstui.screens.typesetting import Typesetting
from newstui.text.clean import clean_line
from newstui.text.widths import clip
from newstui.widgets.article_list import ArticleList
from newstui.widgets.district_tabs import DistrictTabs
from newstui.widgets.footer_layout import hints
from newstui.widgets.reader_pane import ReaderPane
from newstui.widgets.screen_layout import share_out
from newstui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from newstui.screens.modes import Mode
    from newstui.store import Store

P = ParamSpec("P")
Pane = Literal["list", "reader"]

_POLL: Final = 2.0
"""Seconds between looks for what other processes have written."""
_APP_COMMANDS: Final = ("quit", "suspend")


def _bindings() -> list[Binding]:
    return [
        Binding(command.keys, f"run({command.id!r})", show=False, id=command.id)
        for command in COMMANDS
        if command.keys and command.id not in _APP_COMMANDS
    ]


class MainScreen(Screen[None], inherit_bindings=False):
    """Tabs, list, reader and status line; keys come here, not to the widgets."""

    AUTO_FOCUS = None
    BINDINGS = [*_bindings()]  # noqa: RUF012  # Textual's own declaration of it

    class Repainted(Message):
        """The painter has another palette now."""

    def __init__(self, desk: Desk, opening: Opening) -> None:
        super().__init__()
        self.desk = desk
        self.read_only = bool(opening.read_only)
        self.pane: Pane = "list"
        self.wide = False
        self.thin = False
        self.mode: Mode | None = None
        """What has the keys before the commands do; None when nothing has."""
        self._opening = opening
        self.tab_bar = DistrictTabs(desk.painter)
        self.article_list = ArticleList(desk.words, desk.painter, desk.today())
        self.reader = ReaderPane(desk.words, desk.painter, typography_of(desk.chosen))
        self.status = StatusLine(desk.painter)
        self.listing = Listing(self)
        self.reading = Reading(self)
        self.finding = Finding(self)
        self.marking = Marking(self)
        self.noting = Noting(self)
        self.getting = Getting(self)
        self.asking = Asking(self)
        self.typesetting = Typesetting(self)
        self.picturing = Picturing(self)
        self._commands: dict[str, Callable[[], object]] = {
            **self._own_commands(),
            **self.listing.commands(),
            **self.reading.commands(),
            **self.marking.commands(),
            **self.noting.commands(),
            **self.getting.commands(),
            **self.typesetting.commands(),
        }

    @property
    def commands(self) -> frozenset[str]:
        """Ids of the commands that can be run here."""
        return frozenset(self._commands)

    def compose(self) -> ComposeResult:
        """Tab bar, the two panes, status line."""
        yield self.tab_bar
        with Horizontal(id="panes"):
            yield self.article_list
            yield self.reader
        yield self.status

    def on_mount(self) -> None:
        """Show what was read before the first frame; look for other writers from now on."""
        self._fit(self.app.size.width, self.app.size.height)
        self.typesetting.begin()
        self.listing.open(self._opening)
        if self._opening.read_only:
            self.say(f"{self.desk.words('store.read-only')} ({clean_line(self._opening.read_only)})", error=True)
        elif self._opening.salvaged:
            self.say(self._opening.salvaged, error=True)
        self.listing.poll()
        self.set_interval(_POLL, self._tick)
        if not self._opening.total:
            self.getting.welcome()

    def on_unmount(self) -> None:
        """Keep where the text is being left."""
        self.reading.leave()

    def _tick(self) -> None:
        self.article_list.today = self.desk.today()
        self.listing.poll()

    def work(
        self, group: str, job: Callable[P, Coroutine[Any, Any, object]], /, *arguments: P.args, **named: P.kwargs
    ) -> None:
        """Run a job as a worker; a newer one of the same group ends it. Failures are told.

        It is called in the worker: one that is ended before its turn leaves no coroutine behind.
        """
        self._start(group, partial(job, *arguments, **named), exclusive=True)

    def work_on(
        self, group: str, job: Callable[P, Coroutine[Any, Any, object]], /, *arguments: P.args, **named: P.kwargs
    ) -> None:
        """Run a job as a worker beside others of its group."""
        self._start(group, partial(job, *arguments, **named), exclusive=False)

    def _start(self, group: str, job: Callable[[], Coroutine[Any, Any, object]], *, exclusive: bool) -> Worker[None]:
        async def guarded() -> None:
            try:
                await job()
            except InterruptedReadError:
                return  # a search was cut short because a newer one was asked for
            except NewstuiError as error:
                self.say(self.desk.words("store.failed", reason=clean_line(str(error))), error=True)

        return self.run_worker(guarded, group=group, exclusive=exclusive)

    def keep(self, change: Callable[[Store], None]) -> None:
        """Write something into the cache, at once and whatever becomes of this screen; failures are told."""
        self.work_on("keep", made, self.desk.cache.change(change))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key of one pane's own command does nothing in the other: it may be another command's there."""
        pane = BY_ID[str(parameters[0])].pane if action == "run" else ""
        return not pane or pane == self.pane

    def action_run(self, command: str) -> None:
        """Carry out a command of the registry."""
        self.say("")
        if self.mode is None or not self.mode.command(command):
            self._commands[command]()

    def on_key(self, event: events.Key) -> None:
        """A mode has the keys first."""
        if self.mode is not None and not self.asking.typing and self.mode.key(event):
            event.stop()
            event.prevent_default()

    def begin_mode(self, mode: Mode) -> None:
        """Let a mode have the keys until it ends."""
        self.end_mode()
        self.mode = mode

    def end_mode(self) -> None:
        """Give the keys back to the commands."""
        mode, self.mode = self.mode, None
        if mode is not None:
            mode.left()

    def _own_commands(self) -> dict[str, Callable[[], object]]:
        return {
            "back": self._back,
            "find": lambda: self.finding.ask() if self.pane == "reader" else self.listing.find(),
            "leave": self._leave,
            "down": lambda: self._move(1),
            "up": lambda: self._move(-1),
            "page-down": lambda: self._page(1),
            "page-up": lambda: self._page(-1),
            "top": self._top,
            "bottom": self._bottom,
            "help": self._help,
            "palette": self._palette,
            "quit": lambda: self.app.exit(),
            "suspend": lambda: self.app.action_suspend_process(),
        }

    def current_row(self) -> Row | None:
        """The article that commands are about: the one being read, else the one under the cursor."""
        if self.pane == "reader" and self.reader.article is not None:
            return self.reader.article.row
        return self.article_list.current

    def say(self, message: str, *, error: bool = False) -> None:
        """Show a sentence until the next key; foreign text in it is cleaned here."""
        self.status.say(clean_line(message), error=error)
        if self.typesetting.zen and self.status.display != (message != ""):
            self.fit()

    def repaint(self) -> None:
        """Paint everything in the painter's palette, which is another now."""
        self.post_message(self.Repainted())
        for widget in (self.tab_bar, self.article_list, self.reader, self.status):
            widget.refresh()

    def _move(self, lines: int) -> None:
        if self.pane == "reader":
            self.reader.scroll_lines(lines)
        else:
            self.article_list.move(lines)

    def _page(self, direction: int) -> None:
        if self.pane == "reader":
            self.reader.scroll_page(direction)
        else:
            self.article_list.page(direction)

    def _top(self) -> None:
        if self.pane == "reader":
            self.reader.scroll_to_start()
        else:
            self.article_list.go(0)

    def _bottom(self) -> None:
        if self.pane == "reader":
            self.reader.scroll_to_end()
        else:
            self.article_list.go(self.article_list.total - 1)

    def _back(self) -> bool:
        """One step back; False at the top."""
        if self.typesetting.leave():
            return True
        if self.pane == "reader":
            if self.finding.clear():
                return True
            self.reading.keep_place()
            self.show_pane("list")
            return True
        return self.listing.clear_find()

    def _leave(self) -> None:
        if not self._back():
            self.app.exit()

    def fit(self) -> None:
        """Share the screen out anew."""
        self._fit(self.size.width, self.size.height)

    def show_pane(self, pane: Pane) -> None:
        """Make a pane the one that keys are about; on a narrow screen the only one shown."""
        self.pane = pane
        self.fit()

    def on_resize(self, event: events.Resize) -> None:
        """Share the new size out."""
        self._fit(event.size.width, event.size.height)

    def _fit(self, width: int, height: int) -> None:
        """Show what has room at this size."""
        shares = share_out(width, height)
        zen = self.typesetting.zen and self.pane == "reader"
        self.wide = shares.wide and not zen
        self.article_list.display = self.wide or self.pane == "list"
        self.reader.display = self.wide or self.pane == "reader"
        self.article_list.styles.width = f"{shares.list_width}" if self.wide else "1fr"
        self.article_list.set_divided(self.wide)
        self.tab_bar.display = shares.tabs and not zen
        self.status.display = shares.status and not self.asking.typing and (not zen or self.status.message != "")
        if self.typesetting.panel is not None:
            self.typesetting.panel.fit(height)
        self.article_list.set_active(self.pane == "list")
        # The panel has its own keys above: what Enter and Esc do in a pane they do not do now.
        covered = self.typesetting.panel is not None
        self.status.set_hints([] if covered else hints(self.pane, self.desk.words, self.desk.keymap))
        self.show_position()

    def set_thin(self, thin: bool) -> None:
        """Whether the line to the terminal is slow: then nothing is painted that was not asked for."""
        self.thin = thin
        self.article_list.set_thin(thin)
        self.picturing.show()
        self.show_position()

    def show_position(self) -> None:
        """Say at the right end of the status line where the reader is and what has come in."""
        words, arrived = self.desk.words, self.listing.arrived
        if self.pane == "reader":
            star = "★ " if self.reader.article is not None and self.reader.article.row.starred else ""
            found = f"/{clip(self.finding.query, 12)} {self.finding.position} " if self.finding.query else ""
            text = f"{found}{star}{self.reader.percent}%"
        elif self.thin:
            text = f"/{clip(self.listing.query, 12)}" if self.listing.query else ""
        elif self.article_list.total:
            more = "+" if self.article_list.pages.open_end else ""
            text = words("list.position", at=self.article_list.cursor + 1, total=f"{self.article_list.total}{more}")
            if self.listing.query:
                text = f"/{clip(self.listing.query, 12)} {text}"
        else:
            text = ""
        self.status.set_right(f"▲{arrived} {text}" if arrived else text)

    @on(DistrictTabs.Chosen)
    def _tab_chosen(self, event: DistrictTabs.Chosen) -> None:
        self.listing.go_tab(event.index)

    @on(ArticleList.PageWanted)
    def _page_wanted(self, event: ArticleList.PageWanted) -> None:
        self.listing.want(event)

    @on(ArticleList.Moved)
    def _moved(self, event: ArticleList.Moved) -> None:
        self.show_position()
        if self.wide and self.pane == "list":
            self.reading.follow(event.row)

    @on(ArticleList.Chosen)
    def _row_chosen(self, event: ArticleList.Chosen) -> None:
        self.reading.open(event.row)

    @on(ReaderPane.Undrawn)
    def _undrawn(self, event: ReaderPane.Undrawn) -> None:
        self.picturing.draw(event.drawing)

    @on(ReaderPane.Placed)
    def _placed(self, event: ReaderPane.Placed) -> None:
        self.picturing.place(event)

    @on(ReaderPane.Drawn)
    def _drawn(self, event: ReaderPane.Drawn) -> None:
        self.reading.draw(event.start, event.end)

    @on(ReaderPane.Scrolled)
    def _scrolled(self) -> None:
        if self.mode is not None:
            self.mode.moved()
        self.show_position()
        self.reading.rest()

    def _help(self) -> None:
        from newstui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.desk))

    def _palette(self) -> None:
        from newstui.screens.palette import open_palette

        open_palette(self)
