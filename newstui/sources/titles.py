"""The title of a page: the line above the body that speaks of the same things, and that the page repeats.

A title shares its pairs of characters with the text under it; names of sites, buttons and captions do not. That a
saved page repeats it in its <title>, and a portal in the heading of its comments, settles most of the rest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from newstui.sources.lines import Line
from newstui.sources.meta import Meta
from newstui.text.clean import clean_line, unspaced

Pairs = frozenset[int]
"""The characters of a text that stand side by side, as numbers: the code of the first, and 2³² times the second's."""
_JOINTS: Final = re.compile(r"\s*(?:[_|｜丨—–»]+|-{1,2}|\s-\s|::|<|>>)\s*")
_NOISE: Final = re.compile(
    "扫码|扫描|二维码|分享|登录|登陆|注册|微信|微博|qq|书签|客户端|字号|打印|版权|热线|阅读量|scan me|copyright"
)
"""Words of buttons and of a site's foot, in lower case."""
_SITE: Final = re.compile(r"\S{1,10}(?:网|[日晚早晨时商]报|都市报|频道|网\S{1,4}站|电视台|客户端|融媒体?中心)")
"""A name of a paper, site or station alone on its line."""
_KIND: Final = re.compile(
    "视频|音频|语音|图集|图片|组图|图说|图解|漫画|海报|直播|专访|访谈|评论|快评|时评|社评|独家|特写|现场|聚焦|观察|深度|调查|关注|人物|提醒|通知"
    "|公告|早安|晚安|夜读|H5|微视频|短视频|Vlog|vlog"
)
"""Kinds of article that are set before its title: they belong to it, as the page shows them."""
_FRINGE: Final = re.compile(r"(?:\s*-)*\s*-\s*$")
"""Strokes that a blog sets between a title and what follows it."""
_BAR: Final = re.compile(r"\s*[|｜丨︱]\s*")
_QUOTES: Final = ('"', "'")
_HANZI: Final = re.compile(r"[\u3400-\u9fff]")
_ENDS: Final = ("。", "：", ":", "；", "，", ",", "、")
_SAMPLE: Final = 3000
"""Characters of the body whose pairs are compared."""
_MIN: Final = 4
_MAX: Final = 120
_WINDOW: Final = 60
"""Lines above the body among which the title is looked for."""
_ENOUGH: Final = 35.0
_CONTENT: Final = ("short", "item", "prose")
"""Kinds of line that may be a title: where none stands above a line, nothing else can be the title."""
_TITLES: Final = frozenset((*_CONTENT, "heading"))
_CROSSED: Final = frozenset(("crumbs", "tabs", "heading", "slogan", "footer"))
"""Kinds of line that part a title from its text seldom."""


def find_title(lines: list[Line], first: int, last: int, repeated: Sequence[str] = ()) -> tuple[int | None, float]:
    """The number of the line that is the title of the body from `first` to `last`, or None; and its worth.

    `repeated` are texts that hold the title somewhere else: the <title>, the heading of the comments.
    """
    body = _Sample(lines, first + (lines[first].kind == "short"), last)
    heads = [head for text in repeated if (head := unspaced(text))]
    worthy = _Worth(lines, body)
    best: tuple[float, int] | None = None
    crossed = 0.0
    near = max(0, first - _WINDOW + 1)
    far = [at for at in range(near) if lines[at].rank == 1]
    opened = next((at for at, line in enumerate(lines[:first]) if line.kind in _CONTENT), first)
    for at in (*range(min(first + 2, last), near - 1, -1), *far[-3:]):
        line = lines[at]
        kind = line.kind
        if at < first and kind in _CROSSED:
            crossed += 8.0
        if kind not in _TITLES and not (kind == "byline" and _is_dated_title(line)):
            continue
        if not _MIN <= len(line.text) <= _MAX:
            continue
        shared = bool(heads) and _shared(unspaced(line.text), heads)
        if at >= first and not shared and (at > first or kind != "short" or len(line.text) > 60):
            continue
        placed = (45.0 if shared else 0.0) - crossed
        if at == first - 1:
            placed += 15.0 if opened < at else 25.0
        if at >= first:
            placed -= 15.0 + 10.0 * (at - first)
        if best is not None and worthy.most(at) + placed <= best[0]:
            continue
        worth = worthy.of(at) + placed
        if best is None or worth > best[0]:
            best = (worth, at)
    if best is not None and best[0] >= _ENOUGH:
        return _alone(lines, best[1]), best[0]
    opening = lines[first]
    opens = (
        opening.kind == "short" and not opening.credit and not opening.text.endswith(_ENDS) and len(opening.text) > 5
    )
    if best is not None and best[0] >= _least(lines, best[1], first, body):
        own, other = body.share(opening.text), body.share(lines[best[1]].text)
        if not opens or own < 0.1 or own <= other:
            return best[1], best[0]
    return (first, 0.0) if opens else (None, 0.0)


def _is_dated_title(line: Line) -> bool:
    """Whether a heading was read as a byline only because a date stands in it: 早安江东〔2018.3.19 周一〕."""
    return line.rank in (1, 2) and line.byline is not None and not line.byline.labels and not line.byline.source


def _alone(lines: list[Line], at: int) -> int:
    """The line that says only what line `at` ends with, where one of the next two does: 首页 国内 标题, then 标题."""
    text = lines[at].text
    for other in range(at + 1, min(at + 3, len(lines))):
        shorter = lines[other].text
        if 8 <= len(shorter) < len(text) and text.endswith(f" {shorter}"):
            return other
    return at


def _least(lines: list[Line], at: int, first: int, body: _Sample) -> float:
    """The worth that will do for line `at`, where what stands round it says that it is a title."""
    line = lines[at]
    if at >= first or line.kind == "prose" or line.bullet or line.linked > 0.6:
        return _ENOUGH
    under = lines[at + 1].byline if at + 1 < len(lines) else None
    if under is not None and under.strong and len(_HANZI.findall(line.text)) >= 3:
        return 25.0
    said = len(line.text) >= 8 and "│" not in line.text and body.share(line.text) >= 0.15
    return 15.0 if said else _ENOUGH


def _shared(bare: str, heads: list[str]) -> bool:
    return (
        len(bare) > 5
        and sum(map(str.isalpha, bare)) >= _MIN
        and any(bare in head or (len(head) > 8 and head in bare) for head in heads)
    )


class _Worth:
    """How much lines speak for being the title of a text."""

    def __init__(self, lines: list[Line], body: _Sample) -> None:
        self.lines = lines
        self.body = body

    def most(self, at: int) -> float:
        """What line `at` is worth when all of its pairs stand in the text and nothing speaks against it."""
        lines, line = self.lines, self.lines[at]
        worth = min(len(line.text), 36) * 0.5 + 60.0
        if 0 < line.rank < 4:
            worth += 18.0
        if at + 1 < len(lines) and lines[at + 1].byline:
            worth += 25.0
        elif (at + 2 < len(lines) and lines[at + 2].byline) or (at + 3 < len(lines) and lines[at + 3].byline):
            worth += 12.0
        if at and lines[at - 1].kind == "crumbs":
            worth += 15.0
        return worth

    def of(self, at: int) -> float:
        """What line `at` is worth."""
        lines, line = self.lines, self.lines[at]
        bare = unspaced(line.text)
        said = self.body.share(bare)
        under = at + 1 < len(lines) and lines[at + 1].byline is not None
        worth = self.most(at) - 60.0 * (1.0 - said) - (min(len(line.text), 36) - min(len(bare), 36)) * 0.5
        if line.linked > 0.6 and said < 0.4:  # a blog's title leads to its own page
            worth -= 20.0
        if line.bullet or (line.kind in ("item", "heading") and not under):
            worth -= 15.0
        if line.kind == "prose":
            worth -= 8.0
        if not _HANZI.search(bare) and _HANZI.search(self.body.text):
            worth -= 40.0
        broken = line.text.endswith(",") and under
        if line.credit or (line.text.endswith(_ENDS) and not broken) or _NOISE.search(line.text.lower()):
            worth -= 40.0
        if _SITE.fullmatch(line.text):
            worth -= 30.0
        if _is_signature(lines, at, bare):
            worth -= 60.0
        return worth


class _Sample:
    """The beginning of the text from line `first` to `last`, asked for what it has in common with titles."""

    def __init__(self, lines: list[Line], first: int, last: int) -> None:
        rows = lines[first : last + 1][:_SAMPLE]
        self.text = unspaced("".join([line.text[:_SAMPLE] for line in rows])[:_SAMPLE])
        self._pairs: Pairs | None = None
        self._sought = 0

    def share(self, title: str) -> float:
        """The share of the pairs of characters of `title` that stand in the text."""
        if self._pairs is None:
            bare = unspaced(title)
            own = {bare[at : at + 2] for at in range(len(bare) - 1)}
            self._sought += len(own)
            if self._sought <= _SOUGHT:
                text = self.text
                return len([True for pair in own if pair in text]) / len(own) if own else 0.0
            self._pairs = _pairs(self.text)
        return _overlap(title, self._pairs)


_SOUGHT: Final = 64
"""Pairs up to which seeking each in the text takes less time than listing all of the text's."""


def _is_signature(lines: list[Line], at: int, name: str) -> bool:
    """Whether a short line is who writes, under the title: the text opens with the name, as a report of theirs does."""
    if len(name) > 8 or not at or lines[at - 1].kind not in _CONTENT or len(lines[at - 1].text) <= 12:
        return False
    return any(line.kind == "prose" and line.text.startswith(name) for line in lines[at + 1 : at + 4])


def page_title(lines: list[Line], first: int, last: int, meta: Meta) -> tuple[str, int | None]:
    """The title of a saved page and the number of its line; from the <title> alone when no line shows it."""
    at, worth = find_title(lines, first, last, (meta.title, meta.page_title))
    named = without_site(_uncut(meta))
    if at is not None and worth >= _ENOUGH:
        return _unlabelled(whole_title(lines, at, (meta.title, meta.page_title)), named), at
    body = _Sample(lines, first, last)
    said = body.share(named)
    if at is not None and said < 0.5 and (len(named) < 8 or said < max(0.2, body.share(lines[at].text))):
        return lines[at].text, at
    return named, None


def called(title: str, at: int | None, lines: list[Line], meta: Meta, given: str) -> tuple[str, int | None]:
    """A page's title and the number of its line, or what its container calls it where the page only seems to have one.

    A newsletter's head names its sender, and its Subject is its title: a line of the text that neither is a heading
    nor stands in the head is none, nor is a word that stands only in the head.
    """
    if not given or (at is not None and lines[at].rank):
        return title, at
    headed = title and unspaced(title) in unspaced(f"{meta.title} {meta.page_title}")
    return (title, at) if headed and (at is not None or len(title) >= _WORD) else (given, None)


_WORD: Final = 8
"""Characters of a title below which it may be a site's name."""


def _uncut(meta: Meta) -> str:
    """The head's title; the <title> where that goes on: a quotation mark inside cuts an attribute short."""
    rest = meta.page_title.removeprefix(meta.title) if meta.title else ""
    return meta.page_title if rest != meta.page_title and rest[:1] in _QUOTES else meta.title


def _unlabelled(title: str, named: str) -> str:
    """A title without 原创, which sites set before it on its own line, where the <title> has it without."""
    bare = title.removeprefix("原创")
    return bare if bare and unspaced(named).startswith(unspaced(bare)) else title


def whole_title(lines: list[Line], at: int, repeated: Sequence[str]) -> str:
    """The title on line `at` with the lines round it, at most _ROWS in all, that one of `repeated` has in one."""
    text = _FRINGE.sub("", lines[at].text)
    heads = [head for one in repeated if (head := unspaced(one))]
    begin = end = at
    while end - begin + 1 < _ROWS:
        below, above = (begin, end + 1), (begin - 1, end)
        wider = next((span for span in (below, above) if _is_one_title(lines, *span, heads)), None)
        if wider is None:
            break
        begin, end = wider
    return text if begin == end else " ".join(line.text for line in lines[begin : end + 1])


_ROWS: Final = 4
"""Lines of a headline, at most."""


def _is_one_title(lines: list[Line], begin: int, end: int, heads: list[str]) -> bool:
    if begin < 0 or end >= len(lines):
        return False
    rows = [line.text for line in lines[begin : end + 1]]
    if any(line.kind not in _CONTENT for line in lines[begin : end + 1]) or len(set(rows)) < len(rows):
        return False
    joined = unspaced("".join(rows))
    return min(map(len, rows)) >= _MIN and any(joined in head for head in heads)


def without_site(title: str) -> str:
    """`title` without the names of site and channel that stand after a joint (标题_新闻频道_某某网)."""
    parts = [part for part in _JOINTS.split(title) if part]
    if len(parts) < 2:
        return title
    parts = [part for part in parts if not _SITE.fullmatch(part)] or parts
    longest = max(parts, key=len)
    bar = _BAR.search(title)
    if bar is not None and _KIND.fullmatch(title[: bar.start()]):
        return title[: bar.end()] + without_site(title[bar.end() :])
    start = title.index(parts[0])
    if len(parts[0]) >= 8 or longest is parts[0]:
        return title[start : start + len(parts[0])].strip()
    return longest.strip()


def opening_title(lines: list[Line]) -> str:
    """For a body without a title: its first sentence, at most 40 characters; "" when it has no text."""
    text = next((line.text for line in lines if line.kind == "prose"), lines[0].text if lines else "")
    sentence = next((part for part in re.split("[。！？!?]", text) if part.strip()), text)
    return clean_line(sentence if len(sentence) <= 40 else sentence[:39] + "…")


def _overlap(text: str, pairs: Pairs) -> float:
    """The share of the pairs of characters of `text` that are in `pairs`."""
    own = _pairs(text)
    return len(own & pairs) / len(own) if own else 0.0


def _pairs(text: str) -> Pairs:
    # Two characters of UTF-32 are one number: no tuple has to be made of each pair.
    codes = memoryview(unspaced(text).encode("utf-32-le", "surrogatepass"))
    even, odd = codes[: len(codes) // 8 * 8], codes[4 : 4 + (len(codes) - 4) // 8 * 8]
    return frozenset(even.cast("Q")).union(odd.cast("Q")) if len(odd) else frozenset(even.cast("Q"))
