"""Pictures on terminals that can show them: what the terminal is sent, and that nothing of it is left behind."""

from __future__ import annotations

import re
import sys
from base64 import b64decode
from pathlib import Path

import pytest

from newstui.model import Article, Block
from newstui.store import open_store
from tests.fetch.test_pictures import png
from tests.pty.library import NOW
from tests.pty.terminal import Terminal

pytest.importorskip("textual_image")

NEWSTUI = [sys.executable, "-m", "newstui"]
URL = "https://news.example.cn/a.png"


@pytest.fixture
def cache(home: Path) -> Path:
    """A cache with one illustrated article, whose picture is kept."""
    home.mkdir(parents=True, exist_ok=True)
    path = home / "cache.db"
    blocks = (
        Block("paragraph", "桂湖的荷花开了。"),
        Block("image", "荷花", url=URL),
        *(Block("paragraph", f"第{number}段游人如织。") for number in range(40)),
    )
    with open_store(path, now=NOW) as store:
        source = store.sources.add("https://news.example.cn/rss", "feed", title="测试日报", at=NOW)
        store.articles.ingest(source.id, [Article("桂湖荷花", guid="1", published=NOW, blocks=blocks)], at=NOW)
        store.pictures.keep(URL, png(80, 64), 80, 64)
    return path


def opened(terminal: Terminal) -> None:
    """Open the article."""
    terminal.shows("桂湖荷花", "Enter 阅读")
    terminal.send("\r")
    terminal.shows("〔荷花 80×64 1 KB〕")


def test_kitty_gets_a_picture_once_and_placeholders_where_it_stands(cache: Path) -> None:
    with Terminal(NEWSTUI, env={"TERM": "xterm-kitty"}) as terminal:
        opened(terminal)
        terminal.until(lambda: terminal.text.count("\U0010eeee") == 40, "ten placeholders on each of four lines")
        sent = re.findall(rb"\x1b_Ga=t,f=100,i=(\d+),q=2,m=0;([A-Za-z0-9+/=]+)\x1b\\", terminal.wire)
        assert len(sent) == 1
        assert b64decode(sent[0][1]).startswith(b"\x89PNG")
        assert b"\x1b_Ga=p,U=1,i=%b,c=10,r=4,q=2\x1b\\" % sent[0][0] in terminal.wire
        terminal.send("jjjjjj")
        terminal.until(lambda: 0 < terminal.text.count("\U0010eeee") < 40, "a part of it above the edge")
        terminal.send("kkkkkk")
        terminal.until(lambda: terminal.text.count("\U0010eeee") == 40, "all of it again")
        assert terminal.wire.count(b"\x1b_Ga=t") == 1
        terminal.send("qq")
        assert terminal.ends() == 0
        assert terminal.given_back() == []


def test_sixel_is_sent_to_its_place_and_written_over_when_it_goes(cache: Path) -> None:
    with Terminal(NEWSTUI, env={"TERM": "foot"}, cell=(10, 20)) as terminal:
        opened(terminal)
        sixel = re.compile(rb'\x1b7\x1b\[(\d+);(\d+)H\x1bP[0-9;]*q"1;1;100;80[\x20-\x7e]*\x1b\\\x1b8')
        terminal.until(lambda: sixel.search(terminal.wire) is not None, "the picture")
        found = sixel.search(terminal.wire)
        assert found is not None
        row, column = int(found[1]) - 1, int(found[2]) - 1
        room = [cell[0] for at in range(4) for cell in terminal.cells[row + at][column : column + 10]]
        assert room == ["\u00a0"] * 40
        mark = len(terminal.wire)
        terminal.send("j")
        terminal.until(lambda: sixel.search(terminal.wire, mark) is not None, "it one line higher")
        moved = sixel.search(terminal.wire, mark)
        assert moved is not None and int(moved[1]) == row
        terminal.send("jjjjjj")
        terminal.until(lambda: "▀" in terminal.text and "\u00a0" not in terminal.text, "half blocks of a part")
        terminal.send("qq")
        assert terminal.ends() == 0


@pytest.mark.parametrize("env", [{"TERM": "foot"}, {"TERM": "xterm-kitty", "TMUX": "/tmp/x,1,0"}])
def test_where_it_is_not_certain_half_blocks_are_drawn(cache: Path, env: dict[str, str]) -> None:
    with Terminal(NEWSTUI, env=env) as terminal:
        opened(terminal)
        terminal.shows("▀" * 10)
        assert b"\x1b_G" not in terminal.wire and b"\x1bP" not in terminal.wire
        terminal.send("qq")
        assert terminal.ends() == 0
