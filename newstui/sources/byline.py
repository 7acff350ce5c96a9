"""The line that says 来源, 作者, 编辑 and when, in its many spellings.

A label opens a value; a value ends at the next label, at a date, at an address, at a bar or at a wide gap. A line is a
byline when labels, values, dates and tools cover it almost whole: running text with a date in it is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from newstui.districts.gazetteer import load
from newstui.sources.labels import BARRED, LABELS
from newstui.sources.people import credited, is_credit, is_name, is_signed, names_in
from newstui.sources.traditional import simplified
from newstui.text.dates import find_date, parse_date

_LABEL: Final = re.compile(
    r"(?P<label>" + "|".join(sorted(LABELS, key=len, reverse=True)) + r")\s*(?:[】\]]?\s*[:：︰]\s*|】\s*)"
)
_OPENING: Final = re.compile(
    r"(?:^|(?<=[\s\u3000|｜\]】)）]))(?P<label>来源|作者|责任编辑|责编|编辑|(?:本[报网刊台站]|见习|实习|特约|全媒体)*记者|通讯员"
    r"|发布时间|时间)[\s\u3000]+(?=\S)"
)
_BARRED: Final = re.compile(
    r"(?:^|(?<=[\s\u3000|｜丨︱│▏/／；;,，、（(【\[]))(?P<label>"
    + "|".join(sorted(BARRED, key=len, reverse=True))
    + r")[\s\u3000]*[|｜丨︱│▏╱/／][\s\u3000]*(?=[^\s|｜丨])"
)
"""A label with a bar or stroke for its colon: 撰文|张三, 来源丨某某发布, 文/张三 图/李四."""
_LAST: Final = "".join(sorted({word[-1] for word in LABELS}))
_COLON: Final = re.compile(
    rf":(?<=[{_LAST}\s\]】].)|：(?<=[{_LAST}\s\]】].)|︰(?<=[{_LAST}\s\]】].)|】(?<=[{_LAST}\s].)"
)
"""What ends a label, behind a character that a label ends with."""
_OPENED: Final = re.compile(r"(?:来源|作者|责编|编辑|记者|通讯员|时间)[\s\u3000]")
_BAR: Final = re.compile("[|｜丨︱│▏╱/／]")
_ADDRESS: Final = re.compile(
    r"https?://[^\s\u3000<>\"'，。）)]+|(?:[A-Za-z0-9-]+\.){1,4}(?:com|cn|net|org)(?![A-Za-z])[\w./-]*", re.IGNORECASE
)
_DOT: Final = re.compile(r"\.[cno]", re.IGNORECASE)
_HINT: Final = re.compile(r"[\d:：︰/／|｜丨︱│▏╱】]|来源|作者|编辑|责编|记者|时间|年|由")
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
    r"|阅读\(\d+\)|\(\d+\)|有?\d+人参与|页面功能|热点排行|投稿|复制链接"
    r"|字体[大小]?|分享|举报|(?<!本站)(?<!本网)原创|小字|大字|[TA][+-]|\d+\s*阅读|星期[一二三四五六日天]|周[一二三四五六日]|北京时间|次$|农历\S{2,8}|公众号|第?[A-Z]?\d{1,3}版[:：]?"
)
_TOOLED: Final = re.compile(
    "|".join(rf"{sign}\s*(?:大|中|小|打|关|收|字|分|评|推|我|纠|参|页|繁|简)" for sign in ("【", r"\[", "（", r"\("))
    + r"|我来说|我要评|评论|手机看|大\s*中|打印|关闭|调整字|收藏|阅读|\(\d+\)|参与|页面功|热点排|投稿|复制链|字体"
    r"|分享|举报|原创|小字|大字|T[+-]|A[+-]|星期|周[一二三四五六日]|北京时|次$|农历|公众号|版(?<=\d版)"
)
"""Stands in every line with tools in it; each part begins with one character, so that most of a line is skipped."""
_LONG: Final = 80
"""Characters from which a line of sentences without a label is none."""
_MOST: Final = 24
"""Letters and characters in a byline that nothing accounts for, at most."""
_FEW: Final = 10
"""The same in a byline that hardly says what it is."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_TRIM: Final = " \u3000\t\xa0:：[]【】()（）|｜丨·•-—/,，、;；"
_PRIVATE: Final = re.compile("[\ue000-\uf8ff]")
"""Signs of a font of the site's own."""
_POSTED: Final = re.compile(r"由\s*(\S{1,20}?)\s*(?:张贴|发表|发布|上传|转载)")
_PAPER: Final = re.compile(
    r"(?!本[报网站刊台])(?:[\u3400-\u9fffA-Za-z0-9·]{2,10}-)?[\u3400-\u9fffA-Za-z0-9·]{1,14}(?:日报|晚报|早报|晨报|时报|商报|都市报|周报|周刊|周末|导报|青年报|报"
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
    updated: datetime | None = None
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
    marks = _labels(plain)
    if not marks and len(line) > _LONG and ("，" in line or "。" in line):
        return None
    dated = find_date(line)
    if dated is None and not marks:
        return None
    if dated is not None and dated[1][0] <= 1 and line[dated[1][1] : dated[1][1] + 1] == "，":
        return None  # 2011年1月29日，…: a chronicle tells, a byline does not go on with a comma
    if len(_DAY.findall(line)) > 3 or (not marks and line.rstrip()[-1] in "。；！？"):
        return None
    if dated is not None and not marks and dated[1] == (0, len(line)):
        return Byline(published=dated[0])
    if dated is not None and not marks and _is_told(line, plain, dated[1]):
        return None  # a sentence or a headline: nothing but a paper's name could be taken from it
    dated, updated = _times(line, marks, dated)
    spare = list(line)
    url = ""
    stops = [start for start, _, _ in marks]
    for address in _ADDRESS.finditer(line) if "://" in line or _DOT.search(line) is not None else ():
        stops.append(address.start())
        _cover(spare, *address.span())
        if _is_page(address.group()):
            url = address.group()
    for time in (dated, updated):
        if time is not None:
            stops.append(time[1][0])
            _cover(spare, *time[1])
    if _TOOLED.search(plain) is not None:
        for tool in _TOOLS.finditer(plain):
            _cover(spare, *tool.span())
    if not marks and "由" not in line and _letters("".join(spare)) > _MOST:
        return None
    values: dict[str, list[str]] = {}
    for start, end, kind in marks:
        stop = min((at for at in stops if at >= end), default=len(line))
        stop = _value_end(plain, end, stop, kind)
        _cover(spare, start, stop)
        value = line[end:stop].strip(_TRIM)
        if value.count("(") > value.count(")") and line.startswith(f"{value})", line.find(value, end)):
            value += ")"
        if value:
            values.setdefault(kind, []).append(value)
    if any(_SPOKEN.search(value) for kind in ("source", "author", "editor") for value in values.get(kind, ())):
        return None
    posted = _POSTED.search(line) if "由" in line else None
    if posted:
        _cover(spare, *posted.span())
        values.setdefault("author", []).append(posted.group(1))
    residue = _PRIVATE.sub(" ", "".join(spare)).strip(_TRIM)
    source = _source(values.get("source", []))
    if is_name(source):
        values.setdefault("author", []).append(source)  # 来源: 张三
        source = ""
    for value in values.get("source", []):
        reporter = _REPORTER.search(value)
        if reporter:
            values.setdefault("author", []).append(reporter.group(1))
    if residue and not source:
        paper = _PAPER.search(simplified(residue))
        if paper and len(paper.group()) <= 20 and dated is not None and len(residue) <= _MOST:
            source = residue[paper.start() : paper.end()]
            residue = (residue[: paper.start()] + residue[paper.end() :]).strip(_TRIM)
        elif dated is not None and stops[0] == 0 and line.startswith("http") and len(residue) <= _MOST:
            source, residue = residue.split()[0], ""
    author = _people(values.get("author", []))
    if dated is not None and not author and is_name(residue) and not (source and _is_place(residue)):
        author, residue = residue, ""
    if author and dated is None and not source and marks[0][0] > 1 and is_credit(line):
        author = credited([line])
    loose = _letters(residue)
    led = bool(marks) and dated is not None and dated[1][0] <= 1
    if loose > (_MOST if len(marks) >= 2 or led else _FEW) or (loose * 2 > len(line) and not marks):
        return None
    found = Byline(
        source=source,
        author=author,
        editor=_people(values.get("editor", [])),
        published=dated[0] if dated else None,
        updated=updated[0] if updated else None,
        url=url,
        column=values.get("column", [""])[0] if "column" in values else "",
        labels=len(marks),
    )
    labelled = bool(marks) and marks[0][0] == 0 and marks[0][2] in _SAID and marks[0][2] in values and len(line) <= 20
    labelled = labelled or (
        len(marks) == 1 and marks[0][::2] == (0, "date") and _YEARLESS.match(line, marks[0][1]) is not None
    )
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


_PEN_NAME: Final = re.compile(r"[\u4e00-\u9fff]{2,4}(?:$|[\s\u3000])")
_DAY: Final = re.compile(r"\d{2,4}[-/年.]\d{1,2}[-/月.]\d{1,2}")
_SHORT_DAY: Final = re.compile(r"\s*(\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?![\d-])")
_YEARLESS: Final = re.compile(r"\s*\d\d[-/月]\d\d日?\s?\d\d:\d\d")
"""A day and a clock without a year: what it says is no time, but it is said in a byline."""
_ENGLISH: Final = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2},? \d{4}(?:,? \d{1,2}:\d{2}(?::\d{2})?)?"
)
_Time = tuple[datetime, tuple[int, int]]


def _times(line: str, marks: list[tuple[int, int, str]], first: _Time | None) -> tuple[_Time | None, _Time | None]:
    """When a byline says that its article was published and updated, each with its span.

    `first` is the date that stands out in the line. One of an update counts as that of publication when it is alone.
    """
    if first is None:
        english = _ENGLISH.search(line)
        made = parse_date(english.group()) if english else None
        if english and made is not None:
            return (made, english.span()), None
    kinds = {kind for _, _, kind in marks}
    if "updated" not in kinds and (first is not None or "date" not in kinds):
        return first, None
    said: dict[str, _Time] = {}
    for number, (start, end, kind) in enumerate(marks):
        if kind not in ("date", "updated"):
            continue
        stop = marks[number + 1][0] if number + 1 < len(marks) else len(line)
        found = find_date(line[end:stop])
        if found is not None:
            said.setdefault(kind, (found[0], (end + found[1][0], end + found[1][1])))
        elif short := _SHORT_DAY.match(line, end, stop):
            made = parse_date("-".join(part.zfill(2) for part in short.groups()))
            if made is not None:
                said.setdefault(kind, (made, short.span()))
        if kind == "updated" and "date" not in said and (before := find_date(line[:start])) is not None:
            said.setdefault("date", before)
    updated = said.get("updated")
    published = said.get("date") or first
    if published is not None and updated is not None and published[1] == updated[1]:
        return published, None
    return published, updated


def _labels(line: str) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    if _COLON.search(line) is not None:
        found = [(m.start(), m.end(), LABELS[m["label"]]) for m in _LABEL.finditer(line)]
    taken = [(start, end) for start, end, _ in found]
    for m in _OPENING.finditer(line) if _OPENED.search(line) is not None else ():
        if not any(start <= m.start() < end for start, end in taken):
            found.append((m.start(), m.end(), LABELS.get(m["label"], "author")))
    for m in _BARRED.finditer(line) if _BAR.search(line) is not None else ():
        kind = BARRED[m["label"]]
        if any(start <= m.start() < end for start, end in taken):
            continue
        value = line[m.end() : m.end() + 24]
        named = _PEN_NAME.match(value) if m["label"] in ("作者", "原作者", "撰文", "撰稿") else None
        if kind in ("author", "editor") and not (named or is_signed(value)):
            continue
        found.append((m.start(), m.end(), kind))
    return sorted(found)


def _is_place(name: str) -> bool:
    """Whether a short word is a division's name: WeChat ends its bylines with where they were sent from."""
    return bool(load().resolve(name))


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


_BOXED: Final = re.compile(r"[\[【(（]\s*([^\[\]【】()（）]{2,40}?)\s*[\]】)）]")
_WHERE: Final = re.compile(r"[\s\u3000]*[(（][\u4e00-\u9fff]{2,6}(?:[)）].*|$)")
"""A paper's city, as portals add it: 某某日报(广州)."""
_NOBODY: Final = frozenset("未知 不详 网络 互联网 无 暂无 原创 其它 其他 转载 综合 来源 admin".split())
_TAIL: Final = re.compile(
    r"(?:作者|(?:全媒体|首席|见习|本报|本网)*记者|编辑|责编|浏览|发布[:：]|阅读|点击|报送人|[(（]\d{4})[:：/]?"
)


def _source(values: list[str]) -> str:
    for value in values:
        named = _TITLED.match(value)
        if named:
            return named.group(1)
        boxed = _BOXED.match(value)
        if boxed:
            value = boxed.group(1)
        name = re.sub(r"\s+", " ", _ADDRESS.sub("", value)).strip(_TRIM + '《》“”"')
        name = _TAIL.split(name)[0]
        name = _WHERE.sub("", name)
        name = re.sub(r"^(?:综合|据)(?=[\u3400-\u9fff]{3})", "", name)
        name = re.sub(r"^[^\w《]+|[^\w》)）]+$", "", name)
        if name.count("《") > name.count("》"):
            name += "》"
        if name and len(name) <= 40 and name not in _NOBODY:
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


def _cover(spare: list[str], start: int, end: int) -> None:
    """Takes the characters of a line that something accounts for out of those that are to spare."""
    spare[start:end] = " " * (end - start)


def _is_told(line: str, plain: str, date: tuple[int, int]) -> bool:
    """Whether a line without labels is no byline at a glance: too much stands beside its date, and no paper's name."""
    if "由" in line or "://" in line or _DOT.search(line) is not None:
        return False
    rest = f"{plain[: date[0]]} {plain[date[1] :]}"
    if _TOOLED.search(rest) is not None:
        rest = _TOOLS.sub(" ", rest)
    said = _letters(rest)
    return said > _MOST or (said > _FEW and _PAPER.search(rest) is None)


def _letters(text: str) -> int:
    return sum(map(len, _WORD.findall(text)))
