"""Progress on a terminal: how much, how fast, how long yet."""

from __future__ import annotations

import io

import pytest

from newstui.cli import progress as module
from newstui.cli.progress import Progress


class Terminal(io.StringIO):
    """A stderr that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_the_rate_and_the_time_left_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter([0.0, 0.5, 10.0, 10.1])
    monkeypatch.setattr(module, "monotonic", lambda: next(moments))
    shown = Terminal()
    monkeypatch.setattr("sys.stderr", shown)
    progress = Progress("auto")
    for done in (1, 1234, 1240):
        progress.show(done, 5000)
    drawn = [line.strip() for line in shown.getvalue().replace("\x1b[K", "").split("\r") if line]
    assert drawn == ["1/5,000", "1,234/5,000 · 123/s · 31 s left"]
