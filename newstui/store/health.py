"""Whether the cache is sound and its kept counts are right: for `doctor`, tests, and nobody's start-up."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from newstui.store.connection import Database, mark_damaged
from newstui.store.counts import COUNTED, fresh_counts, kept_counts, recount

_WRONG: Final = (
    (
        "marks",
        "SELECT count(*) FROM articles AS a LEFT JOIN marks AS m ON m.id = a.id "
        "WHERE a.read <> coalesce(m.read, 0) OR a.starred <> coalesce(m.starred, 0)",
        "{} articles show other marks than the reader made",
    ),
    (
        "texts",
        "SELECT count(*) FROM articles AS a WHERE NOT EXISTS (SELECT 1 FROM bodies WHERE bodies.row = a.row)",
        "{} articles have no text",
    ),
    (
        "texts",
        "SELECT count(*) FROM bodies AS b WHERE NOT EXISTS (SELECT 1 FROM articles WHERE articles.row = b.row)",
        "{} texts belong to no article",
    ),
    (
        "pruned",
        "SELECT count(*) FROM pruned AS p WHERE EXISTS (SELECT 1 FROM articles WHERE articles.row = p.row)",
        "{} articles are both there and pruned",
    ),
    (
        "order",
        "SELECT count(*) FROM articles WHERE sort > first_seen OR (published IS NOT NULL AND sort > published)",
        "{} articles stand under a time later than their own",
    ),
)


class Finding(NamedTuple):
    """Something that is not as it should be."""

    kind: Literal["damage", "counts", "content"]
    where: str
    what: str
    """In plain words."""


class Health:
    """Reads the whole cache; takes as long as that takes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def check(self) -> list[Finding]:
        """Everything that is wrong; [] when all is well."""
        database = self._database
        findings = [
            Finding("damage", "file", line) for (line,) in database.rows("PRAGMA integrity_check(20)") if line != "ok"
        ]
        for name in COUNTED:
            if kept_counts(database, name) != fresh_counts(database, name):
                findings.append(Finding("counts", name, f"the kept counts of {name} are not those of the articles"))
        for name, sql, words in _WRONG:
            count = database.value(sql)
            if count:
                findings.append(Finding("content", name, words.format(count)))
        return findings

    def condemn(self) -> None:
        """Have the next opening for writing move the file aside and save what can be read of it."""
        mark_damaged(self._database.path)

    def recount(self) -> None:
        """Count everything afresh."""
        with self._database.transaction(durable=True):
            recount(self._database)
