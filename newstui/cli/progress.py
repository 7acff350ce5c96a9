"""Progress of a long command: one rewritten line on a terminal, JSON lines for a program, nothing otherwise."""

from __future__ import annotations

import sys
from math import ceil
from time import monotonic
from types import TracebackType
from typing import Literal, Self

from newstui.cli.output import print_json
from newstui.text.clean import clean_line

_EVERY = 0.25
"""Seconds between two drawings: a slow line is not flooded."""


class Progress:
    """Shows "done/total · rate · time left" on stderr (auto, on a terminal) or as a JSON object on stdout (json)."""

    def __init__(self, mode: Literal["auto", "json", "none"], total: int = 0) -> None:
        self._mode = mode
        self._terminal = mode == "auto" and sys.stderr.isatty()
        self._last = -_EVERY
        self._began = monotonic()
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
            rate, left = self._pace(now, done, total)
            print_json({"event": "progress", "done": done, "total": total, "rate": round(rate, 1), "left": left})
            sys.stdout.flush()
        elif self._terminal:
            of = f"/{total:,}" if total else ""
            rate, left = self._pace(now, done, total)
            pace = f" · {rate:,.0f}/s" if rate >= 1 else ""
            ahead = f" · {_span(left)} left" if left else ""
            sys.stderr.write(f"\r{done:,}{of}{pace}{ahead} \x1b[K")
            sys.stderr.flush()
            self._drawn = True

    def _pace(self, now: float, done: int, total: int) -> tuple[float, int]:
        """Steps a second since the beginning, and whole seconds left at that rate; 0 for what is not known yet."""
        spent = now - self._began
        if done < 1 or spent < 1:
            return 0.0, 0
        rate = done / spent
        return rate, ceil(max(0, total - done) / rate)

    def say(self, text: str) -> None:
        """A line of narration that does not mix with the progress line."""
        self._wipe()
        print(clean_line(text), file=sys.stderr, flush=True)

    def _wipe(self) -> None:
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._drawn = False


def _span(seconds: int) -> str:
    """A length of time as a person reads it: 18 s, 5 min, 2 h."""
    if seconds < 120:
        return f"{seconds} s"
    return f"{round(seconds / 60)} min" if seconds < 7200 else f"{round(seconds / 3600)} h"
