"""A damaged cache moved aside, and a fresh one with everything that could be read of it.

Order of steps, so that a process killed at any point loses nothing: build the fresh file under another name; move the
damaged one (its log first: SQLite deletes a log that it finds beside a new file); give the fresh one the name.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import re
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

import apsw

from newstui.errors import CacheError
from newstui.store.connection import Database, connect, damage_marker, finish_salvage, has_header
from newstui.store.counts import recount
from newstui.store.identity import ALPHABET
from newstui.store.pages import Record, records
from newstui.store.times import SHANGHAI
from newstui.text.clean import clean

_TABLES: Final = (
    "sources",
    "places",
    "marks",
    "tags",
    "notes",
    "state",
    "articles",
    "bodies",
    "originals",
    "revisions",
    "digests",
    "identities",
    "pruned",
)
"""Most precious first; totals are counted afresh."""
_LATER_WINS: Final = (
    "INSERT INTO marks (id, read, read_at, starred, starred_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
    "read = iif(coalesce(excluded.read_at, 0) > coalesce(read_at, 0), excluded.read, read), "
    "read_at = nullif(max(coalesce(excluded.read_at, 0), coalesce(read_at, 0)), 0), "
    "starred = iif(coalesce(excluded.starred_at, 0) > coalesce(starred_at, 0), excluded.starred, starred), "
    "starred_at = nullif(max(coalesce(excluded.starred_at, 0), coalesce(starred_at, 0)), 0)"
)
"""Pages may hold an older copy of a mark: its own time decides."""
_ID: Final = re.compile(f"[{ALPHABET}]{{8,26}}")
_BATCH: Final = 5000
_PACKED: Final = ("bodies", "originals", "revisions")
"""Tables whose last column is packed text."""
_TYPES: Final = {"INTEGER": int, "TEXT": str, "BLOB": bytes, "ANY": (str, bytes)}


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
            ready = path.with_name(path.name + ".salvaged")
            if not ready.exists():
                part = path.with_name(path.name + ".salvaging")
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
            connection.set_busy_timeout(10_000)
            if connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
                return False
            for table in _TABLES:
                for values in connection.execute(f"SELECT * FROM {table}"):
                    if table in _PACKED and not _readable(values[-1]):
                        return False
            return True
        finally:
            connection.close()
    except (apsw.Error, UnicodeDecodeError):
        return False


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _move_aside(path: Path, now: datetime) -> Path:
    stamp = now.astimezone(SHANGHAI).strftime("%Y%m%d-%H%M%S")
    aside = path.with_name(f"{path.name}.corrupt-{stamp}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.corrupt-{stamp}-{number}")
    for suffix in ("-wal", "-shm", "-journal", ""):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    return aside


def _build(damaged: Path, target: Path) -> None:
    """A new cache at `target` with what can be read of the damaged one."""
    database = connect(target, write=True)
    try:
        sink = _Sink(database)
        if not _by_tables(damaged, sink):
            _by_pages(damaged, sink)
        sink.flush()
        with database.transaction(durable=True):
            _settle(database)
            recount(database)
    finally:
        database.close()
    # The log is folded into the file by the last close; nothing is left beside it.
    with target.open("rb") as handle:
        os.fsync(handle.fileno())


def _by_tables(damaged: Path, sink: _Sink) -> bool:
    """Read the tables through SQLite, each as far as it goes; whether all went to their ends."""
    if not has_header(damaged):
        return False
    try:
        connection = apsw.Connection(str(damaged), flags=apsw.SQLITE_OPEN_READONLY)
    except apsw.Error:
        return False
    whole = True
    try:
        connection.set_busy_timeout(10_000)
        for table, columns in sink.columns.items():
            try:
                for values in connection.execute(f"SELECT {', '.join(columns)} FROM {table}"):
                    sink.put(table, values)
            except (apsw.Error, UnicodeDecodeError):
                whole = False
        return whole
    finally:
        connection.close()


def _by_pages(damaged: Path, sink: _Sink) -> None:
    """Read whatever rows the pages hold; those that are there already stay."""
    for record in records(damaged):
        found = sink.table_of(record)
        if found is not None:
            sink.put(*found)


class _Sink:
    """The way into the fresh cache: only rows of the right shape, clean text, readable bodies."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._shapes: dict[str, list[tuple[str, bool, bool]]] = {}
        self._waiting: list[tuple[str, tuple[Any, ...]]] = []
        for table in _TABLES:
            info = database.rows(f"PRAGMA table_info({table})")
            self._shapes[table] = [(kind, bool(notnull), bool(key)) for _, _, kind, notnull, _, key in info]
        self.columns = {
            table: [name for _, name, *_ in database.rows(f"PRAGMA table_info({table})")] for table in _TABLES
        }

    def table_of(self, record: Record) -> tuple[str, tuple[Any, ...]] | None:
        """Which table's row it is, by its shape, with its row number in place."""
        for table, shape in self._shapes.items():
            numbered = shape[0] == ("INTEGER", False, True)
            values: tuple[Any, ...] = record.values
            if len(values) != len(shape) or numbered is (record.row is None):
                continue
            if numbered:
                if values[0] is not None:
                    continue
                values = (record.row, *values[1:])
            if _fits(values, shape):
                return table, values
        return None

    def put(self, table: str, values: tuple[Any, ...]) -> None:
        """Take a row in, unless it is not what it should be."""
        if not _fits(values, self._shapes[table]):
            return
        named = dict(zip(self.columns[table], values, strict=True))
        if "id" in named and table not in ("sources", "places") and not _ID.fullmatch(named["id"]):
            return
        if any(isinstance(value, str) and clean(value) != value for value in values):
            return
        if table in _PACKED and not _readable(values[-1]):
            return
        self._waiting.append((table, values))
        if len(self._waiting) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what was taken in."""
        with self._database.transaction(durable=False):
            for table, values in self._waiting:
                marks = ", ".join("?" * len(values))
                sql = _LATER_WINS if table == "marks" else f"INSERT OR IGNORE INTO {table} VALUES ({marks})"
                with contextlib.suppress(apsw.ConstraintError):  # a value that the table itself refuses
                    self._database.connection.execute(sql, values)
        self._waiting.clear()


def _fits(values: Iterable[Any], shape: list[tuple[str, bool, bool]]) -> bool:
    return all(
        isinstance(value, _TYPES[kind]) if value is not None else not notnull and not key  # type: ignore[arg-type]
        for value, (kind, notnull, key) in zip(values, shape, strict=True)
    )


def _readable(content: Any) -> bool:
    """Whether a packed text is whole: zlib's own checksum, or JSON that parses; a page's bytes are zlib too."""
    try:
        if isinstance(content, bytes):
            zlib.decompress(content)
        else:
            json.loads(content)
    except (zlib.error, ValueError, TypeError):
        return False
    return True


def _settle(database: Database) -> None:
    """Put right what hangs on rows that did not come through."""
    from newstui.districts.placing import place_name, place_path

    run = database.run
    for table in ("bodies", "originals", "revisions", "digests"):
        run(f"DELETE FROM {table} WHERE NOT EXISTS (SELECT 1 FROM articles WHERE articles.row = {table}.row)")
    run(
        "DELETE FROM pruned WHERE EXISTS "
        "(SELECT 1 FROM articles WHERE articles.row = pruned.row OR articles.id = pruned.id)"
    )
    # An article whose text is lost takes the next fetch's: with no digest every version is news.
    run(
        "UPDATE articles SET digest = x'', text_digest = x'' "
        "WHERE NOT EXISTS (SELECT 1 FROM bodies WHERE bodies.row = articles.row)"
    )
    run("INSERT INTO bodies SELECT row, '', '', '', '{}' FROM articles WHERE digest = x''")
    run(
        "UPDATE articles SET read = coalesce((SELECT read FROM marks WHERE marks.id = articles.id), 0), "
        "starred = coalesce((SELECT starred FROM marks WHERE marks.id = articles.id), 0)"
    )
    run("UPDATE articles SET sort = min(sort, first_seen, coalesce(published, first_seen))")
    for column in ("province", "city", "district"):
        lost = database.rows(
            f"SELECT DISTINCT {column} FROM articles WHERE {column} IS NOT NULL "
            f"AND NOT EXISTS (SELECT 1 FROM places WHERE places.id = articles.{column})"
        )
        for (number,) in lost:
            code = f"{number:06}"
            if number > 0 and place_name(code):
                run(
                    "INSERT INTO places (id, code, name, path) VALUES (?, ?, ?, ?)",
                    (number, code, place_name(code), place_path(code)),
                )
            else:
                run(f"UPDATE articles SET {column} = NULL WHERE {column} = ?", (number,))
    for (number,) in database.rows(
        "SELECT DISTINCT source FROM articles "
        "WHERE NOT EXISTS (SELECT 1 FROM sources WHERE sources.id = articles.source)"
    ):
        run(
            "INSERT INTO sources (id, url, origin, kind, title, titled, site, place, added, removed) "
            "VALUES (?1, 'lost:' || ?1, 'lost:' || ?1, 'archive', '', 0, '', '', 0, 0)",
            (number,),
        )
    last = database.value(
        "SELECT max(coalesce((SELECT max(row) FROM articles), 0), coalesce((SELECT max(row) FROM pruned), 0), "
        "coalesce((SELECT max(row) FROM identities), 0))"
    )
    run("DELETE FROM sqlite_sequence WHERE name = 'articles'")
    run("INSERT INTO sqlite_sequence VALUES ('articles', ?)", (last,))


def _salvaged(database: Database, aside: Path) -> Salvaged:
    counts = database.rows(
        "SELECT (SELECT count(*) FROM sources WHERE removed IS NULL), (SELECT count(*) FROM articles), "
        "(SELECT count(*) FROM marks WHERE starred = 1), (SELECT count(*) FROM marks WHERE read = 1), "
        "(SELECT count(*) FROM tags), (SELECT count(*) FROM notes)"
    )[0]
    return Salvaged(aside, *counts)
