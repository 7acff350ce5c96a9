"""The lines of a text dump, each with its place, its bullet and what kind of line it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from newstui.sources.byline import Byline, continues, read_byline
from newstui.sources.chrome import Heading, is_footer, is_slogan, is_tool, read_heading
from newstui.sources.crumbs import read_crumbs, read_tabs
from newstui.sources.people import is_credit
from newstui.text.clean import clean, clean_line

LineKind = Literal["tabs", "crumbs", "byline", "heading", "tool", "footer", "slogan", "item", "prose", "short", "cell"]

_BULLET: Final = re.compile(r"^(?:[•·・●○■□◆◇▪▶►\-*＊‣⁃※]|\d{1,3}[.．、](?!\d)|[(（]\d{1,3}[)）])[\s\u3000]*(?=\S)")
_BARE_BULLET: Final = re.compile(r"^[•·・●○■□◆◇▪▶►\-*＊‣⁃|｜丨_=~—\s]+$")
_CUT: Final = re.compile(r"(?:\.{3,}|…+)$")
_DATED_END: Final = re.compile(
    r"(?:[\[(（]?(?:\d{4}[-./年])?\d{1,2}[-./月]\d{1,2}日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?[\])）]?|[(（\[]\d+[)）\]])$"
)
_STAMPED: Final = re.compile(
    r"(?:\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AP]M)?|(?:\d{4}-)?\d{1,2}-\d{1,2}|(?:分钟|小时|天|个?月)前|昨天|前天|刚刚|\s\d{2,})[)）\]】]?$"
)
_STOP: Final = re.compile("[。！？!?；;]")
_PAUSE: Final = re.compile("[，,、：:]")
_TURNING: Final = re.compile(r"上一[篇版].*(?:下一[篇版]|放大)")
"""The buttons above a digital paper's page; 上一篇 alone is followed by a headline."""
CAPTION: Final = re.compile(r"^(?:图为|[▲△▼↑]|图[①-⑨\d一二三四五]\s*[:：])|[\u4e00-\u9fff](?:摄|摄影报道|供图)[)）]?$")
"""What a picture's caption begins or ends with."""
SITE_NAME: Final = re.compile(r"\w\.(?:com|cn|net|org)\b", re.IGNORECASE)
"""An address in a short line: the line is a site's, not an article's."""
MAX_LINES: Final = 20_000
_LONG: Final = 400


@dataclass(slots=True)
class Line:
    """One line of a dump that is not blank."""

    text: str
    """Without bullet, indent and doubled blanks."""
    kind: LineKind
    bullet: str = ""
    gap: bool = False
    """Whether a blank line stands before it."""
    crumbs: tuple[str, ...] = ()
    tabs: tuple[str, ...] = ()
    byline: Byline | None = None
    heading: Heading | None = None
    credit: bool = False
    linked: float = 0.0
    """Share of its characters that are link text; 0 in a dump, which does not say."""
    href: str = ""
    """Address of its first link; "" in a dump."""
    rank: int = 0
    """1–6 for a heading element, else 0."""
    place: int = 0
    """Number of the element that holds it and its neighbours; 0 in a dump."""
    trust: float = 1.0
    """Factor by which the markup round it speaks for (above 1) or against (below 1) body text."""

    @property
    def cut(self) -> bool:
        """Whether it is a headline or teaser that was cut short (标题...)."""
        return _CUT.search(self.text) is not None

    @property
    def stamped(self) -> bool:
        """Whether it ends in a date, a clock or a count, as the lines of lists and boards do."""
        return len(self.text) < 160 and (_STAMPED.search(self.text) or _DATED_END.search(self.text)) is not None

    @property
    def weight(self) -> float:
        """How much it speaks for body text (positive) or for something else (negative)."""
        size = len(self.text)
        if self.kind == "cell":
            return 0.0
        if self.kind == "prose":
            value = min(size, 300) * self.trust
            if self.linked > 0.5:
                return -10.0
            return value * 0.6 if self.bullet else value
        if self.credit:
            return 5.0
        if self.linked > 0.6:
            return -15.0
        if self.kind == "short":
            if CAPTION.search(self.text):
                return 8.0
            if self.text[-1] in '。！？!?”"：:；;）)' and not SITE_NAME.search(self.text):
                return min(size, 40) * 0.5
            return -6.0 if size <= 14 else -10.0
        if self.kind == "item":
            return 4.0 if self.text[-1] in "。！？；" and self.linked < 0.3 else -25.0
        return -8.0


def read_lines(text: str) -> list[Line]:
    """The lines of `text` that are not blank, in order, at most MAX_LINES of them."""
    lines: list[Line] = []
    gap = False
    trail: list[str] = []
    for raw in clean(text).split("\n"):
        bare = raw.strip(" \u3000\xa0\t|")
        if not bare or (len(bare) <= _LONG and _BARE_BULLET.match(bare)):
            gap = True
            continue
        if len(bare) <= 20 and bare.endswith((">", "»", "›")) and len(trail) < 10:
            trail.append(bare)
            continue
        if trail:
            bare = _rejoin(trail, bare, lines)
            trail = []
        if lines and continues(lines[-1].text, bare):
            bare = f"{lines.pop().text} {bare}"
        line = read_line(bare)
        line.gap = gap
        gap = False
        lines.append(line)
        if len(lines) >= MAX_LINES:
            break
    return with_slogans(lines)


def _rejoin(trail: list[str], last: str, lines: list[Line]) -> str:
    """A breadcrumb set one part a line (留学攻略> / 英国> / 标题) on one line again, else `trail` goes to `lines`."""
    if len(trail) >= 2:
        lines.append(read_line("".join(_BULLET.sub("", part) for part in trail) + "正文"))
    else:
        lines.extend(read_line(part) for part in trail)
    return last


def read_line(bare: str) -> Line:
    """What one line is; `bare` has no blanks at its ends, but keeps its inner gaps."""
    found = _BULLET.match(bare) if len(bare) <= _LONG else None
    bullet = found.group().strip() if found else ""
    inner = bare[found.end() :] if found else bare
    text = clean_line(inner) or clean_line(bare)
    if len(bare) > _LONG:
        return Line(text, "prose" if _PAUSE.search(text) or _STOP.search(text) else "short", bullet)
    crumbs = read_crumbs(text)
    if crumbs:
        return Line(text, "crumbs", bullet, crumbs=crumbs)
    byline = read_byline(inner)
    if _TURNING.search(text) and is_tool(text):
        return Line(text, "tool", bullet)
    heading = None if byline is not None and byline.strong else read_heading(text)
    if heading:
        return Line(text, "heading", bullet, heading=heading)
    if byline:
        return Line(text, "byline", bullet, byline=byline)
    if is_tool(text):
        return Line(text, "tool", bullet)
    if is_credit(text):
        return Line(text, "short", bullet, credit=True)
    tabs = read_tabs(text)
    if tabs:
        return Line(text, "tabs", bullet, tabs=tabs)
    if is_footer(text):
        return Line(text, "footer", bullet)
    return Line(text, _reading(text, bullet), bullet)


def _reading(text: str, bullet: str) -> LineKind:
    if bullet and any(char.isdigit() for char in bullet):
        bullet = ""  # paragraphs are numbered as often as headlines
    if _DATED_END.search(text) and len(text) < 80:
        return "item"
    if _CUT.search(text) and len(text) < 60:
        return "item"
    if is_prose(text) and (not bullet or len(text) >= 45):
        return "prose"
    if len(text) >= 80 and (_PAUSE.search(text) or _STOP.search(text)):
        return "prose"
    return "item" if bullet else "short"


def is_prose(text: str) -> bool:
    """Whether `text` reads as running text: long enough for a sentence, and punctuated inside."""
    return len(text) >= 25 and (_STOP.search(text) is not None or len(_PAUSE.findall(text)) >= 2)


def with_slogans(lines: list[Line]) -> list[Line]:
    """`lines` with the portal's slogans marked; they are known by the names in its crumbs and tabs."""
    names = tuple(name for line in lines for name in (*line.crumbs, *line.tabs))
    for line in lines:
        if line.kind in ("prose", "short") and is_slogan(line.text, names):
            line.kind = "slogan"
    return lines
