"""Hostile files of other projects, through the whole import: each goes as its name says, and leaves no trace."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.corpora

FAULTS = {
    "absolute path": "leads out of the archive",
    "invalid relative path": "leads out of the archive",
    "invalid characters in fileName": "leads out of the archive",
    "compressed uncompressed size mismatch": "longer than the ZIP file|sizes",
    "end of central directory record signature not found": "no end record",
    "expected zip64 extra field": "damaged",
    "extra field length exceeds": "damaged",
    "Invalid comment length": "does not fit its comment",
    "invalid central directory file header signature": "table of contents",
    "invalid local file header signature": "no header of it",
    "invalid zip64 end of central directory record signature": "ZIP64 end record",
    "invalid zip64 end of central directory locator": "ZIP64|table of contents",
    "multi-disk": "several parts",
    "not enough bytes in the stream": "sizes|of its",
    "too many bytes in the stream": "sizes|more than",
    "strong encryption": "encrypted",
    "unexpected EOF": "longer than the ZIP file|damaged",
    "unsupported compression method": "packed by",
}
"""What a file of yauzl's failures is named for, and what is said of it."""


def run(home: Path, *paths: Path, dry: bool = True) -> tuple[int, list[dict[str, Any]], str]:
    """`newstui import` as a person runs it: exit code, its JSON, what it said besides."""
    environment = os.environ | {
        "NEWSTUI_HOME": str(home),
        "TMPDIR": str(home.parent / "tmp"),
        "HOME": str(home.parent / "person"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    dried = ["--dry-run"] if dry else []
    command = [sys.executable, "-m", "newstui", "import", *dried, "--json", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, env=environment, timeout=120)
    lines = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return done.returncode, lines, done.stderr.decode()


def test_yauzls_failures_are_told_by_their_faults(corpora: Path, tmp_path: Path) -> None:
    paths = sorted((corpora / "hostile" / "yauzl-failure").glob("*.zip"))
    code, lines, said = run(tmp_path / "home", *paths)
    assert code == 1 and paths
    for path in paths:
        reasons = [line["error"] for line in lines if line["path"] == str(path) and line["status"] == "failed"]
        assert reasons, path.name
        expected = next((words for name, words in FAULTS.items() if path.name.startswith(name)), "")
        assert any(re.search(expected, reason) for reason in reasons), (path.name, reasons)
        assert path.name in said


def test_yauzls_good_files_open_with_every_member_listed(corpora: Path, tmp_path: Path) -> None:
    paths = sorted((corpora / "hostile" / "yauzl-success").glob("*.zip"))
    _, lines, _ = run(tmp_path / "home", *paths)
    for path in paths:
        told = [line for line in lines if line["path"] == str(path)]
        with zipfile.ZipFile(path) as archive:
            assert len(told) == sum(not name.endswith("/") for name in archive.namelist()), path.name
        failed = [line["error"] for line in told if line["status"] == "failed"]
        assert all(reason.startswith("encrypted") for reason in failed), path.name


def test_nothing_leaves_the_cache(corpora: Path, tmp_path: Path) -> None:
    """Names that climb out of archives, and everything else that is hostile, for real: only the cache changes."""
    for name in ("tmp", "person", "home"):
        (tmp_path / name).mkdir()
    home = tmp_path / "home"
    code, lines, said = run(home, corpora / "hostile", dry=False)
    assert code == 1
    failed = [line for line in lines if line["status"] == "failed"]
    assert failed and all(line["error"] in said for line in failed)
    made = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert made and all(name.startswith("home/cache.db") for name in made), made
    assert not Path("/tmp/evil.txt").exists()


def test_entity_bombs_become_no_articles(corpora: Path, tmp_path: Path) -> None:
    _, lines, _ = run(tmp_path / "home", corpora / "hostile" / "defusedxml")
    assert {line["status"] for line in lines} <= {"skipped", "failed"}
    assert all("root:" not in line["text"] for line in lines)
