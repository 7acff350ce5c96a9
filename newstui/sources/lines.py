"""The lines of a page: what kind each is, its bullet, and what it may say of other lines."""

from __future__ import annotations

import re
from typing import Final, Literal

from newstui.sources import gates
from newstui.sources.byline import Byline, read_byline
from newstui.sources.chrome import HEADED, Heading, is_footer, is_slogan, is_tool, may_praise, read_heading
from newstui.sources.crumbs import read_crumbs, read_tabs
from newstui.sources.people import is_credit
from newstui.sources.urls import web_url

LineKind = Literal["tabs", "crumbs", "byline", "heading", "tool", "footer", "slogan", "item", "prose", "short", "cell"]

_BULLET: Final = re.compile(r"^(?:[•·・●○■□◆◇▪▶►\-*＊‣⁃※]|\d{1,3}[.．、](?!\d)|[(（]\d{1,3}[)）])[\s\u3000]*(?=\S)")
_BULLETED: Final = frozenset("•·・●○■□◆◇▪▶►-*＊‣⁃※(（0123456789０１２３４５６７８９")
_DIGIT: Final = re.compile(r"\d")
_CUT: Final = re.compile(r"(?:\.{3,}|…+)$")
_DATED_END: Final = re.compile(
    r"(?:[\[(（]?(?:\d{4}[-./年])?\d{1,2}[-./月]\d{1,2}日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?[\])）]?|[(（\[]\d+[)）\]])$"
)
_STAMPED: Final = re.compile(
    r"(?:\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AP]M)?|(?:\d{4}-)?\d{1,2}-\d{1,2}|(?:分钟|小时|天|个?月)前|昨天|前天|刚刚|\s\d{2,})[)）\]】]?$"
)
_CUT_LAST: Final = frozenset(".…")
_DATED_LAST: Final = frozenset("0123456789０１２３４５６７８９日)）]")
_STAMPED_LAST: Final = _DATED_LAST | frozenset("】M前天刚")
_PARTING: Final = frozenset("-./月:")
"""What parts the last number of a date or clock from the one before it."""
_STOP: Final = re.compile("[。！？!?；;]")
_PAUSE: Final = re.compile("[，,、：:]")
_TURNING: Final = re.compile(r"上一[篇版].*(?:下一[篇版]|放大)")
"""The buttons above a digital paper's page; 上一篇 alone is followed by a headline."""
CAPTION: Final = re.compile(r"^(?:图为|[▲△▼↑]|图[①-⑨\d一二三四五]\s*[:：])|[\u4e00-\u9fff](?:摄|摄影报道|供图)[)）]?$")
"""What a picture's caption begins or ends with."""
_CAPTIONING: Final = frozenset("图▲△▼↑")
_CAPTIONED: Final = frozenset("摄道图)）")
SITE_NAME: Final = re.compile(r"\w\.(?:com|cn|net|org)\b", re.IGNORECASE)
"""An address in a short line: the line is a site's, not an article's."""
MAX_LINES: Final = 20_000
LONG: Final = 400
"""Characters of a line beyond which it is not looked into."""
SHORT: Final = 60
"""Characters of a line that may stand on other pages too."""
KEPT: Final = 16_384
"""Lines that are kept between pages, some 10 MB."""


Bearing = Literal["", "trail", "label", "names", "boast", "year"]
"""Part of a breadcrumb, label of what comes next, the names of the site, its slogan, year of a stacked date."""


class Line:
    """One line of a page that is not blank; what is met on many pages is one line for all of them."""

    __slots__ = (
        *("base", "bearing", "bullet", "byline", "credit", "crumbs", "heading", "hrefs", "kind", "linked", "place"),
        *("rank", "tabs", "text", "trust", "weighed", "written"),
    )

    def __init__(self, text: str, kind: LineKind, bullet: str = "") -> None:
        """`text` is without bullet, indent and doubled blanks."""
        self.text = text
        self.kind = kind
        self.bullet = bullet
        self.written = ""
        """How it stood on the page, where that is not its text: with its bullet and its inner gaps."""
        self.bearing = _bearing(text, kind)
        """What it may be to the lines next to it, where it is not only itself."""
        self.crumbs: tuple[str, ...] = ()
        self.tabs: tuple[str, ...] = ()
        self.byline: Byline | None = None
        self.heading: Heading | None = None
        self.credit = False
        self.weighed: float | None = None
        """Its weight, once that has been asked for."""
        self.linked = 0.0
        """Share of its characters that are link text; 0 in a dump, which does not say."""
        self.hrefs: tuple[str, ...] = ()
        """Addresses of its links as written, relative to `base`; none in a dump."""
        self.base = ""
        self.rank = 0
        """1–6 for a heading element, else 0."""
        self.place = 0
        """Number of the element that holds it and its neighbours; 0 in a dump."""
        self.trust = 1.0
        """Factor by which the markup round it speaks for (above 1) or against (below 1) body text."""

    @property
    def href(self) -> str:
        """The address of its first link that leads to a page; "" in a dump."""
        return next((url for href in self.hrefs if (url := web_url(href, self.base))), "")

    @property
    def cut(self) -> bool:
        """Whether it is a headline or teaser that was cut short (标题...)."""
        return self.text[-1:] in _CUT_LAST and _CUT.search(self.text) is not None

    @property
    def stamped(self) -> bool:
        """Whether it ends in a date, a clock or a count, as the lines of lists and boards do."""
        if len(self.text) >= 160 or self.text[-1:] not in _STAMPED_LAST:
            return False
        return (_STAMPED.search(self.text) or _DATED_END.search(self.text)) is not None

    @property
    def weight(self) -> float:
        """How much it speaks for body text (positive) or for something else (negative); asked once it is whole."""
        if self.weighed is None:
            self.weighed = self._weigh()
        return self.weighed

    def _weigh(self) -> float:
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
            if (self.text[-1] in _CAPTIONED or self.text[0] in _CAPTIONING) and CAPTION.search(self.text):
                return 8.0
            if self.text[-1] in '。！？!?”"：:；;）)' and not SITE_NAME.search(self.text):
                return min(size, 40) * 0.5
            return -6.0 if size <= 14 else -10.0
        if self.kind == "item":
            return 4.0 if self.text[-1] in "。！？；" and self.linked < 0.3 else -25.0
        return -8.0


def read_line(bare: str, gated: bool = True) -> Line:
    """What one line is; `bare` has no blanks at its ends, but keeps its inner gaps.

    Without `gated` every rule is asked, also of the lines that `gates` knows to be none's.
    """
    return copied(_remembered[bare]) if gated else classified(bare, gated)


class _Lines(dict[str, Line]):
    """Lines by how they stand on a page: what stands round an article stands on every page of its site.

    A line is everyone's: who changes it takes a copy. Running text and long bylines are read and not kept.
    """

    def __missing__(self, bare: str) -> Line:
        line = classified(bare)
        if is_kept(bare, line):
            if len(self) >= KEPT:
                self.clear()
            self[bare] = line
        return line


_remembered: Final = _Lines()


def forget() -> None:
    """Lets go of the lines that are kept between pages."""
    _remembered.clear()


def is_kept(written: str, line: Line) -> bool:
    """Whether a line may stand on other pages of its site too: a short one, or one of those round an article."""
    return len(written) <= SHORT or (len(written) <= LONG and line.kind in _ROUND)


_ROUND: Final = frozenset(("tabs", "crumbs", "heading", "tool", "footer"))


def classified(bare: str, gated: bool = True) -> Line:
    """`read_line` for a line that is not kept."""
    size = len(bare)
    if size > LONG:
        text = " ".join(bare.split())
        return Line(text, "prose" if _PAUSE.search(text) or _STOP.search(text) else "short")
    bullet, inner = "", bare
    if bare[0] in _BULLETED:
        found = _BULLET.match(bare)
        if found:
            bullet, inner = found.group().strip(), bare[found.end() :]
    # U+3000 and the other wide or unbreakable blanks are not printable.
    text = inner if inner.isprintable() and "  " not in inner else " ".join(inner.split())
    if not gated or gates.says(text):
        return _read_said(text, inner, bullet, gated)
    if gates.heads(text) and (heading := read_heading(text)) is not None:
        line = Line(text, "heading", bullet)
        line.heading = heading
        return line
    if gates.presses(text) and is_tool(text):
        return Line(text, "tool", bullet)
    return Line(text, _reading(text, bullet), bullet)


def copied(line: Line) -> Line:
    """`line` once more, to be changed."""
    copy = Line.__new__(Line)
    copy.text, copy.kind, copy.bullet, copy.written = line.text, line.kind, line.bullet, line.written
    copy.bearing = line.bearing
    copy.crumbs, copy.tabs, copy.byline, copy.heading = line.crumbs, line.tabs, line.byline, line.heading
    copy.credit, copy.weighed = line.credit, None
    copy.linked, copy.hrefs, copy.base, copy.rank = line.linked, line.hrefs, line.base, line.rank
    copy.place, copy.trust = line.place, line.trust
    return copy


def _bearing(text: str, kind: LineKind) -> Bearing:
    size, last = len(text), text[-1:]
    if last in _BEARING_LAST:
        if last in ">»›":
            if size <= 20:
                return "trail"
        elif last in ":：":
            if size <= 10:
                return "label"
        elif size == 4 and text.isdigit():
            return "year"
    if kind == "crumbs" or kind == "tabs":
        return "names"
    return "boast" if (kind == "prose" or kind == "short") and may_praise(text) else ""


_BEARING_LAST: Final = frozenset(":：>»›0123456789")


def _always(gate: re.Pattern[str], text: str) -> bool:
    return True


def _never(gate: re.Pattern[str], text: str) -> bool:
    return False


def _passes(gate: re.Pattern[str], text: str) -> bool:
    return gate.search(text) is not None


def _read_said(text: str, inner: str, bullet: str, gated: bool) -> Line:
    """What a line with some rule's word in it is, by the rules in their order; `inner` still has its gaps.

    With `gated` only the rules are asked whose gate it passes.
    """
    may = _passes if gated else _always
    seldom = may if may(gates.SELDOM, text) else _never
    crumbs = read_crumbs(text) if seldom(gates.CRUMBS, text) else None
    if crumbs:
        line = Line(text, "crumbs", bullet)
        line.crumbs = crumbs
        return line
    byline = read_byline(inner) if may(gates.BYLINE, inner) else None
    tool = (not gated or gates.presses(text) or seldom(gates.BUTTONS, text)) and is_tool(text)
    if tool and _TURNING.search(text):
        return Line(text, "tool", bullet)
    strong = byline is not None and byline.strong
    heading = None
    if not strong and len(text) <= HEADED and (gates.heads(text) or seldom(gates.HEADING, text[: gates.HEADED])):
        heading = read_heading(text)
    if heading:
        line = Line(text, "heading", bullet)
        line.heading = heading
        return line
    if byline:
        line = Line(text, "byline", bullet)
        line.byline = byline
        return line
    if tool:
        return Line(text, "tool", bullet)
    if seldom(gates.CREDIT, text) and is_credit(text):
        line = Line(text, "short", bullet)
        line.credit = True
        return line
    tabs = read_tabs(text) if may(gates.TABS, text) else ()
    if tabs:
        line = Line(text, "tabs", bullet)
        line.tabs = tabs
        return line
    if seldom(gates.FOOTER, text) and is_footer(text):
        return Line(text, "footer", bullet)
    return Line(text, _reading(text, bullet), bullet)


def _reading(text: str, bullet: str) -> LineKind:
    """What a line that is no rule's is, by its length, its punctuation and its end."""
    if bullet and _DIGIT.search(bullet):
        bullet = ""  # paragraphs are numbered as often as headlines
    size, last = len(text), text[-1:]
    if size < 80 and last in _DATED_LAST and _may_be_dated(text) and _DATED_END.search(text):
        return "item"
    if size < 60 and last in _CUT_LAST and _CUT.search(text):
        return "item"
    if is_prose(text) and (not bullet or len(text) >= 45):
        return "prose"
    if len(text) >= 80 and (_PAUSE.search(text) or _STOP.search(text)):
        return "prose"
    return "item" if bullet else "short"


def _may_be_dated(text: str) -> bool:
    """Whether a text that ends in a digit or bracket can end in a date or a count: a plain number is none."""
    return text[-1] in "日)）]" or not _PARTING.isdisjoint(text[-3:-1])


def is_prose(text: str) -> bool:
    """Whether `text` reads as running text: long enough for a sentence, and punctuated inside."""
    return len(text) >= 25 and (_STOP.search(text) is not None or len(_PAUSE.findall(text)) >= 2)


def with_slogans(lines: list[Line]) -> list[Line]:
    """`lines` with what only their neighbours tell: slogans (by the portal's names in its crumbs), stacked dates."""
    bearing = [(at, line) for at, line in enumerate(lines) if line.bearing]
    names = {name for _, line in bearing if line.crumbs or line.tabs for name in (*line.crumbs, *line.tabs)}
    for at, line in bearing:
        if line.bearing == "boast" and is_slogan(line.text, names):
            lines[at] = slogan = copied(line)
            slogan.kind = "slogan"
        elif line.bearing == "year" and at + 2 < len(lines):
            _read_stacked(lines, at)
    return lines


_STACKED: Final = re.compile(r"((?:19|20)\d\d)\n(\d{1,2}[-/.]\d{1,2})\n(\d{1,2}:\d\d(?::\d\d)?)")


def _read_stacked(lines: list[Line], at: int) -> None:
    """Reads a date that stands on three lines (2019 / 09/07 / 19:02), the first line `at`, as the byline that it is."""
    found = _STACKED.fullmatch("\n".join(row.text for row in lines[at : at + 3]))
    byline = read_byline("{}-{} {}".format(*found.groups()).replace("/", "-").replace(".", "-")) if found else None
    if byline is not None:
        for row in range(at, at + 3):
            lines[row] = dated = copied(lines[row])
            dated.byline = byline
            dated.kind = "byline"
