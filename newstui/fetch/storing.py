"""What an import has read, stored in batches and told of in order."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Final

from newstui.fetch.archives import Archives
from newstui.fetch.outcomes import Item, Member
from newstui.model import ImportOutcome, Ingested
from newstui.store.ledger import Entry

_BATCH: Final = 200
"""Articles in one transaction at most, so that nobody waits long for the lock."""
_WRITE: Final = 0.05
"""Seconds that one transaction should take at most: a person's own marks wait behind it."""
_WAIT: Final = 0.5
"""Seconds after which what is ready is stored and told, full batch or not."""


class Storing:
    """Takes what became of each member, in order; stores it a batch at a time, tells of it and remembers it."""

    def __init__(self, archives: Archives, report: Callable[[ImportOutcome], None]) -> None:
        self._archives = archives
        self._report = report
        self._ready: list[Item] = []
        self._batch = 20
        self._flushed = time.monotonic()

    def take(self, items: Iterable[Item]) -> None:
        """All that is to be told of one member."""
        self._ready.extend(items)
        if len(self._ready) >= self._batch or time.monotonic() - self._flushed > _WAIT:
            self.flush()

    def flush(self) -> None:
        """Store what is ready, one transaction a source, and tell of it in order."""
        ready, self._ready = self._ready, []
        groups: dict[int, list[list[Item]]] = {}
        for item in ready:
            if item.article is not None and item.source is not None:
                documents = groups.setdefault(item.source.id, [])
                if documents and documents[-1][0].member is item.member and len(documents[-1]) < _BATCH:
                    documents[-1].append(item)
                else:
                    documents.append([item])
        for number, documents in groups.items():
            batch: list[list[Item]] = []
            for document in documents:
                # A feed of thousands is many batches.
                if batch and sum(map(len, batch)) + len(document) > _BATCH:
                    self._store(number, batch)
                    batch = []
                batch.append(document)
            self._store(number, batch)
        empty = [member for member in {item.member: None for item in ready} if not member.stored]
        self._archives.remember([entry for member in empty if (entry := member.entry) is not None])
        for item in ready:
            self._report(item.outcome)
            for page in item.pages:
                self._report(page.outcome)
        self._flushed = time.monotonic()

    def _store(self, number: int, documents: Sequence[Sequence[Item]]) -> None:
        started = time.monotonic()
        items = [item for document in documents for item in document]
        starts = list(accumulate(len(document) for document in documents))[:-1]
        brought = [item.brought for item in items]

        def finished(done: Sequence[Ingested]) -> list[Entry]:
            members: dict[Member, None] = {}
            for item, became in zip(items, done, strict=True):
                item.outcome = self._outcome(item, became)
                for page in item.pages:
                    own = page.outcome
                    page.outcome = replace(item.outcome, path=own.path, member=own.member, status="known")
                item.member.stored += 1
                members[item.member] = None
            entries = [member.entry for member in members if member.finished]
            return [entry for entry in entries if entry is not None]

        articles = [item.article for item in items if item.article is not None]
        self._archives.ingest(number, articles, starts, brought if any(brought) else (), finished)
        each = (time.monotonic() - started) / len(items)
        self._batch = max(1, min(_BATCH, round(_WRITE / max(each, 1e-6))))

    def _outcome(self, item: Item, became: Ingested) -> ImportOutcome:
        from newstui.districts.placing import place_path

        article = item.article
        if article is None:
            raise AssertionError(item)
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
            author="" if self._archives.keeps else article.author,
            marks=None if self._archives.keeps else item.brought,
        )
