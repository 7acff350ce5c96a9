"""The app's way to the store: one thread with its own connection, asked one question after another.

The event loop never waits for SQLite. Reads that nobody waits for any more are dropped before they begin; marks are
never dropped: they are shielded from cancelling, and closing the cache waits for them.
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

    def close(self) -> None:
        """Let everything queued finish, then close the store."""
        if self._store.exception() is None:
            self._thread.submit(self._store.result().close)
        self._thread.shutdown(wait=True)
