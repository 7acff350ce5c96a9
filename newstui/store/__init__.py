"""The local cache: SQLite through apsw. The only room with SQL.

`open_store(path, now=…)` gives a `Store` with one noun per file: sources, articles, views, marks, places, state,
retention, health. A `Store` belongs to one thread: open one per thread (they share the file through WAL). Only
`Store.interrupt` may be called from another thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newstui.store.facade import Store, open_store

__all__ = ["Store", "open_store"]


def __getattr__(name: str) -> object:
    """`Store` and `open_store` when they are asked for: the first picture (`glance`) must not pay for them."""
    if name in __all__:
        from newstui.store import facade

        return getattr(facade, name)
    raise AttributeError(name)
