"""Reading kept pages again with the present extractor: a better one must not need the archives once more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from newstui.fetch.importing import Progress
from newstui.fetch.interrupts import run
from newstui.fetch.pool import ParseError, ParserPool
from newstui.fetch.wire import unpack_articles
from newstui.model import Article, ImportOutcome
from newstui.store import Store
from newstui.store.originals import Original
from newstui.store.times import to_ms

_BATCH: Final = 50
"""Pages in memory at once."""

Report = Callable[[ImportOutcome], None]


def reprocess_pages(
    store: Store, *, source: int, only: Sequence[int] | None = None, now: datetime, report: Report, progress: Progress
) -> None:
    """Read every original again that an older extractor read, of one source or (0) all; tell of each article.

    only: row numbers of the articles that count, None for all.
    What is done is remembered page by page, so that a run that was cut off goes on where it stopped. Raises
    KeyboardInterrupt, CacheError.
    """

    async def work() -> None:
        done, total = 0, store.originals.count(source, only)
        last = 0
        async with ParserPool() as pool:
            while batch := store.originals.after(last, _BATCH, source, only):
                tasks = [asyncio.create_task(_read(pool, page)) for page in batch]
                try:
                    for page, task in zip(batch, tasks, strict=True):
                        report(_renewed(store, page, await task, now))
                        done += 1
                        progress(done, max(done, total), 0, 0)
                finally:
                    for task in tasks:
                        task.cancel()
                    await asyncio.gather(*tasks, return_exceptions=True)
                last = batch[-1].row

    run(work())


async def _read(pool: ParserPool, page: Original) -> Article | str | ParseError:
    """The article of a page, why it is none, or how reading it failed."""
    # A title that only its container knew, such as a letter's Subject, is not in the page.
    asked = {"url": page.url, "content_type": "text/html; charset=utf-8", "title": page.title}
    if page.captured is not None:
        asked["captured"] = page.captured.isoformat()
    try:
        message = await pool.run("file", asked, page.content)
    except ParseError as error:
        return error
    if "skipped" in message.value:
        return str(message.value["skipped"])
    articles = unpack_articles(message.value["articles"], message.blobs)
    if len(articles) != 1:
        return "it is no single page"
    return articles[0]


def _renewed(store: Store, page: Original, read: Article | str | ParseError, now: datetime) -> ImportOutcome:
    """Store what was read; what became of it."""
    if isinstance(read, ParseError):
        return ImportOutcome("", "", "failed", page.id, page.title, error=str(read))
    if isinstance(read, str):
        store.originals.stay(page.row)
        return ImportOutcome("", "", "skipped", page.id, page.title, error=f"{read}; the article stays as it is")
    changed = store.originals.renew(page.row, read, to_ms(now))
    return ImportOutcome("", "", "updated" if changed else "known", page.id, read.title)
