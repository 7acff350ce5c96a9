"""The local cache: SQLite through apsw. The only room with SQL.

`open_store(path, now=…)` gives a `Store` with one noun per file: sources, articles, views, marks, places, state,
retention, health. A `Store` belongs to one thread: open one per thread (they share the file through WAL). Only
`Store.interrupt` may be called from another thread.
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing.TYPE_CHECKING without typing: `glance` must not pay for it
if TYPE_CHECKING:
    from newstui.store.facade import Store, open_store

__all__ = ["Store", "open_store"]


def __getattr__(name: str) -> object:
    if name in __all__:
        from newstui.store import facade

        return getattr(facade, name)
    raise AttributeError(name)
