"""A real cache for the app's tests, the app over it, and waiting for what must come true."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from textual.pilot import Pilot

from newstui.app.application import NewstuiApp
from newstui.choices import with_choices
from newstui.commands import keymap
from newstui.config import Settings
from newstui.locale import catalogue
from newstui.model import Article, Block, Headline, Link, Row
from newstui.screens.cache import Cache
from newstui.screens.desk import Desk
from newstui.screens.snapshots import read_opening
from newstui.store import Store, open_store
from newstui.styles.palette import ThemeName, palette, theme_name
from newstui.widgets.painting import Painter

T = TypeVar("T")

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
"""Noon in Shanghai."""
XINDU, WENJIANG, TOUR = "510114", "510115", "tab:导览"
LONG = "群团组织要充分发挥桥梁纽带作用，积极参与辖区社会治理，为推动社会和谐稳定贡献力量。" * 3


def article(number: int, *, place: str = XINDU, title: str = "", paragraphs: int = 3, url: str = "") -> Article:
    """Article `number`, older the greater its number."""
    return Article(
        title or f"第{number}篇新闻",
        url=url or f"https://news.example/{number}.html",
        byline="成都日报",
        author="卢海燕",
        published=NOW - timedelta(minutes=number),
        blocks=tuple(Block("paragraph", f"第{at}段。{LONG}") for at in range(paragraphs)),
        place=place,
        related=(Headline("另一条", "https://news.example/other", "频道推荐"),),
    )


def linked(number: int) -> Article:
    """An article with two links in its text."""
    text = "详见公告和附件。"
    links = (Link(2, 4, "https://city.example/notice"), Link(5, 7, "https://city.example/a.pdf"))
    return Article(
        f"第{number}篇有链接",
        url=f"https://news.example/{number}.html",
        published=NOW - timedelta(minutes=number),
        blocks=(Block("paragraph", text, links=links),),
        place=XINDU,
    )


def fill(path: Path, articles: list[Article], *, at: datetime = NOW) -> None:
    """Put articles into the cache as a fetch would."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open_store(path, now=at) as store:
        sources = store.sources.all()
        source = sources[0] if sources else store.sources.add("https://feed.example/", "feed", title="示例", at=at)
        store.articles.ingest(source.id, articles, at=at)


def ask(path: Path, question: Callable[[Store], T]) -> T:
    """Ask the cache from outside the app."""
    with open_store(path, now=NOW) as store:
        return question(store)


@asynccontextmanager
async def running(
    path: Path,
    size: tuple[int, int] = (80, 24),
    *,
    keys: dict[str, str] | None = None,
    theme: ThemeName = "dark",
    config: Settings | None = None,
    environ: dict[str, str] | None = None,
) -> AsyncIterator[tuple[NewstuiApp, Pilot[None]]]:
    """The app over the cache at `path`, on a screen of `size`, at noon."""
    path.parent.mkdir(parents=True, exist_ok=True)
    words = catalogue("zh")
    cache = Cache(lambda: open_store(path, now=NOW))
    try:
        opening = cache.submit(lambda store: read_opening(store, words, 50)).result()
        said = config or Settings(theme=theme)
        chosen = with_choices(said, opening.choices)
        painter = Painter(palette(theme_name(chosen.theme, environ or {})))
        desk = Desk(cache, words, painter, keymap(keys or {}), lambda: NOW, said, chosen, environ or {})
        app = NewstuiApp(desk, opening)
        async with app.run_test(size=size) as pilot:
            yield app, pilot
    finally:
        cache.close()


async def until(pilot: Pilot[None], condition: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait until the condition holds; fails when it does not within `seconds`."""
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, f"still not so: {condition}"
        await pilot.pause()


def screen_text(app: NewstuiApp) -> list[str]:
    """What is on screen, line by line."""
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips(app.size)]


def cursor_row(app: NewstuiApp) -> Row:
    """The row under the cursor, which must be loaded."""
    row = app.main.article_list.current
    assert row is not None
    return row


def being_read(app: NewstuiApp) -> Row:
    """The article in the reader."""
    assert app.main.reader.article is not None
    return app.main.reader.article.row
