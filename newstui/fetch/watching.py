"""Folders and archive files as sources: what is new in them is taken in at each fetch.

A file that cannot be read is told of once and known from then on, until it changes; a folder that is not there fails
with its path each time, and its articles stay.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from newstui.errors import UsageError
from newstui.fetch.archives import Archives
from newstui.fetch.containers import Walk
from newstui.fetch.files import local_path
from newstui.fetch.importing import Import, Notice, Progress, Report
from newstui.fetch.interrupts import run
from newstui.fetch.pool import ParserPool, cores
from newstui.fetch.regular import why
from newstui.fetch.schedule import after_failure
from newstui.fetch.walking import fingerprint
from newstui.model import Fetched, FetchOutcome, ImportOutcome, Source
from newstui.sources.version import EXTRACTOR
from newstui.store import Store
from newstui.store.ledger import Entry


@dataclass(frozen=True, slots=True)
class Telling:
    """Who is told of what while an archive is read."""

    report: Report | None = None
    progress: Progress | None = None
    notice: Notice | None = None


def watch_archives(
    store: Store, sources: Sequence[Source], *, now: Callable[[], datetime], telling: Telling
) -> list[FetchOutcome]:
    """Read sources that are folders or archive files, in this order; raises KeyboardInterrupt, CacheError."""

    async def work() -> list[FetchOutcome]:
        async with ParserPool(size=cores()) as pool:
            return [
                await refresh_archive(store, pool, source, now=now(), telling=telling, anew=True) for source in sources
            ]

    return run(work())


async def refresh_archive(
    store: Store,
    pool: ParserPool,
    source: Source,
    *,
    now: datetime,
    telling: Telling = Telling(),
    anew: bool = False,
) -> FetchOutcome:
    """Take in what is new in a source that is a folder or file of pages; unchanged when no file of it has changed.

    "failed" is said of files that cannot be read and were not told of before, with what was added all the same, and
    of a source that is not there. `anew`: look also when nothing seems to have changed.
    """
    outcome = FetchOutcome(source.title or source.url, source.url, "skipped")
    try:
        path = local_path(source.url)
    except UsageError as error:
        return _absent(store, source, outcome, now, str(error))
    if path is None:
        return replace(outcome, error="an archive that grows by `newstui import`, not by fetching")
    try:
        Path(path).stat()
    except (OSError, ValueError) as error:
        return _absent(store, source, outcome, now, f"{path}: {why(error)}")
    marks = fingerprint(path)
    # After a time away nothing is known of what cannot be read: it is looked through again, which parses nothing anew.
    if marks == source.body_hash and not source.errors and not anew:
        store.sources.record(source.id, Fetched("unchanged", now, error=source.error))
        return replace(outcome, status="unchanged")
    told: list[ImportOutcome] = []
    settled = _Settled(store, source, told=anew)

    def take(each: ImportOutcome) -> None:
        if each.status == "failed" or each.subscription:
            settled.unsettle(each.path)
        if each.status in ("added", "updated", "failed"):
            told.append(each)
        if telling.report is not None:
            telling.report(each)

    job = Import(Archives(store, now, only=source), pool, "", take, telling.progress, telling.notice)
    await job.run(Walk(settled=settled), [path])
    settled.keep(job.unsettled, now)
    failed = [each for each in told if each.status == "failed"]
    fresh = _unknown(store, source, failed, now)
    store.sources.record(source.id, Fetched("ok", now, body_hash=marks, error=_named(failed)))
    return replace(
        outcome,
        status="failed" if fresh else "ok",
        added=sum(each.status == "added" for each in told),
        updated=sum(each.status == "updated" for each in told),
        error=_named(fresh),
    )


class _Settled:
    """Files of a source that were read whole before and have not changed since, by size, times and inode.

    A container of gigabytes beside a new page is then not read again to learn that nothing in it is new.
    """

    def __init__(self, store: Store, source: Source, *, told: bool) -> None:
        """told: whether they are to be told of all the same, to a person who asks."""
        self._store = store
        self._told = told
        self._said = f"{EXTRACTOR}\0{source.id}\0{source.url}\0{source.added}"
        self._read: dict[str, bytes] = {}

    def __call__(self, path: str, status: os.stat_result) -> bool:
        """Whether the file at `path` is one of them; it counts as read from now on unless it is unsettled."""
        marks = (path, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev)
        said = "\0".join(("settled", self._said, *map(str, marks)))
        key = blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        if not self._told and self._store.ledger.has(key):
            return True
        self._read[path] = key
        return False

    def unsettle(self, path: str) -> None:
        """Something of this file will be wanted again."""
        self._read.pop(path, None)

    def keep(self, unsettled: Iterable[str], now: datetime) -> None:
        """Remember those that were read, but for these."""
        for path in unsettled:
            self.unsettle(path)
        self._store.ledger.add([Entry(key, []) for key in self._read.values()], at=now)


def _absent(store: Store, source: Source, outcome: FetchOutcome, now: datetime, reason: str) -> FetchOutcome:
    store.sources.record(source.id, Fetched("failed", now, error=reason, due=after_failure(now, source.errors + 1)))
    return replace(outcome, status="failed", error=reason)


def _unknown(store: Store, source: Source, failed: Sequence[ImportOutcome], now: datetime) -> list[ImportOutcome]:
    """Those that were not told of before; they are from now on."""
    fresh = [(key, each) for each in failed if not store.ledger.find(key := _key(source, each))]
    store.ledger.add([Entry(key, [each]) for key, each in fresh], at=now)
    return [each for _, each in fresh]


def _key(source: Source, each: ImportOutcome) -> bytes:
    """16 bytes that stand for a failure of a file as it is now."""
    try:
        status = Path(each.path).stat()
        marks = f"{status.st_size} {status.st_mtime_ns}"
    except (OSError, ValueError):
        marks = ""
    said = "\0".join(("failed", source.url, each.path, each.member, each.error, marks))
    return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _named(failed: Sequence[ImportOutcome]) -> str:
    """The first of them with its reason, and how many there are beside it; "" for none."""
    if not failed:
        return ""
    first = failed[0]
    where = f"{first.path}!{first.member}" if first.member else first.path
    more = f" (and {len(failed) - 1} more)" if len(failed) > 1 else ""
    return f"{where}: {first.error}{more}"
