"""One connection to the cache: short transactions, and SQLite's errors as our own."""

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
    NewstuiError,
    ReadOnlyCacheError,
)

CACHE_KIB: Final = 8_192
"""SQLite's page cache: a screen and what is round it; the file system caches the rest."""
BUSY_MS: Final = 10_000
"""How long a connection waits for its turn."""
MAGIC: Final = b"SQLite format 3\0"
"""What a database file begins with."""
UNWRITABLE: Final = (
    apsw.CantOpenError,
    apsw.ReadOnlyError,
    apsw.FullError,
    apsw.IOError,
    apsw.PermissionsError,
)
"""What SQLite raises on full disks and in folders that cannot be written."""
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

    @property
    def last_row(self) -> int:
        """The number of the row that was inserted last."""
        return self.connection.last_insert_rowid()

    @contextlib.contextmanager
    def transaction(self, *, durable: bool) -> Iterator[None]:
        """A write transaction that holds the lock from its start; rolled back whole on any exception.

        durable: the commit is on the disk when this returns (marks); otherwise it may be lost with the power, never
        with the process. Raises ReadOnlyCacheError, LockedError.
        """
        if self.reason:
            raise ReadOnlyCacheError(self.reason)
        self.check_place()
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

    def check_place(self) -> None:
        """Raise CacheError when the file is no longer the one under its name.

        What is written then would go into the file that was moved aside or deleted.
        """
        if _identity(self.path) != self._file:
            raise CacheError(f"{self.path}: the cache was moved, deleted or replaced; start newstui again")

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
                return locked(self.path)
            case apsw.CorruptError() | apsw.NotADBError():
                mark_damaged(self.path)
                return damaged(self.path)
            case _ if isinstance(error, UNWRITABLE):
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


def beside(path: Path, ending: str) -> Path:
    """The file beside the cache at `path` whose name goes on with `ending`, e.g. its log, "-wal"."""
    return path.with_name(path.name + ending)


def damage_marker(path: Path) -> Path:
    """The empty file that says that a reading of the cache at `path` failed as malformed."""
    return beside(path, ".damaged")


def mark_damaged(path: Path) -> None:
    """Leave word for the next opening; without it (a read-only home) that opening has to find out for itself."""
    with contextlib.suppress(OSError):
        damage_marker(path).touch()


def damaged(path: Path) -> DamagedCacheError:
    """The error for a malformed file."""
    return DamagedCacheError(
        f"{path}: the cache is damaged; start newstui again: it keeps the file aside and saves bookmarks and sources"
    )


def foreign(path: Path) -> CacheError:
    """The error for a sound database that is none of ours."""
    return CacheError(f"{path}: this is another program's database, not newstui's cache; name another file")


def locked(path: Path) -> LockedError:
    """The error for a wait that was too long."""
    return LockedError(f"{path}: another newstui is writing to the cache; try again in a moment")


def unwritable(path: Path, error: Exception) -> str:
    """One sentence for a cache that cannot be written."""
    cause = str(error).split(": ", 1)[-1] or type(error).__name__
    return f"{path}: the cache cannot be written ({cause}); free disk space or fix the folder's permissions"
