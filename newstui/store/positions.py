"""Where articles were left, by article id."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from newstui.store.connection import Database
from newstui.store.times import to_ms


class Positions:
    """Part and code point by article id; the beginning, (0, 0), is not kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, article_id: str) -> tuple[int, int]:
        """Where an article was left."""
        found = self._database.row("SELECT part, offset FROM positions WHERE id = ?", (article_id,))
        return (0, 0) if found is None else (int(found[0]), int(found[1]))

    def put(self, places: Mapping[str, tuple[int, int]], at: datetime) -> None:
        """Remember where articles were left, in one small transaction; raises ReadOnlyCacheError, LockedError."""
        moment = to_ms(at)
        with self._database.transaction(durable=False):
            for article_id, (part, offset) in places.items():
                if (part, offset) == (0, 0):
                    self._database.run("DELETE FROM positions WHERE id = ?", (article_id,))
                else:
                    self._database.run(
                        "INSERT OR REPLACE INTO positions (id, part, offset, at) VALUES (?, ?, ?, ?)",
                        (article_id, part, offset, moment),
                    )
