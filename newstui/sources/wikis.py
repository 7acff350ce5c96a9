"""Pages of MediaWiki (Wikipedia and its like): all of the article, with its lists and tables, without the wiki's tools.

Running text is the smaller part of such a page, so the rules for news would find one section of it. MediaWiki puts an
article into one element (`mw-parser-output`) and closes every heading with [编辑]; both have stood for years. An
article there has no date of publication; its last change stands at its foot.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from lxml import etree

from newstui.model import Article, Block
from newstui.sources.blocks import html_blocks
from newstui.sources.html_tree import Markup
from newstui.sources.lines import Line
from newstui.sources.meta import Meta
from newstui.sources.titles import without_site
from newstui.text.clean import clean_line
from newstui.text.dates import find_date

_MARKS: Final = ("mw-parser-output", "mw-content-text")
_TOOLS: Final = re.compile(
    r"(?:^|\s)(?:navbox\S*|toc|mw-editsection|mw-collapsed|mw-jump-link|noprint|catlinks|printfooter|sistersitebox)(?:\s|$)"
)
_EDIT: Final = re.compile(r"\s*[\[［](?:编辑|編輯|編輯源代碼|编辑源代码|edit)[\]］]\s*$")
_FOOT: Final = re.compile(r"^(?:取自[“「]?http|Retrieved from|导航菜单|導覽選單|分类[:：]|分類[:：]|查$|查\s*论\s*编)")
_CHANGED: Final = re.compile(r"(?:最后修订|最後修訂|最后编辑|最後編輯|last edited)")
_SLOGAN: Final = re.compile(r"自由的百科全[书書]|跳[转轉]?到(?:导航|導覽|搜[索尋])|The Free Encyclopedia|Jump to")
_CONTENTS: Final = re.compile(r"(?:目录|目錄)$|\d{1,2}(?:\.\d{1,2}){0,3}\s+\S")
_COUNTING: Final = frozenset("目0123456789")
_HEAD: Final = 12
"""Lines at the top of a dump among which the site's own line stands."""
_SECTION: Final = 60
"""Characters of a section's heading, at most."""
_SECTIONS: Final = 3
"""Headings with [编辑] that make a dump a wiki's."""


def wiki_article(root: etree._Element, html: Markup, meta: Meta) -> Article | None:
    """The article of a wiki's page, whose source is `html`; None when the page is none, or has no text."""
    if not html.has(_MARKS):
        return None
    holder = _holder(root)
    if holder is None:
        return None
    heading = next((one for one in root.iter("h1") if "firstHeading" in one.get("class", "")), None)
    title = clean_line("".join(map(str, heading.itertext()))) if heading is not None else without_site(meta.title)
    changed = None
    for element in root.iter("li", "div"):
        if element.get("id", "") in ("footer-info-lastmod", "lastmod") and changed is None:
            changed = _changed("".join(map(str, element.itertext())))
    for element in list(holder.iter("div", "table", "span", "ul", "a")):
        style = element.get("class")
        if (style and _TOOLS.search(style) is not None) or element.get("id") == "toc":
            _drop(element)
    blocks = html_blocks(holder, meta.base)
    if not title or sum(len(block.text) for block in blocks) < 30:
        return None
    return Article(title=title, url=meta.url, published=changed or meta.published, updated=changed, blocks=blocks)


def may_be_wiki(text: str) -> bool:
    """Whether as many brackets close in a dump as in one with a wiki's sections, which few pages have."""
    return text.count("]") + text.count("］") >= _SECTIONS


def wiki_lines(lines: list[Line]) -> tuple[int, int] | None:
    """The first and last line of a wiki's article in a dump; None when the dump is no wiki's."""
    sections = [
        at
        for at, line in enumerate(lines)
        if line.text[-1] in "]］" and len(line.text) < _SECTION and _EDIT.search(line.text)
    ]
    if len(sections) < _SECTIONS:
        return None
    heads = [at for at, line in enumerate(lines[: min(_HEAD, sections[0])]) if _SLOGAN.search(line.text)]
    first = heads[-1] + 1 if heads else sections[0]
    feet = (at for at in range(sections[-1], len(lines)) if _FOOT.match(lines[at].text))
    return first, next(feet, len(lines)) - 1


def wiki_blocks(lines: list[Line]) -> tuple[Block, ...]:
    """The lines of a wiki's article in a dump as blocks; headings lose their [编辑]."""
    blocks: list[Block] = []
    for line in lines:
        text = line.text
        if text[0] in _COUNTING and _CONTENTS.match(text) and (line.bullet or not blocks or len(text) < 4):
            continue
        if text[-1] in "]］" and (edit := _EDIT.search(text)) is not None:
            blocks.append(Block("heading", text[: edit.start()], level=2))
        elif line.bullet:
            blocks.append(Block("item", text, 1, line.bullet))
        else:
            blocks.append(Block("paragraph", text))
    return tuple(blocks)


def changed_in(lines: list[Line]) -> datetime | None:
    """When a wiki's page was last changed, as the foot of a dump says."""
    return next((found for line in reversed(lines) if (found := _changed(line.text))), None)


def _changed(text: str) -> datetime | None:
    found = find_date(text) if _CHANGED.search(text) else None
    return found[0] if found else None


def _holder(root: etree._Element) -> etree._Element | None:
    for element in root.iter("div"):
        if "mw-parser-output" in element.get("class", "") or element.get("id") == "mw-content-text":
            return element
    return None


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail
    if tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + tail
        else:
            before.tail = (before.tail or "") + tail
    parent.remove(element)
