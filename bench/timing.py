"""One run of a program on a pty: when did which bytes arrive, and how much memory did it take at most."""

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
from dataclasses import dataclass
from typing import Final

import pyte

COLUMNS: Final = 80
ROWS: Final = 24
_PATIENCE: Final = 60.0
_UNKNOWN_TO_PYTE: Final = re.compile(rb"\x1b\[[<>=][0-9;]*u|\x1b\[\?[0-9;]*\$p")


@dataclass(frozen=True, slots=True)
class Run:
    """What arrived from one run, and when; times are in ms since the process was started."""

    chunks: tuple[tuple[float, bytes], ...]
    peak: float
    """Largest resident set, in MB."""

    def first(self, wanted: bytes) -> float:
        """When `wanted` had arrived; raises ValueError when it never did."""
        data = b""
        for at, chunk in self.chunks:
            data += chunk
            if wanted in data:
                return at
        raise ValueError(f"{wanted!r} never arrived")

    def screens(self) -> list[tuple[float, list[str]]]:
        """The screen after every chunk."""
        screen = pyte.Screen(COLUMNS, ROWS)
        stream = pyte.ByteStream(screen)
        states = []
        for at, chunk in self.chunks:
            stream.feed(_UNKNOWN_TO_PYTE.sub(b"", chunk))
            states.append((at, list(screen.display)))
        return states


def run(
    command: Sequence[str], env: Mapping[str, str], *, keys: bytes = b"", done: Sequence[bytes], quiet: float = 0.5
) -> Run:
    """Start `command` with `keys` typed at once, wait for all of `done`, then `quiet` seconds of silence, press q."""
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def log_in() -> None:
        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    os.write(master, keys)
    began = time.perf_counter()
    process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=dict(env), preexec_fn=log_in)
    os.close(slave)
    chunks: list[tuple[float, bytes]] = []
    data = b""
    asked = False

    def arrived() -> bool:
        return all(part in data for part in done)

    while True:
        patience = 5.0 if asked else quiet if arrived() else _PATIENCE
        if select.select([master], [], [], patience)[0]:
            try:
                chunk = os.read(master, 1 << 16)
            except OSError:  # EIO: the child has closed its side
                break
            chunks.append(((time.perf_counter() - began) * 1000, chunk))
            data += chunk
        elif asked or not arrived():
            process.kill()
            break
        else:
            asked = True
            os.write(master, b"q")
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    os.close(master)
    if not arrived() or process.returncode:
        raise RuntimeError(f"{command}: ended with {process.returncode}; last bytes {data[-300:]!r}")
    return Run(tuple(chunks), usage.ru_maxrss / 1024)
