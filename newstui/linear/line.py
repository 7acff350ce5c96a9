"""Keyboard and signals of the terminal, taken and given back."""

from __future__ import annotations

import contextlib
import os
import signal
import termios
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final, NoReturn

from newstui.terminal.codeset import encode
from newstui.terminal.modes import Attributes, write_all

_PASTE_ON: Final = "\x1b[?2004h"
_PASTE_OFF: Final = "\x1b[?2004l"
_HANG_UPS: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class EndedError(Exception):
    """A signal asks the program to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Signals:
    """Signals as things to ask about, and a descriptor that wakes whoever waits."""

    def __init__(self) -> None:
        self.resized = False
        self.stopped = False
        self.wake, self._waker = os.pipe()
        for descriptor in (self.wake, self._waker):
            os.set_blocking(descriptor, False)
        signal.set_wakeup_fd(self._waker, warn_on_full_buffer=False)
        for number in _HANG_UPS:
            signal.signal(number, self._end)
        signal.signal(signal.SIGWINCH, self._note)
        signal.signal(signal.SIGTSTP, self._note)

    @staticmethod
    def _end(number: int, _frame: FrameType | None) -> NoReturn:
        """The first one ends in order; a further one ends at once."""
        for each in _HANG_UPS:
            signal.signal(each, signal.SIG_DFL)
        raise EndedError(number)

    def _note(self, number: int, _frame: FrameType | None) -> None:
        if number == signal.SIGWINCH:
            self.resized = True
        else:
            self.stopped = True

    def drain(self) -> None:
        """Take what woke us."""
        with contextlib.suppress(BlockingIOError):
            os.read(self.wake, 512)

    def stop(self) -> None:
        """Stop the whole job, as a shell expects; comes back when it goes on."""
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.killpg(0, signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, self._note)
        self.stopped = False

    def close(self) -> None:
        """Ask for no more."""
        signal.set_wakeup_fd(-1)
        os.close(self.wake)
        os.close(self._waker)


class Line:
    """The terminal's two ends: `output` takes bytes, `keyboard` gives them."""

    def __init__(self, keyboard: int, output: int, codeset: str, *, keys: bool) -> None:
        """`keys`: single keys are read, unechoed; else the terminal gives whole lines and nothing is switched."""
        self.keyboard = keyboard
        self._output = output
        self._codeset = codeset
        self._keys = keys
        self._before: Attributes | None = None

    def write(self, text: str) -> None:
        """Write text that is ready for the terminal."""
        from newstui.terminal.outgoing import outgoing

        write_all(self._output, encode(_lines(outgoing, text), self._codeset))

    def take(self) -> None:
        """Single keys from here on: no echo, no waiting for Enter; Ctrl-C and Ctrl-Z go on making signals."""
        if not self._keys:
            return
        before = termios.tcgetattr(self.keyboard)
        now = [*before[:6], list(before[6])]
        now[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
        now[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
        now[6][termios.VMIN], now[6][termios.VTIME] = 1, 0
        now[6][termios.VQUIT] = b"\x00"
        termios.tcsetattr(self.keyboard, termios.TCSANOW, now)
        self._before = before
        self.write(_PASTE_ON)

    def give_back(self, last: str, patience: float = 0.3) -> None:
        """Write the last bytes and restore the keyboard; a stalled line costs at most `patience` seconds."""
        text = last + (_PASTE_OFF if self._before is not None else "")

        def write() -> None:
            with contextlib.suppress(OSError):  # the terminal has gone: nothing is left to restore
                self.write(text)

        writer = threading.Thread(target=write, daemon=True)
        writer.start()
        writer.join(patience)
        if self._before is not None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self.keyboard, termios.TCSANOW, self._before)
            self._before = None


def _lines(door: object, text: str) -> str:
    """Each line through the last door, which lets no line feed pass."""
    assert callable(door)
    return "\n".join(door(line) for line in text.split("\n"))


@contextmanager
def signals() -> Iterator[Signals]:
    """The signals, asked about for a while."""
    asked = Signals()
    try:
        yield asked
    finally:
        asked.close()
