"""The program on every kind of terminal: the same screen everywhere, in the colours that the terminal has."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from shutil import copy
from typing import Final, NamedTuple

import pytest

from tests.pty.library import build_plain
from tests.pty.terminal import Terminal

NEWSTUI = [sys.executable, "-m", "newstui"]
SIGNS: Final = str.maketrans("●★▲‹›•←→↑↓", "o*^<>*<>^v")
SGR: Final = re.compile(rb"\x1b\[([0-9;:]*)m")

STEPS: Final = (
    ("", "第0号新闻", "翻页", "1/60"),
    ("js", "收藏 1", "已收藏"),
    ("js", "收藏 2", "3/60", "已收藏"),
    ("\r", "正文第1段", "返回"),
    ("?", "打开光标所在的文章"),
    ("\x1b", "正文第1段", "返回"),
    ("q", "3/60", "翻页"),
)
"""Keys, and what shows that they have been answered."""


class Seen(NamedTuple):
    """What a visit has shown."""

    screens: list[str]
    colours: set[int]
    """SGR numbers that ask for colours."""
    wire: bytes


def visit(kept: Path, home: Path, env: dict[str, str], expected: list[str] | None = None) -> Seen:
    """Go through the steps on a terminal, in a copy of the cache `kept`.

    Each screen is waited for until it is as expected; without an expectation, until nothing more comes.
    """
    home.mkdir(parents=True)
    copy(kept, home / "cache.db")
    screens: list[str] = []
    with Terminal(NEWSTUI, env={"COLORTERM": "", "NEWSTUI_HOME": str(home), **env}) as terminal:
        for number, (keys, *texts) in enumerate(STEPS):
            terminal.send(keys)
            if expected is None:
                terminal.shows(*texts)
                while terminal.pump(0.5):
                    pass
            else:
                _until_it_shows(terminal, expected[number])
            screens.append(terminal.text)
        terminal.send("\x11")
        assert terminal.ends() == 0
        assert terminal.given_back() == []
        wire = bytes(terminal.wire)
    numbers = {int(part or 0) for found in SGR.findall(wire) for part in re.split(rb"[;:]", found)}
    colours = {number for number in numbers if 30 <= number <= 38 or 40 <= number <= 48 or number >= 90}
    return Seen(screens, colours, wire)


def _until_it_shows(terminal: Terminal, screen: str) -> None:
    terminal.until(lambda: terminal.text == screen, f"this screen:\n{screen}\n")


class Best(NamedTuple):
    """A cache, and its screens on the best of terminals."""

    cache: Path
    screens: list[str]


@pytest.fixture(scope="module")
def best(tmp_path_factory: pytest.TempPathFactory) -> Best:
    folder = tmp_path_factory.mktemp("best")
    cache = build_plain(folder)
    return Best(cache, visit(cache, folder / "home", {"TERM": "xterm-256color", "COLORTERM": "truecolor"}).screens)


TERMS: Final = [
    "linux",
    "xterm",
    "xterm-256color",
    "screen",
    "screen-256color",
    "tmux-256color",
    "vt100",
    "vt220",
    "rxvt",
]


@pytest.mark.parametrize("term", TERMS)
def test_every_terminal_shows_the_same_screens_in_colours_that_it_has(best: Best, home: Path, term: str) -> None:
    seen = visit(best.cache, home, {"TERM": term}, best.screens)
    if term.endswith("256color"):
        assert 38 in seen.colours
    elif term.startswith("vt"):
        assert not seen.colours
    else:
        assert seen.colours and not seen.colours & {38, 48}, "the sixteen, and no others"


def test_no_color_shows_the_same_screens_in_no_colour(best: Best, home: Path) -> None:
    assert not visit(best.cache, home, {"NO_COLOR": "1"}, best.screens).colours


@pytest.mark.parametrize("env", [{"LANG": "C"}, {"LANG": ""}, {"LC_ALL": "POSIX", "LANG": "zh_CN.UTF-8"}], ids=str)
def test_the_c_locale_has_the_programs_own_signs_in_ascii(best: Best, home: Path, env: dict[str, str]) -> None:
    assert "●" in best.screens[0] and "★" in best.screens[1] and "↓" in best.screens[4]
    seen = visit(best.cache, home, env, [text.translate(SIGNS) for text in best.screens])
    for sign in "●★▲‹›←→↑↓":
        assert sign.encode() not in seen.wire
