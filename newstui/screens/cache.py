"""The app's way to the store: threads with connections of their own, asked one question after another.

The event loop never waits for SQLite. Changes are queued the moment they are made, whatever becomes of the screen that
made them, are never dropped, and closing the cache waits for them. They have a thread apart: while another program
holds the write lock they wait, and reading goes on. A read is made after the changes before it, unless those wait
longer than anybody would; reads that nobody waits for any more are dropped before they begin. Searches walk over every
article and have a thread apart too; one that nobody waits for any more is cut short.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from newstui.store import Store

T = TypeVar("T")

_PATIENCE: Final = 0.25
"""Seconds that a read waits for the changes made before it."""


class Cache:
    """Asks a store that lives in a thread of its own."""

    def __init__(self, opener: Callable[[], Store]) -> None:
        """Begin to open the store; `ready` tells how that went."""
        self._searcher: Cache | None = None
        self._writer: Cache | None = None
        self._last: Future[Any] | None = None
        """The last change that was queued; when it is done, all are."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="cache")
        self._store: Future[Store] = self._thread.submit(opener)

    def ready(self) -> None:
        """Wait until the store is open; raises what opening it raised (CacheError and its kinds)."""
        self._store.result()

    def submit(self, question: Callable[[Store], T]) -> Future[T]:
        """Queue a read; its answer, or what it raised, is in the future."""
        return self._thread.submit(lambda: question(self._store.result()))

    def change(self, change: Callable[[Store], T]) -> Future[T]:
        """Queue a write at once; changes are made in the order they are queued in."""
        if self._writer is None and not self._store.result().read_only:
            # Never a file that is made or mended now: what is on screen is this one's.
            self._writer = Cache(self._store.result().again)
        # A store that can only be read may have the file to itself; it says why it refuses.
        written = (self._writer or self).submit(change)
        self._last = written
        return written

    async def ask(self, question: Callable[[Store], T]) -> T:
        """The answer to a read; when the asker is cancelled before its turn, the read is not made."""
        if self._last is not None and not self._last.done():
            await asyncio.wait([_quiet(self._last)], timeout=_PATIENCE)
        return await asyncio.wrap_future(self.submit(question))

    async def search(self, question: Callable[[Store], T]) -> T:
        """The answer to a read that may take long; cancelling the asker cuts it short."""
        if self._searcher is None:
            self._searcher = Cache(self._store.result().again)
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
        if self._writer is not None:
            self._writer.close()
        if self._store.exception() is None:
            self._thread.submit(self._store.result().close)
        self._thread.shutdown(wait=True)


async def made(change: Future[T]) -> T:
    """What a queued change gave or raised; it is made even when nobody waits for it any more."""
    return await asyncio.shield(_quiet(change))


def _quiet(change: Future[T]) -> asyncio.Future[T]:
    """A future of the loop that does not complain when nobody asks for its error."""
    future = asyncio.wrap_future(change)
    future.add_done_callback(lambda done: done.cancelled() or done.exception())
    return future
