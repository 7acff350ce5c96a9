"""Opening: new, older, newer, foreign, read-only."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import apsw
import pytest

from newstui.errors import CacheError, NewerCacheError, NoCacheError, ReadOnlyCacheError
from newstui.model import View
from newstui.store import open_store
from newstui.store.listing import SCHEMA_VERSION
from newstui.store.migrate import scripts
from newstui.store.opening import connect
from tests.store.builders import NOW, article, new_store


def filled(folder: Path) -> Path:
    """A closed cache with ten articles, one of them starred."""
    with new_store(folder) as store:
        source = store.sources.add("https://news.example/feed.xml", "feed", at=NOW)
        store.articles.ingest(source.id, [article(number) for number in range(10)], at=NOW)
        store.marks.set("starred", True, [1], NOW)
    return folder / "cache.db"


def test_a_new_cache_is_made_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "cache.db"
    with open_store(path, now=NOW) as store:
        assert store.views.window(View(), limit=5) == []
        assert store.read_only == ""
    assert path.exists()
    assert not path.with_name("cache.db-wal").exists()


def test_reading_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(NoCacheError, match="no cache yet"):
        open_store(tmp_path / "a" / "cache.db", now=NOW, write=False)
    assert list(tmp_path.iterdir()) == []


def test_write_false_reads_and_refuses_to_write(tmp_path: Path) -> None:
    path = filled(tmp_path)
    with open_store(path, now=NOW, write=False) as store:
        assert len(store.views.window(View(), limit=50)) == 10
        with pytest.raises(ReadOnlyCacheError):
            store.marks.set("read", True, [1], NOW)


def test_a_newer_cache_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = filled(tmp_path)
    connection = apsw.Connection(str(path))
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(NewerCacheError, match="newer newstui") as refused:
        open_store(path, now=NOW)
    assert refused.value.exit_code == 2
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["cache.db"]


@pytest.mark.parametrize("version", [0, 1, 7])
def test_another_programs_database_is_left_alone(tmp_path: Path, version: int) -> None:
    path = tmp_path / "cache.db"
    connection = apsw.Connection(str(path))
    connection.execute(f"CREATE TABLE urls (x); PRAGMA user_version = {version}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(CacheError, match="another program"):
        open_store(path, now=NOW)
    assert path.read_bytes() == before


def test_migrations_are_numbered_without_gaps_up_to_the_version() -> None:
    assert [number for number, _ in scripts()] == list(range(1, SCHEMA_VERSION + 1))


def test_a_migration_killed_in_the_middle_leaves_the_version_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newstui.store import migrate

    bad = tmp_path / "0001_bad.sql"
    bad.write_text(scripts()[0][1].read_text(encoding="utf-8") + "\nCREATE TABLE state (x);", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "scripts", lambda: [(1, bad)])
        with pytest.raises(CacheError, match="0001_bad"):
            open_store(tmp_path / "cache.db", now=NOW)
    connection = apsw.Connection(str(tmp_path / "cache.db"))
    assert connection.execute("SELECT count(*) FROM sqlite_schema").fetchall() == [(0,)]
    connection.close()
    open_store(tmp_path / "cache.db", now=NOW).close()


def test_two_processes_may_make_it_at_once(tmp_path: Path) -> None:
    code = (
        "import sys, datetime; from newstui.store import open_store\n"
        f"s = open_store({str(tmp_path / 'cache.db')!r}, now=datetime.datetime.now(datetime.UTC))\n"
        "s.sources.add('https://x.example/' + sys.argv[1], 'feed', at=datetime.datetime.now(datetime.UTC)); s.close()"
    )
    makers = [subprocess.Popen([sys.executable, "-c", code, str(number)]) for number in range(4)]
    assert [maker.wait(60) for maker in makers] == [0, 0, 0, 0]
    with open_store(tmp_path / "cache.db", now=NOW) as store:
        assert len(store.sources.all()) == 4


def test_opening_imports_no_migrations_or_parsers_and_checks_nothing(tmp_path: Path) -> None:
    path = filled(tmp_path)
    code = (
        "import sys, datetime; from newstui.store import open_store; from newstui.model import View\n"
        f"s = open_store({str(path)!r}, now=datetime.datetime.now(datetime.UTC)); s.views.window(View(), limit=5)\n"
        "s.places.tabs(); print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    heavy = {
        "migrate",
        "salvage",
        "sink",
        "writer",
        "pages",
        "plan",
        "identity",
        "bodies",
        "scan",
        "retention",
        "health",
    }
    assert not {f"newstui.store.{name}" for name in heavy} & set(loaded)
    assert not {"newstui.districts.gazetteer", "feedparser", "lxml", "httpx", "textual", "sqlite3", "hashlib"} & set(
        loaded
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="becomes another user")
@pytest.mark.parametrize("live", [False, True], ids=["closed", "left open by a killed process"])
def test_a_cache_in_a_folder_that_cannot_be_written_reads(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, live: bool
) -> None:
    path = filled(tmp_path)
    scratch = tmp_path_factory.mktemp("scratch")
    if live:
        database = connect(path, write=True)
        with database.transaction(durable=True):
            database.run("INSERT INTO state VALUES ('a', 'b')")
    for each in (*tmp_path.parents, tmp_path):
        if each != Path("/"):
            each.chmod(each.stat().st_mode | 0o555)
    for each in tmp_path.iterdir():
        each.chmod(0o444)
    tmp_path.chmod(0o555)
    code = (
        "import os, datetime; from newstui.store import open_store; from newstui.model import View\n"
        "from newstui.errors import ReadOnlyCacheError\n"
        # Another user may not be able to read the interpreter's own files: what opening imports is imported before.
        f"open_store({str(scratch / 'cache.db')!r}, now=datetime.datetime.now(datetime.UTC), write=True).close()\n"
        "import urllib.parse\n"
        "os.setgid(65534); os.setuid(65534)\n"
        f"s = open_store({str(path)!r}, now=datetime.datetime.now(datetime.UTC))\n"
        "print(len(s.views.window(View(), limit=50)), s.state.get('a'), s.read_only)\n"
        "try: s.marks.set('read', True, [1], datetime.datetime.now(datetime.UTC))\n"
        "except ReadOnlyCacheError as error: print(error)\n"
        "s.close()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    first, second = done.stdout.splitlines()
    assert first.startswith(f"10 {'b' if live else None} ")
    assert "permissions" in first
    assert "permissions" in second
    if live:
        database.close()


def test_a_full_disk_says_so_and_keeps_what_was_there(tmp_path: Path) -> None:
    path = filled(tmp_path)
    with open_store(path, now=NOW) as store:
        pages = store._database.value("PRAGMA page_count")
        store._database.value(f"PRAGMA max_page_count = {pages}")
        source = store.sources.all()[0]
        with pytest.raises(ReadOnlyCacheError, match="free disk space"):
            store.articles.ingest(source.id, [article(number) for number in range(100, 400)], at=NOW)
        assert len(store.views.window(View(), limit=500)) == 10
        assert store.health.check() == []


def test_a_cache_that_was_replaced_is_not_written_to(tmp_path: Path) -> None:
    path = filled(tmp_path)
    store = open_store(path, now=NOW)
    path.rename(tmp_path / "gone.db")
    with pytest.raises(CacheError, match="replaced"):
        store.marks.set("read", True, [1], NOW)
    store.close()


def test_where_shared_memory_cannot_be_had_another_journal_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newstui.store import migrate

    monkeypatch.setattr(migrate, "_on_network", lambda path: True)
    with new_store(tmp_path) as store:
        assert store._database.value("PRAGMA journal_mode") == "delete"
        store.sources.add("https://x.example", "feed", at=NOW)
    with new_store(tmp_path) as store:
        assert store._database.value("PRAGMA journal_mode") == "delete"
        assert len(store.sources.all()) == 1
        assert not (tmp_path / "cache.db-wal").exists()


def test_data_version_tells_of_other_writers(tmp_path: Path) -> None:
    path = filled(tmp_path)
    with open_store(path, now=NOW) as store, open_store(path, now=NOW) as other:
        before = store.data_version()
        assert store.data_version() == before
        other.marks.set("read", True, [1], NOW)
        assert store.data_version() != before
