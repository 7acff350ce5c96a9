"""The writer's lock: one holder, named, never stale."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from newstui.errors import CacheError, LockedError
from newstui.fetch.lock import lock_path, writer_lock

_HOLD = """
import sys
from pathlib import Path
from newstui.fetch.lock import writer_lock
with writer_lock(Path(sys.argv[1]), "newstui fetch"):
    print("held", flush=True)
    sys.stdin.read()
"""


def _holder(cache: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(cache)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


def test_a_second_writer_is_told_who_holds_it_and_a_killed_one_holds_nothing(tmp_path: Path) -> None:
    cache = tmp_path / "home" / "cache.db"
    with _holder(cache) as process:
        with pytest.raises(LockedError, match=rf"newstui fetch \(process {process.pid}\)"), writer_lock(cache, "x"):
            pytest.fail("two writers at once")
        process.send_signal(signal.SIGKILL)
        process.wait()
        with writer_lock(cache, "newstui import"):
            assert lock_path(cache).read_text() == f"{os.getpid()} newstui import\n"
    assert lock_path(cache).read_bytes() == b""


def test_an_old_file_means_nothing_and_errors_let_go(tmp_path: Path) -> None:
    cache = tmp_path / "cache.db"
    lock_path(cache).write_text("1 newstui fetch\n")
    with pytest.raises(ZeroDivisionError), writer_lock(cache, "a"):
        raise ZeroDivisionError
    with writer_lock(cache, "b"):
        pass


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CacheError, match="file"), writer_lock(tmp_path / "file" / "cache.db", "a"):
        pytest.fail("locked nothing")
