"""Measures page extraction against hand-made gold: `python -m bench.extraction CORPORA_DIR`.

For every page with gold, as saved HTML and as text dump: F1 of the body over four-character shingles with white space
removed, whether the day and the minute of publication agree, whether the author agrees. Pages that are lists count as
right when they are skipped, pages without gold when they are taken. Prints a table and the means, and under them how
newstui, trafilatura and readability-lxml do on the same pages (`extraction_speed`; `uv sync --group bench` brings
these).
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newstui.model import Article
from newstui.sources.pages import Skipped, read_page
from newstui.text.dates import parse_date


@dataclass(frozen=True, slots=True)
class Score:
    """How one file came out; None where there is no gold to compare with."""

    name: str
    form: str
    f1: float | None
    date: bool | None
    author: bool | None
    taken: bool
    wanted: bool
    seconds: float
    note: str
    minute: bool | None = None
    """Whether the minute agrees too, where the gold has one."""


def shingles(text: str) -> Counter[str]:
    """Four-character shingles of `text` without white space, with their counts."""
    bare = "".join(text.split())
    return Counter(bare[at : at + 4] for at in range(len(bare) - 3))


def f1(got: str, gold: str) -> float:
    """Harmonic mean of precision and recall over shingles, 0 to 1."""
    one, two = shingles(got), shingles(gold)
    shared = sum((one & two).values())
    return 2 * shared / (sum(one.values()) + sum(two.values())) if one or two else 1.0


def gold_of(page: Path, kind: str) -> str | None:
    """The text of a page's gold file of one kind, or None."""
    path = page.with_name(f"{page.name.split('.')[0]}.gold-{kind}.txt")
    return path.read_text("utf-8", "replace").strip("\ufeff\n\r ") if path.exists() else None


def date_agrees(got: datetime | None, gold: str) -> bool:
    """Whether the day agrees, or the month when the gold has no day; UNKNOWN wants no date."""
    if gold.upper().startswith("UNK"):
        return got is None
    parts = gold.split()[0].split("-")
    want = parse_date(gold.split("\n")[0].strip())
    if got is None:
        return False
    if len(parts) < 3 or want is None:
        return [got.year, got.month][: len(parts)] == [int(part) for part in parts]
    return got.date() == want.date()


def minute_agrees(got: datetime | None, gold: str) -> bool | None:
    """Whether day, hour and minute agree; None where the gold has no time of day but midnight."""
    want = None if gold.upper().startswith("UNK") or ":" not in gold else parse_date(gold.split("\n")[0].strip())
    if want is None or (want.hour, want.minute) == (0, 0):
        return None
    return got is not None and f"{got:%Y-%m-%d %H:%M}" == f"{want:%Y-%m-%d %H:%M}"


def author_agrees(got: str, gold: str) -> bool:
    """Whether the names agree as sets; UNKNOWN wants none."""
    if gold.upper().startswith("UNK"):
        return not got
    return set(got.split()) == set(gold.split())


def score(path: Path, wanted: bool) -> Score:
    """Reads one page and compares it with its gold."""
    data = path.read_bytes()
    began = time.perf_counter()
    page = read_page(data)
    seconds = time.perf_counter() - began
    form = "dump" if path.name.endswith(".dump.txt") else "html" if path.suffix == ".html" else "text"
    name = f"{path.parent.name}/{path.name.split('.')[0][:30]}"
    body, when, who = (gold_of(path, kind) for kind in ("body", "date", "author"))
    if isinstance(page, Skipped):
        lost = 0.0 if body is not None else None
        return Score(name, form, lost, None, None, False, wanted, seconds, f"{page.reason} ({len(page.headlines)})")
    assert isinstance(page, Article)
    return Score(
        name,
        form,
        f1(page.text, body) if body is not None else None,
        date_agrees(page.published, when) if when is not None else None,
        author_agrees(page.author, who) if who is not None else None,
        True,
        wanted,
        seconds,
        f"{page.title[:24]} | {page.byline} | {page.author} | {page.editor} | {page.published}"
        f" | {'>'.join(page.crumbs)} | {len(page.text)} | r{len(page.related)}",
        minute_agrees(page.published, when) if when is not None else None,
    )


def scores(root: Path) -> list[Score]:
    """Scores of every page and dump under `root`/pages.

    Among the list pages one is called a detail page and is an article by any reading; it counts as one.
    """
    paths = sorted((root / "pages").rglob("*.html")) + sorted((root / "pages").rglob("*.dump.txt"))
    pages = [path for path in paths if ".gold-" not in path.name]
    return [score(path, path.parent.name != "list-pages" or "_detail_" in path.name) for path in pages]


def _mark(value: bool | None) -> str:
    return "-" if value is None else "y" if value else "N"


def share(values: list[bool | None]) -> float:
    """The share of True among the values that are known, 0 to 1."""
    known = [value for value in values if value is not None]
    return sum(known) / max(1, len(known))


def _share(values: list[bool | None]) -> str:
    known = [value for value in values if value is not None]
    return f"{sum(known)}/{len(known)}"


def report(found: list[Score]) -> str:
    """The table, a row a file, and under it the means by form."""
    rows = []
    for one in found:
        body = "     " if one.f1 is None else f"{one.f1:.3f}"
        right = "ok " if one.taken == one.wanted else "BAD"
        marks = f"{_mark(one.date)} {_mark(one.author)} {right}"
        rows.append(f"{one.form:4} {body} {marks} {one.seconds * 1000:5.0f} ms {one.name:44} {one.note}")
    for form in ("html", "dump"):
        part = [one for one in found if one.form == form]
        bodies = [one.f1 for one in part if one.f1 is not None]
        figures = (
            f"body F1 mean {sum(bodies) / max(1, len(bodies)):.3f} over {len(bodies)}",
            f"least {min(bodies, default=0):.3f}",
            f"day {_share([one.date for one in part])}",
            f"minute {_share([one.minute for one in part])}",
            f"author {_share([one.author for one in part])}",
            f"lists skipped {_share([not one.taken for one in part if not one.wanted])}",
            f"articles taken {_share([one.taken for one in part if one.wanted])}",
            f"slowest {max((one.seconds for one in part), default=0):.2f} s",
        )
        rows.append(f"{form}: " + "; ".join(figures))
    html = {one.name: one.f1 for one in found if one.form == "html"}
    pairs = [
        (one.name, one.f1 - other)
        for one in found
        if one.form == "dump" and one.f1 is not None
        if (other := html.get(one.name)) is not None
    ]
    mean = sum(gap for _, gap in pairs) / max(1, len(pairs))
    apart = ", ".join(f"{name} {gap:+.3f}" for name, gap in pairs if abs(gap) > 0.03)
    rows.insert(-2, f"dump less html: mean {mean:+.3f} over {len(pairs)}; more than 0.03 apart: {apart or 'none'}")
    return "\n".join(rows)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m bench.extraction CORPORA_DIR")
    from bench import extraction_speed

    print(report(scores(Path(sys.argv[1]))))
    print(extraction_speed.report(Path(sys.argv[1])))
