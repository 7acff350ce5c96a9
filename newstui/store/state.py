"""Small things remembered between runs: the last tab."""

from __future__ import annotations

from newstui.store.connection import Database


class State:
    """Text by key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str) -> str | None:
        """The value, None when it was never set."""
        found = self._database.row("SELECT value FROM state WHERE key = ?", (key,))
        return None if found is None else str(found[0])

    def set(self, key: str, value: str) -> None:
        """Remember a value; a cache that cannot be written raises ReadOnlyCacheError."""
        with self._database.transaction(durable=False):
            self._database.run("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, value))
