"""A real `newstui import` that is cut off: nothing is lost, and what was finished is not parsed again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from newstui.fetch.pool import ParserPool
from newstui.fetch.wire import Message
from tests.cli.conftest import DUMP, Run

PAGES = 400


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A ZIP file of pages, and one that is no article."""
    path = tmp_path / "papers.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("none.txt", "404 not found")
        for number in range(PAGES):
            archive.writestr(
                f"{number:03}.txt", DUMP.format(tab="新都", title=f"第{number}号通告", date="2016-03-01 20:39")
            )
    return path


def cut_off(papers: Path, number: signal.Signals) -> tuple[int, int]:
    """Import in a child that gets a signal after the first article; its exit code, and how many it told of."""
    command = [sys.executable, "-m", "newstui", "import", str(papers), "--json", "--progress", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ) as process:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            if b'"added"' in line:
                break
        process.send_signal(number)
        lines += process.stdout.read().splitlines()
        code = process.wait(30)
    return code, sum(line.endswith((b"}", b"}\n")) and json.loads(line).get("status") == "added" for line in lines)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_the_rest_is_done_when_it_is_run_again(
    run: Run, home: Path, papers: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals, code: int
) -> None:
    ended, told = cut_off(papers, number)
    assert ended == code
    jobs = 0
    parse = ParserPool.run

    async def counted(pool: ParserPool, kind: str, asked: dict[str, str], data: bytes) -> Message:
        nonlocal jobs
        jobs += 1
        return await parse(pool, kind, asked, data)

    monkeypatch.setattr(ParserPool, "run", counted)
    again = run("import", str(papers), "--json").objects
    known = [each for each in again if each["status"] == "known"]
    assert 0 < told <= len(known) < PAGES
    assert len([each for each in again if each["status"] == "added"]) == PAGES - len(known)
    assert jobs in (PAGES - len(known), PAGES - len(known) + 1)  # the page that is none was finished, or was not
    jobs = 0
    third = run("import", str(papers), "--json").objects
    assert jobs == 0
    same = [{**each, "status": "known" if each["id"] else each["status"]} for each in again]
    assert third == same
    assert len(run("list", "--limit", "999", "--json").objects) == PAGES
