"""The sources that imported articles belong to: one a site, made when its first article comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from newstui.model import Article, Brought, ImportOutcome, Ingested, Source
from newstui.store import Store
from newstui.store.ledger import Entry
from newstui.text.clean import clean_line

Finished = Callable[[Sequence[Ingested]], Iterable[Entry]]

_UNNAMED: Final = "导入"
_FRONT: Final = frozenset({"首页", "网站首页", "主页", "home", "index", "您的位置", "当前位置"})
"""Roots of breadcrumbs that name no site."""


def name_of(article: Article, site: str, title: str) -> tuple[str, str]:
    """What an imported article's source is told apart by, and its title.

    The host of the article's address, else of its feed's `site`, else the root of its breadcrumb (地方网), else the
    feed's `title`, else 导入.
    """
    for address in (article.url, site):
        host = _host(address)
        if host:
            return host, title or host
    root = article.crumbs[0] if article.crumbs else ""
    if root and root.casefold() not in _FRONT:
        return root, root
    return (title, title) if title else (_UNNAMED, _UNNAMED)


def _host(address: str) -> str:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return clean_line(host).removeprefix("www.")


class Archives:
    """Where an import puts its articles; without a store it only pretends, for a dry run."""

    def __init__(self, store: Store | None, now: datetime, *, only: Source | None = None) -> None:
        """`only`: put everything into this source, as a fetch of it does; pruned articles then stay away."""
        self._store = store
        self._now = now
        self._only = only
        self._known: dict[str, Source] = {}

    @property
    def keeps(self) -> bool:
        """Whether articles are really stored."""
        return self._store is not None

    @property
    def watches(self) -> bool:
        """Whether a source is read again and again: what could not be read is then left until it changes."""
        return self._only is not None

    def source(self, key: str, title: str) -> Source:
        """The source called `key`, made when it is new."""
        if self._only is not None:
            return self._only
        found = self._known.get(key)
        if found is None:
            url = f"archive:{key}"
            if self._store is None:
                found = Source(len(self._known) + 1, url, "archive", title)
            else:
                found = self._store.sources.by_url(url) or self._store.sources.add(url, "archive", title, at=self._now)
            self._known[key] = found
        return found

    def follows(self, url: str) -> bool:
        """Whether there is a subscription to the feed at `url`."""
        return url in self._known or (self._store is not None and self._store.sources.by_url(url) is not None)

    def feed(self, url: str, title: str, site: str = "", place: str = "") -> tuple[Source, bool]:
        """The subscription to the feed at `url`, and whether it is new: made by this very call."""
        if self._only is not None:
            return self._only, False
        found = self._known.get(url) or (self._store.sources.by_url(url) if self._store is not None else None)
        new = found is None
        if found is None:
            if self._store is None:
                found = Source(len(self._known) + 1, url, "feed", title)
            else:
                found = self._store.sources.add(url, "feed", title, site, place, at=self._now)
        self._known[url] = found
        return found, new

    def remembered(self, key: bytes) -> list[ImportOutcome]:
        """What became of a member with this digest before; [] when it has to be read."""
        if self._store is None:
            return []
        found = self._store.ledger.find(key, absent=self.watches)
        # Who imports by hand wants what failed to be tried again.
        return [] if not self.watches and any(each.status == "failed" for each in found) else found

    def remember(self, entries: Sequence[Entry]) -> None:
        """Note members that are finished without articles."""
        if self._store is not None and entries:
            self._store.ledger.add(entries, at=self._now)

    def ingest(
        self,
        number: int,
        articles: Sequence[Article],
        starts: Sequence[int],
        brought: Sequence[Brought | None],
        finished: Finished,
    ) -> None:
        """Store them in one transaction, further documents from `starts` on; a dry run calls everything added.

        brought, finished: as `store.articles.ingest` takes them.
        """
        if self._store is None:
            finished([Ingested("added", "") for _ in articles])
            return
        self._store.articles.ingest(
            number,
            articles,
            at=self._now,
            revive=not self.watches,
            starts=starts,
            brought=brought,
            finished=finished,
        )
