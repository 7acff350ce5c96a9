"""A terminal for tests: a child on a pty, its bytes on the wire, and the screen they make (pyte).

Everything waits for a condition with a deadline; nothing sleeps.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import pyte

ROOT: Final = Path(__file__).resolve().parents[2]
PATIENCE: Final = 15.0
"""Seconds that any one condition may take; far beyond what a loaded machine needs."""

# Puts the child in a session of its own with the pty as its controlling terminal, as a login does.
_LOGIN: Final = (
    "import fcntl,os,sys,termios\nos.setsid()\nfcntl.ioctl(0,termios.TIOCSCTTY,0)\nos.execvp(sys.argv[1],sys.argv[1:])"
)
# pyte prints what it does not know of these (kitty keys, mode requests, pointer shapes, pictures).
_UNKNOWN_TO_PYTE: Final = re.compile(
    rb"\x1b\[[<>=][0-9;]*u|\x1b\[\?[0-9;]*\$p|\x1b\]22;[^\x07]*\x07|\x1b[_P][^\x1b]*\x1b\\"
)
_UNFINISHED: Final = re.compile(rb"\x1b(?:\[[0-9;:<=>?$]*|\][^\x07\x1b]*\x1b?|[_P][^\x1b]*\x1b?)?$")
_MOUSE: Final = (b"1000", b"1003", b"1006", b"1015")

Cell = tuple[str, str, str, bool, bool, bool]
"""Character, foreground, background, bold, underscore, reverse."""


def screen_of(wire: bytes, size: tuple[int, int]) -> pyte.Screen:
    """The screen that `wire` makes on a terminal of `size` (columns, rows)."""
    screen = pyte.Screen(*size)
    pyte.ByteStream(screen).feed(_UNKNOWN_TO_PYTE.sub(b"", wire))
    return screen


class Terminal:
    """A child process on a terminal of `size` (columns, rows); use as a context manager."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str] | None = None,
        cell: tuple[int, int] = (0, 0),
    ) -> None:
        """`env` is laid over a clean environment; `cell` is a cell's size in pixels, 0 when it is not told."""
        self._cell = cell
        self.wire = bytearray()
        self._unfed = b""
        self.master, self.slave = os.openpty()
        self.attributes: list[Any] = termios.tcgetattr(self.slave)
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self._set_size(size)
        base = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("NEWSTUI_HOME", "/nonexistent"),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "TZ": "Asia/Shanghai",
        }
        if "NEWSTUI_HOME" in os.environ:
            base["NEWSTUI_HOME"] = os.environ["NEWSTUI_HOME"]
        self.process = subprocess.Popen(
            [sys.executable, "-c", _LOGIN, *command],
            stdin=self.slave,
            stdout=self.slave,
            stderr=self.slave,
            env={**base, **(env or {})},
            cwd=ROOT,
        )
        os.set_blocking(self.master, False)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)
        for descriptor in (self.master, self.slave):
            with contextlib.suppress(OSError):
                os.close(descriptor)

    def send(self, keys: str | bytes) -> None:
        """Type `keys`."""
        os.write(self.master, keys.encode() if isinstance(keys, str) else keys)

    def resize(self, columns: int, rows: int) -> None:
        """Change the window's size, as a terminal emulator does."""
        self.screen.resize(rows, columns)
        self._set_size((columns, rows))

    def signal(self, number: int) -> None:
        """Send a signal to the child alone."""
        os.kill(self.process.pid, number)

    def pump(self, seconds: float = 0.05) -> bool:
        """Take in what the child has written, waiting up to `seconds` for it; False when there was nothing."""
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self.master, 1 << 16)
        except OSError:
            return False
        self.wire += data
        data = self._unfed + data
        cut = _UNFINISHED.search(data)
        self._unfed = data[cut.start() :] if cut else b""
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", data[: cut.start()] if cut else data))
        return bool(data)

    def until(self, condition: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
        """Wait for `condition`; fails with the screen when it does not come."""
        deadline = time.monotonic() + patience
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(
                    f"waited {patience:g} s for {what}; screen:\n{self.text}\nwire: {self.wire[-600:]!r}"
                )
            if not self.pump() and self.process.poll() is not None and not self.pump() and not condition():
                ended = f"the child ended with {self.process.returncode} before {what}"
                raise AssertionError(f"{ended}; screen:\n{self.text}\nwire: {self.wire[-2000:]!r}")

    def answers(self, keys: str) -> None:
        """Type `keys` and wait until anything at all is painted."""
        mark = len(self.wire)
        self.send(keys)
        self.until(lambda: len(self.wire) > mark, f"an answer to {keys!r}")

    def shows(self, *texts: str) -> None:
        """Wait until every text stands on the screen."""
        self.until(lambda: all(text in self.text for text in texts), f"{texts!r} on screen")

    def hides(self, text: str) -> None:
        """Wait until `text` is gone from the screen."""
        self.until(lambda: text not in self.text, f"{text!r} gone")

    def ends(self) -> int:
        """Wait for the child's end, taking in all it writes; its exit code (negative: a signal)."""
        deadline = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            if time.monotonic() > deadline:
                raise AssertionError(f"the child does not end; screen:\n{self.text}")
            self.pump()
        while self.pump():
            pass
        return self.process.returncode

    @property
    def text(self) -> str:
        """The screen, a line a row; the empty second halves of wide characters left out."""
        buffer = self.screen.buffer
        return "\n".join(
            "".join(buffer[row][column].data for column in range(self.screen.columns)).rstrip()
            for row in range(self.screen.lines)
        )

    @property
    def cells(self) -> list[list[Cell]]:
        """Every cell with its looks."""
        buffer = self.screen.buffer
        return [
            [
                (cell.data, cell.fg, cell.bg, cell.bold, cell.underscore, cell.reverse)
                for cell in (buffer[row][column] for column in range(self.screen.columns))
            ]
            for row in range(self.screen.lines)
        ]

    def given_back(self) -> list[str]:
        """What the child has left wrong with the terminal; empty when all is as it was."""
        wrong = []
        wire = bytes(self.wire)
        if termios.tcgetattr(self.slave) != self.attributes:
            wrong.append("keyboard mode not restored")
        for mode, name in [(b"1049", "alternate screen"), (b"2004", "bracketed paste"), (b"1004", "focus reports")]:
            if wire.rfind(b"\x1b[?" + mode + b"l") < wire.rfind(b"\x1b[?" + mode + b"h"):
                wrong.append(f"{name} left on")
        wrong += [
            f"mouse mode {mode.decode()} left on"
            for mode in _MOUSE
            if wire.rfind(b"\x1b[?" + mode + b"l") < wire.rfind(b"\x1b[?" + mode + b"h")
        ]
        if wire.rfind(b"\x1b[?25h") < wire.rfind(b"\x1b[?25l"):
            wrong.append("cursor left hidden")
        if wire.rfind(b"\x1b[?7h") < wire.rfind(b"\x1b[?7l"):
            wrong.append("line wrap left off")
        if wire.rfind(b"\x1b[<u") < wire.rfind(b"\x1b[>"):
            wrong.append("kitty keys left on")
        left = wire.rfind(b"\x1b[?1049l")
        if left >= 0 and re.search(rb"\x1b\[\d+;\d+H", wire[left:]):
            wrong.append("painted after leaving the alternate screen")
        return wrong

    def _set_size(self, size: tuple[int, int]) -> None:
        columns, rows = size
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, *self._pixels(columns, rows)))

    def _pixels(self, columns: int, rows: int) -> tuple[int, int]:
        return columns * self._cell[0], rows * self._cell[1]
