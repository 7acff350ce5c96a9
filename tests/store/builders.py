"""Articles and caches to test with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from newstui.model import Article, Block
from newstui.store.facade import Store, open_store

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
"""The tests' now: noon in Shanghai."""


def article(number: int = 0, *, title: str = "", url: str | None = None, guid: str | None = None, text: str = "",
            published: datetime | None = NOW, place: str = "510114", **more: object) -> Article:  # fmt: skip
    """An article that differs from the others by its number; what is given is taken as it is."""
    return Article(
        title=title or f"新都要闻第{number}号",
        url=f"https://news.example/{number}.html" if url is None else url,
        guid=f"guid-{number}" if guid is None else guid,
        byline="成都日报",
        published=None if published is None else published - timedelta(minutes=number),
        blocks=(Block("paragraph", text or f"近日，市委召开会议（{number}）。"),),
        place=place,
        **more,  # type: ignore[arg-type]  # the caller names fields of Article
    )


def new_store(folder: Path) -> Store:
    """A cache in this folder."""
    return open_store(folder / "cache.db", now=NOW)
