"""One text file that holds the dumps of many pages one after another, cut into these.

They are parted by form feeds, by rules (====, ----, ==> name <==), by a line that every page begins with (the district
line, the site's name), or by breadcrumbs that end in 正文. A cut is believed only where what stands on either side of
it is an article by itself, with a title and a date of its own: a rule inside an article stays in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from newstui.model import Article
from newstui.sources.crumbs import is_closed
from newstui.sources.dump import read_dump
from newstui.sources.refusals import Skipped
from newstui.text.clean import unspaced

_MOST: Final = 20_000
"""Pages in one file."""
_SIGNS: Final = "=-_*#~＝—─━－＊"
_CLOSED: Final = frozenset(("正文", "文章", "详情", "内容"))
_TRAIL: Final = re.compile("[>»›]")
_HEADS: Final = 5
"""Lines at a file's beginning of which one may stand at that of every page."""
_SAMPLE: Final = 100
"""Pieces by which a way to part pages is judged."""
_MOSTLY: Final = 0.6
"""Share of the pieces that are articles for sure from which on the others are pages too."""
_LISTED: Final = 5
_DATED: Final = re.compile(r"\d{4}\s?[-/.年]\s?\d")
_LONGEST: Final = 8 << 20
"""Characters of one page."""
_LEAST: Final = 60
"""Characters of text that an article has at least."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One page of a file of many."""

    line: int
    """Number of the line that it begins on, from 1."""
    text: str
    page: Article | None
    """What was read in it; None when it is still to be read."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A piece between two cuts."""

    begin: int
    end: int
    page: Article | Skipped | None
    sure: bool


def pages_in(text: str) -> list[Piece]:
    """The pages that a decoded dump holds; [] when it is one, or when that is not sure."""
    ranked = sorted(((_promise(text, cuts), -at, cuts) for at, cuts in enumerate(_candidates(text))), reverse=True)
    if not ranked or ranked[0][0] < 2:
        return []
    read = [_Read(begin, end, *_article(text[begin:end])) for begin, end in pairwise([*ranked[0][2], len(text)])]
    sure = [one for one in read if one.sure]
    if len({one.page.title for one in sure if isinstance(one.page, Article)}) < 2:
        return []
    parted = len(sure) >= _MOSTLY * len([one for one in read if text[one.begin : one.end].strip()])
    return _pieces(text, [one for one in read if one.sure or (parted and _stands(one.page))])


def _pieces(text: str, read: list[_Read]) -> list[Piece]:
    """A piece for each, to which what follows it up to the next one belongs, and what comes before the first."""
    pieces: list[Piece] = []
    line = begin = 0
    for one, following in zip(read, [*(each.begin for each in read[1:]), len(text)], strict=True):
        piece = text[begin:following]
        lead = len(piece) - len(piece.lstrip())
        # What was put to it or before it changes what it says: then it is to be read anew.
        whole = one.end == following and begin == one.begin and isinstance(one.page, Article)
        page = one.page if whole and isinstance(one.page, Article) else None
        pieces.append(Piece(line + piece.count("\n", 0, lead) + 1, piece, page))
        line += piece.count("\n")
        begin = following
    return pieces


def _stands(page: Article | Skipped | None) -> bool:
    """Whether a piece that is no sure article is a page all the same, where most are: one without a date, a list."""
    if isinstance(page, Article):
        return _is_titled(page) or bool(page.crumbs)
    return page is not None and len(page.headlines) >= _LISTED


def _promise(text: str, cuts: list[int]) -> float:
    """How many pages a way to part them will give, by the first of its pieces."""
    sampled = [text[begin:end] for begin, end in pairwise([*cuts[: _SAMPLE + 1], len(text)][: _SAMPLE + 1])]
    if sum(len(piece) >= _LEAST and _DATED.search(piece) is not None for piece in sampled) < 2:
        return 0.0
    # An article with a repeated line in it is its beginning, the longest part: that need not be read to see it.
    sure = sum(_article(piece)[1] for piece in sampled[1:])
    return (sure + _article(sampled[0])[1]) / len(sampled) * len(cuts) if sure else 0.0


def _candidates(text: str) -> Iterator[list[int]]:
    """Where pages may begin, by each of the ways to part them, 0 always among them."""
    if "\f" in text:
        yield _cuts(found.end() for found in re.finditer("\f+", text))
    heads: dict[str, list[int]] = {}
    rules: dict[str, list[int]] = {}
    """Ends of the rules of each sign, the signs apart: pages parted by ==== may have ---- in them."""
    crumbs: list[int] = []
    place = 0
    for raw in text.split("\n"):
        line = raw.strip()
        if line in heads:
            heads[line].append(place)
        elif line and len(heads) < _HEADS:
            heads[line] = [place]
        if line[:4] == line[:1] * 4 and line and _is_rule(line):
            rules.setdefault(line[0], []).append(place + len(raw))
        elif line[:4] == "==> " and line[-4:] == " <==":
            rules.setdefault("==>", []).append(place)
        elif line[-2:] in _CLOSED and _TRAIL.search(line) and is_closed(line):
            crumbs.append(place)
        place += len(raw) + 1
    repeated = (places for line, places in heads.items() if len(places) > 1 and 4 <= len(line) <= 300)
    yield from (_cuts(found) for found in (*rules.values(), *repeated, *([crumbs] if len(crumbs) > 1 else [])))


def _is_rule(line: str) -> bool:
    """Whether a line is of one sign, perhaps with a name in its middle."""
    name = line.strip(line[0])
    return line[0] in _SIGNS and (not name or (len(name) <= 200 and line.endswith(line[0] * 4)))


def _cuts(places: Iterable[int]) -> list[int]:
    found = sorted({0, *places})
    return found if len(found) <= _MOST else []


def _article(piece: str) -> tuple[Article | Skipped | None, bool]:
    """What a piece is by itself, and whether it is an article for sure."""
    if not _LEAST <= len(piece) <= _LONGEST:
        return None, False
    page = read_dump(piece)
    if isinstance(page, Article):
        return page, page.published is not None and len(page.text) >= _LEAST and _is_titled(page)
    return page, False


def _is_titled(page: Article) -> bool:
    """Whether it has a title of its own; without one it is called by its first words."""
    title = unspaced(page.title).rstrip("…")
    return len(title) >= 4 and not unspaced(page.text).startswith(title)
