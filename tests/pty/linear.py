"""The linear mode on a terminal, for tests: keys in, and what was written for them."""

from __future__ import annotations

import re
import sys

from tests.pty.terminal import Terminal

NEWSTUI = [sys.executable, "-m", "newstui"]
LINEAR = [*NEWSTUI, "--linear"]
BOXES = re.compile(r"[\u2500-\u259f]")
SEQUENCES = re.compile(rb"\x1b(?:\[[0-9;?]*[ -/]*[@-~])?")
ALLOWED = re.compile(rb"\x1b\[(?:[0-9]*[ABD]|\?2004[hl])")


def after(terminal: Terminal, keys: str, *texts: str) -> bytes:
    """What is written when keys are typed, once every text of `texts` is in it and the cursor's way has ended."""
    mark = len(terminal.wire)
    terminal.send(keys)

    def written() -> bool:
        new = bytes(terminal.wire[mark:])
        return all(text.encode() in new for text in texts) and (not texts or new.endswith(b"\r"))

    terminal.until(written, f"{texts!r} after {keys!r}")
    return bytes(terminal.wire[mark:])


def line_at_cursor(terminal: Terminal) -> str:
    return terminal.text.split("\n")[terminal.screen.cursor.y]


def opened(terminal: Terminal, number: str = "1") -> None:
    """Wait for the tabs and open one by its number."""
    terminal.until(lambda: terminal.wire.endswith(b"\r"), "the tabs")
    after(terminal, number, "号新闻")


def assert_plain(wire: bytes) -> None:
    """Nothing clears, colours, boxes or hides anything."""
    odd = [found for found in SEQUENCES.findall(wire) if not ALLOWED.fullmatch(found)]
    assert odd == []
    assert BOXES.search(wire.decode()) is None
