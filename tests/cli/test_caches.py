"""Commands over caches that are missing, empty, damaged, or no files at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.fetch.server import serving

COMMANDS = (("list",), ("mark", "--all", "--read"), ("import", "--starter"), ("fetch",), ())


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_file_is_named_and_never_waited_for(run: Run, home: Path, kind: str) -> None:
    home.mkdir()
    if kind == "folder":
        (home / "cache.db").mkdir()
    else:
        os.mkfifo(home / "cache.db")
    for command in COMMANDS:
        done = run(*command)
        assert (done.code, done.out) == (1, "")
        assert "not a file but a folder, pipe or device" in done.err
    assert run("doctor").code == 1


def test_an_empty_file_counts_as_no_cache_yet(run: Run, home: Path) -> None:
    home.mkdir()
    (home / "cache.db").touch()
    for command in (("list",), ("districts",), ("sources",)):
        done = run(*command)
        assert (done.code, done.out) == (0, "")
        assert "no cache yet" in done.err
    assert run("import", "--starter").code == 0


def test_a_damaged_cache_is_put_right_by_any_command_in_plain_words(run: Run, home: Path) -> None:
    home.mkdir()
    (home / "cache.db").write_text("not a database")
    done = run("list", "--json")
    assert (done.code, done.out) == (0, "")
    assert "the cache was damaged; it is kept as" in done.err and "Salvaged(" not in done.err
    assert [path.read_text() for path in home.glob("cache.db.corrupt-*")] == ["not a database"]


def test_a_dry_run_makes_nothing_and_needs_no_lock(run: Run, home: Path, archive: Path) -> None:
    done = run("import", str(archive), "--dry-run", "--json")
    assert done.code == 0 and [item["status"] for item in done.objects] == ["added"] * 3
    assert not home.exists()


def test_a_private_host_is_allowed_once_and_named_with_both_ways_out(run: Run) -> None:
    feed = b"<rss version='2.0'><channel><title>T</title></channel></rss>"
    with serving() as site:
        site.scripts["/one"] = site.scripts["/two"] = lambda handler: handler.answer(200, feed)
        refused = run("add", site.url("/one"))
        assert refused.code == 1
        assert "allow_private" in refused.err and "--allow-private" in refused.err
        assert run("add", site.url("/one"), "--allow-private").code == 0
        assert run("add", site.url("/two")).code == 0
        assert len(run("fetch", "1", site.url("/one"), "--json").objects) == 1
