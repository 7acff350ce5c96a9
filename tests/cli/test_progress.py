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


def drawn_at(monkeypatch: pytest.MonkeyPatch, steps: list[tuple[float, int, int, int, int]]) -> list[str]:
    """What a terminal shows; the steps are seconds and what `show` takes."""
    moments = iter([0.0, *(step[0] for step in steps)])
    monkeypatch.setattr(module, "monotonic", lambda: next(moments))
    shown = Terminal()
    monkeypatch.setattr("sys.stderr", shown)
    progress = Progress("auto")
    for _, *step in steps:
        progress.show(*step)
    return [line.strip() for line in shown.getvalue().replace("\x1b[K", "").split("\r") if line]


def test_bytes_tell_the_time_left_of_an_archive_whose_files_are_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = drawn_at(monkeypatch, [(10.0, 500, 532, 50_000_000, 5_000_000_000)])
    assert drawn == ["500 · 1 % · 50/s · 16 min left"]


def test_what_was_finished_before_does_not_make_the_rest_look_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    passing = [(float(second), second * 1000, 90_000, second * 1000, 90_000) for second in range(1, 31)]
    slow = [(30.0 + second, 30_000 + second * 10, 90_000, 30_000 + second * 10, 90_000) for second in range(1, 41)]
    assert drawn_at(monkeypatch, passing + slow)[-1] == "30,400 · 33 % · 10/s · 99 min left"
