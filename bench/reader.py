"""What opening and reading an article costs, by its size and shape: `python -m bench.reader`.

CPU ms, medians of ROUNDS. Layout: cutting it into slabs and setting the first screen, one at 80 %, the last, the
slowest slab, all of it. App: a headless 80x24 screen over a real cache, from the key to the end of what it set off.
"""

from __future__ import annotations

import asyncio
import gc
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Final

from newstui.app.application import NewstuiApp
from newstui.locale import catalogue
from newstui.model import Article, Block, Stored, View
from newstui.store import open_store
from newstui.text.matching import literal
from newstui.widgets.document import TOP
from newstui.widgets.reader_layout import layout_article
from newstui.widgets.text_search import Search
from tests.tui.library import NOW, XINDU, ask, fill, running, until

ROUNDS: Final = 7
HEIGHT: Final = 22
_SENTENCE: Final = "近日，市委召开党的群团工作会议，深入贯彻落实中央、省委党的群团工作会议精神（2016年3月1日）。"
_PARAGRAPH: Final = _SENTENCE * 3
SHAPES: Final = {
    "1 KB": tuple(Block("paragraph", _PARAGRAPH) for _ in range(3)),
    "1 MB, 2500 paragraphs": tuple(Block("paragraph", _PARAGRAPH) for _ in range(2500)),
    "1 MB in one line": (Block("paragraph", _PARAGRAPH * 2500),),
    "1 MB without a mark": (Block("paragraph", "汉" * 350_000),),
    "20000 short lines": tuple(Block("paragraph", "好。") for _ in range(20_000)),
    "table of 5000 rows": (Block("table", rows=tuple((f"区县{at}", "155.9", "公告") for at in range(5000))),),
}
KEYS: Final = ("j", "pagedown", "b", "G", "g", "]", "[")


def spent(call: Callable[[], object]) -> float:
    """Median CPU ms of a call."""
    taken = []
    for _ in range(ROUNDS):
        gc.collect()
        began = time.process_time()
        call()
        taken.append((time.process_time() - began) * 1e3)
    return median(taken)


def layout(article: Stored) -> dict[str, float]:
    """What each way into an article costs, and all of it."""
    words = catalogue("zh")

    def first() -> None:
        layout_article(article, 80, words).lines(TOP, HEIGHT)

    def late() -> None:
        document = layout_article(article, 80, words)
        document.lines(document.spot(document.slabs[len(document.slabs) * 4 // 5].start), HEIGHT)

    def last() -> None:
        document = layout_article(article, 80, words)
        document.lines(document.lowest(HEIGHT), HEIGHT)

    def search() -> None:
        found = Search(article, literal("群团"))
        while not found.done:
            found.step()

    slabs = layout_article(article, 80, words).slabs
    return {
        "first": spent(first),
        "at 80 %": spent(late),
        "last": spent(last),
        "slowest slab": max(sorted(_slab_times(slab.set))[1] for slab in slabs[:200]),
        "all": spent(lambda: sum(1 for _ in layout_article(article, 80, words))),
        "search": spent(search),
    }


def _slab_times(call: Callable[[], object]) -> list[float]:
    taken = []
    for _ in range(3):
        began = time.process_time()
        call()
        taken.append((time.process_time() - began) * 1e3)
    return taken


async def keys(path: Path) -> dict[str, dict[str, float]]:
    """For every article of a cache: CPU ms of opening it and of each key in it."""
    figures: dict[str, list[dict[str, float]]] = {}
    for _ in range(ROUNDS):
        async with running(path) as (app, pilot):
            gc.freeze()
            for number in range(len(SHAPES)):
                await until(pilot, lambda number=number: app.main.article_list.cursor == number)  # type: ignore[misc]
                row = app.main.article_list.current
                assert row is not None
                taken = {"open": await _press(app, pilot.press, "enter")}
                for key in KEYS:
                    taken[key] = await _press(app, pilot.press, key)
                figures.setdefault(row.title, []).append(taken)
                await pilot.press("g", "q", "j")
    return {
        title: {key: median(each[key] for each in rounds) for key in rounds[0]} for title, rounds in figures.items()
    }


async def _press(app: NewstuiApp, press: Callable[..., object], key: str) -> float:
    before = app.main.reader.article
    began = time.process_time()
    await press(key)  # type: ignore[misc]
    if key == "enter":
        while app.main.pane != "reader" or app.main.reader.article is before:
            await asyncio.sleep(0)
    return (time.process_time() - began) * 1e3


def _article(at: int, name: str) -> Article:
    published = NOW - timedelta(minutes=at)
    return Article(name, url=f"https://n.example/{at}", published=published, blocks=SHAPES[name], place=XINDU)


def main() -> None:
    """Print both tables."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cache.db"
        fill(
            path,
            [
                Article(
                    name,
                    url=f"https://n.example/{at}",
                    published=NOW - timedelta(minutes=at),
                    blocks=blocks,
                    place=XINDU,
                )
                for at, (name, blocks) in enumerate(SHAPES.items())
            ],
        )
        rows = ask(path, lambda store: store.views.window(View(), limit=20))
        print(f"{'layout, CPU ms':24}{'read':>9}" + "".join(f"{name:>14}" for name in layout_names()))
        with open_store(path, now=NOW) as store:
            for row in rows:
                stored = store.articles.by_row(row.key.row)
                assert stored is not None
                read = spent(lambda row=row: store.articles.by_row(row.key.row))  # type: ignore[misc]
                print(f"{row.title:24}{read:9.2f}" + "".join(f"{value:14.2f}" for value in layout(stored).values()))
        print(f"\n{'keys, CPU ms':24}{'open':>9}" + "".join(f"{key:>9}" for key in KEYS))
        for title, taken in asyncio.run(keys(path)).items():
            print(f"{title:24}" + "".join(f"{value:9.2f}" for value in taken.values()))


def layout_names() -> tuple[str, ...]:
    """The columns of the first table."""
    return ("first", "at 80 %", "last", "slowest slab", "all", "search")


if __name__ == "__main__":
    main()
