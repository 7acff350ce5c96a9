"""Importing files: found, parsed in other processes, stored in batches; running it again is what resumes it."""

from __future__ import annotations

import asyncio
import io
import json
import os
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from newstui.fetch.archives import Archives, name_of
from newstui.fetch.containers import Walk
from newstui.fetch.filenames import shown_path
from newstui.fetch.found import Found
from newstui.fetch.interrupts import run
from newstui.fetch.joining import Joiner, Whole
from newstui.fetch.locations import brief
from newstui.fetch.measuring import measured
from newstui.fetch.mirrors import mirrored
from newstui.fetch.outcomes import Item, Member, key_of
from newstui.fetch.pool import ParseError, ParserPool, parsers
from newstui.fetch.storing import Storing
from newstui.fetch.wire import Message, unpack_articles, unpack_brought
from newstui.model import Article, Headline, ImportOutcome, ImportStatus, Source
from newstui.store import Store

_HELD: Final = 16 << 20
"""Bytes of files read ahead of the parser."""
_AHEAD: Final = 16
"""Files read ahead for each parser: a slow page at the front must not leave the other parsers without work."""

Clock = Callable[[], datetime]
Report = Callable[[ImportOutcome], None]
Progress = Callable[[int, int, int, int], None]
"""Takes files done, files known of so far, bytes on disk done, and all of these or 0 where that is not known."""
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
    the texts. `progress` hears of every step, `notice` gets a line on how each table of data was read; `mapping` says
    which of its fields is newstui's title, body …, where a guess would be wrong. Raises KeyboardInterrupt, CacheError.
    """
    if store is None and not dry_run:
        raise ValueError("an import needs a store")

    walk = Walk()
    if any(os.fspath(path) == "-" for path in paths):
        # Before the loop takes the signals over: a read that waits for a person must end at Ctrl-C.
        walk = Walk(stdin=io.BytesIO(sys.stdin.buffer.read(walk.limits.nested + 1)))

    async def work() -> None:
        async with ParserPool(size=parsers()) as pool:
            keeper = Archives(None if dry_run else store, now())
            job = Import(keeper, pool, place, report, progress, notice, mapping)
            await job.run(walk, paths)

    run(work())


class Import:
    """One import on its way: files found, at work in the parsers, waiting for their other pages, to be stored."""

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
        self._progress = progress
        self._notice = notice
        self._asked = {"map": json.dumps(dict(mapping), ensure_ascii=False)} if mapping else {}
        self._joiner: Joiner[Item] = Joiner()
        self._storing = Storing(archives, report)
        self._waiting: deque[_Waiting] = deque()
        self._by_hand: frozenset[str] = frozenset()
        """Paths of the files that a person named, as they are shown."""
        self.unsettled: set[str] = set()
        """Paths of files of which something will be wanted again: a page of an article whose others may still come."""

    async def run(self, walk: Walk, paths: Sequence[str | os.PathLike[str]]) -> None:
        """Import all; what was parsed before an interruption is stored."""
        done = held = 0
        self._by_hand = frozenset(shown_path(os.fspath(path)) for path in paths if os.fspath(path) != "-")
        size = measured(paths) if self._progress is not None else 0
        try:
            for found in walk.files(paths):
                self._waiting.append(self._begun(found))
                self._waiting[-1].read = walk.tally.read
                held += self._waiting[-1].size
                await asyncio.sleep(0)
                while self._waiting and (len(self._waiting) > _AHEAD * self._pool.size or held > _HELD):
                    held -= self._waiting[0].size
                    read = self._waiting[0].read
                    await self._settle()
                    done += 1
                    self._tell(done, walk, read, size)
            while self._waiting:
                read = self._waiting[0].read
                await self._settle()
                done += 1
                self._tell(done, walk, read, size)
            self._storing.take(_led(whole) for whole in self._joiner.rest())
        finally:
            try:
                while self._waiting and self._waiting[0].finished:
                    await self._settle()
            finally:
                tasks = [each.task for each in self._waiting if each.task is not None]
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
                self._storing.flush()

    def _tell(self, done: int, walk: Walk, read: int, size: int) -> None:
        if self._progress is not None:
            self._progress(done, max(done, walk.tally.found), min(read, size), size)

    def _begun(self, found: Found) -> _Waiting:
        """A file on its way: refused, remembered, or given to the parser."""
        # A piece of a large file is no file of its own: what it holds is named by its place in the whole.
        whole = ImportOutcome(found.path, found.asked.get("container", found.member), "skipped")
        member = Member(whole, steady=self._archives.watches)
        if found.reason:
            member.told(replace(member.whole, status="failed" if found.failed else "skipped", error=found.reason))
            return _Waiting(member, 0)
        name = (found.member or found.path).rpartition("/")[2]
        asked = {"name": name, **found.about.asked(), **found.asked, **self._asked}
        if not found.about.url and not found.asked:
            place = mirrored(found.member or found.path)
            asked |= {"mirrored": place} if place else {}
        if self._archives.keeps:
            key = key_of(asked, found.data, self._place)
            remembered = self._archives.remembered(key)
            if remembered:
                member.known(remembered)
                return _Waiting(member, 0)
            member.key = key
        return _Waiting(member, len(found.data), asyncio.create_task(self._pool.run("file", asked, found.data)))

    async def _settle(self) -> None:
        """Make what the first waiting file became ready to be stored and told."""
        member, task = self._waiting[0].member, self._waiting[0].task
        if task is not None:
            try:
                message = await task
            except ParseError as error:
                member.told(replace(member.whole, status="failed", error=str(error)))
            else:
                self._read(member, message)
        self._waiting.popleft()
        self._storing.take(self._whole(member))

    def _whole(self, member: Member) -> Iterator[Item]:
        """What is ready of a file's items: at once all but the pages of one article, which wait for one another."""
        where = "/".join(filter(None, (member.whole.path, member.whole.member)))
        for item in member.items:
            if item.article is None:
                yield item
            else:
                yield from map(_led, self._joiner.offer(item.article, item, where=where))

    def _read(self, member: Member, message: Message) -> None:
        """What the parser made of a file, as things to be told of it."""
        value, whole = message.value, member.whole
        if "skipped" in value:
            headlines = tuple(Headline(*line) for line in value.get("headlines", ()))
            member.told(replace(whole, error=value["skipped"], headlines=headlines))
            return
        if self._notice is not None and value.get("mapping"):
            where = f"{whole.path}!{whole.member}" if whole.member else whole.path
            self._notice(f"{where}: {value['mapping']}")
        for each in value.get("subscriptions", ()):
            self._subscription(member, *each)
        articles = unpack_articles(value["articles"], message.blobs)
        count = len(articles)
        brought = map(unpack_brought, value.get("marks") or [None] * count)
        homes, parts = value.get("sources") or [None] * count, value.get("members") or [""] * count
        for article, marks, home, part in zip(articles, brought, homes, parts, strict=True):
            item = member.told(replace(whole, member=member.part(part)))
            item.article = article if article.place or not self._place else replace(article, place=self._place)
            item.source = self._home(member, home, item.article, value)
            item.brought = marks
            if article.part is not None:  # its other pages may come later: it has to be there again to be joined
                member.key = b""
                self.unsettled.add(member.whole.path)
        for part, reason, failed in value.get("refused", ()):
            told = replace(whole, member=member.part(part), status="failed" if failed else "skipped", error=reason)
            member.told(told)
        if not member.items and not value.get("nothing"):
            member.told(replace(whole, error="a feed without entries"))

    def _home(self, member: Member, home: Sequence[Any] | None, article: Article, value: Mapping[str, Any]) -> Source:
        """The source that an article belongs to: the feed it was read from elsewhere, else that of its site."""
        if home is not None:
            url, title, follows = home
            if url.startswith("archive:"):
                return self._archives.source(url.removeprefix("archive:"), title)
            if (follows and self._may_follow(member, url)) or self._archives.follows(url):
                return self._archives.feed(url, title)[0]
        return self._archives.source(*name_of(article, value["site"], value["title"]))

    def _may_follow(self, member: Member, url: str) -> bool:
        """Whether a list may subscribe to this: what lies on this machine only by a list that a person named."""
        if self._archives.follows(url) or url.lower().startswith(("http://", "https://")):
            return True
        return not member.whole.member and member.whole.path in self._by_hand

    def _subscription(self, member: Member, url: str, title: str, site: str, place: str) -> None:
        if not self._may_follow(member, url):
            reason = f"it leads to this machine, which only a list that is named by hand may: {brief(url)}"
            member.told(replace(member.whole, title=title, source=brief(url), error=reason))
            return
        source, new = self._archives.feed(url, title, site, place or self._place)
        status: ImportStatus = "added" if new else "known"
        member.told(replace(member.whole, status=status, title=source.title, source=source.url, subscription=True))


def _led(whole: Whole[Item]) -> Item:
    """An article's first page as the item that stands for all of them."""
    first, *others = whole.given
    first.article, first.pages = whole.article, tuple(others)
    return first


@dataclass(slots=True)
class _Waiting:
    """A file between being found and being told of."""

    member: Member
    size: int
    """Bytes of it that are held."""
    task: asyncio.Task[Message] | None = None
    """The parser's work on it; None when there is nothing to be done."""
    read: int = 0
    """Bytes on disk that the walk had come past when it was found."""

    @property
    def finished(self) -> bool:
        """Whether there is nothing to wait for."""
        return self.task is None or (self.task.done() and not self.task.cancelled())
