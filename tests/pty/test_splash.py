"""The splash and the app's first frame are one picture, whatever the size and the colours."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pyte
import pytest

from newstui.choices import STATE
from newstui.store import open_store
from tests.pty.library import NOW, build_hostile, build_plain
from tests.pty.terminal import Terminal, screen_of

NEWSTUI = [sys.executable, "-m", "newstui"]
FIRST = "第0号新闻"
SYNC_END = b"\x1b[?2026l"

LOOKS = {
    "truecolour": {},
    "256": {"COLORTERM": ""},
    "16": {"COLORTERM": "", "TERM": "xterm"},
    "linux": {"COLORTERM": "", "TERM": "linux"},
    "vt100": {"COLORTERM": "", "TERM": "vt100"},
    "no colour": {"NO_COLOR": "1"},
    "colour after all": {"NO_COLOR": ""},
    "light": {"COLORFGBG": "0;15"},
    "English": {"LC_ALL": "en_GB.UTF-8"},
}


def _start(terminal: Terminal) -> tuple[pyte.Screen, pyte.Screen]:
    """The splash's screen, and the app's once it has answered two keys that undo each other."""
    terminal.until(lambda: SYNC_END in terminal.wire, "the splash")
    splash = terminal.wire.index(SYNC_END) + len(SYNC_END)
    size = (terminal.screen.columns, terminal.screen.lines)
    before = screen_of(bytes(terminal.wire[:splash]), size)
    for key, line in (("j", 1), ("k", 0)):
        terminal.send(key)
        terminal.until(lambda line=line: _cursor(terminal) == line, f"the cursor on line {line}")  # type: ignore[misc]
    terminal.until(lambda: terminal.screen.display[-1] == before.display[-1], "the position on line 0")
    wire = bytes(terminal.wire[splash:])
    assert b"\x1b[2J" not in wire and b"\x1b[J" not in wire and b"1049" not in wire
    # What is on screen already is not painted again.
    assert size[0] >= 100 or len(wire) < 700, wire
    return before, screen_of(bytes(terminal.wire), size)


def _cursor(terminal: Terminal) -> int:
    """The list line with the cursor's mark, -1 without."""
    lines = terminal.text.splitlines()[1:]
    return next((number for number, line in enumerate(lines) if ">" in line[:12]), -1)


def _seen(cell: pyte.screens.Char) -> tuple[object, ...]:
    """A cell as far as it can be told from another by looking at it: a blank has no text colour."""
    return (cell.data, cell.bg) if cell.data == " " and not cell.reverse and not cell.underscore else tuple(cell)


def _differences(one: pyte.Screen, other: pyte.Screen) -> list[str]:
    return [
        f"{row},{column}: {one.buffer[row][column]} != {other.buffer[row][column]}"
        for row in range(one.lines)
        for column in range(one.columns if one.columns < 100 else one.columns * 45 // 100)
        if _seen(one.buffer[row][column]) != _seen(other.buffer[row][column])
    ]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12), (100, 24), (99, 6), (30, 5), (200, 60)], ids=str)
def test_first_frame_is_the_splash(home: Path, size: tuple[int, int]) -> None:
    build_plain(home)
    with Terminal(NEWSTUI, size=size) as terminal:
        splash, first = _start(terminal)
        assert FIRST[:3] in "\n".join(splash.display)
        assert _differences(splash, first) == []
        terminal.send("q")
        assert terminal.ends() == 0


def test_the_splash_knows_what_was_chosen(home: Path) -> None:
    build_plain(home)
    chosen = {"theme": ["light", "auto"], "script": ["hant", "original"], "punctuation": [True, False]}
    with open_store(home / "cache.db", now=NOW) as store:
        store.state.set(STATE, json.dumps(chosen))
    with Terminal(NEWSTUI) as terminal:
        splash, first = _start(terminal)
        assert "第0號新聞" in "".join(splash.display).replace(" ", "")
        assert _differences(splash, first) == []
        terminal.send("q")
        assert terminal.ends() == 0


@pytest.mark.parametrize("look", LOOKS)
def test_first_frame_has_the_splashs_colours(home: Path, look: str) -> None:
    build_plain(home)
    with Terminal(NEWSTUI, env=LOOKS[look]) as terminal:
        splash, first = _start(terminal)
        assert _differences(splash, first) == []
        terminal.send("q")
        assert terminal.ends() == 0


@pytest.mark.parametrize("theme", ["dark", "light", "contrast", "ansi", "mono"])
def test_first_frame_has_the_splashs_theme(home: Path, theme: str) -> None:
    build_plain(home)
    (home / "config.toml").write_text(f'theme = "{theme}"\n[keys]\nhelp = "f1"\n')
    with Terminal(NEWSTUI) as terminal:
        splash, first = _start(terminal)
        assert _differences(splash, first) == []
        terminal.send("q")
        assert terminal.ends() == 0


@pytest.mark.parametrize("tab", ["510114", "510100", "starred", "tab:导览", "gone"])
def test_the_tab_that_was_left_is_the_one_shown(home: Path, tab: str) -> None:
    cache = build_plain(home)
    with open_store(cache, now=NOW) as store:
        store.marks.set("starred", True, [3, 5, 8], NOW)
        store.marks.set("read", True, [1, 2, 3], NOW)
        store.state.set("tab", tab)
    with Terminal(NEWSTUI) as terminal:
        splash, first = _start(terminal)
        assert _differences(splash, first) == []
        terminal.send("q")
        assert terminal.ends() == 0


@pytest.mark.parametrize("raw", [False, True], ids=["through the store", "behind the store"])
def test_hostile_text_is_the_same_in_both(home: Path, raw: bool) -> None:
    build_hostile(home, raw=raw)
    with Terminal(NEWSTUI) as terminal:
        splash, first = _start(terminal)
        assert _differences(splash, first) == []
        terminal.send("q")
        assert terminal.ends() == 0


def test_a_size_that_changes_meanwhile(home: Path) -> None:
    build_plain(home)
    with Terminal(NEWSTUI) as terminal:
        terminal.until(lambda: FIRST.encode() in terminal.wire, "the splash")
        terminal.resize(60, 15)
        terminal.until(lambda: b"\x1b[?2004h" in terminal.wire, "the app")
        terminal.until(lambda: "1/60" in terminal.text.splitlines()[-1], "the footer in the last line")
        terminal.send("q")
        assert terminal.ends() == 0
        assert terminal.given_back() == []


def test_an_empty_home_has_no_splash_and_a_welcome(home: Path) -> None:
    with Terminal(NEWSTUI) as terminal:
        terminal.shows("欢迎使用 newstui")
        assert terminal.wire.count(b"\x1b[?1049h") == 1
        terminal.send("q")
        assert terminal.ends() == 0
        assert terminal.given_back() == []


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5000], ids=len)
def test_a_cache_that_is_none_has_no_splash(home: Path, content: bytes) -> None:
    home.mkdir(parents=True)
    (home / "cache.db").write_bytes(content)
    with Terminal(NEWSTUI) as terminal:
        terminal.until(
            lambda: b"\x1b[?2004h" in terminal.wire or terminal.process.poll() is not None, "app or sentence"
        )
        assert FIRST.encode() not in terminal.wire
        if terminal.process.poll() is None:
            terminal.send("q")
            assert terminal.ends() == 0
        assert b"Traceback" not in terminal.wire
        assert terminal.given_back() == []


def test_when_the_app_cannot_start_the_terminal_is_given_back(home: Path, tmp_path: Path) -> None:
    build_plain(home)
    # A broken installation: Textual cannot be imported.
    broken = tmp_path / "textual"
    broken.mkdir()
    (broken / "__init__.py").write_text("raise ImportError('broken installation')\n")
    with Terminal(NEWSTUI, env={"PYTHONPATH": str(tmp_path)}) as terminal:
        assert terminal.ends() == 1
        assert FIRST.encode() in terminal.wire and b"broken installation" in terminal.wire
        assert terminal.given_back() == []


def test_control_c_during_the_splash(home: Path, tmp_path: Path) -> None:
    build_plain(home)
    # An import that never ends stands for a slow disk.
    slow, begun = tmp_path / "textual", tmp_path / "begun"
    slow.mkdir()
    (slow / "__init__.py").write_text(f"import signal\nopen({str(begun)!r}, 'w').close()\nsignal.pause()\n")
    with Terminal(NEWSTUI, env={"PYTHONPATH": str(tmp_path)}) as terminal:
        terminal.shows(FIRST)
        terminal.until(begun.exists, "the import")
        terminal.send("\x03")
        assert terminal.ends() == 130
        assert terminal.given_back() == []
