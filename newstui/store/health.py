"""Whether the cache is sound and its kept counts are right: for `doctor`, tests, and nobody's start-up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from newstui.store.connection import Database

_COUNTED: Final = (
    (
        "places",
        "SELECT code, unread, total, direct FROM places WHERE total OR unread OR direct ORDER BY code",
        "SELECT p.code, sum(a.unread), sum(a.total), sum(a.direct) FROM ("
        " SELECT province AS place, sum(1 - read) AS unread, count(*) AS total,"
        "  sum(city IS NULL AND district IS NULL) AS direct FROM articles GROUP BY province"
        " UNION ALL SELECT city, sum(1 - read), count(*), sum(district IS NULL) FROM articles GROUP BY city"
        " UNION ALL SELECT district, sum(1 - read), count(*), count(*) FROM articles GROUP BY district"
        ") AS a JOIN places AS p ON p.id = a.place GROUP BY p.code ORDER BY p.code",
    ),
    (
        "sources",
        "SELECT id, unread, total FROM sources WHERE total OR unread ORDER BY id",
        "SELECT source, sum(1 - read), count(*) FROM articles GROUP BY source ORDER BY source",
    ),
    (
        "totals",
        "SELECT unread, total FROM totals WHERE name = 'all'",
        "SELECT coalesce(sum(1 - read), 0), count(*) FROM articles",
    ),
    (
        "starred",
        "SELECT unread, total FROM totals WHERE name = 'starred'",
        "SELECT coalesce(sum(1 - read), 0), count(*) FROM articles WHERE starred = 1",
    ),
)
"""What is counted, the kept counts, and the same counted afresh."""

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


@dataclass(frozen=True, slots=True)
class Finding:
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
        for name, kept, counted in _COUNTED:
            if database.rows(kept) != database.rows(counted):
                findings.append(Finding("counts", name, f"the kept counts of {name} are not those of the articles"))
        for name, sql, words in _WRONG:
            count = database.value(sql)
            if count:
                findings.append(Finding("content", name, words.format(count)))
        return findings
