"""A program on a pty that lives through many keys: what each key makes it write, and how long until the last byte."""

from __future__ import annotations

import fcntl
import os
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

import pyte

_UNKNOWN_TO_PYTE: Final = re.compile(rb"\x1b\[[<>=][0-9;]*u|\x1b\[\?[0-9;]*\$p|\x1b\]22;[^\x07]*\x07|\x1b\[[0-9]*[ST]")


class Answer(NamedTuple):
    """What came of one key."""

    wire: bytes
    ms: float
    """From the key to the last byte; 0 when nothing came."""


class Session:
    """A child on a terminal of `size` (columns, rows); use as a context manager."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str], size: tuple[int, int]) -> None:
        self.wire = bytearray()
        self.size = size
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

        def log_in() -> None:
            os.setsid()
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=dict(env), preexec_fn=log_in
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._master)

    def read(self, patience: float) -> bytes:
        """What arrives within `patience` seconds, b"" when nothing does; raises EOFError when the child has ended."""
        if not select.select([self._master], [], [], patience)[0]:
            return b""
        try:
            data = os.read(self._master, 1 << 16)
        except OSError as error:  # EIO: the child has closed its side
            raise EOFError(f"the program has ended; its last bytes: {bytes(self.wire[-300:])!r}") from error
        self.wire += data
        # A terminal says where its cursor is when it is asked; any place will do.
        for _ in range(data.count(b"\x1b[6n")):
            os.write(self._master, b"\x1b[1;1R")
        return data

    def until(self, wanted: str, patience: float = 60.0) -> None:
        """Wait until `wanted` stands on the screen; raises TimeoutError when it does not come."""
        deadline = time.monotonic() + patience
        while wanted not in self.screen():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{wanted!r} does not come; screen:\n{self.screen()}")
            self.read(0.2)

    def settle(self, quiet: float) -> None:
        """Take in what is still coming, until nothing has come for `quiet` seconds."""
        while self.read(quiet):
            pass

    def press(self, keys: str, quiet: float) -> Answer:
        """Type `keys` and take in the answer, which is over when nothing has come for `quiet` seconds."""
        began = last = time.perf_counter()
        os.write(self._master, keys.encode())
        answer = b""
        while data := self.read(quiet):
            last = time.perf_counter()
            answer += data
        return Answer(answer, (last - began) * 1000)

    def send(self, keys: str) -> None:
        """Type `keys` without waiting."""
        os.write(self._master, keys.encode())

    def screen(self) -> str:
        """The screen as all bytes so far make it, wide characters' empty halves left out."""
        screen = pyte.Screen(*self.size)
        pyte.ByteStream(screen).feed(_UNKNOWN_TO_PYTE.sub(b"", bytes(self.wire)))
        rows = (screen.buffer[row] for row in range(screen.lines))
        return "\n".join("".join(row[column].data for column in range(screen.columns)).rstrip() for row in rows)

    def cpu(self) -> float:
        """Seconds of CPU that the child has used so far."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii", errors="replace")
        fields = stat.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
