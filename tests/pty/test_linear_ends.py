"""The linear mode and its terminal: signals, sizes, terminals without a cursor, pipes, locales."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import apsw
import pytest

from newstui.store import open_store
from newstui.text.widths import cell_width
from tests.pty.library import NOW, build_plain
from tests.pty.linear import LINEAR, NEWSTUI, SEQUENCES, after, assert_plain, opened
from tests.pty.terminal import Terminal


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGHUP, 129)],
    ids=lambda value: str(value),
)
def test_signals_give_the_terminal_back(home: Path, number: int, code: int) -> None:
    build_plain(home)
    with Terminal(LINEAR) as terminal:
        opened(terminal)
        terminal.signal(number)
        assert terminal.ends() == code
        if number != signal.SIGHUP:
            assert terminal.given_back() == []


def test_ctrl_z_stops_the_job_and_fg_goes_on_where_it_was(home: Path) -> None:
    build_plain(home)
    with Terminal(["bash", "--norc", "-i"], env={"PS1": "shell> "}) as terminal:
        terminal.shows("shell>")
        terminal.send(" ".join(LINEAR) + "\r")
        terminal.shows("1 全部")
        after(terminal, "1j", "第1号新闻")
        mark = len(terminal.wire)
        terminal.send("\x1a")
        terminal.until(lambda: b"Stopped" in terminal.wire[mark:], "the shell's word that the job stopped")
        terminal.send("stty -a\r")
        terminal.until(lambda: b" icanon" in terminal.wire[mark:], "canonical mode back")
        mark = len(terminal.wire)
        terminal.send("fg\r")
        terminal.until(lambda: "第1号新闻".encode() in terminal.wire[mark:], "the current item again")
        after(terminal, "k", "第0号新闻")
        mark = len(terminal.wire)
        terminal.send("\x03")
        terminal.until(lambda: b"shell>" in terminal.wire[mark:], "the prompt")
        terminal.send("echo $?\r")
        terminal.until(lambda: b"130" in terminal.wire[mark:], "the exit code")
        terminal.send("exit\r")
        terminal.ends()


def test_after_a_resize_the_current_item_is_set_anew(home: Path) -> None:
    build_plain(home)
    with Terminal(LINEAR, size=(80, 24)) as terminal:
        opened(terminal)
        after(terminal, "j", "第1号")
        mark = len(terminal.wire)
        terminal.resize(20, 5)
        terminal.until(lambda: "第1号".encode() in terminal.wire[mark:], "the item again")
        terminal.until(lambda: terminal.wire.endswith(b"\r"), "the cursor")
        text = SEQUENCES.sub(b"", bytes(terminal.wire[mark:])).decode().replace("\r", "")
        assert all(cell_width(line) <= 20 for line in text.split("\n"))


@pytest.mark.parametrize("term", ["dumb", "unknown", ""])
def test_without_a_cursor_lines_are_typed_and_answered(home: Path, term: str) -> None:
    cache = build_plain(home)
    with Terminal(NEWSTUI, env={"TERM": term}) as terminal:
        terminal.shows("1 全部，未读 60")
        terminal.send("1\n")
        terminal.shows("1 未读 第0号新闻")
        terminal.send("j\ns\n\n")
        terminal.shows("已收藏", "四川日报")
        terminal.send("/第2段\n")
        terminal.shows("正文第2段")
        terminal.send("收藏\n")
        terminal.shows("已取消收藏")
        terminal.send("q\nq\nq\n")
        assert terminal.ends() == 0
        assert b"\x1b" not in terminal.wire
        assert terminal.given_back() == []
    with open_store(cache, now=NOW, write=False) as store:
        assert store.places.starred().total == 0 and store.places.totals().unread == 59


def test_a_pipe_takes_commands_and_gives_lines(home: Path) -> None:
    build_plain(home)
    typed = "1\n\n\n\n\n99\nq\n/第59号\n\n"
    done = subprocess.run(LINEAR, input=typed.encode(), capture_output=True, timeout=60, check=True)
    said = done.stdout.decode()
    assert "正文第1段" in said and "没有编号 99" in said and "第59号新闻" in said
    assert "\x1b" not in said and "\r" not in said and done.stderr == b""


@pytest.mark.parametrize(
    "env", [{"LANG": "C"}, {"LC_ALL": "C"}, {"NO_COLOR": "1"}, {"TERM": "linux"}, {"TERM": "vt100"}, {"TERM": "screen"}]
)
def test_every_environment_gets_the_same_bytes(home: Path, env: dict[str, str]) -> None:
    build_plain(home)
    with Terminal(LINEAR, size=(60, 8), env=env) as terminal:
        opened(terminal)
        after(terminal, "j\x1b[Bk\x1bOA", "1 未读 第0号")
        terminal.send("qq")
        assert terminal.ends() == 0
        assert_plain(bytes(terminal.wire))


def test_the_environment_chooses_it_on_a_terminal(home: Path) -> None:
    build_plain(home)
    with Terminal(NEWSTUI, env={"NEWSTUI_LINEAR": "1"}) as terminal:
        opened(terminal)
        terminal.send("qq")
        assert terminal.ends() == 0
        assert b"\x1b[?1049h" not in terminal.wire


def test_an_empty_cache_offers_ways_to_something_to_read(home: Path) -> None:
    with Terminal(LINEAR) as terminal:
        terminal.shows("欢迎使用 newstui", "1 入门文库")
        after(terminal, "j", "2 导入存档")
        terminal.send("1")
        terminal.until(
            lambda: "导入完成".encode() in terminal.wire or "完成：新增".encode() in terminal.wire, "the import"
        )
        after(terminal, "1", "篇，未读")


def test_a_mark_made_while_another_program_writes_is_kept_even_when_the_end_comes_first(home: Path) -> None:
    cache = build_plain(home)
    writer = apsw.Connection(str(cache))
    writer.set_busy_timeout(5000)
    with Terminal(LINEAR) as terminal:
        opened(terminal)
        writer.execute("BEGIN IMMEDIATE")
        after(terminal, "s", "标记稍后写入")
        writer.execute("COMMIT")
        assert "收藏 第0号" in after(terminal, "", "标记已写入", "第0号").decode()
        writer.execute("BEGIN IMMEDIATE")
        after(terminal, "js", "标记稍后写入")
        terminal.signal(signal.SIGTERM)
        terminal.until(lambda: terminal.given_back() == [], "the terminal given back")
        writer.execute("COMMIT")
        assert terminal.ends() == 143
    with open_store(cache, now=NOW, write=False) as store:
        assert store.places.starred().total == 2
