"""One connection to the cache: opening, short transactions, and SQLite's errors as our own.

Journal: WAL, or DELETE where WAL is unsafe (network file systems, sqlite.org/wal.html §1). Opening runs no check and
no ANALYZE: every hot query names its index, so plans do not hang on statistics.
"""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

import apsw

from newstui.errors import (
    CacheError,
    DamagedCacheError,
    InterruptedReadError,
    LockedError,
    NewerCacheError,
    NewstuiError,
    NoCacheError,
    ReadOnlyCacheError,
)
from newstui.store.listing import APPLICATION_ID, SCHEMA_VERSION

_BUSY_MS: Final = 10_000
CACHE_KIB: Final = 8_192
"""SQLite's page cache: a screen and what is round it; the file system caches the rest."""
_MAGIC: Final = b"SQLite format 3\0"
_WAL_LIMIT: Final = 64 << 20
_PROBE: Final = (
    "SELECT (SELECT count(*) FROM totals), (SELECT max(row) FROM articles), (SELECT id FROM marks LIMIT 1), "
    "(SELECT max(sort) FROM articles INDEXED BY all_articles), (SELECT count(*) FROM sources), "
    "(SELECT count(*) FROM places), (SELECT count(*) FROM state)"
)
"""The first reading: a page of every table that the first screen needs, so that damage there shows at once."""

Result = TypeVar("Result")
SQLValue = Any
"""What apsw binds and gives: None, int, float, str, bytes, carray."""


class Database:
    """A connection with translated errors; belongs to the thread that uses it, save `interrupt`."""

    def __init__(self, path: Path, connection: apsw.Connection, reason: str) -> None:
        self.path = path
        self.connection = connection
        self.reason = reason
        """Why nothing can be written; "" when it can."""
        self.stopped = False
        """Set by `interrupt`, cleared by the next scan: long scans in Python look at it."""
        self._durable: bool | None = None
        self._file = _identity(path)

    def rows(self, sql: str, bindings: Sequence[SQLValue] = ()) -> list[tuple[Any, ...]]:
        """All rows of one query."""
        try:
            return self.connection.execute(sql, bindings).fetchall()
        except apsw.Error as error:
            raise self.translated(error) from error
        except UnicodeDecodeError as error:  # text that was never written so
            mark_damaged(self.path)
            raise damaged(self.path) from error

    def row(self, sql: str, bindings: Sequence[SQLValue] = ()) -> tuple[Any, ...] | None:
        """The first row of one query."""
        found = self.rows(sql, bindings)
        return found[0] if found else None

    def value(self, sql: str, bindings: Sequence[SQLValue] = ()) -> Any:
        """The one value of a query that always has a row."""
        return self.rows(sql, bindings)[0][0]

    def intact(self, unpack: Callable[[Any], Result], content: SQLValue) -> Result:
        """What `unpack` makes of stored content; content that it cannot read is damage to the file."""
        try:
            return unpack(content)
        except (zlib.error, ValueError, TypeError, AttributeError) as error:
            mark_damaged(self.path)
            raise damaged(self.path) from error

    def run(self, sql: str, bindings: Sequence[SQLValue] = ()) -> None:
        """One statement without a result; inside `transaction`."""
        self.rows(sql, bindings)

    def run_many(self, sql: str, bindings: Sequence[Sequence[SQLValue]]) -> None:
        """One statement for each of the bindings; inside `transaction`."""
        try:
            self.connection.executemany(sql, bindings)
        except apsw.Error as error:
            raise self.translated(error) from error

    @contextlib.contextmanager
    def transaction(self, *, durable: bool) -> Iterator[None]:
        """A write transaction that holds the lock from its start; rolled back whole on any exception.

        durable: the commit is on the disk when this returns (marks); otherwise it may be lost with the power, never
        with the process. Raises ReadOnlyCacheError, LockedError.
        """
        if self.reason:
            raise ReadOnlyCacheError(self.reason)
        if _identity(self.path) != self._file:
            # What is written now would go into the file that was moved aside.
            raise CacheError(f"{self.path}: the cache was replaced by another newstui; start this one again")
        try:
            if durable is not self._durable:
                self.connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
                self._durable = durable
            self.connection.execute("BEGIN IMMEDIATE")
        except apsw.Error as error:
            raise self.translated(error) from error
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException as error:
            if self.connection.in_transaction:
                with contextlib.suppress(apsw.Error):  # the first error says more
                    self.connection.execute("ROLLBACK")
            if isinstance(error, apsw.Error):
                raise self.translated(error) from error
            raise

    def interrupt(self) -> None:
        """Cut short what another thread is reading through this connection."""
        self.stopped = True
        self.connection.interrupt()

    def translated(self, error: apsw.Error) -> NewstuiError:
        """Our error for SQLite's; a malformed file is remembered for the next opening."""
        match error:
            case apsw.InterruptError():
                return InterruptedReadError("interrupted")
            case apsw.BusyError() | apsw.LockedError():
                return LockedError(f"{self.path}: another newstui is writing to the cache; try again in a moment")
            case apsw.CorruptError() | apsw.NotADBError():
                mark_damaged(self.path)
                return damaged(self.path)
            case (
                apsw.FullError()
                | apsw.ReadOnlyError()
                | apsw.IOError()
                | apsw.CantOpenError()
                | apsw.PermissionsError()
            ):
                return ReadOnlyCacheError(unwritable(self.path, error))
        return CacheError(f"{self.path}: {error}")

    def close(self) -> None:
        """Close the connection; it cannot be used again."""
        self.connection.close()


def _identity(path: Path) -> tuple[int, int]:
    """Device and inode of the file under this name now."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_dev, found.st_ino


def damage_marker(path: Path) -> Path:
    """The empty file that says that a reading of the cache at `path` failed as malformed."""
    return path.with_name(path.name + ".damaged")


def mark_damaged(path: Path) -> None:
    """Leave word for the next opening; without it (a read-only home) that opening has to find out for itself."""
    with contextlib.suppress(OSError):
        damage_marker(path).touch()


def damaged(path: Path) -> DamagedCacheError:
    """The error for a malformed file."""
    return DamagedCacheError(
        f"{path}: the cache is damaged; start newstui again: it keeps the file aside and saves bookmarks and sources"
    )


def unwritable(path: Path, error: Exception) -> str:
    """One sentence for a cache that cannot be written."""
    cause = str(error).split(": ", 1)[-1] or type(error).__name__
    return f"{path}: the cache cannot be written ({cause}); free disk space or fix the folder's permissions"


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
            head = file.read(len(_MAGIC))
        if head:
            return head == _MAGIC
        log = path.with_name(path.name + "-wal")
        return not log.exists() or log.stat().st_size == 0
    except OSError:
        return True  # opening it will say what is wrong


def finish_salvage(path: Path) -> bool:
    """Put a salvaged cache in its place when the process that made it was killed just before; whether there was one."""
    ready = path.with_name(path.name + ".salvaged")
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
        except (apsw.CantOpenError, apsw.ReadOnlyError, apsw.FullError, apsw.IOError, apsw.PermissionsError) as error:
            first = error
    if not path.exists():
        raise ReadOnlyCacheError(unwritable(path, first) if first else str(path)) from first
    reason = unwritable(path, first) if first else f"{path}: opened for reading only"
    from urllib.parse import quote

    address = "file:" + quote(str(path.absolute()))
    last: apsw.Error | None = None
    for query in ("?mode=ro", "?immutable=1"):
        try:
            database = _attempt(path, address + query, apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
        except (apsw.CantOpenError, apsw.ReadOnlyError, apsw.FullError, apsw.IOError, apsw.PermissionsError) as error:
            last = error
            continue
        database.reason = reason
        return database
    raise CacheError(f"{path}: the cache cannot be read ({last})") from last


def _attempt(path: Path, name: str, flags: int) -> Database:
    """A connection that has read the file's header; SQLite's own errors for what is no open question."""
    connection = apsw.Connection(name, flags=flags)
    try:
        connection.set_busy_timeout(_BUSY_MS)
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
        raise LockedError(f"{path}: another newstui is writing to the cache; try again in a moment") from error
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
        from newstui.store.migrate import migrate

        migrate(database)
    elif database.value("PRAGMA application_id") != APPLICATION_ID:
        raise CacheError(f"{path}: this is another program's database, not newstui's cache; name another file")
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
