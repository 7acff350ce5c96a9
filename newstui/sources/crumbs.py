"""Breadcrumbs (A > B > … > 正文) and the line of district tabs above them."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

_LOCATED: Final = re.compile(
    r"^[\s\u3000•·|]*(?:(?:[您你]|当前|现在|目前|所在|所处|的)*位置|(?:当前|现在|目前|[您你])+在)(?:是|为"
    r"|在)?(?:[\s\u3000:：\-—>]+|$)"
)
_ARROWS: Final = re.compile(r"\s*(?:-+>|=+>|>+|＞+|»+|›+|→|⟩|➔|▶|►)\s*")
_SLASHES: Final = re.compile(r"\s*(?:/|\\|\||｜|丨|-|—|–|·|::)\s*")
_HINT: Final = re.compile("[>＞»›→⟩➔▶►]|&gt|位置|[您你前在]|正文|详情|内容|文章|阅读")
_ENDS: Final = frozenset(
    "正文 详情 内容 文章 文章正文 新闻正文 内容正文 详细内容 新闻详情 阅读 浏览文章 查看文章 文章内容 信息内容".split()
)
_END: Final = re.compile(r"\s*(?:正文|详细内容|新闻详情)$")
_COUNTED: Final = re.compile(r"[\s\u3000]*(?:点击|浏览|阅读)[数量次]{0,2}[:：]\s*\d*$")
"""How often a page was read, on the line of its breadcrumb."""
_PUNCTUATION: Final = re.compile("[。！？!?；;，,…]")
_TOKEN: Final = re.compile(r"[\u3400-\u9fffA-Za-z0-9]{2,10}")
_NAV_SPLIT: Final = re.compile(r"[\s\u3000|｜丨·•/\-—,，]+")


def read_crumbs(line: str) -> tuple[str, ...] | None:
    """The parts of a breadcrumb without 正文, outermost first; None when `line` is none."""
    if not 2 <= len(line) <= 240 or not _HINT.search(line):
        return None
    text = unescape(line) if "&" in line else line
    located = _LOCATED.match(text)
    rest = text[located.end() :] if located else text
    parts = [part.strip(" \u3000•·|:：[]【】") for part in _ARROWS.split(rest)]
    split = len(parts) > 1
    if not split and (located or _closes(rest)):
        parts = [part.strip(" \u3000•·:：[]【】") for part in _SLASHES.split(rest)]
    closed = bool(parts) and parts[-1] in _ENDS
    if not closed and len(parts) > 1 and _END.search(parts[-1]) and len(parts[-1]) <= 14:
        parts[-1] = _END.sub("", parts[-1])
        closed = True
    parts = [_COUNTED.sub("", part) for part in parts if part and part not in _ENDS]
    if not parts or len(parts) > 12:
        return None
    if any(len(part) > 24 or _PUNCTUATION.search(part) for part in parts[:-1]) or len(parts[-1]) > 90:
        return None
    if not (located or closed) and (len(parts) < 2 or not split or not _looks_like_names(parts)):
        return None
    if any(part.startswith(("上一", "下一", "末页", "尾页")) for part in parts):
        return None
    return tuple(parts)


def is_closed(line: str) -> bool:
    """Whether a breadcrumb says that an article follows: it ends in 正文 or the like."""
    return _END.search(line) is not None or line.rstrip().endswith(("正文", "文章", "详情", "内容"))


def _closes(text: str) -> bool:
    words = _SLASHES.split(text.strip())
    return len(words) > 1 and words[-1] in _ENDS


def _looks_like_names(parts: list[str]) -> bool:
    """Whether the parts are names of pages: hanzi in most, and no bare numbers (a comparison or a pager)."""
    named = sum(1 for part in parts if re.search(r"[\u3400-\u9fff]", part))
    return named * 2 > len(parts) and not any(part.isdigit() or part.startswith("<") for part in parts)


def read_tabs(line: str) -> tuple[str, ...]:
    """The names in a row of tabs (成都新闻 新都新闻 …); () when `line` is no such row."""
    if not 8 <= len(line) <= 2000 or _PUNCTUATION.search(line):
        return ()
    tokens = [token for token in _NAV_SPLIT.split(line) if token]
    if len(tokens) < 3 or any(not _TOKEN.fullmatch(token) or len(token) > 8 for token in tokens):
        return ()
    alike = len({token[-2:] for token in tokens}) * 2 <= len(tokens)
    if len(tokens) >= 6 or alike:
        return tuple(tokens)
    return ()
