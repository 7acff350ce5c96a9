"""Children of the app: what they report is counted, they end with it, and it never waits for them."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest

from newstui.screens import jobs
from newstui.screens.jobs import Job, Tally, run_job
from newstui.screens.links import can_browse, opener
from newstui.screens.outcomes import typed_path
from tests.tui.library import article, fill, running, until


def script(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let every job run this Python code in its child."""
    monkeypatch.setattr(jobs, "command", lambda arguments: (sys.executable, "-c", code, *arguments))


def lines(*found: object) -> str:
    """Code that prints JSON lines."""
    return "".join(f"print({json.dumps(line, ensure_ascii=False)!r}, flush=True);" for line in found)


def test_lines_of_fetch_and_import_are_counted() -> None:
    tally = Tally()
    for line in (
        {"event": "progress", "done": 3, "total": 9},
        {"source": "甲", "status": "ok", "added": 4, "updated": 1},
        {"source": "乙", "status": "failed", "added": 0, "updated": 0, "error": "timed\x1b[31m out"},
        {"path": "a.txt", "status": "added", "title": "题"},
        {"path": "b.txt", "status": "known"},
        ["no", "object"],
    ):
        tally.take(json.dumps(line).encode())
    tally.take(b"\xff not json")
    assert (tally.done, tally.total, tally.added, tally.updated, tally.failed) == (3, 9, 5, 1, 1)
    assert tally.reason == "乙 timed[31m out"


async def test_a_child_is_read_to_its_end_with_huge_and_broken_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    script(monkeypatch, "print('x' * 3_000_000);" + lines({"status": "added"}) + "print('{', end='')")
    code, tally = await run_job(Job("import", ()), lambda _: None)
    assert (code, tally.added) == (0, 1)


async def test_a_failing_child_is_told_in_its_own_last_words(monkeypatch: pytest.MonkeyPatch) -> None:
    script(monkeypatch, "import sys; sys.stderr.write('first\\nnewstui: no such file\\n'); sys.exit(2)")
    code, tally = await run_job(Job("import", ()), lambda _: None)
    assert (code, tally.reason) == (2, "no such file")


async def test_cancelling_ends_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    script(monkeypatch, 'import os,time;print(\'{"title":"%d"}\' % os.getpid(), flush=True);time.sleep(60)')
    reported: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def report(tally: Tally) -> None:
        if not reported.done():
            reported.set_result(int(tally.title))

    task = asyncio.ensure_future(run_job(Job("refresh", ()), report))
    child = await reported
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


async def test_refresh_shows_progress_takes_in_what_came_and_runs_once(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home / "cache.db"
    fill(path, [article(1)])
    gate = home / "gate"
    wait = f"import os,time\nwhile not os.path.exists({str(gate)!r}): time.sleep(.01)\n"
    script(
        monkeypatch,
        lines({"event": "progress", "done": 1, "total": 2}) + "\n" + wait + lines({"status": "ok", "added": 2}),
    )
    async with running(path) as (app, pilot):
        await pilot.press("r")
        await until(pilot, lambda: app.main.status.message == "更新 1/2")
        await pilot.press("r")
        assert app.main.status.message == "另一项任务还在进行"
        fill(path, [article(2), article(3)])
        gate.touch()
        await until(pilot, lambda: app.main.listing.arrived == 2)
        await until(pilot, lambda: app.main.listing.tabs[0].number == 3)
        assert not app.main.getting.running


async def test_a_choice_of_the_welcome_fills_the_empty_list(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = home / "cache.db"
    code = (
        "import sys; sys.path.insert(0, '.'); from pathlib import Path; from tests.tui.library import *;"
        f"fill(Path({str(path)!r}), [article(1)]);"
        "assert sys.argv[1:] == ['import', '--starter', '--progress', 'json'];"
    )
    script(monkeypatch, code + lines({"status": "added", "title": "题"}))
    async with running(path) as (app, pilot):
        await until(pilot, lambda: app.screen is not app.main)
        await pilot.press("1")
        await until(pilot, lambda: app.main.article_list.total == 1)
        await until(pilot, lambda: "新增 1 篇" in app.main.status.message)


async def test_quitting_does_not_wait_for_a_child(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = home / "cache.db"
    fill(path, [article(1)])
    script(monkeypatch, lines({"event": "progress", "done": 1, "total": 2}) + "import time;time.sleep(60)")
    async with running(path) as (app, pilot):
        await pilot.press("r")
        await until(pilot, lambda: app.main.status.message == "更新 1/2")
        await pilot.press("q")
        await until(pilot, lambda: not app.is_running)


def test_links_open_only_on_a_local_display_and_only_to_the_web(tmp_path: Path) -> None:
    program = tmp_path / "xdg-open"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    local = {"DISPLAY": ":0", "PATH": str(tmp_path)}
    assert opener(local) == str(program)
    assert opener({**local, "SSH_CONNECTION": "1"}) == ""
    assert opener({"PATH": str(tmp_path)}) == ""
    assert can_browse("https://news.example/", local)
    assert not can_browse("file:///etc/passwd", local)
    assert not can_browse("javascript:alert(1)", local)


def test_a_typed_path_is_taken_as_a_shell_would(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/reader")
    assert typed_path("~/档案") == "/home/reader/档案"
    assert typed_path("'/tmp/a b'") == "/tmp/a b"
    assert typed_path("~nobody-by-this-name/x") == "~nobody-by-this-name/x"
