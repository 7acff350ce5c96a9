"""Measures a large import: `python -m bench.importing PAGES_DIR --folder DIR [--size MB] [--gz] [--rounds N]`.

Wraps the HTML pages under PAGES_DIR into one WARC file of --size (default 500) MB in DIR, again and again, each time
under an address and with a title and a paragraph of its own, so that every record is another article. Then runs
`newstui import` on it as a child, into caches in DIR: whole, a second time, and into another cache interrupted with
Ctrl-C's signal at half and taken up again. Prints pages and MB a second, the largest resident sets of the importer and
of its parser processes together (sampled), the importer's in the first and last quarter of its time, and what
interruption and rerun cost; of several rounds the medians, with the least and the most in brackets. Last comes the list
of containers, each with the file that it was tried on (`bench.containers`), taken from the folder above PAGES_DIR where
that has one. Linux only: memory is read from /proc.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median
from typing import Final
from uuid import UUID

from bench.containers import table

_MB: Final = 1_000_000
_EVERY: Final = 0.2
"""Seconds between two samples of memory."""


def pages_under(folder: Path) -> list[bytes]:
    """The HTML pages under `folder`, in order of names."""
    paths = sorted(path for path in folder.rglob("*.htm*") if ".gold" not in path.name and "list" not in path.parts[-2])
    return [path.read_bytes() for path in paths]


def of_its_own(page: bytes, number: int) -> bytes:
    """The page as another article: a title and a first paragraph that no other has."""
    mark = b"%07d" % number
    page = re.sub(rb"(<title[^>]*>|<h1[^>]*>)", rb"\g<1>" + mark + b" ", page, count=2, flags=re.IGNORECASE)
    return re.sub(rb"</p>", b" " + mark + b"</p>", page, count=1, flags=re.IGNORECASE)


def records(pages: Sequence[bytes]) -> Iterator[bytes]:
    """WARC 1.1 response records without end."""
    number = 0
    while True:
        body = of_its_own(pages[number % len(pages)], number)
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
        head = (
            "WARC/1.1\r\nWARC-Type: response\r\n"
            f"WARC-Record-ID: <urn:uuid:{UUID(int=number)}>\r\n"
            f"WARC-Target-URI: http://paper{number % 7}.example/2016/{number}.html\r\n"
            "WARC-Date: 2016-03-01T12:00:00Z\r\nContent-Type: application/http;msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        )
        yield head.encode() + answer + b"\r\n\r\n"
        number += 1


def build(path: Path, pages: Sequence[bytes], size: int) -> int:
    """Write a WARC file of about `size` bytes before compression; how many records it has."""
    written = count = 0
    with path.open("wb") as file:
        for record in records(pages):
            file.write(gzip.compress(record, 1) if path.suffix == ".gz" else record)
            written += len(record)
            count += 1
            if written >= size:
                return count
    return count


@dataclass
class Memory:
    """Resident sets over time, in MB."""

    importer: list[float] = field(default_factory=list)
    parsers: list[float] = field(default_factory=list)

    def watch(self, process: subprocess.Popen[bytes]) -> None:
        """Sample until the process ends."""
        while process.poll() is None:
            own = resident(process.pid)
            if own:
                self.importer.append(own)
                self.parsers.append(sum(resident(child) for child in children(process.pid)))
            time.sleep(_EVERY)

    def quarters(self) -> tuple[float, float]:
        """Means of the importer's first and last quarter."""
        quarter = max(1, len(self.importer) // 4)
        return mean(self.importer[:quarter]), mean(self.importer[-quarter:])


def resident(process: int) -> float:
    """The resident set of a process in MB; 0 when it is gone."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / _MB


def children(process: int) -> list[int]:
    """The processes that a process has started."""
    try:
        return [int(text) for text in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


@dataclass(frozen=True)
class Run:
    """One import."""

    statuses: Counter[str]
    seconds: float
    code: int
    memory: Memory


def run(home: Path, warc: Path, stop_after: int = 0) -> Run:
    """Import once, interrupted when `stop_after` outcomes were told."""
    command = [sys.executable, "-m", "newstui", "import", "--json", str(warc)]
    environment = os.environ | {"NEWSTUI_HOME": str(home)}
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment)
    memory = Memory()
    watcher = threading.Thread(target=memory.watch, args=(process,))
    watcher.start()
    statuses: Counter[str] = Counter()
    assert process.stdout is not None
    for line in process.stdout:
        statuses[json.loads(line).get("status", "")] += 1
        if stop_after and statuses.total() == stop_after:
            process.send_signal(signal.SIGINT)
    code = process.wait()
    seconds = time.perf_counter() - began
    watcher.join()
    return Run(statuses, seconds, code, memory)


def spread(values: Sequence[float], digits: int = 0) -> str:
    """The median, with the least and the most when there are several."""
    middle = f"{median(values):.{digits}f}"
    return middle if len(values) < 2 else f"{middle} ({min(values):.{digits}f}–{max(values):.{digits}f})"


def told(name: str, runs: Sequence[Run], size: float) -> str:
    """One line of the table."""
    quarters = [run.memory.quarters() if run.memory.importer else (0.0, 0.0) for run in runs]
    columns = (
        spread([run.seconds for run in runs], 1),
        spread([run.statuses.total() / run.seconds for run in runs]),
        spread([size / run.seconds for run in runs], 1),
        spread([max(run.memory.importer, default=0) for run in runs]),
        spread([max(run.memory.parsers, default=0) for run in runs]),
        spread([first for first, _ in quarters]),
        spread([last for _, last in quarters]),
    )
    codes = sorted({run.code for run in runs})
    return f"{name:<20}" + "".join(f"{column:>18}" for column in columns) + f"  {codes}  {dict(runs[-1].statuses)}"


def main() -> None:
    """Build, import, import again, interrupt, resume; print the table."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("pages", type=Path)
    asked.add_argument("--folder", type=Path, required=True, help="where the WARC file and the caches are made")
    asked.add_argument("--size", type=int, default=500, help="MB of the WARC file before compression")
    asked.add_argument("--gz", action="store_true", help="compress every record by itself, as crawlers do")
    asked.add_argument("--rounds", type=int, default=3)
    given = asked.parse_args()
    pages = pages_under(given.pages)
    if not pages:
        asked.error(f"no HTML pages under {given.pages}")
    given.folder.mkdir(parents=True, exist_ok=True)
    warc = given.folder / ("pages.warc.gz" if given.gz else "pages.warc")
    count = build(warc, pages, given.size * _MB)
    size = warc.stat().st_size / _MB
    print(f"{len(pages)} pages wrapped into {count} records, {size:.0f} MB on disk, {os.cpu_count()} cores\n")
    heads = ("seconds", "records/s", "MB/s", "importer MB", "parsers MB", "1st quarter", "last quarter")
    print(f"{'':<20}" + "".join(f"{head:>18}" for head in heads) + "  exit  outcomes of the last round")
    homes = [given.folder / "whole", given.folder / "halved"]
    rounds: dict[str, list[Run]] = {}
    for _ in range(given.rounds):
        for home in homes:
            shutil.rmtree(home, ignore_errors=True)
        rounds.setdefault("import", []).append(run(homes[0], warc))
        rounds.setdefault("again", []).append(run(homes[0], warc))
        rounds.setdefault("interrupted at half", []).append(run(homes[1], warc, stop_after=count // 2))
        rounds.setdefault("taken up again", []).append(run(homes[1], warc))
    for name, runs in rounds.items():
        print(told(name, runs, size))
    stored = rounds["interrupted at half"][-1].statuses["added"] + rounds["taken up again"][-1].statuses["added"]
    print(f"\nadded in one go {rounds['import'][-1].statuses['added']}, in two {stored}\n")
    table(given.pages.parent)


if __name__ == "__main__":
    main()
