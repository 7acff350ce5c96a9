"""Pages a second on one core and body F1 of newstui, trafilatura and readability-lxml on the same pages in one run.

Rounds are interleaved, so that a busy machine slows all alike; times are the process's own (`process_time`). newstui
keeps readings of short lines between pages, as `newstui import` does: "warm" has met all lines before, as at the end
of a long archive of one site; "cold" forgets them before every page, as if no two pages were of one site. A library
that is not installed is left out; a page that one fails on counts as read.
"""

from __future__ import annotations

import importlib
import logging
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench.extraction import f1, gold_of
from newstui.districts import placing
from newstui.model import Article
from newstui.sources import chunks, dump_lines, lines
from newstui.sources.pages import read_page

Reader = Callable[[bytes], str]
ROUNDS = 3


def _warm(data: bytes) -> str:
    page = read_page(data)
    return page.text if isinstance(page, Article) else ""


def _cold(data: bytes) -> str:
    dump_lines.forget()
    lines.forget()
    for memo in (chunks._spoken, placing._placed, placing._readings_resolved):
        memo.cache_clear()
    return _warm(data)


def _module(name: str) -> Any:
    return importlib.import_module(name)


def _trafilatura(with_metadata: bool) -> Reader:
    library = _module("trafilatura")

    def read(data: bytes) -> str:
        if with_metadata:
            found = library.bare_extraction(data, with_metadata=True)
            return (found.text or "") if found is not None else ""
        return library.extract(data) or ""

    return read


def _readability() -> Reader:
    library = _module("readability")
    html = _module("lxml.html")

    def read(data: bytes) -> str:
        document = library.Document(data)
        summary, _ = document.summary(), document.title()
        return str(html.fromstring(summary).text_content())

    return read


def readers() -> dict[str, Reader]:
    """The libraries that are installed, by name."""
    found: dict[str, Reader] = {"newstui, warm": _warm, "newstui, cold": _cold}
    makers: dict[str, Callable[[], Reader]] = {
        "trafilatura": lambda: _trafilatura(False),
        "trafilatura with metadata": lambda: _trafilatura(True),
        "readability-lxml": _readability,
    }
    for name, make in makers.items():
        try:
            found[name] = make()
        except ImportError:
            continue
    return found


def read_safely(reader: Reader, data: bytes) -> str:
    """The body text that a library finds; "" when it raises, as some do on damaged pages."""
    try:
        return reader(data)
    except Exception:  # noqa: BLE001 - a peer may raise anything, and the run goes on
        return ""


def rates(named: dict[str, Reader], pages: Sequence[bytes]) -> dict[str, list[float]]:
    """Pages a second of each reader, a figure a round."""
    found: dict[str, list[float]] = {name: [] for name in named}
    for _ in range(ROUNDS):
        for name, reader in named.items():
            if reader is _warm:
                for data in pages:
                    reader(data)
            began = time.process_time()
            for data in pages:
                read_safely(reader, data)
            found[name].append(len(pages) / max(1e-9, time.process_time() - began))
    return found


def _figures(form: str, found: dict[str, list[float]]) -> list[str]:
    return [
        f"{form} {name:26} {statistics.median(each):8.1f} pages/s ({min(each):.1f}–{max(each):.1f})"
        for name, each in found.items()
    ]


def report(root: Path) -> str:
    """A row a library: pages a second (median, least and most of the rounds), and the mean F1 of its bodies."""
    logging.disable(logging.CRITICAL)
    paths = [path for path in sorted((root / "pages").rglob("*.html")) if ".gold-" not in path.name]
    pages = [path.read_bytes() for path in paths]
    dumps = [path.read_bytes() for path in sorted((root / "pages").rglob("*.dump.txt"))]
    named = readers()
    html = rates(named, pages)
    rows = _figures("html", html)
    own = {name: reader for name, reader in named.items() if name.startswith("newstui")}
    rows += _figures("dump", rates(own, dumps))
    middle = {name: statistics.median(each) for name, each in html.items()}
    rows += [
        f"html: {ours} is {middle[ours] / middle[peer]:.1f} times as fast as {peer}"
        for ours in own
        for peer in middle
        if peer not in own
    ]
    scored = [(path.read_bytes(), gold) for path in paths if (gold := gold_of(path, "body")) is not None]
    for name, reader in named.items():
        mean = statistics.fmean(f1(read_safely(reader, data), gold) for data, gold in scored) if scored else 0.0
        rows.append(f"html {name:26} body F1 mean {mean:.3f} over {len(scored)}")
    return "\n".join(rows)
