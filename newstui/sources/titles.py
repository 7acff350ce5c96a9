"""The title of a saved page: the line on it that its <title> repeats, without what the site adds."""

from __future__ import annotations

import re
from typing import Final

from newstui.sources.lines import Line
from newstui.sources.meta import Meta

_BLANK: Final = re.compile(r"[\s\u3000]+")
_JOINTS: Final = re.compile(r"\s*(?:[_|｜丨—–»]+|-{1,2}|\s-\s|::|<|>>)\s*")
_MIN: Final = 5
_MAX: Final = 120


def page_title(lines: list[Line], first: int, meta: Meta) -> tuple[str, int | None]:
    """The title, and the number of the line that shows it (None when no line does); the body begins at line `first`."""
    heads = [_bare(text) for text in (meta.title, meta.page_title) if text]
    best: tuple[float, int] | None = None
    for at, line in enumerate(lines[: first + 3]):
        size = len(line.text)
        if not _MIN <= size <= _MAX or line.kind in ("byline", "footer"):
            continue
        bare = _bare(line.text)
        shared = any(bare in head or (len(head) > 8 and head in bare) for head in heads)
        if not shared and not (line.rank == 1 and line.kind in ("short", "item", "prose")):
            continue
        worth: float = (
            min(size, 60)
            + (40 if shared else 0)
            + (12 if line.rank in (1, 2, 3) else 0)
            - (15 if line.linked > 0.6 else 0)
        )
        worth += 3 * (at / (first + 1))
        if best is None or worth > best[0]:
            best = (worth, at)
    if best is not None and (best[0] >= 40 or lines[best[1]].rank == 1):
        return lines[best[1]].text, best[1]
    return without_site(meta.title), None


def without_site(title: str) -> str:
    """`title` without the names of site and channel that stand after a joint (标题_新闻频道_某某网)."""
    parts = [part for part in _JOINTS.split(title) if part]
    if len(parts) < 2:
        return title
    longest = max(parts, key=len)
    start = title.index(parts[0])
    if len(parts[0]) >= 8 or longest is parts[0]:
        return title[start : start + len(parts[0])].strip()
    return longest.strip()


def _bare(text: str) -> str:
    return _BLANK.sub("", text)
