"""The linear mode: the whole program one thing at a time, for braille displays, screen readers and tiny terminals.

No Textual, no boxes, no colours. On a terminal that can move its cursor up, keys act at once and the real cursor stands
on what is current; elsewhere (TERM=dumb, a pipe) lines are typed and lines are answered.
"""

from __future__ import annotations

import os
import selectors
import signal
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Final

from newstui.choices import STATE, with_choices
from newstui.commands import keymap
from newstui.config import Paths, Settings
from newstui.errors import NewstuiError
from newstui.linear.desk import Desk
from newstui.linear.keys import Keyboard
from newstui.linear.line import EndedError, Line, Signals, signals
from newstui.linear.program import Program
from newstui.linear.roll import Roll, Teletype
from newstui.locale import catalogue, language
from newstui.screens.cache import Cache
from newstui.screens.snapshots import LAST_TAB
from newstui.terminal.abilities import moves_up
from newstui.terminal.codeset import terminal_codeset
from newstui.terminal.modes import size_of

if TYPE_CHECKING:
    from newstui.store import Store

_POLL: Final = 2.0
"""Seconds between looks for what other processes have written."""
_ESCAPE: Final = 0.15
"""Seconds after which an Escape that nothing follows is the key; a slow line needs that long."""
_SETTLED: Final = 0.2
"""Seconds without another change after which a window has its new size."""
_WIDTH: Final = 76
"""Cells of a line where nobody says how many there are."""


def run(
    paths: Paths, settings: Settings, *, now: Callable[[], datetime], environ: Mapping[str, str] = os.environ
) -> int:
    """Run the linear mode to its end; its exit code (130 and its like after a signal).

    Raises ConfigError for [keys], CacheError when there is no opening the cache.
    """
    words, keys = catalogue(language(settings, environ)), keymap(settings.keys)

    def opener() -> Store:
        from newstui.store import open_store

        paths.cache.parent.mkdir(parents=True, exist_ok=True)
        return open_store(paths.cache, now=now())

    cache = Cache(opener)
    try:
        cache.ready()
        chosen = with_choices(settings, cache.submit(lambda store: store.state.get(STATE)).result())
        return _Session(Desk(cache, words, keys, now, settings, chosen), environ).run()
    finally:
        cache.close()


class _Session:
    """One run on one terminal."""

    def __init__(self, desk: Desk, environ: Mapping[str, str]) -> None:
        typed, shown = os.isatty(0), os.isatty(1)
        self._keys = typed and shown and moves_up(environ.get("TERM", ""))
        codeset = terminal_codeset()
        self._line = Line(0, 1, codeset, keys=self._keys)
        size = size_of(1) if shown else None
        self._paper: Roll | Teletype
        if self._keys:
            self._paper = Roll(self._line.write, size or (80, 24))
        else:
            self._paper = Teletype(self._line.write, size or (_WIDTH, 24), "> " if typed else "")
        bound = frozenset(key for keys in desk.keymap.values() for key in keys.split(","))
        self._keyboard = Keyboard(codeset, bound)
        self._desk = desk
        self._typed = b""
        self._codeset = codeset
        self._selector = selectors.DefaultSelector()

    def run(self) -> int:
        code, gone = 0, False
        program: Program | None = None
        with signals() as asked, self._selector as selector:
            try:
                self._line.take()
                selector.register(asked.wake, selectors.EVENT_READ, asked.drain)
                program = self._open(selector)
                self._loop(program, asked)
            except EndedError as ended:
                code, gone = 128 + ended.number, ended.number == signal.SIGHUP
                if ended.number != signal.SIGINT and program is not None:
                    program.quit()
            except OSError:
                # The terminal has gone, as after SIGHUP: nobody is there to be told.
                code, gone = 128 + signal.SIGHUP, True
            finally:
                self._line.give_back("" if gone else self._paper.leave())
                if program is not None:
                    program.getting.end()
        return code

    def _open(self, selector: selectors.BaseSelector) -> Program:
        words = self._desk.words

        def first(store: Store) -> tuple[str, str]:
            saved = store.salvaged
            told = "" if saved is None else words("store.salvaged", **saved._asdict() | {"aside": saved.aside.name})
            if store.read_only:
                told = f"{words('store.read-only')} ({store.read_only})"
            return store.state.get(LAST_TAB) or "", told

        tab, notice = self._desk.cache.submit(first).result()
        program = Program(self._desk, self._paper, selector, tab)
        if self._keys:
            program.links.clipboard = self._line.write
        selector.register(0, selectors.EVENT_READ, self._typed_keys if self._keys else self._typed_lines)
        program.begin(notice)
        return program

    def _loop(self, program: Program, asked: Signals) -> None:
        self._program = program
        program.suspend = lambda: setattr(asked, "stopped", True)
        polled, settling = monotonic(), 0.0
        while not program.ended:
            if isinstance(self._paper, Teletype):
                self._paper.invite()
            patience = _ESCAPE if self._keyboard.unfinished else _SETTLED if settling else _POLL
            events = self._selector.select(patience)
            for ready, _ in events:
                self._guarded(ready.data)
            if not events:
                for key in self._keyboard.rest():
                    self._guarded(partial(program.typed.press, key))
            if asked.stopped:
                self._suspend(asked)
            if asked.resized:
                asked.resized, settling = False, monotonic()
            elif settling and monotonic() - settling >= _SETTLED:
                settling = 0.0
                self._resized()
            if monotonic() - polled >= _POLL:
                polled = monotonic()
                self._guarded(program.poll)

    def _guarded(self, act: Callable[[], object]) -> None:
        """Do something; what the cache refuses is said."""
        try:
            act()
        except NewstuiError as error:
            self._program.say(self._desk.words("store.failed", reason=str(error)))

    def _typed_keys(self) -> None:
        data = os.read(0, 1 << 12)
        if not data:
            raise EndedError(signal.SIGHUP)
        for key in self._keyboard.feed(data):
            self._guarded(partial(self._program.typed.press, key))
            if self._program.ended:
                return

    def _typed_lines(self) -> None:
        data = os.read(0, 1 << 16)
        *lines, self._typed = (self._typed + data).split(b"\n")
        if not data and self._typed:
            lines, self._typed = [self._typed], b""
        for line in lines:
            if isinstance(self._paper, Teletype):
                self._paper.taken()
            text = line.decode(self._codeset, "replace")
            self._guarded(partial(self._program.typed.line, text))
            if self._program.ended:
                return
        if not data:
            self._program.quit()

    def _suspend(self, asked: Signals) -> None:
        self._line.give_back(self._paper.leave())
        asked.stop()
        self._line.take()
        size = size_of(1)
        if size:
            self._paper.resize(*size)
        self._guarded(self._program.view.again)

    def _resized(self) -> None:
        size = size_of(1)
        if size and size != (self._paper.width, self._paper.height):
            self._paper.resize(*size)
            if self._keys and not self._program.asking:
                self._guarded(self._program.view.again)
