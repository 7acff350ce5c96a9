"""Saved HTML pages of news sites.

The page is read as lines (`chunks`) by the same rules as a text dump; the stretch of body lines then leads back to the
smallest element that holds them all, and its blocks (`html_blocks`) between the first and last of those lines are
the body. So side blocks, bylines and tools are known by their words, and images, tables and links are kept.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Final

from lxml import etree

from newstui.model import Article, Block, Headline, block_text
from newstui.sources.blocks import html_blocks
from newstui.sources.byline import Byline
from newstui.sources.chunks import Chunks, read_chunks
from newstui.sources.heads import find_byline, find_crumbs, find_site, without_title
from newstui.sources.holding import common, grown, holder_of, is_within
from newstui.sources.html_tree import Markup, html_root
from newstui.sources.lines import Line
from newstui.sources.meta import read_meta
from newstui.sources.pager import html_pager
from newstui.sources.people import credited, without
from newstui.sources.published import published
from newstui.sources.refusals import Skipped, refuse, weigh
from newstui.sources.regions import RELATED_MAX, Layout, best_stretch, cut
from newstui.sources.relative import relative_time
from newstui.sources.titles import called, opening_title, page_title
from newstui.sources.widening import widened
from newstui.sources.wikis import wiki_article
from newstui.text.clean import clean_line, unspaced

_HEADLINE_KINDS: Final = ("short", "item", "prose")
_TRAIL: Final = re.compile(
    r"(?:^|[\s_-])(?:bread-?crumbs?|crumbs?|mianbao\w*|weizhi|dangqian|cur-?pos\w*|position|location"
    r"|path|where)(?:$|[\s_-])|breadcrumb|crumb|mianbao|weizhi",
    re.IGNORECASE,
)


def read_html(markup: Markup, *, url: str = "", title: str = "", captured: datetime | None = None) -> Article | Skipped:
    """The article in the page `markup`, or why there is none.

    `url` is where it came from, `title` what its container calls it, for pages without a title; "" when not known.
    `captured` is when its copy was made, from which it may tell its time (3小时前).
    """
    root = html_root(markup)
    if root is None:
        return Skipped("there is no text in it")
    meta = read_meta(root, markup.text, url)
    given = title
    if given and not meta.title:
        meta = replace(meta, title=given, page_title=given)
    wiki = wiki_article(root, markup, meta)
    if wiki is not None:
        return wiki
    chunks = read_chunks(root, meta.base)
    lines = chunks.lines
    if not lines:
        return Skipped("there is no text in it")
    layout = cut(lines)
    stretch = best_stretch(lines, layout.regions)
    shown = _shown_headlines(lines)
    if stretch is None:
        reason = refuse(weigh(lines, 0, [], meta.page_title, Byline(), len(shown), meta.page_title))
        return Skipped(reason, _headlines(shown))
    holder = holder_of(chunks, *stretch)
    first, last = widened(lines, layout.regions, stretch, lambda at: is_within(chunks.owners[at], holder))
    first, last = grown(chunks, holder, first, last)
    title, title_at = called(*page_title(lines, first, last, meta), lines, meta, given)
    byline = find_byline(lines, first, last, title_at)
    crumbs = find_crumbs(lines, first) or _trail(root)
    crumbs = without_title(crumbs, title)
    told = [at for at in range(first, last + 1) if at != title_at and _is_body(lines[at])]
    body = [lines[at] for at in told]
    reason = refuse(
        weigh(lines, told[0] if told else 0, body, title or meta.page_title, byline, len(shown), meta.page_title)
    )
    if reason:
        return Skipped(reason, _headlines(shown))
    time = byline.published or relative_time(
        lines, first, title_at, url=meta.url, captured=captured, near=meta.published or byline.updated or meta.updated
    )
    blocks = body_blocks(chunks, first, last, title, meta.base)
    if not blocks:
        return Skipped("no article text was found in it", _headlines(shown))
    return Article(
        title=title or opening_title(body),
        url=meta.url,
        byline=byline.source or meta.source,
        author=byline.author or credited([block.text for block in blocks]) or without(meta.author, byline.editor),
        editor=byline.editor,
        published=published(time, meta, markup.text, meta.url),
        updated=byline.updated or meta.updated,
        blocks=blocks,
        place=find_site(crumbs, lines, title, [block.text for block in blocks]),
        crumbs=crumbs,
        column=byline.column or meta.column,
        related=_related(layout, lines, title_at),
        part=html_pager(root, markup, meta.base),
    )


def body_blocks(chunks: Chunks, first: int, last: int, title: str, base: str) -> tuple[Block, ...]:
    """The blocks of the body: those of the smallest element round its lines, from the first line to the last."""
    lines = chunks.lines
    holder = common(chunks.owners[first : last + 1])
    blocks = html_blocks(holder, base)
    unwanted = {unspaced(line.text) for line in lines[first : last + 1] if not _is_body(line)}
    unwanted.add(unspaced(title))
    wanted = [
        unspaced(line.text)
        for line in lines[first : last + 1]
        if _is_body(line) and unspaced(line.text) not in unwanted
    ]
    if not wanted:
        return ()
    texts = [unspaced(block_text(block)) for block in blocks]
    begin = next((at for at, text in enumerate(texts) if text and _meets(text, wanted[0])), 0)
    end = next(
        (at for at in range(len(texts) - 1, -1, -1) if texts[at] and _meets(texts[at], wanted[-1])), len(texts) - 1
    )
    while begin > 0 and blocks[begin - 1].kind == "image" and not _meets(texts[begin - 1], unspaced(title)):
        begin -= 1
    while end + 1 < len(blocks) and blocks[end + 1].kind == "image":
        end += 1
    kept = [
        block
        for block, text in zip(blocks[begin : end + 1], texts[begin : end + 1], strict=True)
        if not text or text not in unwanted
    ]
    while kept and kept[-1].kind == "rule":
        kept.pop()
    return tuple(kept)


def _meets(text: str, line: str) -> bool:
    return line in text or (len(text) > 8 and text in line)


def _is_body(line: Line) -> bool:
    return line.kind in ("prose", "short", "item", "cell", "crumbs", "tabs") and not (
        line.linked > 0.7 and line.kind != "prose"
    )


def _shown_headlines(lines: list[Line]) -> list[Line]:
    """The headlines a page links to: lines that are a link almost whole and long enough to be one."""
    found: dict[str, Line] = {}
    for line in lines:
        if line.linked < 0.6:
            continue
        words = max(map(len, line.text.split()), default=0)
        if line.linked >= 0.6 and words >= 6 and 8 <= len(line.text) <= 80 and line.kind in _HEADLINE_KINDS:
            found.setdefault(line.text, line)
    return list(found.values())[:RELATED_MAX]


def _headlines(lines: list[Line]) -> tuple[Headline, ...]:
    return tuple(Headline(line.text, line.href) for line in lines)


def _related(layout: Layout, lines: list[Line], title_at: int | None) -> tuple[Headline, ...]:
    found: dict[tuple[str, str], Headline] = {}
    for at, headline in layout.related:
        line = lines[at]
        if at == title_at or line.linked < 0.3 or len(headline.title) < 5:
            continue
        found.setdefault((headline.group, headline.title), Headline(headline.title, line.href, headline.group))
    return tuple(found.values())[:RELATED_MAX]


def _trail(root: etree._Element) -> tuple[str, ...]:
    """The breadcrumb of an element that is called one, when no line reads as one."""
    for element in root.iter("div", "ul", "ol", "nav", "p", "span", "section"):
        style, own = element.get("class", ""), element.get("id", "")
        if not (style or own) or not _leads(f"{style} {own}"[:120]):
            continue
        parts = [clean_line("".join(map(str, link.itertext()))[:60]) for link in element.iter("a")]
        parts = [part for part in parts if part]
        if 2 <= len(parts) <= 10 and all(len(part) <= 20 for part in parts):
            return tuple(parts)
    return ()


@lru_cache(maxsize=8192)
def _leads(label: str) -> bool:
    """Whether the names of an element, its class and its id, are those of a breadcrumb."""
    return len(label) > 2 and _TRAIL.search(label) is not None
