"""Textual's own widgets fed with hostile text: nothing of it may reach the terminal as a control."""

from __future__ import annotations

import sys

import pytest

from tests.pty.apps import WIDGETS
from tests.pty.hostile import ALL, MARK, foreign_controls
from tests.pty.terminal import Terminal


def _command(widget: str, text: str) -> list[str]:
    return [sys.executable, "-m", "tests.pty.apps", widget, text.encode("utf-8", "surrogatepass").hex()]


@pytest.mark.parametrize("widget", sorted(WIDGETS.keys() - {"broken"}))
def test_no_foreign_control_leaves_any_widget(widget: str) -> None:
    with Terminal(_command(widget, ALL), size=(160, 24)) as terminal:
        terminal.shows(MARK)
        terminal.send("q" if widget != "input" else "\x11")
        assert terminal.ends() == 0
        assert foreign_controls(bytes(terminal.wire)) == []
        assert terminal.given_back() == []


def test_a_crash_gives_the_terminal_back_and_its_report_is_harmless() -> None:
    with Terminal(_command("broken", ALL), size=(160, 24)) as terminal:
        assert terminal.ends() == 1
        assert b"ValueError" in terminal.wire and MARK.encode() in terminal.wire
        assert foreign_controls(bytes(terminal.wire)) == []
        assert terminal.given_back() == []


def test_the_check_itself_sees_an_unhardened_app() -> None:
    bare = (
        "from textual.app import App\nfrom textual.content import Content\nfrom textual.widgets import Static\n"
        f"class A(App):\n def compose(self): yield Static(Content({ALL!r}))\n def key_q(self): self.exit()\n"
        "A().run()"
    )
    with Terminal([sys.executable, "-c", bare], size=(160, 24)) as terminal:
        terminal.until(lambda: MARK.encode() in terminal.wire, "the text")
        terminal.send("q")
        terminal.ends()
        assert len(foreign_controls(bytes(terminal.wire).replace(b"\xed\xa0\xbd", b"?"))) > 5
