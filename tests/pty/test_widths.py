"""How wide terminals draw characters: tmux beside our table, and the program asking its terminal."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bench.corpus_texts import corpus_texts
from newstui.terminal.outgoing import cell_text
from newstui.terminal.probing import PROBE, cells_told
from newstui.text.clean import clean
from newstui.text.widths import cell_width
from tests.pty.library import build_plain
from tests.pty.terminal import PATIENCE, Terminal

NEWSTUI = [sys.executable, "-m", "newstui"]

_MEASURE = """
import os, re, sys, termios, tty
chars = open(sys.argv[1], encoding="utf-8", newline="").read()
before = termios.tcgetattr(0)
tty.setcbreak(0)
told = []
for first in range(0, len(chars), 200):
    part = chars[first:first + 200]
    os.write(1, "".join(f"\\r\\x1b[K{char}\\x1b[6n" for char in part).encode("utf-8"))
    got = b""
    while got.count(b"R") < len(part):
        got += os.read(0, 65536)
    told += [int(column) - 1 for column in re.findall(rb"\\x1b\\[\\d+;(\\d+)R", got)]
termios.tcsetattr(0, termios.TCSANOW, before)
with open(sys.argv[2] + ".part", "w") as file:
    file.write(" ".join(map(str, told)))
os.rename(sys.argv[2] + ".part", sys.argv[2])
"""


def _in_tmux(chars: Sequence[str], folder: Path) -> list[int]:
    """Cells that tmux moves its cursor by for each character."""
    (folder / "chars").write_text("".join(chars), encoding="utf-8", newline="")
    (folder / "measure.py").write_text(_MEASURE)
    command = [sys.executable, "measure.py", "chars", "told"]
    environ = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TERM": "xterm", "TMUX_TMPDIR": str(folder)}
    # Its own server on its own socket, which ends with the command.
    run = ["tmux", "-u", "-f", "/dev/null", "-L", "widths", "new-session", "-d", "-x", "80", "-y", "24", *command]
    subprocess.run(run, env=environ, cwd=folder, check=True)
    for _ in range(int(PATIENCE * 20)):
        if (folder / "told").exists():
            return [int(cells) for cells in (folder / "told").read_text().split()]
        subprocess.run(["tmux", "-L", "widths", "run-shell", "true"], env=environ, cwd=folder, check=False)
    raise AssertionError("tmux did not answer")


@pytest.mark.corpora
@pytest.mark.skipif(shutil.which("tmux") is None, reason="no tmux here")
def test_tmux_draws_every_character_of_the_corpora_as_wide_as_we_say(corpora: Path, tmp_path: Path) -> None:
    texts = [text for kind in corpus_texts(corpora).values() for text in kind]
    chars = sorted({char for text in texts for char in set(text) if char != "\n"})
    shown = [cell_text(char) for char in chars]
    told = _in_tmux(shown, tmp_path)
    assert len(chars) > 5000
    wrong = [
        (char, hex(ord(char)), cell_width(char), cells)
        for char, cells in zip(chars, told, strict=True)
        if cells != cell_width(char)
    ]
    assert wrong == []


@pytest.mark.parametrize("code", [0x31350, 0x2EBF0, 0x323B0, 0x33479])
def test_hanzi_that_terminals_do_not_know_are_shown_as_geta(code: int) -> None:
    char = chr(code)
    assert clean(char) == char, "kept, copied and searched as it is"
    assert cell_text(char) == "〓"
    assert cell_width("〓") == cell_width(char) == 2


@pytest.mark.parametrize(
    ("column", "row", "cells"), [(1, 1, 1), (2, 1, 2), (2, 0, None), (0, 1, None), (3, 1, None), (1, 7, None)]
)
def test_answers(column: int, row: int, cells: int | None) -> None:
    assert cells_told(column, row) == cells


@pytest.mark.parametrize("count", [60, 0], ids=["after a splash", "without one"])
def test_the_program_asks_and_follows(home: Path, count: int) -> None:
    build_plain(home, count)
    with Terminal(NEWSTUI) as terminal:
        terminal.until(lambda: PROBE.encode() in terminal.wire, "the question")
        if not count:
            terminal.shows("欢迎使用")
        else:
            terminal.shows("●")
            terminal.send("\x1b[2;3R")
            terminal.hides("●")
            terminal.shows("o  第0号新闻")
        terminal.send("q")
        assert terminal.ends() == 0
        assert terminal.wire.count(PROBE.encode()) == 1


@pytest.mark.parametrize(("said", "mark"), [("wide", "o  第0号新闻"), ("narrow", "●  第0号新闻")])
def test_who_says_it_is_not_asked(home: Path, said: str, mark: str) -> None:
    build_plain(home)
    (home / "config.toml").write_text(f'ambiguous = "{said}"\n')
    with Terminal(NEWSTUI) as terminal:
        terminal.shows(mark)
        assert PROBE.encode() not in terminal.wire
        terminal.send("q")
        assert terminal.ends() == 0
