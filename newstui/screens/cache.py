"""The app's way to the store: threads with connections of their own, asked one question after another.

The event loop never waits for SQLite. Reads that nobody waits for any more are dropped before they begin; marks are
never dropped: they are shielded from cancelling, and closing the cache waits for them. Searches walk over every
article and have a thread apart, so that no mark and no article waits behind one; a search that nobody waits for any
more is cut short.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from newstui.store import Store

T = TypeVar("T")


class Cache:
    """Asks a store that lives in a thread of its own."""

    def __init__(self, opener: Callable[[], Store]) -> None:
        """Begin to open the store; `ready` tells how that went."""
        self._opener = opener
        self._searcher: Cache | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="cache")
        self._store: Future[Store] = self._thread.submit(opener)

    def ready(self) -> None:
        """Wait until the store is open; raises what opening it raised (CacheError and its kinds)."""
        self._store.result()

    def submit(self, question: Callable[[Store], T]) -> Future[T]:
        """Queue a question; its answer, or what it raised, is in the future."""
        return self._thread.submit(lambda: question(self._store.result()))

    async def ask(self, question: Callable[[Store], T]) -> T:
        """The answer to a read; when the asker is cancelled before its turn, the read is not made."""
        return await asyncio.wrap_future(self.submit(question))

    async def do(self, change: Callable[[Store], T]) -> T:
        """The result of a write, which is made even when the asker is cancelled."""
        return await asyncio.shield(asyncio.wrap_future(self.submit(change)))

    async def search(self, question: Callable[[Store], T]) -> T:
        """The answer to a read that may take long; cancelling the asker cuts it short."""
        if self._searcher is None:
            self._searcher = Cache(self._opener)
        try:
            return await self._searcher.ask(question)
        except asyncio.CancelledError:
            if self._searcher._store.done():
                self._searcher._store.result().interrupt()
            raise

    def close(self) -> None:
        """Let everything queued finish, searches cut short, then close the store."""
        if self._searcher is not None:
            if self._searcher._store.exception() is None:
                self._searcher._store.result().interrupt()
            self._searcher.close()
        if self._store.exception() is None:
            self._thread.submit(self._store.result().close)
        self._thread.shutdown(wait=True)
