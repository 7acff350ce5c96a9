"""Pages that are no article: lists, search results, log-in forms, error pages, empty and binary files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from newstui.model import Headline
from newstui.sources.byline import Byline
from newstui.sources.crumbs import is_closed
from newstui.sources.lines import Line

_ERROR: Final = re.compile(
    r"^\W*(?:404|403|500|502|503)\b|404 not found|page not found|(?:页面|网页|文章|内容|文件|信息"
    r"|您访问的.{0,10})(?:不存在|未找到|找不到|已(?:被)?删除|已失效|无法访问|出错)"
    r"|找不到(?:该|您|此|页面|网页)|无法找到(?:该|此)?(?:页|网页|文件)|服务器(?:错误|内部错误|繁忙)"
    r"|(?:访问|请求)(?:已?被?(?:拒绝|拦截)|出错|受限|过于频繁)|链接已过期|请输入.{0,6}验证码|bad gateway"
    r"|forbidden|service unavailable",
    re.IGNORECASE,
)
_SEARCH: Final = re.compile(
    r"搜索结果|的相关(?:微信公众号|公众号|文章|结果|内容|新闻|网页)|以下内容来自|搜索[_–—-]|检索[_–—-]"
    r"|找到(?:相关)?(?:结果|新闻|内容)?约?\s*\d+\s*(?:个|条|篇)|检索结果|站内搜索_"
    r"|s(?i:earch results)|S(?i:earch results)",
)
_FOUND: Final = re.compile(r"(?:共|为[您你])?找到.{0,16}?[\d,]+\s*[个条篇项](?!人).{0,30}?(?:结果|记录|信息|新闻|文章)")
_SHEET: Final = re.compile(r"(?:版面导航\s*)?第\s*[A-Z]?\d{1,3}\s*版[:：]")
"""What names a sheet of a digital paper, whose page only lists its articles."""
_LOGIN: Final = re.compile(
    r"^(?:用户|会员|账号|帐号)?(?:登录|登陆|注册)(?:页面?)?(?:[-_|—].*)?$|^(?:log|sign) ?in\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A page that is no article, with a reason for a person and the headlines it shows."""

    reason: str
    headlines: tuple[Headline, ...] = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """What speaks for and against a page's being an article."""

    title: str
    opening: str
    """The first text of its body."""
    prose: int
    """Characters of running text in its body."""
    stamped: float
    """Share of its body's lines, table cells aside, that end in a date, a clock or a count; 0 where `size` and
    `told_by` speak for an article."""
    lines: int
    """Lines of its body, table cells aside."""
    anchored: bool
    """Whether a byline with a source or date, or a breadcrumb that ends in 正文, leads to the body."""
    headlines: int
    """Headlines round it."""
    teased: float = 0.0
    """Share of its body's paragraphs that break off in dots, or lead on to the rest (阅读全文, 显示全部)."""
    unfinished: float = 0.0
    """Share of its body's paragraphs that end in the middle of a sentence."""
    loose: float = 0.0
    """Share of its body's lines that are no paragraphs."""
    leads: int = 0
    """Lines that lead on to the rest of a text (阅读全文, 显示全部), on a page with little text of its own."""
    named: str = ""
    """The page's <title>."""
    paragraphs: int = 0
    """Paragraphs of running text in its body."""
    size: int = 0
    """Characters of its body, when both a byline and a closed breadcrumb or a heading lead to it; else 0."""
    sought: bool = False
    """Whether a line counts what a search has found, on a page with little text of its own."""
    told_by: bool = False
    """Whether a byline says when it was published and by whom: no error page does."""


def weigh(
    lines: list[Line], start: int, body: list[Line], title: str, byline: Byline, headlines: int, named: str = ""
) -> Weights:
    """The weights of a page with these `lines`, of which `body` is taken for the article; it begins on line `start`."""
    told = [line for line in body if line.kind != "cell"]
    prose = [line for line in body if line.kind == "prose"]
    heads = [(at, line) for at, line in enumerate(lines) if line.kind == "crumbs" or line.kind == "heading"]
    portal = any(at >= start and line.heading and line.heading.kind in _PORTAL for at, line in heads)
    closed = any(line.kind == "crumbs" and is_closed(line.text) for _, line in heads)
    signed = byline.strong and (byline.labels > 0 or byline.published is not None)
    loose = len([True for line in lines if line.kind == "item" and len(line.text) >= 8])
    told_size = sum([len(line.text) for line in body if _is_told(line)])
    if told_size < _SLIGHT and not (byline.labels or byline.source) and not _is_under(lines, start, title):
        signed = False  # a day under a sentence is an answer's as often as an article's
    teased = sum([_is_teaser(line.text) for line in prose])
    size = sum([len(line.text) for line in body]) if signed and (closed or _is_headed(lines, title, byline)) else 0
    told_by = byline.published is not None and bool(byline.source or byline.author)
    dated = [] if size and told_by else told  # else nothing asks for the stamps of lists
    few = told_size < _FEW or 0 < teased <= len(prose) <= _LEADS  # else nothing asks for the words of lists
    return Weights(
        title=title,
        opening=body[0].text if body else lines[0].text if lines else "",
        prose=told_size,
        stamped=sum([line.stamped for line in dated]) / max(1, len(told)),
        lines=len(told),
        anchored=closed or signed or (portal and loose < 40),
        headlines=max(headlines, loose),
        teased=teased / max(1, len(prose)),
        unfinished=len([True for line in prose if line.text[-1] not in _FINAL]) / max(1, len(prose)),
        loose=1.0 - len(prose) / max(1, len(told)),
        leads=len([True for line in lines if _leads_on(line.text)]) if few else 0,
        named=named,
        paragraphs=len(prose),
        size=size,
        sought=few and any(_FOUND.search(line.text) for line in lines if "找到" in line.text and len(line.text) < 60),
        told_by=told_by,
    )


_PORTAL: Final = ("teaser", "comments")
_FEW: Final = 400
"""Characters of running text from which a page is no page of search results, log-in or error page."""
_LEADS: Final = 3
"""Paragraphs at most of a page that lists the beginnings of articles."""
_SLIGHT: Final = 60
"""Characters of running text below which a body needs more than a day to be an article's."""
_NEAR: Final = 6


def _is_under(lines: list[Line], start: int, title: str) -> bool:
    """Whether `title` stands on one of the lines right above line `start`."""
    return any(line.text == title for line in lines[max(0, start - _NEAR) : start])


def _is_headed(lines: list[Line], title: str, byline: Byline) -> bool:
    """Whether the page's heading is its title, with a byline: so notices that are a table, verses, figures."""
    said = byline.labels > 0 or bool(byline.source)
    return said and any(line.rank in (1, 2) and line.text == title for line in lines)


_MORE: Final = re.compile(
    r"[\[【(（]?(?:显示全部|(?:阅读|查看)(?:全文|更多|原文)|继续阅读|详细|详情|全文|read more)[\]】)）]?\s*[>»›→]*$",
    re.IGNORECASE,
)
_MORE_LAST: Final = frozenset("部文多读情细eE]】)）>»›→")
_DOTTED: Final = frozenset(".…")
_DOTS: Final = re.compile(r"(?:\.{3,}|…+)$")
_FINAL: Final = frozenset("。．！？!?；;…”’\"'》）)】」』：:~～.")


def _leads_on(text: str) -> bool:
    return text[-1:] in _MORE_LAST and _MORE.search(text[-12:]) is not None


def _is_teaser(text: str) -> bool:
    """Whether a paragraph is only the beginning of one: cut short by dots, or by words that lead on to the rest."""
    return len(text) < 300 and ((text[-1:] in _DOTTED and _DOTS.search(text) is not None) or _leads_on(text))


def _is_told(line: Line) -> bool:
    """Whether a line is running text, or a short sentence of it that ends as one."""
    if line.kind == "prose":
        return True
    return line.kind == "short" and len(line.text) >= 12 and line.text[-1] in "。！？!?”" and line.linked < 0.3


def refuse(page: Weights) -> str:
    """Why a page is no article, or "" when it is one."""
    head = f"{page.title}\n{page.named}\n{page.opening}"[:300]
    if page.prose < _FEW and not page.told_by and _ERROR.search(head):
        return "it is an error page, not an article"
    if _LOGIN.search(page.title or page.opening) and page.prose < _FEW:
        return "it is a log-in page, not an article"
    if page.headlines >= 5 and _SEARCH.search(head):
        return "it is a page of search results, not an article"
    if page.sought and page.headlines >= 3 and page.prose < _FEW and not page.size:
        return "it is a page of search results, not an article"
    if page.lines >= 4 and page.stamped >= 0.3 and not (page.size and page.told_by):
        return "it is a list of headlines or posts, not an article"
    if page.paragraphs >= 3 and page.teased >= 0.5 and page.headlines >= 3:
        return "it is a list of headlines with their beginnings, not an article"
    if page.leads >= 5 and page.paragraphs <= _LEADS and page.teased > 0:
        return "it is a list of headlines with their beginnings, not an article"
    if page.paragraphs >= 8 and page.unfinished >= 0.7 and page.loose >= 0.5 and not page.anchored:
        return "it is a list of headlines with their beginnings, not an article"
    if page.prose < 60 and _SHEET.match(page.title):
        return "it is a list of headlines, not an article"
    if page.prose >= 200 or (page.anchored and page.prose >= 30) or (page.prose >= 60 and page.headlines < 12):
        return ""
    if page.size >= 10:
        return ""
    if page.headlines >= 5:
        return "it is a list of headlines, not an article"
    return "no article text was found in it"
