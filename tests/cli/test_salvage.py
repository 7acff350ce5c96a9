"""A damaged cache from the command line: put right by the next command that writes, and told in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def damaged(run: Run, home: Path) -> Path:
    """A cache with the starter library, everything starred, whose header is gone."""
    assert run("import", "--starter", "--progress", "none").code == 0
    assert run("mark", "--all", "--star").code == 0
    cache = home / "cache.db"
    cache.write_bytes(b"\0" * 100 + cache.read_bytes()[100:])
    return cache


def test_what_was_saved_is_said_in_words(run: Run, damaged: Path) -> None:
    ran = run("mark", "--all", "--read")
    assert ran.code == 0
    told = ran.err.splitlines()[0]
    assert told.startswith(f"newstui: the cache was damaged; it is kept as {damaged}.corrupt-")
    assert "41 articles, 41 bookmarks" in told
    assert "Salvaged(" not in ran.err


def test_doctor_says_it_too(run: Run, damaged: Path) -> None:
    first = next(found for found in run("doctor", "--json").objects if found["check"] == "cache")
    assert str(first["detail"]).startswith(f"the cache was damaged; it is kept as {damaged}.corrupt-")
    assert len(list(damaged.parent.glob("cache.db.corrupt-*"))) == 1
