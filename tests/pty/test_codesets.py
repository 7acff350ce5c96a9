"""The program in a terminal that is not UTF-8: what it writes and what it reads.

PYTHONIOENCODING stands in for a locale that may not be installed; the locale itself is tried where it is.
"""

from __future__ import annotations

import fcntl
import locale
import os
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pyte
import pytest

from tests.pty.library import build_plain
from tests.pty.terminal import Terminal, screen_of

NEWSTUI = [sys.executable, "-m", "newstui"]
INJECTED = {"PYTHONIOENCODING": "gb18030"}


def _installed(name: str) -> bool:
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, name)
    except locale.Error:
        return False
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return True


ENVIRONMENTS = [
    pytest.param(INJECTED, id="injected"),
    pytest.param(
        {"LC_ALL": "zh_CN.GB18030"},
        id="locale",
        marks=pytest.mark.skipif(not _installed("zh_CN.GB18030"), reason="the locale is not installed"),
    ),
]


def wait_for(terminal: Terminal, text: str) -> None:
    """Wait until the screen of a terminal in GB 18030 shows `text`."""
    size = terminal.screen.columns, terminal.screen.lines

    def there() -> bool:
        wire = bytes(terminal.wire).decode("gb18030", "replace").encode()
        return any(text in line for line in lines_of(screen_of(wire, size)))

    terminal.until(there, f"{text!r} in GB 18030")


def lines_of(screen: pyte.Screen) -> list[str]:
    return ["".join(screen.buffer[row][column].data for column in range(screen.columns)) for row in range(screen.lines)]


def type_bytes(terminal: Terminal, typed: bytes) -> None:
    """Type byte by byte, each read before the next one comes."""
    for byte in typed:
        terminal.send(bytes([byte]))
        terminal.until(lambda: _unread(terminal) == 0, "the byte read")


def _unread(terminal: Terminal) -> int:
    waiting = fcntl.ioctl(terminal.slave, termios.FIONREAD, struct.pack("i", 0))
    return int(struct.unpack("i", waiting)[0])


def test_characters_that_come_in_halves_are_put_together(home: Path) -> None:
    build_plain(home)
    with Terminal(NEWSTUI) as terminal:
        terminal.shows("第0号新闻", "翻页")
        type_bytes(terminal, "/第59号".encode())
        terminal.send("\r")
        terminal.shows("第59号新闻", "1/1")
        terminal.send("\x11")
        assert terminal.ends() == 0


@pytest.mark.parametrize("env", ENVIRONMENTS)
def test_the_app_writes_and_reads_gb18030(home: Path, env: dict[str, str]) -> None:
    build_plain(home)
    with Terminal(NEWSTUI, env=env) as terminal:
        wait_for(terminal, "第0号新闻")
        wait_for(terminal, "翻页")
        terminal.send("/")
        wait_for(terminal, "查找")
        type_bytes(terminal, "第59号".encode("gb18030"))
        terminal.send("\r")
        wait_for(terminal, "第59号新闻")
        terminal.send("\x11")
        assert terminal.ends() == 0
        assert "新都".encode() not in terminal.wire, "nothing is written in UTF-8"


@pytest.mark.parametrize("env", ENVIRONMENTS)
def test_linear_mode_writes_and_reads_gb18030(home: Path, env: dict[str, str]) -> None:
    build_plain(home)
    with Terminal([*NEWSTUI, "--linear"], env=env) as terminal:
        wait_for(terminal, "1 全部")
        terminal.send(b"1/" + "第59号".encode("gb18030") + b"\r")
        wait_for(terminal, "1 未读 第59号新闻")
        terminal.send("qqq")
        assert terminal.ends() == 0
        assert "新都".encode() not in terminal.wire


@pytest.mark.parametrize("env", ENVIRONMENTS)
def test_commands_print_text_in_it_and_json_in_utf8(home: Path, env: dict[str, str]) -> None:
    build_plain(home, 3)
    environ = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))
    } | env

    def printed(*arguments: str) -> bytes:
        return subprocess.run([*NEWSTUI, *arguments], env=environ, capture_output=True, check=True).stdout

    assert "第0号新闻：新都区" in printed("list").decode("gb18030")
    assert "第0号新闻：新都区" in printed("list", "--json").decode("utf-8")
    assert "正文第1段" in printed("show", printed("list").split()[0].decode()).decode("gb18030")
