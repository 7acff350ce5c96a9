"""Progress of a long command: one rewritten line on a terminal, JSON lines for a program, nothing otherwise."""

from __future__ import annotations

import sys
from time import monotonic
from types import TracebackType
from typing import Literal, Self

from newstui.cli.output import print_json
from newstui.text.clean import clean_line

_EVERY = 0.1
"""Seconds between two drawings: a slow line is not flooded."""


class Progress:
    """Shows "done/total" on stderr (auto, on a terminal) or {"event","done","total"} on stdout (json)."""

    def __init__(self, mode: Literal["auto", "json", "none"], total: int = 0) -> None:
        self._mode = mode
        self._terminal = mode == "auto" and sys.stderr.isatty()
        self._last = -_EVERY
        self._drawn = False
        self._total = total

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._wipe()

    def show(self, done: int, total: int) -> None:
        """`done` of `total` (0 when not known); a burst is thinned out, the last step is always shown."""
        now = monotonic()
        if now - self._last < _EVERY and done != total:
            return
        self._last = now
        if self._mode == "json":
            print_json({"event": "progress", "done": done, "total": total})
            sys.stdout.flush()
        elif self._terminal:
            of = f"/{total}" if total else ""
            sys.stderr.write(f"\r{done}{of} \x1b[K")
            sys.stderr.flush()
            self._drawn = True

    def say(self, text: str) -> None:
        """A line of narration that does not mix with the progress line."""
        self._wipe()
        print(clean_line(text), file=sys.stderr, flush=True)

    def _wipe(self) -> None:
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._drawn = False
