"""The element that holds an article, and how far the article reaches in it.

Running text is found line by line (`regions`), which loses what an article has besides: short lines, verses, captions,
lists, tables, what follows a heading that could also head a side block. The markup gives it back: where little of the
smallest element round the text is links, that element is the article's own, and what stands in it belongs to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lxml import etree

from newstui.sources.chrome import is_tail
from newstui.sources.chunks import Chunks
from newstui.sources.lines import SITE_NAME, Line

_GAP: Final = 3
"""Lines of links or tools in a row that an article goes on behind, at most."""
_CLIMB: Final = 0.4
"""Share of an outer element's text that the article must have for the outer one to be its own."""


def holder_of(chunks: Chunks, first: int, last: int) -> etree._Element:
    """The element that holds the lines from `first` to `last`; a paragraph's own parent when it is only one."""
    found = common(chunks.owners[first : last + 1])
    parent = found.getparent()
    return parent if parent is not None and found.tag in ("p", "span", "section") else found


def common(elements: Sequence[etree._Element]) -> etree._Element:
    """The smallest element that holds all `elements`."""
    chain = _chain(elements[0])
    for element in elements[1:]:
        if element is chain[-1]:
            continue
        other = _chain(element)
        size = 0
        for one, two in zip(chain, other, strict=False):
            if one is not two:
                break
            size += 1
        chain = chain[: max(1, size)]
    return chain[-1]


def _chain(element: etree._Element) -> list[etree._Element]:
    chain = [element, *element.iterancestors()]
    chain.reverse()
    return chain


def is_within(element: etree._Element, holder: etree._Element) -> bool:
    """Whether `element` is `holder` or stands in it."""
    return element is holder or any(above is holder for above in element.iterancestors())


def grown(chunks: Chunks, holder: etree._Element, first: int, last: int) -> tuple[int, int]:
    """The lines from `first` to `last` carried on both ways to all that is text in `holder` and next to them.

    An element round `holder` is taken for the article's own too when hardly any of it is a link and what it adds is
    nothing but text and figures (a notice whose annex is a table of its own).
    """
    lines = chunks.lines
    begin, end = _span(chunks, holder, first, last)
    first, last = _back(lines, begin, first), _onward(lines, last, end)
    outer = holder.getparent()
    while outer is not None and outer.tag not in ("body", "html"):
        begin, end = _span(chunks, outer, first, last)
        size = sum(len(line.text) for line in lines[begin : end + 1])
        if _linked(lines[begin : end + 1]) > 0.03 or sum(len(x.text) for x in lines[first : last + 1]) < _CLIMB * size:
            break
        added = [*lines[begin:first], *lines[last + 1 : end + 1]]
        if any(_is_border(line) for line in added):
            break
        if len(lines[last + 1 : end + 1]) > _GAP:
            last = _onward(lines, last, end)
        outer = outer.getparent()
    return first, last


def _span(chunks: Chunks, holder: etree._Element, first: int, last: int) -> tuple[int, int]:
    """The first and last line that stand in `holder`, which holds those from `first` to `last`."""
    owners = chunks.owners
    while first > 0 and is_within(owners[first - 1], holder):
        first -= 1
    while last + 1 < len(owners) and is_within(owners[last + 1], holder):
        last += 1
    return first, last


def _linked(lines: Sequence[Line]) -> float:
    """The share of link text in all text of `lines`."""
    size = sum(len(line.text) for line in lines)
    return sum(len(line.text) * line.linked for line in lines) / size if size else 0.0


def _is_border(line: Line) -> bool:
    if line.kind == "tool":
        return not line.text.isdigit()  # a figure in a cell, as a pager's number would be
    return line.kind in ("byline", "crumbs", "footer", "heading", "tabs")


def _is_text(line: Line) -> bool:
    if line.kind not in ("short", "item", "cell", "prose") or line.linked > 0.5 or line.cut:
        return False
    return line.kind == "prose" or (SITE_NAME.search(line.text) is None and not is_tail(line.text))


def _back(lines: list[Line], begin: int, first: int) -> int:
    at = first - 1
    while at >= begin and _is_text(lines[at]) and not 0 < lines[at].rank <= 2 and not lines[at].stamped:
        first = at
        at -= 1
    return first


def _onward(lines: list[Line], last: int, end: int) -> int:
    """The last line up to `end` that goes on with the text; side blocks of links in it are passed, not what ends it."""
    gap = 0
    for at in range(last + 1, end + 1):
        line = lines[at]
        if line.kind in ("footer", "crumbs", "slogan") or (
            line.kind == "byline" and line.byline and line.byline.labels
        ):
            break
        if line.kind == "heading" and line.heading and line.heading.kind in ("comments", "teaser", "neighbour"):
            break
        if _is_text(line):
            last, gap = at, 0
        else:
            gap += 1
            if gap > _GAP:
                break
    return last
