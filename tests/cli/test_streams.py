"""The standard streams as shells, cron jobs and pipes leave them, with the real command."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from newstui.text.widths import cell_width
from tests.cli.conftest import Run
from tests.pty.terminal import Terminal

NEWSTUI = f"{sys.executable} -m newstui"


def shell(script: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A bash script in which `newstui` is the program."""
    return subprocess.run(
        ["bash", "-c", f'newstui() {{ {NEWSTUI} "$@"; }}\n{script}'],
        env={**os.environ, **environment},
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_crash_and_mix_nothing_up(run: Run, archive: Path, closed: str) -> None:
    run("import", str(archive))
    done = shell(f"newstui list --json {closed}")
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(done.stdout.splitlines()) == (3 if closed in ("<&-", "2>&-") else 0)
    missing = shell(f"newstui show nothing {closed}")
    assert missing.returncode == 2
    assert missing.stdout == b""
    assert shell(f"newstui fetch {closed}").returncode == 0
    assert shell(f"newstui import - {closed} </dev/null").returncode == 0


def test_import_from_a_closed_stdin(run: Run) -> None:
    done = shell("newstui import - <&-")
    assert (done.returncode, done.stdout) == (0, b"skipped  -  empty file\n")


def test_a_full_disk_under_stdout_is_one_line_on_stderr(run: Run, archive: Path) -> None:
    for command in ("list", "list --json", "import --starter --json", "export --all"):
        run("import", str(archive))
        done = shell(f"newstui {command} >/dev/full")
        assert done.returncode == 1
        assert done.stderr.decode().splitlines() == ["newstui: the output: No space left on device"]


def test_a_reader_that_leaves_is_no_error_but_an_import_that_stops_is(run: Run, archive: Path) -> None:
    run("import", "--starter")
    done = shell("newstui export --all | head -c 1; echo ${PIPESTATUS[0]}")
    assert (done.stdout, done.stderr) == (b"{0\n", b"")
    stopped = shell(f"newstui import --json {archive} | true; echo ${{PIPESTATUS[0]}}")
    assert stopped.stdout == b"1\n"
    assert b"run it again" in stopped.stderr


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
def test_json_is_utf8_in_every_locale(run: Run, archive: Path, encoding: str) -> None:
    run("import", str(archive))
    done = shell("newstui list --json; newstui export --all", PYTHONIOENCODING=encoding)
    titles = [json.loads(line)["title"] for line in done.stdout.decode("utf-8").splitlines()]
    assert titles == ["花市周末延长营业", "老街茶馆重新挂牌", "社区图书角开门第一周"] * 2
    assert shell("newstui list", PYTHONIOENCODING=encoding).returncode == 0


def test_export_replaces_files_whole_and_writes_to_devices_as_they_are(run: Run, archive: Path, tmp_path: Path) -> None:
    run("import", str(archive))
    real = tmp_path / "real.jsonl"
    real.write_text("old")
    real.chmod(0o640)
    link = tmp_path / "link.jsonl"
    link.symlink_to(real)
    assert run("export", "--all", "-o", str(link)).code == 0
    assert link.is_symlink() and len(real.read_text().splitlines()) == 3
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    done = shell(f"cat {pipe} & newstui export --all -o {pipe}; wait")
    assert len(done.stdout.splitlines()) == 3 and stat.S_ISFIFO(pipe.stat().st_mode)
    assert len(shell("newstui export --all -o /dev/stdout | cat").stdout.splitlines()) == 3
    assert run("export", "--all", "-o", str(tmp_path)).code == 1
    assert run("export", "--all", "-o", str(tmp_path / "no" / "x")).code == 1
    assert run("opml", "export", str(tmp_path / "no" / "x")).code == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive", "home", "link.jsonl", "pipe", "real.jsonl"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("import", ""),
        ("import", "~nobody-of-that-name/x"),
        ("add", "~nobody-of-that-name/x"),
        ("list", "--limit", "x"),
        ("list", "--limit", "9" * 30),
        ("list", "--unr"),
        ("mark", "--query", " ", "--read"),
        ("mark", "--query", "\x1b", "--read"),
        ("export", "--query", "\u3000"),
        ("search", "\x07\u200b"),
        ("opml", "export", "--json"),
        ("export", "--all", "-o", ""),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(run: Run, archive: Path, arguments: tuple[str, ...]) -> None:
    run("import", str(archive))
    done = run(*arguments)
    assert done.code == 2
    assert done.out == "" and done.err and "_positive" not in done.err


def test_opml_export_makes_no_cache_and_import_counts_in_json(run: Run, home: Path, tmp_path: Path) -> None:
    assert run("opml", "export").code == 0
    assert not home.exists()
    listed = tmp_path / "list.opml"
    listed.write_text('<opml version="2.0"><body><outline xmlUrl="https://a.example/f"/></body></opml>')
    assert run("opml", "import", str(listed), "--json").objects == [{"added": 1, "known": 0, "skipped": 0}]


def test_show_is_wrapped_on_a_terminal_and_not_in_a_pipe(run: Run, archive: Path) -> None:
    run("import", str(archive))
    short = run("list", "--json").objects[0]["id"]
    piped = run("show", str(short)).out
    assert max(map(len, piped.splitlines())) > 30
    with Terminal([sys.executable, "-m", "newstui", "show", str(short)], size=(40, 60)) as terminal:
        assert terminal.ends() == 0
        lines = terminal.text.split("\n")
    assert max(map(cell_width, lines)) <= 40
    assert "".join("".join(lines).split()) == "".join(piped.split())
