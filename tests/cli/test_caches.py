"""Commands over caches that are missing, empty, damaged, or no files at all."""

from __future__ import annotations

import os
from pathlib import Path

import apsw
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


def test_doctor_repairs_what_only_a_whole_check_finds(run: Run, home: Path) -> None:
    run("import", "--starter")
    run("mark", "--all", "--star")
    connection = apsw.Connection(str(home / "cache.db"))
    connection.execute("PRAGMA writable_schema = ON")
    (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'all_starred'").fetchall()[0]
    connection.close()
    with (home / "cache.db").open("r+b") as file:
        file.seek((int(str(page)) - 1) * 4096)
        file.write(b"\x0a\0\0\0\0\x10\0\0")  # an index page without entries
    assert run("doctor").code == 1
    repaired = run("doctor", "--repair")
    assert repaired.code == 0 and "41 bookmarks" in repaired.out
    assert len([path for path in home.glob("cache.db.corrupt-*") if not path.name.endswith(("-wal", "-shm"))]) == 1
    assert len(run("list", "--starred", "--json").objects) == 41
    assert run("doctor").code == 0


def test_a_value_of_the_wrong_kind_is_damage_not_a_crash(run: Run, home: Path) -> None:
    run("import", "--starter")

    def schema(change: str) -> None:
        connection = apsw.Connection(str(home / "cache.db"))
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(f"UPDATE sqlite_schema SET sql = {change}")
        connection.close()

    schema("replace(sql, ') STRICT', ') /*1*/')")
    connection = apsw.Connection(str(home / "cache.db"))
    connection.execute("UPDATE sources SET added = x'00', due = x'00'")
    connection.execute("UPDATE articles SET first_seen = x'00', published = x'00' WHERE row = 3")
    connection.close()
    schema("replace(sql, ') /*1*/', ') STRICT')")
    for command in (("sources",), ("list", "--json"), ("fetch",), ()):
        done = run(*command)
        assert done.code in (0, 1) and "Traceback" not in done.err
    assert run("doctor", "--repair").code == 0
    assert run("doctor").code == 0
