"""Importing files: found, parsed in other processes, stored in batches; running it again is what resumes it."""

from __future__ import annotations

import asyncio
import io
import json
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import accumulate
from typing import Any, Final

from newstui.fetch.archives import Archives, name_of
from newstui.fetch.containers import Walk
from newstui.fetch.files import local_path
from newstui.fetch.found import Found
from newstui.fetch.interrupts import run
from newstui.fetch.joining import Joiner, Whole
from newstui.fetch.pool import ParseError, ParserPool
from newstui.fetch.walking import fingerprint
from newstui.fetch.wire import Message, unpack_articles, unpack_brought
from newstui.model import Article, Brought, Fetched, FetchOutcome, ImportOutcome, Ingested, Source
from newstui.store import Store

_BATCH: Final = 200
"""Articles in one transaction at most, so that nobody waits long for the lock."""
_WRITE: Final = 0.05
"""Seconds that one transaction should take at most: a person's own marks wait behind it."""
_WAIT: Final = 0.5
"""Seconds after which what is ready is stored and told, full batch or not."""
_HELD: Final = 64 << 20
"""Bytes of files read ahead of the parser."""

Clock = Callable[[], datetime]
Report = Callable[[ImportOutcome], None]
Progress = Callable[[int, int], None]
Notice = Callable[[str], None]


def import_paths(
    store: Store | None,
    paths: Sequence[str | os.PathLike[str]],
    *,
    place: str = "",
    dry_run: bool = False,
    now: Clock,
    report: Report,
    progress: Progress | None = None,
    notice: Notice | None = None,
    mapping: Mapping[str, str] | None = None,
) -> None:
    """Take in every article under `paths` (files, folders, archives; "-" is standard input), telling of every file.

    `place` is the place code of pages that do not name their own. A dry run stores nothing, needs no store and reports
    the texts. `progress` gets files done and files known of so far, `notice` a line on how each table of data was
    read; `mapping` says which of its fields is newstui's title, body …, where a guess would be wrong. Raises
    KeyboardInterrupt, CacheError.
    """
    if store is None and not dry_run:
        raise ValueError("an import needs a store")

    walk = Walk()
    if any(os.fspath(path) == "-" for path in paths):
        # Before the loop takes the signals over: a read that waits for a person must end at Ctrl-C.
        walk = Walk(stdin=io.BytesIO(sys.stdin.buffer.read(walk.limits.nested + 1)))

    async def work() -> None:
        async with ParserPool() as pool:
            keeper = Archives(None if dry_run else store, now())
            job = _Import(keeper, pool, place, report, progress, notice, mapping)
            await job.run(walk, paths)

    run(work())


async def refresh_archive(store: Store, pool: ParserPool, source: Source, *, now: datetime) -> FetchOutcome:
    """Read a source that is a folder or file of pages again; unchanged when no file of it has changed."""
    path = local_path(source.url)
    outcome = FetchOutcome(source.title or source.url, source.url, "skipped")
    if path is None:
        return replace(outcome, error="an archive that grows by `newstui import`, not by fetching")
    marks = fingerprint(path)
    if marks == source.body_hash:
        store.sources.record(source.id, Fetched("unchanged", now))
        return replace(outcome, status="unchanged")
    told: list[ImportOutcome] = []
    await _Import(Archives(store, now, only=source), pool, "", told.append, None).run(Walk(), [path])
    counts = {status: sum(item.status == status for item in told) for status in ("added", "updated", "known")}
    failures = [item for item in told if item.status == "failed"]
    if failures and not any(counts.values()):
        error = f"{failures[0].path}: {failures[0].error}"
        store.sources.record(source.id, Fetched("failed", now, error=error))
        return replace(outcome, status="failed", error=error)
    store.articles.ingest(source.id, (), at=now, fetched=Fetched("ok", now, body_hash=marks))
    return replace(outcome, status="ok", added=counts["added"], updated=counts["updated"])


@dataclass(slots=True)
class _Item:
    """Something to be told of: an outcome, complete or still lacking what the store makes of its article."""

    outcome: ImportOutcome
    article: Article | None = None
    source: Source | None = None
    brought: Brought | None = None
    file: Found | None = None
    """What it was found in."""
    pages: tuple[_Item, ...] = ()
    """Its further pages, whose text is in `article`."""


class _Import:
    def __init__(
        self,
        archives: Archives,
        pool: ParserPool,
        place: str,
        report: Report,
        progress: Progress | None,
        notice: Notice | None = None,
        mapping: Mapping[str, str] | None = None,
    ) -> None:
        self._archives = archives
        self._pool = pool
        self._place = place
        self._report = report
        self._progress = progress
        self._notice = notice
        self._asked = {"map": json.dumps(dict(mapping), ensure_ascii=False)} if mapping else {}
        self._joiner: Joiner[_Item] = Joiner()
        self._ready: list[_Item] = []
        self._waiting: deque[tuple[Found, asyncio.Task[Message] | None]] = deque()
        self._batch = 20
        self._flushed = time.monotonic()

    async def run(self, walk: Walk, paths: Sequence[str | os.PathLike[str]]) -> None:
        """Import all; what was parsed before an interruption is stored."""
        done = held = 0
        try:
            for found in walk.files(paths):
                task = None if found.reason else asyncio.create_task(self._parse(found))
                self._waiting.append((found, task))
                held += len(found.data)
                await asyncio.sleep(0)
                while self._waiting and (len(self._waiting) > 4 * self._pool.size or held > _HELD):
                    held -= len(self._waiting[0][0].data)
                    await self._settle()
                    done += 1
                    self._tell(done, walk)
            while self._waiting:
                await self._settle()
                done += 1
                self._tell(done, walk)
            self._ready.extend(_led(whole) for whole in self._joiner.rest())
        finally:
            tasks = [task for _, task in self._waiting if task is not None]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._flush()

    def _tell(self, done: int, walk: Walk) -> None:
        if self._progress is not None:
            self._progress(done, max(done, walk.tally.found))

    async def _parse(self, found: Found) -> Message:
        name = (found.member or found.path).rpartition("/")[2]
        asked = {"name": name, **found.about.asked(), **found.asked, **self._asked}
        return await self._pool.run("file", asked, found.data)

    async def _settle(self) -> None:
        """Make what the first waiting file became ready to be stored and told."""
        found, task = self._waiting[0]
        skipped = ImportOutcome(found.path, found.member, "failed" if found.failed else "skipped", error=found.reason)
        if task is None:
            self._ready.append(_Item(skipped))
        else:
            try:
                message = await task
            except ParseError as error:
                self._ready.append(_Item(replace(skipped, status="failed", error=str(error))))
            else:
                self._take(found, self._items(found, message))
        self._waiting.popleft()
        if len(self._ready) >= self._batch or time.monotonic() - self._flushed > _WAIT:
            self._flush()

    def _take(self, found: Found, items: Sequence[_Item]) -> None:
        """Items are ready at once, but for the pages of one article: they wait for one another."""
        where = "/".join(filter(None, (found.path, found.member)))
        for item in items:
            if item.article is None:
                self._ready.append(item)
            else:
                self._ready.extend(_led(whole) for whole in self._joiner.offer(item.article, item, where=where))

    def _items(self, found: Found, message: Message) -> list[_Item]:
        value = message.value
        # A piece of a large file is no file of its own: what it holds is named by its place in the whole.
        outcome = ImportOutcome(found.path, found.asked.get("container", found.member), "skipped")
        if "skipped" in value:
            return [_Item(replace(outcome, error=value["skipped"]))]
        if self._notice is not None and value.get("mapping"):
            where = f"{found.path}!{outcome.member}" if outcome.member else found.path
            self._notice(f"{where}: {value['mapping']}")
        articles = unpack_articles(value["articles"], message.blobs)
        items = [self._subscription(outcome, *each) for each in value.get("subscriptions", ())]
        refused = [
            _Item(replace(_part(outcome, member), status="failed" if failed else "skipped", error=reason))
            for member, reason, failed in value.get("refused", ())
        ]
        if not articles and not items and not refused and not value.get("nothing"):
            return [_Item(replace(outcome, error="a feed without entries"))]
        count = len(articles)
        brought = map(unpack_brought, value.get("marks") or [None] * count)
        homes, members = value.get("sources") or [None] * count, value.get("members") or [""] * count
        for article, marks, home, member in zip(articles, brought, homes, members, strict=True):
            placed = article if article.place or not self._place else replace(article, place=self._place)
            source = self._home(home, placed, value)
            items.append(_Item(_part(outcome, member), placed, source, marks, found))
        return items + refused

    def _home(self, home: Sequence[Any] | None, article: Article, value: Mapping[str, Any]) -> Source:
        """The source that an article belongs to: the feed it was read from elsewhere, else that of its site."""
        if home is not None:
            url, title, follows = home
            if url.startswith("archive:"):
                return self._archives.source(url.removeprefix("archive:"), title)
            if follows or self._archives.follows(url):
                return self._archives.feed(url, title)[0]
        return self._archives.source(*name_of(article, value["site"], value["title"]))

    def _subscription(self, outcome: ImportOutcome, url: str, title: str, site: str, place: str) -> _Item:
        source, new = self._archives.feed(url, title, site, place or self._place)
        return _Item(
            replace(
                outcome, status="added" if new else "known", title=source.title, source=source.url, subscription=True
            )
        )

    def _flush(self) -> None:
        """Store what is ready, one transaction a source, and tell of it in order."""
        ready, self._ready = self._ready, []
        groups: dict[int, list[list[_Item]]] = {}
        for item in ready:
            if item.article is not None and item.source is not None:
                documents = groups.setdefault(item.source.id, [])
                if documents and documents[-1][0].file is item.file and len(documents[-1]) < _BATCH:
                    documents[-1].append(item)
                else:
                    documents.append([item])
        for number, documents in groups.items():
            batch: list[list[_Item]] = []
            for document in documents:
                # A feed of thousands is many batches.
                if batch and sum(map(len, batch)) + len(document) > _BATCH:
                    self._store(number, batch)
                    batch = []
                batch.append(document)
            self._store(number, batch)
        for item in ready:
            self._report(item.outcome)
            for page in item.pages:
                self._report(page.outcome)
        self._flushed = time.monotonic()

    def _store(self, number: int, documents: Sequence[Sequence[_Item]]) -> None:
        started = time.monotonic()
        items = [item for document in documents for item in document]
        articles = [item.article for item in items if item.article is not None]
        starts = list(accumulate(len(document) for document in documents))[:-1]
        brought = [item.brought for item in items]
        done = self._archives.ingest(number, articles, starts, brought if any(brought) else ())
        for item, article, became in zip(items, articles, done, strict=True):
            item.outcome = self._outcome(item, article, became)
            for page in item.pages:
                page.outcome = replace(item.outcome, path=page.outcome.path, member=page.outcome.member, status="known")
        each = (time.monotonic() - started) / len(items)
        self._batch = max(1, min(_BATCH, round(_WRITE / max(each, 1e-6))))

    def _outcome(self, item: _Item, article: Article, became: Ingested) -> ImportOutcome:
        from newstui.districts.placing import place_path

        return replace(
            item.outcome,
            status=became.status,
            id=became.id,
            title=article.title,
            byline=article.byline,
            source=item.source.title if item.source else "",
            published=article.published,
            district=place_path(article.place) if article.place else "",
            text="" if self._archives.keeps else article.text,
            marks=None if self._archives.keeps else item.brought,
        )


def _led(whole: Whole[_Item]) -> _Item:
    """An article's first page as the item that stands for all of them."""
    first, *others = whole.given
    return replace(first, article=whole.article, pages=tuple(others))


def _part(outcome: ImportOutcome, member: str) -> ImportOutcome:
    """The outcome of one record of a file, whose place in it is `member` (e.g. "line 7"); "" for the file itself."""
    return replace(outcome, member="/".join(filter(None, (outcome.member, member))))
