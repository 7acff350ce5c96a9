"""Progress of a long command: one rewritten line on a terminal, JSON lines for a program, nothing otherwise."""

from __future__ import annotations

import sys
from collections import deque
from math import ceil
from time import monotonic
from types import TracebackType
from typing import Literal, Self

from newstui.cli.output import print_json
from newstui.text.clean import clean_line

_EVERY = 0.25
"""Seconds between two drawings: a slow line is not flooded."""
_RECENT = 30.0
"""Seconds that the rate is taken from: what an earlier import had finished passes far faster than what is new."""


class Progress:
    """Shows "done/total · rate · time left" on stderr (auto, on a terminal) or as a JSON object on stdout (json)."""

    def __init__(self, mode: Literal["auto", "json", "none"], total: int = 0) -> None:
        self._mode = mode
        self._terminal = mode == "auto" and sys.stderr.isatty()
        self._last = -_EVERY
        self._steps: deque[tuple[float, int, int]] = deque([(monotonic(), 0, 0)])
        self._drawn = False
        self._total = total

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._wipe()

    def show(self, done: int, total: int, read: int = 0, size: int = 0) -> None:
        """`done` of `total` (0 when not known), which are `read` of `size` bytes (0 when not known).

        A burst is thinned out, the last step is always shown. Bytes tell the time left better than the number of files:
        how many are in an archive is known when it is finished.
        """
        now = monotonic()
        if now - self._last < _EVERY and done != total:
            return
        self._last = now
        if self._mode == "json":
            rate, left = self._pace(now, done, total, read, size)
            print_json(
                {"event": "progress", "done": done, "total": total, "rate": round(rate, 1), "left": left}
                | ({"bytes": read, "bytes_total": size} if size else {})
            )
            sys.stdout.flush()
        elif self._terminal:
            of = f" · {100 * read // size} %" if size else f"/{total:,}" if total else ""
            rate, left = self._pace(now, done, total, read, size)
            pace = f" · {rate:,.0f}/s" if rate >= 1 else ""
            ahead = f" · {_span(left)} left" if left else ""
            sys.stderr.write(f"\r{done:,}{of}{pace}{ahead} \x1b[K")
            sys.stderr.flush()
            self._drawn = True

    def _pace(self, now: float, done: int, total: int, read: int, size: int) -> tuple[float, int]:
        """Steps a second of late, and whole seconds left at that rate; 0 for what is not known yet."""
        while len(self._steps) > 1 and self._steps[1][0] <= now - _RECENT:
            self._steps.popleft()
        then, done_then, read_then = self._steps[0]
        self._steps.append((now, done, read))
        spent = now - then
        if done <= done_then or spent < 1:
            return 0.0, 0
        rate = (done - done_then) / spent
        if size:
            return rate, ceil((size - read) * spent / (read - read_then)) if read > read_then else 0
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
