"""How fast feeds are fetched: 200 feeds of 50 entries from loopback, first and unchanged. Run by hand.

    uv run python -m bench.fetching [FEEDS] [ENTRIES]

Wall and CPU seconds are those of `newstui`'s own processes (fetcher and parsers); the server runs apart.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from newstui.config import Settings
from newstui.fetch.fetching import fetch_sources
from newstui.model import FetchOutcome
from newstui.store import open_store
from tests.fetch.feeds import rss
from tests.fetch.server import serving

_PARAGRAPH = "近日,市委召开党的群团工作会议,深入贯彻落实中央、省委党的群团工作会议精神。" * 8


def _serve(pipe: Connection, feeds: int, entries: int) -> None:
    with serving() as site:
        for number in range(feeds):
            host = f"https://news{number}.example"
            body = rss(((f"{number}-{entry}", _PARAGRAPH) for entry in range(entries)), host=host)
            site.serve(f"/{number}.xml", body, zipped=True)
        pipe.send(site.port)
        pipe.recv()


def _cpu(whose: int) -> float:
    usage = resource.getrusage(whose)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Fetch three times and print what each took."""
    feeds, entries = (int(text) for text in (sys.argv[1:] + ["200", "50"][len(sys.argv) - 1 :])[:2])
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("fork").Process(target=_serve, args=(there, feeds, entries), daemon=True)
    server.start()
    port = here.recv()
    now = datetime.now(UTC)
    settings = Settings(allow_private=tuple(f"127.0.0.{number}:{port}" for number in range(1, 255)))
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "cache.db", now=now) as store:
        for number in range(feeds):
            store.sources.add(f"http://127.0.0.1:{port}/{number}.xml", "feed", at=now)
        for name in ("first", "unchanged", "unchanged"):
            told: list[FetchOutcome] = []
            wall, cpu, parsers = time.perf_counter(), _cpu(resource.RUSAGE_SELF), _cpu(resource.RUSAGE_CHILDREN)
            fetch_sources(store, store.sources.all(), settings, now=lambda: now, report=told.append)
            wall = time.perf_counter() - wall
            cpu = _cpu(resource.RUSAGE_SELF) - cpu
            parsers = _cpu(resource.RUSAGE_CHILDREN) - parsers
            counts = {status: sum(one.status == status for one in told) for status in {one.status for one in told}}
            added = sum(one.added for one in told)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            print(
                f"{name}: {wall:.2f} s wall, CPU {cpu:.2f} s here and {parsers:.2f} s in parsers, "
                f"{counts}, {added} added; "
                f"peak {peak:.0f} MB here, {child:.0f} MB in a parser"
            )
    here.send(None)
    server.join()


if __name__ == "__main__":
    main()
