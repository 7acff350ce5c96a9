"""The first run without a terminal, alone and two at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def start(home: Path) -> subprocess.Popen[bytes]:
    environment = os.environ | {"NEWSTUI_HOME": str(home)}
    return subprocess.Popen(
        [sys.executable, "-m", "newstui"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )


def test_two_first_runs_at_once_both_print_the_starter_library(home: Path) -> None:
    runs = [start(home), start(home)]
    ends = [run.communicate(timeout=60) for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    for out, err in ends:
        assert len(out.splitlines()) == 30
        assert "导览一" in out.decode()
        assert "open the app" in err.decode()
