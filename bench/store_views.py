"""What opening and reading a cache costs, by its size: `python -m bench.store_views FOLDER [SIZE…]`.

Caches are built in FOLDER when they are not there yet (1M: 1.5 GB, two minutes). Times are ms: p50 and p95 of repeated
calls on a warm file; "open" and "glance" are whole new processes, CPU beyond a Python that has imported apsw.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench.build_cache import build
from newstui.model import View
from newstui.store.facade import Store, open_store

ROUNDS = 200
VIEWS = {
    "all": View(),
    "all unread": View(unread=True),
    "city": View(place="510100"),
    "district": View(place="510114"),
    "district unread": View(place="510114", unread=True),
    "starred": View(starred=True),
    "starred unread": View(starred=True, unread=True),
    "source": View(source=7),
}


def times(call: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """p50 and p95 in ms."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        taken.append((time.perf_counter() - start) * 1e3)
    taken.sort()
    return taken[len(taken) // 2], taken[int(len(taken) * 0.95)]


def cpu(code: str, rounds: int = 15) -> float:
    """Least CPU ms of a new Python that runs `code`."""
    best = float("inf")
    for _ in range(rounds):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best = min(best, spent * 1e3)
    return best


def report(path: Path) -> None:
    """Print the figures of one cache."""
    now = datetime.now(UTC)
    base = cpu("import apsw")
    look = cpu(f"from newstui.store.glance import glance; glance({str(path)!r}, limit=24)")
    print(f"  {'glance, whole process, CPU beyond apsw':42} {look - base:8.1f}")

    def opened() -> None:
        with open_store(path, now=now) as fresh:
            fresh.views.window(View(), limit=24)
            fresh.places.tabs()

    show("open, first window, tabs", opened)
    with open_store(path, now=now) as store:
        for name, view in VIEWS.items():
            _view(store, name, view)
        row = store.views.window(View(), limit=1)[0]
        show("one article", lambda: store.articles.by_row(row.key.row))
        _slow(store, now)


def _view(store: Store, name: str, view: View) -> None:
    views = store.views
    show(f"{name}: first 24", lambda: views.window(view, limit=24))
    show(f"{name}: count", lambda: views.count(view))
    middle = views.window(view, limit=1, skip=views.count(view).total // 2)
    if middle:
        key = middle[0].key
        show(f"{name}: next 24 from the middle", lambda: views.window(view, after=key, limit=24))
        show(f"{name}: next unread", lambda: views.next_unread(view, key))


def _slow(store: Store, now: datetime) -> None:
    row = store.views.window(View(), limit=1)[0].key.row
    show(
        "star one (committed to disk)", lambda: store.marks.undo(store.marks.set("starred", True, [row], now), now), 20
    )
    key = store.views.window(View(), limit=1, backwards=True)[0].key
    show("position of the last row", lambda: store.views.offset(View(), key), 5)
    show("title find, no match", lambda: store.views.window(View(query="绝无此词", title_only=True), limit=1), 1)
    show("search, no match", lambda: store.views.window(View(query="绝无此词"), limit=1), 1)
    start = time.perf_counter()
    store.marks.undo(change := store.marks.mark_all(View(), now), now)
    print(f"  {f'mark {len(change.rows)} read and undo':42} {(time.perf_counter() - start) * 1e3:8.0f}")


def show(name: str, call: Callable[[], object], rounds: int = ROUNDS) -> None:
    """One line of figures."""
    p50, p95 = times(call, rounds)
    print(f"  {name:42} {p50:8.2f} {p95:8.2f}")


def main(folder: Path, sizes: list[int]) -> None:
    """Build what is missing, then report."""
    for size in sizes:
        path = folder / f"{size}.db"
        if not path.exists():
            build(size, path)
        print(f"{size} articles, {path.stat().st_size / 1e6:.0f} MB")
        report(path)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), [int(size) for size in sys.argv[2:]] or [1_000, 10_000, 100_000, 1_000_000])
