"""A thin line: little is written, nothing while nobody types, and a slow line stays in step with the keys."""

from __future__ import annotations

import os
import select
import sys
import time
from pathlib import Path

import pytest

from tests.pty.library import build_plain
from tests.pty.terminal import Terminal, screen_of

NEWSTUI = [sys.executable, "-m", "newstui"]
ENV = {"COLORTERM": ""}
BITS = 9600
KEYS = 120


def _cursor(terminal: Terminal) -> int:
    """The screen line with the cursor's mark, -1 without."""
    return next((number for number, line in enumerate(terminal.text.splitlines()) if ">" in line[:12]), -1)


def _ready(terminal: Terminal) -> None:
    terminal.shows("第0号新闻", "Enter 阅读")
    terminal.until(lambda: b"\x1b[?2004h" in terminal.wire, "the app")
    terminal.send("j")
    terminal.until(lambda: _cursor(terminal) == 2, "an answer")
    while terminal.pump(0.3):
        pass


@pytest.mark.parametrize(("setting", "most"), [("on", 40), ("off", 120)])
def test_one_row_down_costs_few_bytes(home: Path, setting: str, most: int) -> None:
    build_plain(home)
    (home / "config.toml").write_text(f'slow_link = "{setting}"\n')
    with Terminal(NEWSTUI, env=ENV) as terminal:
        _ready(terminal)
        mark = len(terminal.wire)
        terminal.send("j")
        terminal.until(lambda: _cursor(terminal) == 3, "the cursor a row down")
        while terminal.pump(0.3):
            pass
        assert 0 < len(terminal.wire) - mark <= most, terminal.wire[mark:]
        terminal.send("q")
        assert terminal.ends() == 0
        assert terminal.given_back() == []


def test_nothing_is_written_while_nobody_types(home: Path) -> None:
    build_plain(home)
    with Terminal(NEWSTUI, env=ENV) as terminal:
        _ready(terminal)
        mark = len(terminal.wire)
        assert not terminal.pump(5.0), terminal.wire[mark:]  # two looks for other writers are in it
        terminal.send("q")
        assert terminal.ends() == 0


def _shows_row(wire: bytes, number: int) -> bool:
    """Whether the cursor stands on an article of the plain cache."""
    buffer = screen_of(wire, (80, 24)).buffer
    lines = ("".join(buffer[row][column].data for column in range(80)) for row in range(24))
    return any(">" in line[:12] and f"第{number}号" in line for line in lines)


def _answer(terminal: Terminal, seen: bytearray, answered: int) -> int:
    """Answer what the terminal has been asked so far, as `answered` questions have been; how many then have."""
    asked = seen.count(b"\x1b[6n")
    terminal.send("\x1b[1;1R" * (asked - answered))
    return asked


@pytest.mark.parametrize("answers", [True, False], ids=["a terminal that answers", "one that does not"])
def test_a_held_key_stays_in_step_over_a_slow_line(home: Path, answers: bool) -> None:
    build_plain(home, 300)
    (home / "config.toml").write_text('slow_link = "on"\n')
    with Terminal(NEWSTUI, env=ENV) as terminal:
        _ready(terminal)
        wire, seen = bytes(terminal.wire), bytearray()
        began = released = time.monotonic()
        pressed = answered = 0
        while not (pressed == KEYS and _shows_row(wire + seen, KEYS + 1)):
            now = time.monotonic()
            while pressed < min((now - began) * 30, KEYS):  # as a key that is held down repeats
                terminal.send("j")
                pressed, released = pressed + 1, now
            room = int((now - began) * BITS / 10) - len(seen)
            if room > 0 and select.select([terminal.master], [], [], 0.02)[0]:
                seen += os.read(terminal.master, room)
                answered = _answer(terminal, seen, answered) if answers else 0
            assert now - released < 14, "every row painted for itself would take twenty seconds and more"
