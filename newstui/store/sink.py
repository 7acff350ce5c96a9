"""Rows of a damaged cache on their way into a fresh one: only of the right shape, with clean text and whole bodies."""

from __future__ import annotations

import contextlib
import json
import re
import zlib
from collections.abc import Iterable
from typing import Any, Final

import apsw

from newstui.store.connection import Database
from newstui.store.identity import ALPHABET
from newstui.store.raw_pages import Record
from newstui.text.clean import clean

TABLES: Final = (
    "sources",
    "places",
    "marks",
    "tags",
    "notes",
    "passages",
    "positions",
    "state",
    "articles",
    "bodies",
    "originals",
    "revisions",
    "digests",
    "identities",
    "pruned",
    "copies",
    "captures",
    "members",
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
_LATEST_WINS: Final = (
    "INSERT INTO positions (id, part, offset, at) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
    "part = excluded.part, offset = excluded.offset, at = excluded.at WHERE excluded.at > positions.at"
)
_SQL: Final = {"marks": _LATER_WINS, "positions": _LATEST_WINS}
_ID: Final = re.compile(f"[{ALPHABET}]{{8,26}}")
_BATCH: Final = 5000
PACKED: Final = ("bodies", "originals", "revisions", "members")
"""Tables whose last column is packed text."""
_TYPES: Final = {"INTEGER": int, "TEXT": str, "BLOB": bytes, "ANY": (str, bytes)}


class Sink:
    """The way into the fresh cache: only rows of the right shape, clean text, readable bodies."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._shapes: dict[str, list[tuple[str, bool, bool]]] = {}
        self._waiting: list[tuple[str, tuple[Any, ...]]] = []
        for table in TABLES:
            info = database.rows(f"PRAGMA table_info({table})")
            self._shapes[table] = [(kind, bool(notnull), bool(key)) for _, _, kind, notnull, _, key in info]
        self.columns = {
            table: [name for _, name, *_ in database.rows(f"PRAGMA table_info({table})")] for table in TABLES
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
        if table in PACKED and not readable(values[-1]):
            return
        self._waiting.append((table, values))
        if len(self._waiting) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what was taken in."""
        with self._database.transaction(durable=False):
            for table, values in self._waiting:
                marks = ", ".join("?" * len(values))
                sql = _SQL.get(table, f"INSERT OR IGNORE INTO {table} VALUES ({marks})")
                with contextlib.suppress(apsw.ConstraintError):  # a value that the table itself refuses
                    self._database.connection.execute(sql, values)
        self._waiting.clear()


def _fits(values: Iterable[Any], shape: list[tuple[str, bool, bool]]) -> bool:
    return all(
        isinstance(value, _TYPES[kind]) if value is not None else not notnull and not key  # type: ignore[arg-type]
        for value, (kind, notnull, key) in zip(values, shape, strict=True)
    )


def readable(content: Any) -> bool:
    """Whether a packed text is whole: zlib's own checksum, or JSON that parses; a page's bytes are zlib too."""
    try:
        if isinstance(content, bytes):
            zlib.decompress(content)
        else:
            json.loads(content)
    except (zlib.error, ValueError, TypeError):
        return False
    return True


def settle(database: Database) -> None:
    """Put right what hangs on rows that did not come through."""
    from newstui.districts.placing import place_name, place_path

    run = database.run
    for table in ("bodies", "originals", "revisions", "digests", "copies"):
        run(f"DELETE FROM {table} WHERE NOT EXISTS (SELECT 1 FROM articles WHERE articles.row = {table}.row)")
    run("DELETE FROM captures WHERE NOT EXISTS (SELECT 1 FROM revisions WHERE revisions.number = captures.number)")
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
