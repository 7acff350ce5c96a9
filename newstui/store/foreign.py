"""Another reader's SQLite file, read as what it is: hostile. Only in the parser's process.

Read-only and hardened (sqlite.org/security.html §2): no trust in its schema, no views, triggers or extensions, tables
that are really tables, bounded lengths and steps. A file at a path is opened as immutable, so that not even a journal
is touched; one inside a container from memory. Rows are read one by one: a damaged page costs the rows on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

import apsw

from newstui.errors import NewstuiError

_LENGTH: Final = 32 << 20
"""Bytes of one value or row."""
_STEPS: Final = 1_000_000_000
"""Steps of SQLite's machine for one file, about half a minute; the pool's own clock ends it earlier."""
_EVERY: Final = 1_000_000
_NEAR: Final = 1000
"""Row numbers tried one by one after a damaged page; further on the steps grow, for a file that is damaged all over."""


class ForeignError(NewstuiError):
    """The file is no database that can be read; the message says why."""


class Foreign:
    """A foreign database; a context, which closes it."""

    def __init__(self, data: bytes, path: str = "") -> None:
        """`path`: the file itself; without one, `data` is what it holds. Raises ForeignError."""
        flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        try:
            if path:
                self._connection = apsw.Connection(f"file:{quote(path)}?immutable=1", flags)
            else:
                self._connection = apsw.Connection(":memory:")
                self._connection.deserialize("main", data)
            self._harden()
            self._tables = self._read_tables()
        except apsw.Error as error:
            raise ForeignError(f"a damaged SQLite file ({error})") from error

    def _harden(self) -> None:
        connection = self._connection
        for setting, value in (
            (apsw.SQLITE_DBCONFIG_DEFENSIVE, 1),
            (apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
            (apsw.SQLITE_DBCONFIG_ENABLE_VIEW, 0),
            (apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0),
            (apsw.SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0),
        ):
            connection.config(setting, value)
        connection.limit(apsw.SQLITE_LIMIT_LENGTH, _LENGTH)
        connection.limit(apsw.SQLITE_LIMIT_ATTACHED, 0)
        left = _STEPS // _EVERY

        def tired() -> bool:
            nonlocal left
            left -= 1
            return left < 0

        connection.set_progress_handler(tired, _EVERY)
        connection.execute("PRAGMA query_only = ON; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0")

    def _read_tables(self) -> frozenset[str]:
        found = self._connection.execute("SELECT CAST(name AS BLOB), CAST(sql AS BLOB) FROM sqlite_schema "
                                         "WHERE type = 'table'")  # fmt: skip
        return frozenset(
            bytes(name).decode("utf-8", "replace")
            for name, sql in found
            if isinstance(sql, bytes) and sql.upper().startswith(b"CREATE TABLE")
        )

    def has(self, *tables: str) -> bool:
        """Whether it has all these tables, as tables of its own."""
        return self._tables >= set(tables)

    def span(self, table: str) -> tuple[int, int]:
        """The first and the last row number of a table; (0, -1) when it is empty. Raises ForeignError."""
        try:
            # Asked apart, each is one step down the tree; together they are a walk over every page, damaged ones too.
            first, last = (
                self._connection.execute(f"SELECT {end}(rowid) FROM {table}").fetchall()[0][0] for end in ("min", "max")
            )
        except apsw.Error as error:
            raise ForeignError(f"a damaged SQLite file ({error})") from error
        return (first, last) if isinstance(first, int) and isinstance(last, int) else (0, -1)

    def rows(
        self, table: str, columns: Sequence[str], first: int, last: int
    ) -> Iterator[tuple[int, Mapping[str, Any] | None]]:
        """Rows of a table by number, each with those of `columns` that it has; None for one that cannot be read.

        Texts come as text whatever bytes they are made of. A damaged page of the table itself is passed over, with
        (-1, None) for the rows that were on it.
        """
        try:
            known = {str(row[1]) for row in self._connection.execute(f"PRAGMA table_info({table})")}
        except apsw.Error:
            yield -1, None
            return
        there = [column for column in columns if column in known]
        sql = ", ".join(f"CASE typeof({c}) WHEN 'text' THEN CAST({c} AS BLOB) ELSE {c} END" for c in there)
        start, failures = first, 0
        while start <= last:
            try:
                numbers = self._connection.execute(
                    f"SELECT rowid FROM {table} WHERE rowid BETWEEN ? AND ? ORDER BY rowid", (start, last)
                )
                for (number,) in numbers:
                    start, failures = number + 1, 0
                    yield number, self._row(f"SELECT {sql} FROM {table} WHERE rowid = ?", number, there)
                return
            except apsw.CorruptError:
                if not failures:
                    yield -1, None
                failures += 1
                start += 1 if failures <= _NEAR else 1 << min(failures - _NEAR, 62)
            except apsw.Error:
                yield -1, None
                return

    def _row(self, sql: str, number: int, columns: Sequence[str]) -> Mapping[str, Any] | None:
        try:
            values = self._connection.execute(sql, (number,)).fetchall()[0]
        except (apsw.CorruptError, apsw.TooBigError, IndexError):
            return None
        return {
            column: value.decode("utf-8", "replace") if isinstance(value, bytes) else value
            for column, value in zip(columns, values, strict=True)
        }

    def __enter__(self) -> Foreign:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()
