"""The line that says 来源, 作者, 编辑 and when, in its many spellings.

A label opens a value; a value ends at the next label, at a date, at an address, at a bar or at a wide gap. A line is a
byline when labels, values, dates and tools cover it almost whole: running text with a date in it is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from newstui.sources.labels import LABELS
from newstui.sources.people import is_name, names_in
from newstui.sources.traditional import simplified
from newstui.text.dates import find_date

_LABEL: Final = re.compile(
    r"(?P<label>"
    + "|".join(sorted(LABELS, key=len, reverse=True))
    + r")(?:\s*[:：︰]\s*|(?<=^文字)/|(?<=摄影)/|(?<=编辑)/|(?<=作者)[/︱|]\s*)"
)
_OPENING: Final = re.compile(
    r"(?:^|(?<=[\s\u3000|｜\]】)]))(?P<label>来源|作者|责任编辑|责编|编辑|记者|发布时间|时间)[\s\u3000]+(?=\S)"
)
_ADDRESS: Final = re.compile(
    r"https?://[^\s\u3000<>\"'，。）)]+|(?:[A-Za-z0-9-]+\.){1,4}(?:com|cn|net|org)(?![A-Za-z])[\w./-]*", re.IGNORECASE
)
_HINT: Final = re.compile(r"[\d:：︰/]|来源|作者|编辑|责编|记者|时间|年|由")
_EVENT: Final = re.compile(r"(?:地点|地址|票价|费用|报名|会场|对象)\s*[:：]")
"""A time and a place are an event's, not an article's."""
_SPOKEN: Final = re.compile("[。！？!?；“”]|[，,].*[，,]")
"""In a value it shows that a label is a speaker's (记者：您怎么看？) or that a sentence goes on."""
_GAP: Final = re.compile(r"\s{2,}|[\u3000\t\xa0]+|[|｜丨]")
_TOOLS: Final = re.compile(
    r"[【\[（(]\s*(?:大|中|小|打印|关闭|收藏|字体|字号|分享|评论|推荐|我来说两句|我要|纠错|参与|页面|繁体"
    r"|简体)[^】\]）)]*[】\])）]"
    r"|我来说两句|我要评论|参与评论|发表评论|共?\s*\d*\s*条?篇?评论|手机看新闻|大\s*中\s*小"
    r"|打印本?[页文稿]?|关闭(?:窗口|本页)?|调整字体|加入收藏|收藏"
    r"|阅读\(\d+\)|\(\d+\)|\d+人参与|投稿|复制链接"
    r"|字体[大小]?|分享|举报|原创|小字|大字|[TA][+-]|\d+\s*阅读|星期[一二三四五六日天]|周[一二三四五六日]|北京时间|次$"
)
_TRIM: Final = " \u3000\t\xa0:：[]【】()（）|｜丨·•-—/,，、;；"
_POSTED: Final = re.compile(r"由\s*(\S{1,20}?)\s*(?:张贴|发表|发布|上传|转载)")
_PAPER: Final = re.compile(
    r"(?:[\u3400-\u9fffA-Za-z0-9·]{2,10}-)?[\u3400-\u9fffA-Za-z0-9·]{1,14}(?:日报|晚报|早报|晨报|时报|商报|都市报|周报|周刊|周末|导报|青年报|报"
    r"|新闻网|在线|网|新闻社|通讯社|新华社"
    r"|中新社|电视台|广播|客户端|新闻|观察|传媒|融媒体?(?:中心)?|杂志|之声|发布|头条)"
)


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says; "" and None for what it does not say."""

    source: str = ""
    author: str = ""
    editor: str = ""
    published: datetime | None = None
    url: str = ""
    """An address of a page (one with a path) that stood in it."""
    column: str = ""
    labels: int = 0
    """How many labels it has."""

    @property
    def strong(self) -> bool:
        """Whether it names a source or an author by label, or gives a date."""
        return self.published is not None or bool(self.source) or bool(self.author)


def read_byline(line: str) -> Byline | None:
    """The byline that `line` is, or None; `line` keeps its inner gaps, because a wide gap ends a value."""
    if not 4 <= len(line) <= 300 or not _HINT.search(line) or _EVENT.search(line):
        return None
    plain = simplified(line)
    dated = find_date(line)
    marks = _labels(plain)
    if dated is None and not marks:
        return None
    covered = bytearray(len(line))
    url = ""
    stops = [start for start, _, _ in marks]
    for address in _ADDRESS.finditer(line):
        stops.append(address.start())
        _cover(covered, *address.span())
        if _is_page(address.group()):
            url = address.group()
    if dated is not None:
        stops.append(dated[1][0])
        _cover(covered, *dated[1])
    for tool in _TOOLS.finditer(plain):
        _cover(covered, *tool.span())
    values: dict[str, list[str]] = {}
    for start, end, kind in marks:
        stop = min((at for at in stops if at >= end), default=len(line))
        stop = _value_end(plain, end, stop, kind)
        _cover(covered, start, stop)
        value = line[end:stop].strip(_TRIM)
        if value:
            values.setdefault(kind, []).append(value)
    if any(_SPOKEN.search(value) for kind in ("source", "author", "editor") for value in values.get(kind, ())):
        return None
    posted = _POSTED.search(line)
    if posted:
        _cover(covered, *posted.span())
        values.setdefault("author", []).append(posted.group(1))
    residue = "".join(char if not covered[at] else " " for at, char in enumerate(line)).strip(_TRIM)
    source = _source(values.get("source", []))
    for value in values.get("source", []):
        reporter = _REPORTER.search(value)
        if reporter:
            values.setdefault("author", []).append(reporter.group(1))
    if residue and not source:
        paper = _PAPER.search(residue)
        if paper and len(paper.group()) <= 20 and dated is not None and len(residue) <= 24:
            source = paper.group()
            residue = (residue[: paper.start()] + residue[paper.end() :]).strip(_TRIM)
        elif dated is not None and stops[0] == 0 and line.startswith("http") and len(residue) <= 24:
            source, residue = residue.split()[0], ""
    author = _people(values.get("author", []))
    if dated is not None and not author and is_name(residue):
        author, residue = residue, ""
    loose = len(re.sub(r"[\s\u3000\W\d_]", "", residue))
    led = bool(marks) and dated is not None and dated[1][0] <= 1
    if loose > (24 if len(marks) >= 2 or led else 10) or (loose * 2 > len(line) and not marks):
        return None
    found = Byline(
        source=source,
        author=author,
        editor=_people(values.get("editor", [])),
        published=dated[0] if dated else None,
        url=url,
        column=values.get("column", [""])[0] if "column" in values else "",
        labels=len(marks),
    )
    labelled = bool(marks) and marks[0][0] == 0 and marks[0][2] in _SAID and marks[0][2] in values and len(line) <= 20
    return found if found.strong or found.editor or len(marks) >= 2 or labelled else None


_ALONE: Final = {
    kind: re.compile("(?:" + "|".join(word for word, what in LABELS.items() if what == kind) + ")[:：]")
    for kind in ("source", "date")
}
_CLOSED: Final = re.compile("[。！？!?；;，,:：]$")


def continues(label: str, line: str) -> bool:
    """Whether `label` is only the label of a source or date (来源:) and `line`, the next one, its value.

    A value is short, no sentence and no label itself; that of a date holds one, that of a source none.
    """
    if len(label) > 10 or len(line) > 30 or _CLOSED.search(line) or _labels(line):
        return False
    dated = find_date(line) is not None
    return _ALONE["date" if dated else "source"].fullmatch(label) is not None


def _labels(line: str) -> list[tuple[int, int, str]]:
    found = [(m.start(), m.end(), LABELS[m["label"]]) for m in _LABEL.finditer(line)]
    taken = [(start, end) for start, end, _ in found]
    for m in _OPENING.finditer(line):
        if not any(start <= m.start() < end for start, end in taken):
            found.append((m.start(), m.end(), LABELS[m["label"]]))
    return sorted(found)


def _value_end(line: str, start: int, stop: int, kind: str) -> int:
    """Where the value that begins at `start` ends, not after `stop`: tools and gaps end it, but for a list of names."""
    tool = _TOOLS.search(line, start, stop)
    if tool:
        stop = tool.start()
    gap = None
    lead = len(line[start:stop]) - len(line[start:stop].lstrip(_TRIM))
    for gap in _GAP.finditer(line, start + lead, stop):
        if (
            kind in ("author", "editor")
            and line[gap.start()] not in "|｜丨"
            and _NAME_NEXT.match(line, gap.end(), stop)
        ):
            continue
        return gap.start()
    return min(stop, start + lead + 60)


_NAME_NEXT: Final = re.compile(r"[\u4e00-\u9fff·]{2,5}(?=$|\s|[\u3000、，,])")


_REPORTER: Final = re.compile(
    r"记者[\s\u3000:：/]+([\u4e00-\u9fff·、\s\u3000]{2,30}?)(?=[\s\u3000]*(?:文|图|摄|通讯员|$))"
)
"""A reporter named with the paper: 来源:某报全媒体记者 张三 文/图."""
_SAID: Final = ("source", "author", "editor")
"""What a short line that begins with its label says, though the value be no name (作者:本站)."""
_TITLED: Final = re.compile(r"《([^《》]{2,30})》")


def _source(values: list[str]) -> str:
    for value in values:
        named = _TITLED.match(value)
        if named:
            return named.group(1)
        name = re.sub(r"\s+", " ", _ADDRESS.sub("", value)).strip(_TRIM + '《》“”"')
        name = re.split(r"(?:作者|(?:全媒体|首席|见习)*记者|编辑|责编|浏览|发布)[:：/]?", name)[0]
        name = re.sub(r"^[^\w《]+|[^\w》)）]+$", "", name)
        if name and len(name) <= 40:
            return name
    return ""


def _people(values: list[str]) -> str:
    names: list[str] = []
    for value in values:
        names.extend(name for name in names_in(value) if name not in names)
    return " ".join(names)


def _is_page(address: str) -> bool:
    """Whether `address` has a path: a bare home page is not the address of an article."""
    rest = address.split("://", 1)[-1]
    return address.startswith("http") and len(rest.partition("/")[2].strip("/")) > 3


def _cover(covered: bytearray, start: int, end: int) -> None:
    covered[start:end] = b"\x01" * (end - start)
