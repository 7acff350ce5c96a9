"""The terminal driver: Textual's for POSIX, made to survive what terminals, shells and lines do.

Beside Textual's: output goes to stdout through the last door (`newstui.terminal.outgoing`) and a writer that never
blocks the app; frames are kept as a screen, and only what differs from the screen as last sent is written, once an
event turn and never while the line is stalled; SIGTERM, SIGINT and SIGHUP give the terminal back; Ctrl-Z stops the
whole job, as a shell expects; keys are read leniently; and a splash that is already on screen stays there until the
app's first whole frame.

Marks are committed as they are made, so ending at once on a signal loses nothing.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import termios
from codecs import getincrementaldecoder
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING, Any, Final

from textual import events
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from newstui.terminal.canvas import Canvas
from newstui.terminal.codeset import terminal_codeset
from newstui.terminal.frames import is_frame
from newstui.terminal.kinds import terminal_of
from newstui.terminal.link import QUESTION, Link
from newstui.terminal.modes import SYNC_END, SYNC_START, Takeover, give_back, raw_output, size_of
from newstui.terminal.outgoing import outgoing
from newstui.terminal.outlet import Outlet
from newstui.terminal.probing import PROBE, cells_told

if TYPE_CHECKING:
    from textual.app import App

_ALTERNATE_SCREEN: Final = "\x1b[?1049h"
_LARGE: Final = 1000
"""Characters of a frame from which it is worth the 16 bytes that keep it from being shown half done."""
_PATIENCE: Final = 0.1
"""Seconds between looks at a line that is busy and may answer at any time."""
_HANG_UPS: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class TerminalDriver(LinuxDriver):
    """Input and output on the terminal of stdin and stdout."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
        takeover: Takeover | None = None,
        asks: bool = False,
        link: Link | None = None,
        on_speed: Callable[[bool], None] | None = None,
    ) -> None:
        """With `takeover`, a splash is on screen: what does not cover it whole is held back until `show_frames`.

        asks: whether the terminal is asked for the width of an ambiguous character, unless the splash has done so.
        on_speed: is told when `link` turns out slow, or no longer.
        """
        self._asks = asks and takeover is None
        self._probed = asks
        """Whether an answer about that width may still come."""
        self._outlet: Outlet | None = None
        self._output = 1
        self._takeover = takeover
        self._holding = takeover is not None
        self._suspended = False
        self._canvas = Canvas(*self._get_terminal_size(), terminal_of(os.environ))
        self._synchronizes = False
        self._flushing = False
        self._link = link or Link("off")
        self._on_speed = on_speed
        self._away = True
        """Not on the app's own screen: nothing is painted."""
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        for number in _HANG_UPS:
            signal.signal(number, self._hang_up)

    def show_frames(self) -> None:
        """Let every frame through from here on, should the first whole one not have come yet."""
        if self._holding:
            self._holding = False
            self._repaint()

    def write(self, data: str) -> None:
        """Queue `data` for the terminal; never blocks."""
        outlet = self._outlet
        if outlet is None:  # stopped, or in the background: nothing may be written now
            return
        if data in (SYNC_START, SYNC_END):  # said round every frame by a terminal that has the mode: see _flush
            self._synchronizes = True
            return
        if self._takeover is not None and data == _ALTERNATE_SCREEN:
            return
        data = outgoing(data)
        if is_frame(data):
            self._canvas.resize(*self._app.size)
            if self._canvas.take(data):
                self._holding = self._holding and not self._is_whole(data)
                self._ask_flush()
                return
        self._flush()
        self._canvas.passed(data)
        outlet.put(data)

    def process_message(self, message: Message) -> None:
        """From the keyboard's thread: answers about the line are this driver's own."""
        if isinstance(message, events.CursorPosition):
            if self._probed and cells_told(message.x, message.y) is not None:
                self._probed = False
                super().process_message(message)
                return
            self._loop.call_soon_threadsafe(self._answered, self._loop.time())
            return
        super().process_message(message)

    def _answered(self, at: float) -> None:
        if self._link.answered(at) and self._on_speed is not None:
            self._on_speed(self._link.slow)
        self._flush()

    def _ask_flush(self) -> None:
        """Write what has changed when this turn of the event loop is over."""
        if not self._flushing:
            self._flushing = True
            self._loop.call_soon(self._flush)

    def _flush(self) -> None:
        """Write what has changed since the last time, unless the line is stalled: then when it moves again."""
        self._flushing = False
        outlet = self._outlet
        if outlet is None or self._away or self._holding or not outlet.has_room():
            return
        now = self._loop.time()
        wait = self._link.wait(now)
        if wait:  # what is on its way is old already: what is sent next should be the latest
            self._flushing = True
            self._loop.call_later(min(wait, _PATIENCE), self._flush)
            return
        changes = self._canvas.changes()
        if changes:
            if self._link.sent(len(changes.encode()), now):
                changes += QUESTION
            large = self._synchronizes and len(changes) >= _LARGE
            outlet.put(f"{SYNC_START}{changes}{SYNC_END}" if large else changes)

    def start_application_mode(self) -> None:
        """Take the terminal; after a splash, what it has set up already stays as it is."""
        self._outlet = Outlet(self._output, self._moving)
        self._outlet.start()
        self._suspended = False
        self._away = False
        super().start_application_mode()  # type: ignore[no-untyped-call]
        raw_output(self.fileno)
        self._canvas.forget()
        if self._takeover is not None:
            self.attrs_before = self._takeover.attributes
            self._canvas.adopt(self._takeover.painted)
            self._takeover = None
        if self._asks:
            self._asks = False
            self.write(PROBE)

    def stop_application_mode(self) -> None:
        """Give the terminal back; a stalled line holds this up a bounded time."""
        self._holding = False
        self._flush()
        self._away = True
        super().stop_application_mode()

    def close(self) -> None:
        """End the writer; what a stalled line has not taken by then is lost."""
        outlet, self._outlet = self._outlet, None
        if outlet is not None:
            outlet.stop()
        super().close()

    def run_input_thread(self) -> None:
        """Read keys until told to stop; bytes that are no text become U+FFFD, a terminal that is gone ends the app."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder(terminal_codeset())(errors="replace").decode
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(0.1):
                    data = os.read(self.fileno, 1 << 12)
                    if not data:
                        os.kill(os.getpid(), signal.SIGHUP)
                        return
                    # Half a character is no text yet, and no text would tell the parser that the keyboard has gone.
                    if text := decode(data):
                        for message in parser.feed(text):
                            self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)
        with contextlib.suppress(EOFError, ParseError):
            for _ in parser.feed(""):
                pass

    def _get_terminal_size(self) -> tuple[int, int]:
        """Columns and rows as the terminal says, at least 1 x 1; COLUMNS and LINES are stale after a resize.

        It is asked for at the start and at every change: what a change has done to the screen only the terminal knows.
        """
        if self._outlet is not None:
            self._canvas.forget()
        return size_of(self._output) or (80, 24)

    def _is_whole(self, frame: str) -> bool:
        """Whether a frame paints the first and the last line: a partial one would not cover the splash."""
        return frame.startswith("\x1b[1;1H") and f"\x1b[{self._app.size.height};1H" in frame

    def _moving(self) -> None:
        """From the writer's thread."""
        with contextlib.suppress(RuntimeError):  # the loop has ended: so has the need
            self._loop.call_soon_threadsafe(self._flush)

    def _repaint(self) -> None:
        self._canvas.forget()
        if self._app.screen_stack:
            self._app.screen.refresh(layout=False)

    def _hang_up(self, number: int, _frame: FrameType | None) -> None:
        """End at once: on SIGHUP nobody is there any more, else the terminal is given back first."""
        if number != signal.SIGHUP:
            outlet, self._outlet = self._outlet, None
            # A frame that is on its way is let finish, so that nothing is painted over the shell.
            idle = outlet is None or outlet.writing.acquire(timeout=0.3)
            if not self._suspended:
                give_back(self._output, self.fileno, self.attrs_before, 0.3 if idle else 0.05)
        os._exit(128 + number)

    def _sigtstp_application(self, *_: object) -> None:
        """Suspend from the event loop, where no write is half done."""
        self._loop.call_soon_threadsafe(self._suspend)

    def _sigcont_application(self, *_: object) -> None:
        """After a stop that could not be seen coming (SIGSTOP), take the terminal anew."""
        if self._auto_restart and not self._suspended and self._outlet is not None:
            self._loop.call_soon_threadsafe(self._renew)

    def _suspend(self) -> None:
        """Give the terminal back, stop the job, and take the terminal again when it goes on."""
        taken = self._auto_restart and self._outlet is not None
        if taken:
            self._suspended = True
            self.suspend_application_mode()
        # The whole job stops, not this process alone: `uv run newstui` has a parent that the shell waits for.
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.killpg(0, signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, self._sigtstp_application)
        if taken:
            self._must_signal_resume = True
            self.resume_application_mode()
            self._repaint()

    def _renew(self) -> None:
        if self._outlet is not None and self.attrs_before is not None:
            before = self.attrs_before
            self.suspend_application_mode()
            self.resume_application_mode()
            self.attrs_before = before
            with contextlib.suppress(termios.error):
                termios.tcflush(self.fileno, termios.TCIFLUSH)
            self._repaint()
