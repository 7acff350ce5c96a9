"""The writer: a thread that carries output to the terminal, so that a stalled line never holds up the app."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Final

from newstui.terminal.codeset import encode, terminal_codeset
from newstui.terminal.modes import write_all

_BACKLOG: Final = 1 << 12
"""Bytes that may wait for the line; while more do, no frame is to be made."""


class Outlet(threading.Thread):
    """Writes to `descriptor` in order; `put` never blocks and `stop` waits a bounded time."""

    def __init__(self, descriptor: int, moving: Callable[[], None], codeset: str = "") -> None:
        """`moving` is called from this thread when all is written, after `has_room` has said no.

        `codeset` is the terminal's encoding; "" asks for that of stdout.
        """
        super().__init__(name="newstui-output", daemon=True)
        self._descriptor = descriptor
        self._codeset = codeset or terminal_codeset()
        self._moving = moving
        self._queue: SimpleQueue[bytes | None] = SimpleQueue()
        self._count = threading.Lock()
        self._waiting = 0
        self._refused = False
        self.writing = threading.Lock()
        """Held while bytes are on their way: whoever takes it finds no half-written sequence."""

    def has_room(self) -> bool:
        """Whether a frame would be on its way soon; when not, `moving` tells when to make one."""
        with self._count:
            self._refused = self._waiting > _BACKLOG
            return not self._refused

    def put(self, data: str) -> None:
        """Queue `data`."""
        encoded = encode(data, self._codeset)
        with self._count:
            self._waiting += len(encoded)
        self._queue.put(encoded)

    def stop(self, patience: float = 1.0) -> None:
        """Write what waits and end; give up after `patience` seconds."""
        self._queue.put(None)
        self.join(patience)

    def run(self) -> None:
        """Write until `stop`, several waiting pieces at once; a terminal that has gone swallows the rest."""
        gone = False
        while True:
            pieces = [self._queue.get()]
            try:
                while pieces[-1] is not None:
                    pieces.append(self._queue.get_nowait())
            except Empty:
                pass
            data = b"".join(piece for piece in pieces if piece is not None)
            if not gone:
                try:
                    with self.writing:
                        write_all(self._descriptor, data)
                except OSError:
                    gone = True
            with self._count:
                self._waiting -= len(data)
                moving, self._refused = self._refused and not self._waiting, self._refused and bool(self._waiting)
            if pieces[-1] is None:
                return
            if moving and not gone:
                self._moving()
