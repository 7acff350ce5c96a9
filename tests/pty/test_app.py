"""The program itself on a terminal: hostile caches, signals, job control, sizes, lost power."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from newstui.model import View
from newstui.store import open_store
from tests.pty.hostile import MARK, foreign_controls
from tests.pty.library import NOW, build_hostile, build_plain
from tests.pty.terminal import Terminal

NEWSTUI = [sys.executable, "-m", "newstui"]
FIRST = "第0号新闻"
"""The newest title of the plain cache."""


def test_first_keys_are_not_lost(home: Path) -> None:
    build_plain(home)
    with Terminal(NEWSTUI) as terminal:
        terminal.send("jjj")  # before Python has even started
        terminal.shows(FIRST)
        terminal.until(lambda: _cursor(terminal) == 3, "the cursor three lines down")
        terminal.send("q")
        assert terminal.ends() == 0
        assert terminal.given_back() == []


def test_marks_and_the_end_in_one_breath_are_kept_and_nothing_is_complained_of(home: Path) -> None:
    cache = build_plain(home)
    with Terminal(NEWSTUI) as terminal:
        terminal.shows(FIRST, "Enter 阅读")
        terminal.send("sjsjmq")
        assert terminal.ends() == 0
        assert b"Warning" not in terminal.wire and b"never awaited" not in terminal.wire
    with open_store(cache, now=NOW, write=False) as store:
        assert store.places.starred().total == 2
        assert store.places.totals().unread == 59


def test_pasted_text_is_no_command_on_the_list_and_text_in_a_prompt(home: Path) -> None:
    cache = build_plain(home)
    with Terminal(NEWSTUI) as terminal:
        terminal.shows(FIRST, "Enter 阅读")
        terminal.send("\x1b[200~sqA\x1b[201~j")
        terminal.until(lambda: _cursor(terminal) == 1, "the key after the paste")
        terminal.send("/\x1b[200~第59号\n第58号\x1b[201~")
        terminal.shows("第59号新闻")
        terminal.hides("第58号新闻")
        terminal.send("\r")
        terminal.shows("/第59号 1/1")
        terminal.send("qq")
        assert terminal.ends() == 0
    with open_store(cache, now=NOW, write=False) as store:
        assert store.places.starred().total == 0


def test_the_wheel_moves_list_and_text_and_a_click_opens(home: Path) -> None:
    build_plain(home)
    with Terminal(NEWSTUI, size=(120, 24)) as terminal:
        terminal.shows(FIRST, "正文第1段")  # the app, not only the splash
        terminal.send("\x1b[<65;20;10M")
        terminal.until(lambda: "第3号" in terminal.text.splitlines()[1][:40], "the list three lines on")
        terminal.send("\x1b[<64;20;10M" * 3)
        terminal.until(lambda: "第0号" in terminal.text.splitlines()[1][:40], "the list's beginning")
        terminal.send("\x1b[<0;20;6M\x1b[<0;20;6m")
        terminal.until(lambda: _cursor(terminal) == 4, "the cursor on the clicked line")
        terminal.send("\x1b[<0;20;6M\x1b[<0;20;6m")
        terminal.shows("Esc 返回")
        before = terminal.text
        terminal.send("\x1b[<65;90;10M")
        terminal.until(lambda: terminal.text.splitlines()[1][56:] != before.splitlines()[1][56:], "the text moved")
        terminal.send("\x1b[<0;2;1M\x1b[<0;2;1m")
        terminal.shows("Enter 阅读")
        terminal.send("q")
        assert terminal.ends() == 0


def _cursor(terminal: Terminal) -> int:
    """The list line with the cursor's mark, -1 without."""
    for number, line in enumerate(terminal.text.splitlines()[1:-1]):
        if ">" in line[:12]:
            return number
    return -1


@pytest.mark.parametrize("raw", [False, True], ids=["through the store", "behind the store"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
def test_hostile_text_reaches_no_terminal(home: Path, raw: bool, size: tuple[int, int]) -> None:
    build_hostile(home, raw=raw)
    with Terminal(NEWSTUI, size=size) as terminal:
        terminal.shows(MARK)

        terminal.shows("Enter 阅读")  # the list's keys in the footer
        terminal.send("s")
        terminal.shows("已收藏")
        terminal.send("\r")
        terminal.shows("Esc 返回")
        for _ in range(4):  # through body, links, enclosures and related headlines
            terminal.answers(" ")
        terminal.send("y")
        terminal.shows("已发往剪贴板")
        terminal.send("\x1b")
        terminal.shows("Enter 阅读")
        for _ in range(3):  # tabs, one of them with a hostile name
            terminal.answers("l")
        terminal.send("A")
        terminal.shows("是(y)")
        terminal.send("n")
        terminal.hides("是(y)")
        terminal.send("?")
        terminal.shows("命令与按键")
        terminal.send("\x1b")
        terminal.hides("命令与按键")
        terminal.send(":")
        terminal.shows("输入命令或栏目名称")
        terminal.send(MARK)  # finds the tab with the hostile name
        terminal.shows("打开这个栏目")
        terminal.send("\x1b")
        terminal.hides("打开这个栏目")
        terminal.send("/")
        terminal.shows("查找：")
        pasted = f"粘贴\x9b2J\u202e\x7f\x9d52;c;UFdORUQ=\x9c\u2066{MARK}"  # ESC itself ends a paste
        terminal.send(b"\x1b[200~" + pasted.encode() + b"\x1b[201~")
        terminal.until(lambda: MARK in terminal.text.splitlines()[-1], "the pasted text in the prompt")
        terminal.send("\x1b")
        terminal.hides("查找：")
        terminal.send("\x11")
        assert terminal.ends() == 0
        assert foreign_controls(bytes(terminal.wire)) == []
        assert terminal.given_back() == []


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_gives_the_terminal_back(home: Path, number: int, code: int) -> None:
    build_plain(home)
    with Terminal(NEWSTUI) as terminal:
        terminal.shows(FIRST)
        terminal.until(lambda: b"\x1b[?2004h" in terminal.wire, "the app")
        terminal.signal(number)
        assert terminal.ends() == code
        assert terminal.given_back() == []


def test_a_signal_during_the_splash_gives_the_terminal_back(home: Path) -> None:
    build_plain(home)
    with Terminal(NEWSTUI) as terminal:
        terminal.until(lambda: FIRST.encode() in terminal.wire, "the splash")
        assert b"\x1b[?2004h" not in terminal.wire  # no app yet
        terminal.signal(signal.SIGTERM)
        assert terminal.ends() == 143
        assert terminal.given_back() == []


def test_a_hang_up_ends_the_app_and_loses_no_mark(home: Path) -> None:
    cache = build_plain(home)
    with Terminal(NEWSTUI) as terminal:
        terminal.send("s")
        terminal.shows(FIRST, "★")
        _await_star(terminal, cache)
        os.close(terminal.slave)
        os.close(terminal.master)
        assert terminal.process.wait(20) == 129
    assert _starred(cache) == 1


def test_kill_right_after_s_keeps_the_star(home: Path) -> None:
    cache = build_plain(home)
    with Terminal(NEWSTUI) as terminal:
        terminal.shows(FIRST)
        terminal.send("s")
        terminal.shows("★")
        terminal.signal(signal.SIGKILL)
        assert terminal.ends() == -signal.SIGKILL
    assert _starred(cache) == 1


def _await_star(terminal: Terminal, cache: Path) -> None:
    terminal.until(lambda: _starred(cache) == 1, "the star in the cache")


def _starred(cache: Path) -> int:
    with open_store(cache, now=NOW, write=False) as store:
        return store.views.count(View(starred=True)).total


def test_gbk_key_bytes_do_not_end_the_app(home: Path) -> None:
    build_plain(home)
    with Terminal(NEWSTUI) as terminal:
        terminal.shows(FIRST)
        terminal.send("/")
        terminal.shows("查找：")
        terminal.send("新闻".encode("gbk"))
        terminal.shows("\ufffd")
        terminal.send("\x1b")
        terminal.hides("\ufffd")
        terminal.send("q")
        assert terminal.ends() == 0
        assert terminal.given_back() == []


def test_what_is_typed_on_with_a_prompts_key_is_its_text(home: Path) -> None:
    cache = build_plain(home)
    with Terminal(NEWSTUI) as terminal:
        terminal.shows(FIRST)
        terminal.send("/第5号s")  # at once, as a slow line delivers it
        terminal.shows("查找：第5号s")
        terminal.send("\x7f")
        terminal.shows("第5号新闻")
        terminal.hides("第4号新闻")
        terminal.send("\r")
        terminal.hides("查找：")
        terminal.send("\x11")
        assert terminal.ends() == 0
    assert _starred(cache) == 0


def test_control_z_stops_the_job_and_fg_brings_it_back(home: Path) -> None:
    build_plain(home)
    with Terminal(["bash", "--norc", "--noprofile", "-i"], env={"PS1": "shell> "}) as terminal:
        terminal.shows("shell>")
        terminal.send(" ".join(NEWSTUI) + "\r")
        terminal.shows(FIRST)
        mark = len(terminal.wire)
        terminal.send("\x1a")
        terminal.until(lambda: b"Stopped" in terminal.wire[mark:], "the shell's word that the job stopped")
        terminal.send("stty -a\r")
        terminal.until(lambda: b" icanon" in terminal.wire[mark:], "canonical mode back")
        # At its prompt the shell's line editor has a keyboard mode and bracketed paste of its own.
        assert set(terminal.given_back()) <= {"keyboard mode not restored", "bracketed paste left on"}
        mark = len(terminal.wire)
        terminal.send("fg\r")
        terminal.until(lambda: FIRST.encode() in terminal.wire[mark:], "the app's screen again")
        mark = len(terminal.wire)
        terminal.send("j")
        terminal.until(lambda: len(terminal.wire) > mark, "keys reach the app again")
        terminal.send("q")
        terminal.until(lambda: b"shell>" in terminal.wire[mark:], "the prompt")
        terminal.send("exit\r")
        terminal.ends()


def test_a_storm_of_sizes_down_to_one_cell(home: Path) -> None:
    build_plain(home)
    with Terminal(NEWSTUI) as terminal:
        for columns, rows in [(1, 1), (79, 24), (2, 1), (1, 40), (300, 2), (40, 12), (1, 1)] * 5:
            terminal.resize(columns, rows)
            terminal.pump(0.001)
        terminal.resize(80, 24)
        terminal.shows(FIRST, "第20号新闻")
        terminal.send("\r")
        terminal.shows("正文第1段")
        for columns, rows in [(1, 1), (130, 40), (3, 2), (1, 1)] * 5:
            terminal.resize(columns, rows)
            terminal.pump(0.001)
        terminal.resize(80, 24)
        terminal.shows("正文第1段")
        terminal.send("qq")
        assert terminal.ends() == 0
        assert terminal.given_back() == []


@pytest.mark.parametrize("size", [(1, 1), (5, 2), (16, 4), (20, 5)], ids=str)
def test_a_tiny_terminal_is_survived(home: Path, size: tuple[int, int]) -> None:
    build_plain(home)
    with Terminal(NEWSTUI, size=size) as terminal:
        terminal.until(lambda: b"\x1b[?2004h" in terminal.wire, "the app")
        terminal.send("q")
        assert terminal.ends() == 0
        assert terminal.given_back() == []


def test_a_stalled_line_does_not_hold_the_end_up(home: Path) -> None:
    build_plain(home)
    with Terminal(NEWSTUI, size=(200, 60)) as terminal:
        terminal.until(lambda: b"\x1b[?2004h" in terminal.wire, "the app")
        # Nobody reads from here on: each new size makes a whole frame, more than the kernel's buffer takes.
        for columns in range(100, 160):
            terminal.resize(columns, 60)
        terminal.send("jjq")
        assert terminal.process.wait(20) == 0


def test_without_a_terminal_headlines_are_printed(home: Path) -> None:
    build_plain(home)
    done = subprocess.run(NEWSTUI, capture_output=True, stdin=subprocess.DEVNULL, timeout=60, check=False)
    assert done.returncode == 0
    lines = done.stdout.decode().splitlines()
    assert FIRST in lines[0] and len(lines) == 30
    assert b"\x1b" not in done.stdout
    assert b"open the app" in done.stderr


def test_the_first_run_without_a_terminal_prints_the_starter_library(home: Path) -> None:
    done = subprocess.run(NEWSTUI, capture_output=True, stdin=subprocess.DEVNULL, timeout=120, check=False)
    assert done.returncode == 0
    assert "导览一" in done.stdout.decode().splitlines()[0]
    # What the import has to say stays unsaid: one line about how to open the app is all.
    assert len(done.stderr.decode().splitlines()) == 1


def test_a_keyboard_is_found_when_stdin_is_a_file(home: Path) -> None:
    build_plain(home)
    command = ["sh", "-c", "exec " + " ".join(NEWSTUI) + " < /dev/null"]
    with Terminal(command) as terminal:
        terminal.shows(FIRST)
        terminal.send("q")
        assert terminal.ends() == 0
        assert terminal.given_back() == []
