"""Signals, job control, window sizes, foreign key bytes and stalled lines, on a small app with our driver."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from tests.pty.terminal import Terminal

APP = [sys.executable, "-m", "tests.pty.apps", "input", "新都新闻".encode().hex()]
SHOWN = "新都新闻"


def test_gbk_key_bytes_are_shown_as_replaced_and_the_app_lives_on() -> None:
    with Terminal(APP) as terminal:
        terminal.shows(SHOWN)
        terminal.send("新闻".encode("gbk"))
        terminal.shows("\ufffd")
        terminal.send("好")
        terminal.shows("好")
        terminal.send("\x11")
        assert terminal.ends() == 0
        assert terminal.given_back() == []


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_gives_the_terminal_back(number: int, code: int) -> None:
    with Terminal(APP) as terminal:
        terminal.shows(SHOWN)
        terminal.signal(number)
        assert terminal.ends() == code
        assert terminal.given_back() == []


def test_a_hang_up_ends_the_app() -> None:
    with Terminal(APP) as terminal:
        terminal.shows(SHOWN)
        os.close(terminal.slave)
        os.close(terminal.master)
        assert terminal.process.wait(20) == 129


def test_control_z_stops_the_job_and_fg_brings_it_back() -> None:
    with Terminal(["bash", "--norc", "--noprofile", "-i"], env={"PS1": "shell> "}) as terminal:
        terminal.shows("shell>")
        shell_mode = terminal.attributes
        terminal.send(" ".join(APP) + "\r")
        terminal.shows(SHOWN)
        mark = len(terminal.wire)
        terminal.send("\x1a")
        terminal.until(lambda: b"Stopped" in terminal.wire[mark:], "the shell's word that the job stopped")
        terminal.attributes = shell_mode
        terminal.send("stty -a\r")
        terminal.until(lambda: b" icanon" in terminal.wire[mark:], "canonical mode back")
        # At its prompt the shell's line editor has a keyboard mode and bracketed paste of its own.
        assert set(terminal.given_back()) <= {"keyboard mode not restored", "bracketed paste left on"}
        mark = len(terminal.wire)
        terminal.send("fg\r")
        terminal.until(lambda: SHOWN.encode() in terminal.wire[mark:], "the app's screen again")
        terminal.send("回")
        terminal.until(lambda: "回".encode() in terminal.wire[mark:], "keys reach the app again")
        terminal.send("\x11")
        mark = len(terminal.wire)
        terminal.until(lambda: b"shell>" in terminal.wire[mark:], "the prompt")
        terminal.send("exit\r")
        terminal.ends()


def test_a_stop_that_no_one_can_see_coming_is_survived() -> None:
    with Terminal(APP) as terminal:
        terminal.shows(SHOWN)
        terminal.signal(signal.SIGSTOP)
        terminal.signal(signal.SIGCONT)
        mark = len(terminal.wire)
        terminal.until(lambda: SHOWN.encode() in terminal.wire[mark:], "the screen painted anew")
        terminal.send("活")
        terminal.shows("活")
        terminal.send("\x11")
        assert terminal.ends() == 0
        assert terminal.given_back() == []


def test_a_storm_of_sizes_down_to_one_cell() -> None:
    with Terminal(APP) as terminal:
        terminal.shows(SHOWN)
        for columns, rows in [(1, 1), (2, 1), (1, 40), (300, 2), (40, 12), (1, 1)] * 5:
            terminal.resize(columns, rows)
            terminal.pump(0.001)
        terminal.resize(80, 24)
        terminal.send("大")
        terminal.shows(SHOWN, "大")
        terminal.send("\x11")
        assert terminal.ends() == 0
        assert terminal.given_back() == []


def test_a_stalled_line_does_not_hold_the_app_up() -> None:
    with Terminal(APP, size=(200, 60)) as terminal:
        terminal.shows(SHOWN)
        # Nobody reads from here on: each new size makes a whole frame, more than the kernel's buffer takes.
        for columns in range(100, 160):
            terminal.resize(columns, 60)
            terminal.send("x")
        terminal.signal(signal.SIGTERM)
        assert terminal.process.wait(20) == 143
