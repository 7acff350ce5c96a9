"""Portal pages as plain-text dumps: district line, breadcrumb, title, byline, body, side blocks.

The order of these may vary and each may be missing. Lines are told apart by their form (`lines`); headings of side
blocks, breadcrumbs, bylines and the foot cut the dump into regions; the body is the stretch of lines with the most
running text in the best region.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from newstui.model import Article, Block, Headline
from newstui.sources.byline import Byline
from newstui.sources.chrome import former_title
from newstui.sources.dump_lines import read_lines
from newstui.sources.heads import find_byline, find_crumbs, find_site, without_title
from newstui.sources.lines import Line
from newstui.sources.meta import Meta
from newstui.sources.pager import dump_pager
from newstui.sources.people import credited
from newstui.sources.published import published
from newstui.sources.refusals import Skipped, refuse, weigh
from newstui.sources.regions import RELATED_MAX, TITLE_MAX, Layout, best_stretch, cut
from newstui.sources.relative import relative_time
from newstui.sources.titles import find_title, opening_title, without_site
from newstui.sources.widening import annexed, unbordered, widened
from newstui.sources.wikis import changed_in, may_be_wiki, wiki_blocks, wiki_lines
from newstui.text.clean import unspaced
from newstui.text.dates import find_date

_HANZI: Final = re.compile("[\u3400-\u9fff]")
_BODY: Final = frozenset(("prose", "short", "item"))
_SAID: Final = re.compile(r"[^\W\d_]")
"""A letter or character."""


def read_dump(
    text: str, *, url: str = "", captured: datetime | None = None, original: bytes = b""
) -> Article | Skipped:
    """The article in the text dump `text`, or why there is none.

    `captured` is when its copy was made, `original` what the article is to keep of it.
    """
    lines = read_lines(text)
    if not lines:
        return Skipped("there is no text in it")
    wiki = _wiki(lines, url, original) if may_be_wiki(text) else None
    if wiki is not None:
        return wiki
    layout = cut(lines)
    stretch = best_stretch(lines, layout.regions)
    if stretch is None:
        return Skipped(refuse(weigh(lines, 0, [], "", Byline(), len(layout.related))), _headlines(layout))
    first, last = widened(lines, layout.regions, stretch, lambda _: True)
    last = annexed(lines, unbordered(lines, layout.regions, last))
    named = _named_title(lines)
    title_at, _ = find_title(lines, first, last, (named, *_firsts(lines, first)))
    told = [at for at in range(first, last + 1) if at != title_at and lines[at].kind in _BODY]
    if title_at is not None and first - title_at <= 6 and _repeats(lines, told, lines[title_at].text):
        del told[0]
    told = _trimmed(lines, told, lines[title_at].text if title_at is not None else named)
    body = [lines[at] for at in told]
    byline = find_byline(lines, first, last, title_at)
    crumbs = find_crumbs(lines, first)
    title = lines[title_at].text if title_at is not None else named or _dated_title(lines, first)
    others = [headline for at, headline in layout.related if at != title_at]
    if title:
        others = [headline for headline in others if not headline.title.endswith(title)]
    crumbs = without_title(crumbs, title)
    if crumbs and not title and len(crumbs[-1]) > 14:
        crumbs, title = crumbs[:-1], crumbs[-1]
    reason = refuse(weigh(lines, told[0] if told else 0, body, title, byline, len(layout.related)))
    if reason:
        return Skipped(reason, _headlines(layout))
    shown = byline.published or relative_time(
        lines, first, title_at, url=byline.url or url, captured=captured, near=byline.updated
    )
    return Article(
        title=title or opening_title(body),
        url=byline.url or url,
        byline=byline.source,
        author=byline.author or credited([line.text for line in body]),
        editor=byline.editor,
        published=published(shown, Meta(), "", byline.url or url),
        updated=byline.updated,
        blocks=tuple(map(_block, body)),
        place=find_site(crumbs, lines, title, [line.text for line in body]),
        crumbs=crumbs,
        column=byline.column,
        related=tuple(others[:RELATED_MAX]),
        part=dump_pager(text),
        original=original,
    )


def _wiki(lines: list[Line], url: str, original: bytes) -> Article | None:
    """The article of a wiki's page; its title is the first line that stands again at its head."""
    span = wiki_lines(lines)
    if span is None:
        return None
    first, last = span
    title = without_site(lines[0].text) if first else ""
    changed = changed_in(lines)
    blocks = wiki_blocks(lines[first : last + 1])
    return Article(
        title=title or opening_title(lines[first:]),
        url=url,
        published=changed,
        updated=changed,
        blocks=blocks,
        original=original,
    )


def _dated_title(lines: list[Line], first: int) -> str:
    """The title that stands before a date on the line above a body, as a row of a table does in a dump."""
    line = lines[first - 1] if first else None
    if line is None or line.byline is None or line.byline.labels or line.byline.source or line.byline.author:
        return ""
    found = find_date(line.text)
    title = line.text[: found[1][0]].strip() if found else ""
    return title if len(title) >= 6 and len(_HANZI.findall(title)) >= 4 else ""


def _trimmed(lines: list[Line], body: list[int], title: str) -> list[int]:
    """A body without lines that only say its title again (pictures' names), and without figures alone at its ends."""
    head = unspaced(title)
    if len(head) >= 8:
        body = [at for at in body if at == body[0] or unspaced(lines[at].text) != head]
    begin, end = 0, len(body)
    while end > 1 and not _SAID.search(lines[body[end - 1]].text):
        end -= 1
    while begin < end - 1 and not _SAID.search(lines[body[begin]].text):
        begin += 1
    return body[begin:end]


def _repeats(lines: list[Line], body: list[int], title: str) -> bool:
    """Whether the first line of a body is its title again, whole or without what stands in brackets before it."""
    if len(body) < 2:
        return False
    opening = lines[body[0]].text
    return len(opening) > 7 and unspaced(title).endswith(unspaced(opening))


def _block(line: Line) -> Block:
    if line.bullet and line.bullet in "•·・●○■□◆◇▪▶►*-":
        return Block("item", line.text, 1, "•")
    return Block("paragraph", f"{line.bullet}{line.text}" if line.bullet else line.text)


def _named_title(lines: list[Line]) -> str:
    """The title that the comment block of a portal repeats (评论:(标题)), else the one it had before (原标题:标题)."""
    for heading in [line.heading for line in lines if line.heading]:
        title = heading.rest.strip("()（） ") if heading.kind == "comments" else ""
        if len(title) > 5:
            return title
    return next((title for line in lines if "标题" in line.text and (title := former_title(line.text))), "")


def _firsts(lines: list[Line], first: int) -> list[str]:
    """The first two lines of a dump when they stand again further down: a saved page's <title> comes out there."""
    below = tuple([line.text for line in lines[2 : first + 3] if 8 <= len(line.text) <= TITLE_MAX])
    return [line.text for line in lines[:2] if line.text.startswith(below)]


def _headlines(layout: Layout) -> tuple[Headline, ...]:
    return tuple(headline for _, headline in layout.related)[:RELATED_MAX]
