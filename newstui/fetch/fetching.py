"""Fetching the sources: at most so many at once, two a host, each in its own transaction.

What comes is judged here (unchanged, moved, gone, busy, broken), parsed in another process, and stored; a source that
fails costs itself only. A run that is interrupted keeps what was done.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from typing import Final

from newstui.config import Settings
from newstui.errors import NewstuiError, UsageError
from newstui.fetch.addresses import Allowance
from newstui.fetch.files import local_path, read_file
from newstui.fetch.http import Session
from newstui.fetch.interrupts import run
from newstui.fetch.locations import locate
from newstui.fetch.pool import ParseError, ParserPool
from newstui.fetch.replies import FetchError, Reply
from newstui.fetch.schedule import after_busy, after_failure
from newstui.fetch.wire import unpack_articles, unpack_feed
from newstui.model import Article, Fetched, FetchOutcome, Source
from newstui.store import Store

PER_HOST: Final = 2
"""Sources of one host asked at once."""

Clock = Callable[[], datetime]
Report = Callable[[FetchOutcome], None]


def fetch_sources(store: Store, sources: Sequence[Source], settings: Settings, *, now: Clock, report: Report) -> None:
    """Fetch `sources`, due or not, and report each as it finishes.

    Raises KeyboardInterrupt when told to end, CacheError when the cache fails; failures of sources are outcomes.
    """
    run(_Fetch(store, settings, now, report).all(sources))


class _Fetch:
    def __init__(self, store: Store, settings: Settings, now: Clock, report: Report) -> None:
        self._store = store
        self._settings = settings
        self._allowance = Allowance(settings.allow_private)
        self._now = now
        self._report = report
        self._places = asyncio.Semaphore(settings.workers)
        self._pool = ParserPool()

    async def all(self, sources: Sequence[Source]) -> None:
        """Fetch all, hosts side by side."""
        queues: dict[str, deque[Source]] = {}
        for source in sources:
            queues.setdefault(_host(source), deque()).append(source)
        async with self._pool:
            runners = [
                asyncio.create_task(self._drain(queue))
                for queue in queues.values()
                for _ in range(min(PER_HOST, len(queue)))
            ]
            try:
                await asyncio.gather(*runners)
            finally:
                for runner in runners:
                    runner.cancel()
                await asyncio.gather(*runners, return_exceptions=True)

    async def _drain(self, queue: deque[Source]) -> None:
        """Fetch one host's sources, one after the other; the place is kept, so that few connections are ever open."""
        async with self._places:
            if not queue:
                return
            session = Session(self._settings, self._allowance)
            try:
                while queue:
                    await self._one(queue.popleft(), session)
            finally:
                await session.close()

    async def _one(self, source: Source, session: Session) -> None:
        started = time.monotonic()
        reply: Reply | None = None
        articles: Sequence[Article] = ()
        wire = 0
        try:
            if source.kind == "archive":
                self._report(await self._archive(source, started))
                return
            reply = await self._get(source, session)
            wire = reply.wire
            fetched, articles = await self._judge(source, reply)
        except FetchError as error:
            wire = error.wire
            fetched = self._failed(source, str(error), error.http_status)
        except ParseError as error:
            fetched = self._failed(source, str(error), reply.status if reply else None)
        added = updated = 0
        if fetched.status == "ok":
            done = self._store.articles.ingest(source.id, articles, at=fetched.at, fetched=fetched)
            added = sum(item.status == "added" for item in done)
            updated = sum(item.status == "updated" for item in done)
        else:
            self._store.sources.record(source.id, fetched)
        self._report(
            FetchOutcome(
                source.title or fetched.title or source.url,
                source.url,
                fetched.status,
                added,
                updated,
                fetched.error,
                fetched.http_status,
                wire,
                time.monotonic() - started,
            )
        )

    async def _get(self, source: Source, session: Session) -> Reply:
        """The answer for a source, from the network or this machine; raises FetchError."""
        limit = self._settings.feed_bytes
        try:
            path = local_path(source.url)
        except UsageError as error:
            raise FetchError(str(error)) from error
        if path is not None:
            return read_file(path, limit)
        try:
            return await session.get(source.url, etag=source.etag, last_modified=source.last_modified, limit=limit)
        except NewstuiError:
            raise
        except Exception as error:  # what a server sends must not end the run for the others
            raise FetchError(f"the connection failed ({type(error).__name__}: {error})"[:300]) from error

    async def _judge(self, source: Source, reply: Reply) -> tuple[Fetched, Sequence[Article]]:
        """What an answer means for its source, and the articles it brought; raises ParseError."""
        status = None if reply.url == local_path_or_none(source.url) else reply.status
        if reply.status == 304 and (source.etag or source.last_modified):
            return Fetched("unchanged", self._now(), http_status=304, moved_to=reply.moved_to), ()
        if reply.status == 410:
            gone = "the server says it is gone for good (410); its articles stay"
            return Fetched("gone", self._now(), error=gone, http_status=410), ()
        if reply.status not in (200, 203):
            return self._refused(source, reply), ()
        digest = sha256(reply.body).hexdigest()
        if digest == source.body_hash:
            return Fetched("unchanged", self._now(), http_status=status, moved_to=reply.moved_to), ()
        title, site, articles = await self._parse(source, reply)
        fetched = Fetched(
            "ok",
            self._now(),
            title=title,
            site=site,
            etag=reply.etag,
            last_modified=reply.last_modified,
            body_hash=digest,
            http_status=status,
            moved_to=reply.moved_to,
        )
        return fetched, articles

    async def _parse(self, source: Source, reply: Reply) -> tuple[str, str, Sequence[Article]]:
        url = reply.url if local_path_or_none(source.url) is None else ""
        asked = {"url": url, "content_type": reply.content_type}
        if source.kind == "page":
            message = await self._pool.run("page", asked, reply.body)
            return "", "", unpack_articles(message.value["articles"], message.blobs)
        feed = unpack_feed(await self._pool.run("feed", asked, reply.body))
        return feed.title, feed.site_url, feed.articles

    async def _archive(self, source: Source, started: float) -> FetchOutcome:
        from newstui.fetch.watching import refresh_archive

        outcome = await refresh_archive(self._store, self._pool, source, now=self._now())
        return replace(outcome, seconds=time.monotonic() - started)

    def _refused(self, source: Source, reply: Reply) -> Fetched:
        try:
            name = f"{reply.status} {HTTPStatus(reply.status).phrase}"
        except ValueError:
            name = str(reply.status)
        fetched = self._failed(source, f"the server answered {name}", reply.status)
        if reply.status in (429, 503):
            due = after_busy(fetched.at, reply.retry_after, source.errors + 1)
            return replace(fetched, due=due)
        return fetched

    def _failed(self, source: Source, reason: str, http_status: int | None) -> Fetched:
        now = self._now()
        due = after_failure(now, source.errors + 1)
        return Fetched("failed", now, error=reason, http_status=http_status, due=due)


def local_path_or_none(address: str) -> str | None:
    """`local_path`, None also for what it refuses."""
    try:
        return local_path(address)
    except UsageError:
        return None


def _host(source: Source) -> str:
    """What a source shares its places with: its host, or this machine's files."""
    try:
        return locate(source.url).host
    except UsageError:
        return ""
