"""Which page of a longer article a page is: 上一页 1 2 3 下一页, 2/3, 第2页 共3页.

Only words of paging may stand in a pager, so that 上一篇 and 下一篇 (other articles) and numbers of the text are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from newstui.model import Part
from newstui.sources.html_tree import Markup
from newstui.sources.urls import absolute

_MOST: Final = 200
"""Pages of one article; more is a list or a forum."""
_FAR: Final = 60
"""Words in one pager at most."""
_NEXT: Final = frozenset("下一页 下页 后一页 后页 下一頁 下頁 next".split())
_PREVIOUS: Final = frozenset("上一页 上页 前一页 前页 上一頁 上頁 prev previous".split())
_OTHERS: Final = frozenset(
    "首页 第一页 尾页 末页 最后一页 最后页 首頁 尾頁 末頁 … ... .. | / · 跳转 转到 页 go 全文 显示全文 余下全文"
    " 阅读全文 单页阅读 分页阅读 本文导航 文章导航".split()
)
_ORNAMENT: Final = " \t\r\n\u3000\xa0•·●[]【】()（）<>«»‹›《》|-—_：:,，。>"
_NUMBER: Final = re.compile(r"第?\s*(\d{1,3})\s*页?")
_OF: Final = re.compile(r"第?\s*(\d{1,3})\s*页?\s*/\s*共?\s*(\d{1,3})\s*页?")
_TOTAL: Final = re.compile(r"共\s*(\d{1,3})\s*页")
_PIECE: Final = re.compile(
    r"第?\s*\d{1,3}\s*页?\s*/\s*共?\s*\d{1,3}\s*页?|共\s*\d{1,3}\s*页|(?:当前)?第\s*\d{1,3}\s*页|[^\W\d_]+|\d+|\.{2,}|…|\S"
)
_SCRIPTED: Final = re.compile(
    r"""createPageHTML\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*["']([^"'<>]{1,200})["']\s*,\s*["'](\w{1,8})["']"""
)
"""TRS WCM, which many governments' sites are made with: pages in all, this one from 0, file name, ending."""
_TURNS: Final = ("一页", "下页", "一頁")
"""One of these stands in every page that has a pager, or a count of pages."""
_COMMENTS: Final = re.compile(r"comment|pinglun|reply|cmt|feedback", re.IGNORECASE)


@dataclass(slots=True)
class _Pager:
    """What has been read of one pager so far."""

    following: bool = False
    preceding: bool = False
    current: int = 0
    total: int = 0
    numbers: dict[int, str] = field(default_factory=dict)
    """Pages by number, with their addresses where they are links."""
    strange: bool = False
    """A word stands in it that no pager has."""

    def read(self, text: str, href: str = "", *, linked: bool = False) -> None:
        """Take in one stretch of text, which is a link or is not."""
        for piece in _PIECE.findall(text):
            word = piece.strip(_ORNAMENT).lower()
            if not word or word in _OTHERS:
                continue
            if word in _NEXT:
                self.following = True
            elif word in _PREVIOUS:
                self.preceding = True
            elif (match := _OF.fullmatch(word)) is not None:
                self.current, self.total = int(match.group(1)), int(match.group(2))
            elif (match := _TOTAL.fullmatch(word)) is not None:
                self.total = int(match.group(1))
            elif (match := _NUMBER.fullmatch(word.removeprefix("当前"))) is not None:
                self._number(int(match.group(1)), href, linked or "第" not in word)
            else:
                self.strange = True

    def _number(self, number: int, href: str, plain: bool) -> None:
        self.numbers.setdefault(number, href)
        if not plain:
            self.current = number

    def part(self, base: str) -> Part | None:
        """What it says; None when it is no pager of an article."""
        total = self.total or max(self.numbers, default=0)
        turns = self.following or self.preceding
        if self.strange or not (turns or (self.current and self.total)) or not (total or turns) or total > _MOST:
            return None
        if self.current > max(total, 1) or (total == 1 and not turns):
            return None
        number = self.current
        if not number and self.following != self.preceding:
            number = 1 if self.following else total
        if not number:
            unlinked = [at for at, href in self.numbers.items() if not href]
            number = unlinked[0] if len(unlinked) == 1 and len(self.numbers) > 1 else 0
        pages = tuple((at, absolute(href, base)) for at, href in sorted(self.numbers.items()) if href)
        return Part(number, total, pages)


def html_pager(root: etree._Element, html: Markup, base: str) -> Part | None:
    """The page of an article that the HTML page `root` says to be; None when it is whole. `html` is its source."""
    if html.has(("createPageHTML",)) and (scripted := _SCRIPTED.search(html.text)) is not None:
        count, at, name, ending = int(scripted[1]), int(scripted[2]), scripted[3], scripted[4]
        if 1 < count <= _MOST and at < count:
            pages = [(1, f"{name}.{ending}"), *((n, f"{name}_{n - 1}.{ending}") for n in range(2, count + 1))]
            return Part(at + 1, count, tuple((number, absolute(url, base)) for number, url in pages))
    if not html.has(_TURNS):
        return None
    for link in root.iter("a"):
        inside = len(link)
        text = link.text if inside == 0 else "".join(map(str, link.itertext())) if inside < 4 else ""
        word = text.strip(_ORNAMENT).lower() if text else ""
        if word in _NEXT or word in _PREVIOUS:
            part = _around(link, base)
            if part is not None:
                return part
    return None


def _around(link: etree._Element, base: str) -> Part | None:
    """The pager round a link to the next or previous page: the largest element near it with words of paging only."""
    found: Part | None = None
    holder = link.getparent()
    for _ in range(4):
        if holder is None or holder.tag in ("body", "html"):
            break
        if _COMMENTS.search(f"{holder.get('class', '')} {holder.get('id', '')}"):
            return None
        pager = _Pager()
        for count, (text, href, linked) in enumerate(_stretches(holder)):
            pager.read(text, href, linked=linked)
            if pager.strange or count > _FAR:
                return found
        found = pager.part(base) or found
        holder = holder.getparent()
    return found


def _stretches(holder: etree._Element) -> Iterator[tuple[str, str, bool]]:
    """Texts in `holder` in order, each with its link's address and whether it is one; the current page is none."""
    for event, element in etree.iterwalk(holder, events=("start", "end")):
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "select", "input"):
            continue
        if event == "start" and element.text:
            anchor = element if element.tag == "a" else next(element.iterancestors("a"), None)
            href = (anchor.get("href") or "").strip() if anchor is not None else ""
            leads = bool(href) and not href.startswith(("#", "javascript:"))
            yield element.text, href if leads else "", leads
        elif event == "end" and element.tail and element is not holder:
            yield element.tail, "", False


def dump_pager(text: str) -> Part | None:
    """The page of an article that a text dump says to be; None when it is whole."""
    if not _mentions(text):
        return None
    lines = [bare for line in text.splitlines() if (bare := line.strip(_ORNAMENT))]
    end = 0
    for at, line in enumerate(lines):
        if at < end or not (_mentions(line) and _paging(line)):
            continue
        start = at
        while start > end and at - start < _FAR and _paging(lines[start - 1]):
            start -= 1
        end = at + 1
        while end < len(lines) and end - at < _FAR and _paging(lines[end]):
            end += 1
        part = _of_lines(lines[start:end])
        if part is not None:
            return part
    return None


def _mentions(text: str) -> bool:
    turns = ("页" in text or "頁" in text) and any(word in text for word in _TURNS)
    return turns or ("共" in text and _TOTAL.search(text) is not None)


def _paging(line: str) -> bool:
    if len(line) > 120:
        return False
    pager = _Pager()
    pager.read(line)
    return not pager.strange


def _of_lines(lines: list[str]) -> Part | None:
    pager = _Pager()
    for line in lines:
        pager.read(line)
    part = pager.part("")
    return part if part is not None and (part.of > 1 or part.number) else None
