"""A damaged cache moved aside, and a fresh one with everything that could be read of it.

Order of steps, so that a process killed at any point loses nothing: build the fresh file under another name; move the
damaged one (its log first: SQLite deletes a log that it finds beside a new file); give the fresh one the name.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import apsw

from newstui.errors import CacheError
from newstui.store.connection import BUSY_MS, Database, beside, damage_marker
from newstui.store.counts import recount
from newstui.store.opening import connect, finish_salvage, has_header
from newstui.store.raw_pages import records
from newstui.store.sink import PACKED, TABLES, Sink, readable, settle
from newstui.text.zones import SHANGHAI


class Salvaged(NamedTuple):
    """What came through."""

    aside: Path
    """Where the damaged file is now."""
    sources: int
    articles: int
    starred: int
    read: int
    tags: int
    notes: int

    @property
    def words(self) -> str:
        """All of it in a sentence or two."""
        return (
            f"the cache was damaged; it is kept as {self.aside}. Saved from it: {self.sources} sources, "
            f"{self.articles} articles, {self.starred} bookmarks, {self.read} read marks, {self.tags} tags, "
            f"{self.notes} notes."
        )


def salvage(path: Path, now: datetime, *, force: bool = False) -> Salvaged | None:
    """Move the damaged cache at `path` aside and put what can be read of it in its place.

    None when it is sound after all, or another process has just done the same; force: without looking. Raises
    CacheError when the folder cannot be written: then everything is as it was.
    """
    try:
        with _alone(path.parent):
            if not force and _sound(path):
                damage_marker(path).unlink(missing_ok=True)
                return None
            ready = beside(path, ".salvaged")
            if not ready.exists():
                part = beside(path, ".salvaging")
                _remove(part)
                _build(path, part)
                part.rename(ready)
            aside = _move_aside(path, now)
            damage_marker(path).unlink(missing_ok=True)
            finish_salvage(path)
    except OSError as error:
        raise CacheError(
            f"{path}: the cache is damaged and cannot be put right here ({error.strerror}); free disk space or fix the "
            "folder's permissions"
        ) from error
    database = connect(path, write=True)
    try:
        return _salvaged(database, aside)
    finally:
        database.close()


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One salvage at a time in a folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _sound(path: Path) -> bool:
    """Whether SQLite finds nothing wrong in the whole file, and every row can be read."""
    if not path.exists() or not has_header(path):
        return False
    try:
        connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
        try:
            connection.set_busy_timeout(BUSY_MS)
            if connection.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
                return False
            for table in TABLES:
                for values in connection.execute(f"SELECT * FROM {table}"):
                    if table in PACKED and not readable(values[-1]):
                        return False
            return True
        finally:
            connection.close()
    except (apsw.Error, UnicodeDecodeError):
        return False


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        beside(path, suffix).unlink(missing_ok=True)


def _move_aside(path: Path, now: datetime) -> Path:
    stamp = now.astimezone(SHANGHAI).strftime("%Y%m%d-%H%M%S")
    aside = beside(path, f".corrupt-{stamp}")
    number = 1
    while aside.exists():
        number += 1
        aside = beside(path, f".corrupt-{stamp}-{number}")
    for suffix in ("-wal", "-shm", "-journal", ""):
        part = beside(path, suffix)
        if part.exists():
            part.rename(beside(aside, suffix))
    return aside


def _build(damaged: Path, target: Path) -> None:
    """A new cache at `target` with what can be read of the damaged one."""
    database = connect(target, write=True)
    try:
        sink = Sink(database)
        if not _by_tables(damaged, sink):
            _by_pages(damaged, sink)
        sink.flush()
        with database.transaction(durable=True):
            settle(database)
            recount(database)
    finally:
        database.close()
    # The log is folded into the file by the last close; nothing is left beside it.
    with target.open("rb") as handle:
        os.fsync(handle.fileno())


def _by_tables(damaged: Path, sink: Sink) -> bool:
    """Read the tables through SQLite, each as far as it goes; whether all went to their ends."""
    if not has_header(damaged):
        return False
    try:
        connection = apsw.Connection(str(damaged), flags=apsw.SQLITE_OPEN_READONLY)
    except apsw.Error:
        return False
    whole = True
    try:
        connection.set_busy_timeout(BUSY_MS)
        for table, columns in sink.columns.items():
            try:
                for values in connection.execute(f"SELECT {', '.join(columns)} FROM {table}"):
                    sink.put(table, values)
            except (apsw.Error, UnicodeDecodeError):
                whole = False
        return whole
    finally:
        connection.close()


def _by_pages(damaged: Path, sink: Sink) -> None:
    """Read whatever rows the pages hold; those that are there already stay."""
    for record in records(damaged):
        found = sink.table_of(record)
        if found is not None:
            sink.put(*found)


def _salvaged(database: Database, aside: Path) -> Salvaged:
    counts = database.rows(
        "SELECT (SELECT count(*) FROM sources WHERE removed IS NULL), (SELECT count(*) FROM articles), "
        "(SELECT count(*) FROM marks WHERE starred = 1), (SELECT count(*) FROM marks WHERE read = 1), "
        "(SELECT count(*) FROM tags), (SELECT count(*) FROM notes) + (SELECT count(*) FROM passages)"
    )[0]
    return Salvaged(aside, *counts)
