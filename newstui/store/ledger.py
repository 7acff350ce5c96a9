"""What became of members of archives, so that an import that is run again need not read them again.

An entry says what was told of a member when it was finished. It is written in the transaction that stores the last of
the member's articles: what a killed process leaves is either done and remembered, or neither.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from newstui.model import Headline, ImportOutcome
from newstui.store.bodies import pack, unpack
from newstui.store.connection import Database
from newstui.store.times import to_ms

_BATCH: Final = 5000
"""Entries forgotten in one transaction."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A finished member: the digest that it is known by, and what was told of it.

    Of the outcomes' paths and members only the part inside the member is kept: the same bytes may lie elsewhere too.
    """

    key: bytes
    outcomes: Sequence[ImportOutcome]


class Ledger:
    """Members by their digests."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, key: bytes, *, absent: bool = False) -> list[ImportOutcome]:
        """What was told of a member, its articles as known, without its path; [] when it has to be read.

        That is also so when an article of it is gone since; absent: one that was pruned is to stay away and counts as
        known.
        """
        found = self._database.row("SELECT content FROM members WHERE key = ?", (key,))
        if found is None:
            return []
        outcomes: list[ImportOutcome] = self._database.intact(_decode, found[0])
        if all(not each.id or self._stands(each.id, absent) for each in outcomes):
            return outcomes
        return []

    def has(self, key: bytes) -> bool:
        """Whether there is an entry, whatever it says."""
        return self._database.row("SELECT 1 FROM members WHERE key = ?", (key,)) is not None

    def _stands(self, short: str, absent: bool) -> bool:
        if self._database.row("SELECT 1 FROM articles WHERE id = ?", (short,)):
            return True
        return absent and self._database.row("SELECT 1 FROM pruned WHERE id = ?", (short,)) is not None

    def add(self, entries: Iterable[Entry], *, at: datetime) -> None:
        """Remember members that brought no articles."""
        with self._database.transaction(durable=False):
            self.note(entries, to_ms(at))

    def note(self, entries: Iterable[Entry], now: int) -> None:
        """The same inside a transaction."""
        rows = [(entry.key, now, _encode(entry.outcomes)) for entry in entries]
        if rows:
            self._database.run_many("INSERT OR REPLACE INTO members VALUES (?, ?, ?)", rows)

    def forget(self, before: datetime) -> int:
        """Drop what was noted before a time: those members are read again when they are met; how many."""
        gone = 0
        while True:
            with self._database.transaction(durable=False):
                keys = self._database.rows("SELECT key FROM members WHERE at < ? LIMIT ?", (to_ms(before), _BATCH))
                self._database.run_many("DELETE FROM members WHERE key = ?", keys)
            gone += len(keys)
            if len(keys) < _BATCH:
                return gone


def _encode(outcomes: Sequence[ImportOutcome]) -> str | bytes:
    """For each article `[part, id, title, byline, source, published, district]`, for what was passed over `[part,
    reason, [[title, url]…]]`, for what failed `[part, reason]`; part is its place in the member, "" for the member
    itself.
    """
    return pack(json.dumps([_packed(each) for each in outcomes], ensure_ascii=False, separators=(",", ":")))


def _packed(each: ImportOutcome) -> list[object]:
    if each.status == "failed":
        return [each.member, each.error]
    if not each.id:
        return [each.member, each.error, [[line.title, line.url] for line in each.headlines]]
    published = each.published.isoformat() if each.published else ""
    return [each.member, each.id, each.title, each.byline, each.source, published, each.district]


def _decode(content: str | bytes) -> list[ImportOutcome]:
    return [_outcome(each) for each in json.loads(unpack(content))]


def _outcome(value: Any) -> ImportOutcome:
    if len(value) == 2:
        return ImportOutcome("", value[0], "failed", error=value[1])
    if len(value) == 3:
        part, reason, lines = value
        return ImportOutcome("", part, "skipped", error=reason, headlines=tuple(Headline(*line) for line in lines))
    part, short, title, byline, source, published, district = value
    moment = datetime.fromisoformat(published) if published else None
    return ImportOutcome("", part, "known", short, title, byline, source, moment, district)
