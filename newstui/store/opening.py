"""Opening the cache: made, migrated, read-only or refused.

Journal: WAL, or DELETE where WAL is unsafe (network file systems, sqlite.org/wal.html §1). Opening runs no check and
no ANALYZE: every hot query names its index, so plans do not hang on statistics.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import apsw

from newstui.errors import CacheError, NewerCacheError, NoCacheError, ReadOnlyCacheError
from newstui.store.connection import (
    BUSY_MS,
    CACHE_KIB,
    MAGIC,
    UNWRITABLE,
    Database,
    beside,
    damage_marker,
    damaged,
    foreign,
    locked,
    mark_damaged,
    unwritable,
)
from newstui.store.listing import APPLICATION_ID, SCHEMA_VERSION

_WAL_LIMIT: Final = 64 << 20
_PROBE: Final = (
    "SELECT (SELECT count(*) FROM totals), (SELECT max(row) FROM articles), (SELECT id FROM marks LIMIT 1), "
    "(SELECT max(sort) FROM articles INDEXED BY all_articles), (SELECT count(*) FROM sources), "
    "(SELECT count(*) FROM places), (SELECT count(*) FROM state)"
)
"""The first reading: a page of every table that the first screen needs, so that damage there shows at once."""


def connect(path: Path, *, write: bool) -> Database:
    """Open the cache, made or migrated when it has to be.

    Where the file cannot be written it is opened for reading and `Database.reason` says why. Raises NoCacheError (no
    file and write=False), NewerCacheError, DamagedCacheError, CacheError.
    """
    if not path.exists() and not finish_salvage(path):
        if not write:
            raise NoCacheError(f"{path}: there is no cache yet; add a source or import an archive first")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ReadOnlyCacheError(f"{path.parent}: cannot be made ({error.strerror})") from error
    elif path.exists() and not path.is_file():
        # A pipe would be waited on for ever.
        raise CacheError(f"{path}: not a file but a folder, pipe or device; move it away")
    elif damage_marker(path).exists() or not has_header(path):
        # Not even opened: SQLite deletes the log of a file that looks empty to it.
        raise damaged(path)
    database = _open(path, write)
    try:
        _admit(database)
    except BaseException:
        database.close()
        raise
    return database


def has_header(path: Path) -> bool:
    """Whether the file begins as a database does; an empty one does while it has no log with something in it."""
    try:
        with path.open("rb") as file:
            head = file.read(len(MAGIC))
        if head:
            return head == MAGIC
        log = beside(path, "-wal")
        return not log.exists() or log.stat().st_size == 0
    except OSError:
        return True  # opening it will say what is wrong


def finish_salvage(path: Path) -> bool:
    """Put a salvaged cache in its place when the process that made it was killed just before; whether there was one."""
    ready = beside(path, ".salvaged")
    try:
        ready.rename(path)
    except OSError:
        return False
    return True


def _open(path: Path, write: bool) -> Database:
    """The best connection the file allows: writing, reading, or reading a file that nobody writes."""
    first: apsw.Error | None = None
    if write:
        try:
            return _attempt(path, str(path), apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE)
        except UNWRITABLE as error:
            first = error
    if not path.exists():
        raise ReadOnlyCacheError(unwritable(path, first) if first else str(path)) from first
    reason = unwritable(path, first) if first else f"{path}: opened for reading only"
    last: apsw.Error | None = None
    for name, flags, alone in _ways(path):
        try:
            database = _attempt(path, name, flags, alone=alone)
        except UNWRITABLE as error:
            last = error
            continue
        database.reason = reason
        return database
    raise CacheError(f"{path}: the cache cannot be read ({last})") from last


def _ways(path: Path) -> Iterator[tuple[str, int, bool]]:
    """Ways to read a cache that cannot be opened for writing, the best first: name, flags, whether alone.

    A log with something in it needs an index in shared memory, which a full disk cannot give: alone (in exclusive mode)
    SQLite keeps it in its own memory. A file that is called immutable is read without its log.
    """
    from urllib.parse import quote

    address = "file:" + quote(str(path.absolute()))
    log = beside(path, "-wal")
    yield f"{address}?mode=ro", apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI, False
    if log.exists() and log.stat().st_size:
        yield str(path), apsw.SQLITE_OPEN_READWRITE, True
    yield f"{address}?immutable=1", apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI, False


def _attempt(path: Path, name: str, flags: int, *, alone: bool = False) -> Database:
    """A connection that has read the file's header; SQLite's own errors for what is no open question."""
    connection = apsw.Connection(name, flags=flags)
    try:
        connection.set_busy_timeout(BUSY_MS)
        if alone:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
        connection.execute("PRAGMA user_version").fetchall()
        reason = ""
        if connection.readonly("main"):
            reason = f"{path}: the cache file is read-only; fix its permissions to keep marks"
        return Database(path, connection, reason)
    except (apsw.CorruptError, apsw.NotADBError) as error:
        connection.close()
        raise damaged(path) from error
    except apsw.BusyError as error:
        connection.close()
        raise locked(path) from error
    except BaseException:
        connection.close()
        raise


def _admit(database: Database) -> None:
    """Check whose file it is and which version; make or migrate it, and take the first reading."""
    path = database.path
    version = database.value("PRAGMA user_version")
    if version != SCHEMA_VERSION:
        if version > SCHEMA_VERSION and database.value("PRAGMA application_id") == APPLICATION_ID:
            raise NewerCacheError(
                f"{path}: made by a newer newstui (cache version {version}, this one knows {SCHEMA_VERSION}); "
                "use that newstui, or move the file away"
            )
        from newstui.store.migrate import is_new, migrate

        if database.reason and version == 0 and is_new(database):
            # Left by a process that was killed before it had made the first table.
            raise NoCacheError(f"{path}: the cache is still empty; add a source or import an archive first")
        migrate(database)
    elif database.value("PRAGMA application_id") != APPLICATION_ID:
        raise foreign(path)
    try:
        database.connection.execute(_PROBE).fetchall()
    except (apsw.SQLError, UnicodeDecodeError) as error:
        mark_damaged(path)
        raise damaged(path) from error
    except apsw.Error as error:
        raise database.translated(error) from error
    database.run(f"PRAGMA cache_size = -{CACHE_KIB}")
    if not database.reason:
        database.run(f"PRAGMA journal_size_limit = {_WAL_LIMIT}")
