"""Cold start of newstui beside the smallest Textual app, for caches of 1k to 1M articles.

    python -m bench.startup [--work DIR] [--sizes 1000,10000,100000,1000000] [--rounds 15]

Each round runs the yardstick and every size once, in turn, on a pty of 80x24 with truecolour, so that what else the
machine does falls on all alike. Caches are built once and kept in DIR. Times are from the start of the process:

    first text     the first bytes of the newest headline have arrived
    keys answered  a `j` that was typed before the process ran shows: the cursor stands on the second line
    peak           largest resident set

Bars: first text ≤ 0.35 × the yardstick's first paint, keys answered ≤ 1.4 ×, the largest size ≤ 1.2 × the
smallest, peak at 100,000 articles ≤ 60 MB. Exit code 1 when one is missed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

from bench.build_cache import build
from bench.timing import Run, run

_HELLO: Final = Path(__file__).with_name("hello.py")
_APP: Final = b"\x1b[?2004h"
"""Bracketed paste: the app has taken the terminal over from the splash."""
_TEXT_BAR: Final = 0.35
_KEYS_BAR: Final = 1.4
_FLAT_BAR: Final = 1.2
_PEAK_BAR: Final = 60.0
_PEAK_SIZE: Final = 100_000


class Figures(NamedTuple):
    """One run's times in ms and its memory in MB."""

    text: float
    keys: float
    peak: float


def main(argv: Sequence[str]) -> int:
    """Measure, print the table, and say whether the bars hold."""
    parser = argparse.ArgumentParser(description="Cold start beside the smallest Textual app.")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "newstui-bench", metavar="DIR")
    parser.add_argument("--sizes", default="1000,10000,100000,1000000", metavar="N,N…")
    parser.add_argument("--rounds", type=int, default=15, metavar="N")
    options = parser.parse_args(argv)
    sizes = sorted(int(part) for part in options.sizes.split(","))
    homes = {size: _home(options.work, size) for size in sizes}
    titles = {size: _newest_title(home) for size, home in homes.items()}
    hello: list[Figures] = []
    figures: dict[int, list[Figures]] = {size: [] for size in sizes}
    for number in range(options.rounds + 1):
        measured = _hello()
        ours = {size: _newstui(homes[size], titles[size]) for size in sizes}
        if number:  # the first round warms the page cache
            hello.append(measured)
            for size in sizes:
                figures[size].append(ours[size])
        print(f"\rround {number} of {options.rounds}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return _report(hello, figures)


def _home(work: Path, size: int) -> Path:
    home = work / str(size)
    if not (home / "built").exists():
        print(f"building {size:,} articles in {home}", file=sys.stderr)
        shutil.rmtree(home, ignore_errors=True)  # what an interrupted run left
        home.mkdir(parents=True)
        build(size, home / "cache.db")
        (home / "built").touch()
    return home


def _newest_title(home: Path) -> bytes:
    """The beginning of the first headline: as much of it as no layout cuts."""
    from datetime import UTC, datetime

    from newstui.model import View
    from newstui.store import open_store

    store = open_store(home / "cache.db", now=datetime.now(UTC), write=False)
    try:
        return store.views.window(View(), limit=1)[0].title[:8].encode()
    finally:
        store.close()


def _environment(home: Path | None) -> dict[str, str]:
    env = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    env |= {"LANG": "C.UTF-8", "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    if home is not None:
        env["NEWSTUI_HOME"] = str(home)
    return env


def _hello() -> Figures:
    done = b"Hello, World!"
    measured = run([sys.executable, str(_HELLO)], _environment(None), done=[done])
    return Figures(measured.first(done), measured.first(done), measured.peak)


def _newstui(home: Path, title: bytes) -> Figures:
    script = Path(sys.executable).with_name("newstui")
    command = [str(script)] if script.exists() else [sys.executable, "-m", "newstui"]
    measured = run(command, _environment(home), keys=b"j", done=[title, _APP])
    return Figures(measured.first(title), _answered(measured), measured.peak)


def _answered(measured: Run) -> float:
    """When the cursor stood on the list's second line (the screen's third)."""
    for at, lines in measured.screens():
        if ">" in lines[2][:12] and ">" not in lines[1][:12]:
            return at
    raise RuntimeError("the key was never answered; last screen:\n" + "\n".join(measured.screens()[-1][1]))


def _report(hello: Sequence[Figures], figures: dict[int, list[Figures]]) -> int:
    base = median(run.text for run in hello)
    print(f"{'':>22}  {'first text, ms':>24} {'×':>5}  {'keys answered, ms':>24} {'×':>5}  {'peak, MB':>20}")
    print(f"{'one Label (Textual)':>22}  {_spread([run.text for run in hello])} {1:5.2f}  {'':>24} {'':>5}  "
          f"{_spread([run.peak for run in hello], 20)}")  # fmt: skip
    missed = []
    for size, runs in figures.items():
        text, keys = median(run.text for run in runs), median(run.keys for run in runs)
        peak = median(run.peak for run in runs)
        times = f"{_spread([run.text for run in runs])} {text / base:5.2f}  {_spread([run.keys for run in runs])}"
        print(f"{size:>13,} articles  {times} {keys / base:5.2f}  {_spread([run.peak for run in runs], 20)}")
        if text > _TEXT_BAR * base:
            missed.append(f"first text at {size:,}: {text / base:.2f} × > {_TEXT_BAR}")
        if keys > _KEYS_BAR * base:
            missed.append(f"keys answered at {size:,}: {keys / base:.2f} × > {_KEYS_BAR}")
        if size == _PEAK_SIZE and peak > _PEAK_BAR:
            missed.append(f"peak at {size:,}: {peak:.0f} MB > {_PEAK_BAR:.0f}")
    for name, index in (("first text", 0), ("keys answered", 1)):
        ends = [median(run[index] for run in figures[size]) for size in (min(figures), max(figures))]
        flat = ends[1] / ends[0]
        print(f"{name}, largest to smallest cache: {flat:.2f} ×")
        if flat > _FLAT_BAR:
            missed.append(f"{name} from {min(figures):,} to {max(figures):,}: {flat:.2f} × > {_FLAT_BAR}")
    for line in missed:
        print(f"missed: {line}")
    return 1 if missed else 0


def _spread(values: Sequence[float], width: int = 24) -> str:
    return f"{median(values):6.1f} ({min(values):.1f}–{max(values):.1f})".rjust(width)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
