"""How lines are set, beside ICU and Textual: `python -m bench.line_setting CORPORA [FIRST LAST STEP]`.

All text of the corpora is set at every width from FIRST to LAST cells (20 to 80). Told of each kind of text: the share
of our breaks that ICU's strict rules (zh@lb=strict) forbid, those at curly quotes apart, since ICU forbids a break at
either side of one and GB/T 15834 only inside; lines over width as wcwidth measures; lines under 85 % full, last ones
of paragraphs aside; lines that start or end with a mark that may not; last lines of a single character. Then characters
a second of our setting and Textual's on the same texts in the same run. PyICU is built from source and needs libicu's
headers, so it has a group of its own (`uv sync --group icu`); without it its columns say so.
"""

from __future__ import annotations

import importlib
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from wcwidth import wcswidth

from bench.corpus_texts import corpus_texts, paragraphs
from newstui.text.widths import cell_offsets
from newstui.text.wrap import wrap

NO_START: Final = frozenset("，。、；：？！％‰℃）】》〉」』〕〗］｝”’·・～…—,.;:?!%)]}")
NO_END: Final = frozenset("（【《〈「『〔〖［｛“‘([{")
_CURLY: Final = "“”‘’"
_FULL: Final = 0.85
_LONE: Final = re.compile("[\u2e80-\U0003ffff][，。、；：？！）】》〉」』”’…,.;:?!)]*")
ROUNDS: Final = 5
SPEED_WIDTHS: Final = (24, 40, 76)


@dataclass(slots=True)
class Tally:
    """What was counted of one kind of text, all widths together."""

    lines: int = 0
    breaks: int = 0
    whole: int = 0
    """Lines that are not the last of their paragraph."""
    forbidden: int = 0
    quotes: int = 0
    """Of `breaks`, those that ICU forbids at a curly quote."""
    over: int = 0
    thin: int = 0
    starts: int = 0
    ends: int = 0
    lone: int = 0
    pairs: Counter[str] = field(default_factory=Counter)
    """The two characters at each break that ICU forbids elsewhere, and how often."""

    def add(self, other: Tally) -> None:
        """Count what another tally has counted."""
        for name in ("lines", "breaks", "whole", "forbidden", "quotes", "over", "thin", "starts", "ends", "lone"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.pairs.update(other.pairs)


Legal = Callable[[str], frozenset[int]]


def icu_breaks() -> Legal | None:
    """Offsets at which ICU strict may break a text; None without PyICU."""
    try:
        icu: Any = importlib.import_module("icu")
    except ImportError:
        return None
    breaker = icu.BreakIterator.createLineInstance(icu.Locale("zh@lb=strict"))

    def legal(text: str) -> frozenset[int]:
        breaker.setText(icu.UnicodeString(text))
        units = list(breaker)
        if text.isascii() or max(text) < "\U00010000":
            return frozenset(units)
        found, at = {0: 0}, 0  # ICU counts UTF-16 units
        for number, char in enumerate(text):
            at += 2 if char > "\uffff" else 1
            found[at] = number + 1
        return frozenset(found[unit] for unit in units if unit in found)

    return legal


def count(texts: Sequence[str], legal: Legal | None, widths: range) -> Tally:
    """The tally of paragraphs at all widths."""
    tally = Tally()
    for text in texts:
        may = legal(text) if legal is not None else frozenset[int]()
        for width in widths:
            _count_one(tally, text, width, may if legal is not None else None)
    return tally


def _count_one(tally: Tally, text: str, width: int, may: frozenset[int] | None) -> None:
    lines = wrap(text, width)
    tally.lines += len(lines)
    for number, (start, end, _) in enumerate(lines):
        line = text[start:end]
        cells = len(line) if line.isascii() else wcswidth(line)
        tally.over += cells > width
        if number:
            tally.breaks += 1
            tally.starts += line[:1] in NO_START and not line.startswith("——")
            if may is not None and start not in may:
                before = text[:start].rstrip()[-1:]
                if before in _CURLY or text[start] in _CURLY:
                    tally.quotes += 1
                else:
                    tally.forbidden += 1
                    tally.pairs[text[start - 1 : start + 1]] += 1
        if number < len(lines) - 1:
            tally.whole += 1
            tally.thin += cells < _FULL * width
            tally.ends += line[-1:] in NO_END
        elif number:
            tally.lone += _LONE.fullmatch(line) is not None


def least_thin(text: str, may: frozenset[int], width: int) -> int:
    """The fewest thin lines with which breaks at `may` and inside of curly quotes can set a paragraph."""
    quotes = {at + (char in "”’") for at, char in enumerate(text) if char in _CURLY}
    places = sorted({*may, *quotes, len(text)} - {0})
    cells = cell_offsets(text)
    ends = [cells[len(text[:place].rstrip())] for place in places]
    fewest = [0, *(len(text) for _ in places)]
    for number, start in enumerate([0, *places[:-1]]):
        at = number
        while at < len(places) and (at == number or ends[at] - cells[start] <= width):
            thin = at < len(places) - 1 and ends[at] - cells[start] < _FULL * width
            fewest[at + 1] = min(fewest[at + 1], fewest[number] + thin)
            at += 1
    return fewest[-1]


def speeds(texts: Sequence[str], width: int) -> dict[str, list[float]]:
    """Millions of characters a second of each way to set lines, a figure a round; rounds are interleaved."""
    from rich.console import Console
    from rich.text import Text
    from textual.content import Content

    console = Console(width=width, file=None)

    def ours(text: str) -> None:
        wrap(text, width)

    def textual(text: str) -> None:
        Content(text).wrap(width)

    def rich(text: str) -> None:
        Text(text).wrap(console, width)

    ways = {"newstui": ours, "Textual": textual, "Rich": rich}
    found: dict[str, list[float]] = {name: [] for name in ways}
    characters = sum(map(len, texts))
    for _ in range(ROUNDS):
        for name, way in ways.items():
            began = time.process_time()
            for text in texts:
                way(text)
            found[name].append(characters / 1e6 / (time.process_time() - began))
    return found


def _row(kind: str, tally: Tally, known: bool) -> str:
    def share(part: int, of: int) -> str:
        return f"{100 * part / max(of, 1):7.3f}%"

    icu = (
        f"{share(tally.forbidden, tally.breaks)} {share(tally.quotes, tally.breaks)}" if known else "  absent   absent"
    )
    return (
        f"{kind:13} {tally.lines:9} {icu} {tally.over:5} {share(tally.thin, tally.whole)} "
        f"{tally.starts:6} {tally.ends:6} {tally.lone:6}"
    )


def is_chinese(text: str) -> bool:
    """Whether no more than a fifth of it is Latin letters, which break between words only."""
    return sum(char.isascii() and char.isalpha() for char in text) * 5 <= len(text)


def _floor(texts: Sequence[str], legal: Legal, widths: range) -> str:
    """How near to the best that ICU's breaks allow, on some of the paragraphs."""
    rows = []
    for name, some in (
        ("Chinese paragraphs", [text for text in texts if is_chinese(text)]),
        ("others", [text for text in texts if not is_chinese(text)]),
    ):
        ours = count(some, None, widths)
        least = 0
        for text in some:
            may = legal(text)
            least += sum(least_thin(text, may, width) for width in widths)
        rows.append(
            f"thin lines of {len(some)} {name}: {100 * ours.thin / max(ours.whole, 1):.2f}%; "
            f"any choice of ICU's breaks has at least {100 * least / max(ours.whole, 1):.2f}%"
        )
    return "\n".join(rows)


def report(root: Path, widths: range) -> str:
    """The tables."""
    kinds = {kind: sorted(set(paragraphs(texts))) for kind, texts in corpus_texts(root).items()}
    legal = icu_breaks()
    rows = [
        f"widths {widths}, ICU strict {'by PyICU' if legal else 'absent'}",
        f"{'':13} {'lines':>9}   ICU no    at “”  over     <85% starts   ends   lone",
    ]
    total, chinese = Tally(), Tally()
    for kind, texts in kinds.items():
        tally = count([text for text in texts if is_chinese(text)], legal, widths)
        chinese.add(tally)
        tally.add(count([text for text in texts if not is_chinese(text)], legal, widths))
        total.add(tally)
        rows.append(_row(kind, tally, legal is not None))
    rows += [_row("all", total, legal is not None), _row("Chinese", chinese, legal is not None)]
    worst = ", ".join(f"{pair!r} {times}" for pair, times in total.pairs.most_common(24))
    rows.append(f"forbidden by ICU most often: {worst or 'nothing'}")
    everything = [text for texts in kinds.values() for text in texts]
    if legal is not None:
        rows.append(_floor(everything[::10], legal, widths))
    rows += ["", "million characters a second, median (min–max)"]
    for width in SPEED_WIDTHS:
        told = [
            f"{name} {statistics.median(each):.2f} ({min(each):.2f}–{max(each):.2f})"
            for name, each in speeds(everything, width).items()
        ]
        rows.append(f"width {width}: {', '.join(told)}")
    return "\n".join(rows)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 5):
        sys.exit(__doc__)
    chosen = tuple(map(int, sys.argv[2:])) or (20, 80, 1)
    print(report(Path(sys.argv[1]), range(chosen[0], chosen[1] + 1, chosen[2])))
