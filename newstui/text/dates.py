"""Dates in the spellings of feeds and Chinese pages, as aware datetimes; a clock without a zone is China's.

RFC 822/2822, ISO 8601 with its basic, week and ordinal forms, RFC 3339, W3CDTF, asctime, JavaScript's and Chinese
spellings, Unix time. Numbers that make no date, and years outside 1970 to 2100, give None, never another date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

from newstui.text.date_parts import (
    CLOCK,
    LAST_YEAR,
    NUMERAL,
    ZONE,
    full_year,
    moment,
    month_number,
    number,
    with_tail,
)
from newstui.text.zones import SEOUL, SHANGHAI

_LONGEST: Final = 160
"""Characters of a date string that are looked at."""
_LONGEST_LINE: Final = 4000
_ASCII: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(
    map(ord, "\u3000\u00a0\u2002\u2003\u2009\u202f\t\n\r"), " "
)
_ASCII.update({ord("−"): "-", ord("—"): "-", ord("–"): "-", ord("〔"): "(", ord("〕"): ")"})

_COMMENT: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LABEL: Final = re.compile(r"^[\u4e00-\u9fff]{2,10}:?\s*(?=\d{4}|[〇零○一二][〇零○一二三四五六七八九]{3}年)")
_WEEKDAY: Final = re.compile(
    r"^(?:[^\W\d_]+\.?\s*,+\s*(?=\w)|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?\s+)", re.IGNORECASE
)

_CHINESE: Final = re.compile(
    rf"(\d{{4}}|\d{{2}}|[{NUMERAL}]{{4}})\s*([年년])"
    rf"(?:\s*(\d{{1,2}}|[{NUMERAL}]{{1,3}})\s*[月월](?:\s*(\d{{1,2}}|[{NUMERAL}]{{1,3}})\s*[日号號일])?)?(.*)$"
)
_YEAR_FIRST: Final = re.compile(r"(\d{4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)(.*)$")
_SHORT_YEAR: Final = re.compile(r"(\d\d)-(\d\d)-(\d\d)(?!\d)(.*)$")
_YEAR_MONTH: Final = re.compile(r"(\d{4})(?:[-/.](\d{1,2}))?$")
_COMPACT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[T ]?(\d{4,6})|(T.*|\s.*)?)([.,]\d+)?(\s*(?:Z|[+-].*))?$")
_COMPACT_SHORT: Final = re.compile(r"(\d{6})(T.*)?$")
_ORDINAL: Final = re.compile(r"(\d{4})-?(\d{3})(T.*)?$")
_WEEK: Final = re.compile(r"(\d{4})-?W(\d\d)(?:-?([1-7]))?(T.*)?$", re.IGNORECASE)
_UNIX: Final = re.compile(r"(\d{9,10}|\d{13}|\d{16}|\d{19})(?:\.\d*)?$")
_DAY_FIRST: Final = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[\s/.-]*([^\W\d_]{3,12})[\s/.,-]*'?(\d{4}|\d{2,3})(?!\d)(.*)$"
)
_MONTH_FIRST: Final = re.compile(
    r"([^\W\d_]{3,12})\.?[\s-]+(\d{1,2})(?:st|nd|rd|th)?(?:\s*,\s*|[\s-]+)(\d{4})(?!\d)(.*)$"
)
_YEAR_WORD: Final = re.compile(r"(\d{4})[\s-]+([^\W\d_]{3,12})[\s-]+(\d{1,2})(?!\d)(.*)$")
_ASCTIME: Final = re.compile(
    r"([^\W\d_]{3,9})\s+(\d{1,2})\s+(\d{1,2}:\d{2}(?::\d{2})?)\s+([A-Z0-9:+-]*\s+)?(\d{4})$", re.I
)
_YEAR_LAST: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)(.*)$")


def parse_date(text: str) -> datetime | None:
    """The time that one date string of a feed or page names; None when it is no date or an impossible one."""
    text = _plain(text[:_LONGEST])
    for _ in range(4):
        text, found = _COMMENT.subn(" ", text)
        if not found:
            break
    text = _WEEKDAY.sub("", _LABEL.sub("", text.strip(" \"'()[]|")), count=1).strip()
    if not text:
        return None
    for pattern, read in _FORMS:
        match = pattern.match(text)
        if match is not None:
            made = read(match)
            if made is not None:
                return made
    return None


def find_date(line: str) -> tuple[datetime, tuple[int, int]] | None:
    """The date that a line of Chinese text carries, with its span in the line; one with a clock before one without.

    Addresses are passed over: the date in a path is not the byline's.
    """
    line = line[:_LONGEST_LINE]
    signs = [sign.start() for sign in _DATED.finditer(line)]
    if not signs:
        return None
    begin = max(0, signs[0] - _BEFORE)
    line = line[:begin] + _plain(line[begin : signs[-1] + _BEHIND])
    if _ADDRESS.search(line) is not None:
        line = _ADDRESS.sub(lambda found: " " * len(found[0]), line)
    bare: tuple[datetime, tuple[int, int]] | None = None
    for match in _inline(line, signs):
        year, month, day = (number(match[name]) for name in ("year", "month", "day"))
        if len(match["year"]) == 2:
            year += 2000
        made = moment(year, month, day, match) if match["hour"] else None
        if made is not None:
            return made, (match.start(), match.end())
        made = moment(year, month, day, None)
        if made is None:
            continue
        if bare is None:
            bare = made, (match.start(), match.end("date"))
    return bare


def parse_since(text: str, now: datetime) -> datetime:
    """The time from which `--since` asks: a date, 今天, 昨天, 近7天, 3d, 12h; ValueError says what fits."""
    asked = _plain(text).strip().casefold()
    today = now.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    if asked in _DAYS_BACK:
        return today - timedelta(days=_DAYS_BACK[asked])
    if asked in ("本周", "这周", "这一周"):
        return today - timedelta(days=today.weekday())
    if asked in ("本月", "这个月"):
        return today.replace(day=1)
    if asked in ("今年", "本年"):
        return today.replace(month=1, day=1)
    span = _SPAN.fullmatch(asked)
    if span is not None:
        count = number(span[1]) if len(span[1]) <= 4 else -1
        if 0 < count < 10_000:
            hours = next(size for names, size in _UNITS if span[2] in names) * count
            try:
                since = now.astimezone(SHANGHAI) - timedelta(hours=hours)
            except OverflowError:
                since = None
            if since is not None and since.year >= 1:
                return since
    made = parse_date(asked.upper()) if span is None else None
    if made is None:
        raise ValueError(
            f"{text!r} is no time to start from; use 2016-03-01, 2016-03, 今天, 昨天, 近7天, 3d, 12h or 2w"
        )
    return made


_DAYS_BACK: Final = {"今天": 0, "今日": 0, "today": 0, "昨天": 1, "昨日": 1, "yesterday": 1, "前天": 2, "大前天": 3}
_UNITS: Final = (
    (("h", "hour", "hours", "小时", "个小时", "时"), 1),
    (("d", "day", "days", "天", "日"), 24),
    (("w", "week", "weeks", "周", "个星期", "星期"), 7 * 24),
    (("mo", "month", "months", "个月", "月"), 30 * 24),
    (("y", "year", "years", "年"), 365 * 24),
)
_SPAN: Final = re.compile(
    rf"(?:最近|近|过去|前|last )?\s*(\d{{1,4}}|[{NUMERAL}]{{1,3}})\s*("
    + "|".join(name for names, _ in _UNITS for name in sorted(names, key=len, reverse=True))
    + r")(?:之?内|以来|之?前| ago)?"
)

_ADDRESS: Final = re.compile(r"(?:https?://|www\.)[\x21-\x7e]+", re.IGNORECASE)
_BEFORE: Final = 8
_BEHIND: Final = 64
"""Characters before and behind a sign of `_DATED` that may be one date with it."""
_DATED: Final = re.compile(
    "|".join(rf"{re.escape(sign)}(?<=[\d{NUMERAL}\s].)\s?[\d{NUMERAL}]" for sign in "年/.-−—–／．－")
)
"""Stands in every line with a date in it: what parts a year from a month, between numerals."""
_INLINE: Final = re.compile(
    rf"""(?P<date>
      (?:(?<![\d./-])(?P<year>\d{{4}}|(?<!\d)\d\d(?=\s?年|-\d\d-\d\d\s{{1,4}}\d\d?:\d\d)|[〇零○一二][〇零○一二三四五六七八九]{{3}}(?=年)))
      \s?[年/.-]\s?(?P<month>\d{{1,2}}|[{NUMERAL}]{{1,3}})\s?[月/.-]\s?(?P<day>\d{{1,2}}|[{NUMERAL}]{{1,3}})
      (?:\s?[日号號]|(?![\d/-])(?!\.\d)))
      (?:\s*(?:\((?:星期|周)?[一二三四五六日天]\)|(?:星期|周)[一二三四五六日天]|T|,|\|)?\s*{CLOCK}
         (?:\s?(?=[+-]\d\d:?\d\d|GMT|UTC|Z\b){ZONE})?(?!\d))?""",
    re.VERBOSE | re.IGNORECASE,
)


def _inline(line: str, signs: Iterable[int]) -> Iterator[re.Match[str]]:
    """What `_INLINE` finds in `line`, tried only where a year can end before one of the `signs`, in their order."""
    end = 0
    for sign in signs:
        for start in range(max(end, sign - 5), sign - 1):
            match = _INLINE.match(line, start)
            if match is not None:
                yield match
                end = match.end()
                break


def _plain(text: str) -> str:
    """Full-width digits, signs and blanks as ASCII, one character for one, so that spans stay."""
    return text.translate(_ASCII)


def _chinese(match: re.Match[str]) -> datetime | None:
    year, word, month, day, tail = match.groups()
    value = number(year) + 2000 if len(year) == 2 else number(year)
    zone = SEOUL if word == "년" else SHANGHAI
    return with_tail(value, number(month or "1"), number(day or "1"), tail, zone)


def _year_first(match: re.Match[str]) -> datetime | None:
    year, _, month, day, tail = match.groups()
    return with_tail(int(year), int(month), int(day), tail, SEOUL if "오" in tail else SHANGHAI)


def _compact(match: re.Match[str]) -> datetime | None:
    year, month, day, clock, tail, fraction, zone = match.groups()
    tail = f"T{clock}{fraction or ''}{zone or ''}" if clock else (tail or "") + (zone or "")
    return with_tail(int(year), int(month), int(day), tail)


def _compact_short(match: re.Match[str]) -> datetime | None:
    digits, tail = match.groups()
    if not tail and digits[:2] in ("19", "20") and 1 <= int(digits[4:]) <= 12:
        return moment(int(digits[:4]), int(digits[4:]), 1, None)
    return with_tail(full_year(digits[:2]), int(digits[2:4]), int(digits[4:]), tail or "")


def _ordinal(match: re.Match[str]) -> datetime | None:
    year, day = int(match[1]), int(match[2])
    if not 1 <= year <= LAST_YEAR or not 1 <= day <= 366:
        return None
    made = date(year, 1, 1) + timedelta(days=day - 1)
    return with_tail(year, made.month, made.day, match[3] or "") if made.year == year else None


def _week(match: re.Match[str]) -> datetime | None:
    try:
        made = date.fromisocalendar(int(match[1]), int(match[2]), int(match[3] or 1))
    except ValueError:
        return None
    return with_tail(made.year, made.month, made.day, match[4] or "")


def _unix(match: re.Match[str]) -> datetime | None:
    digits = match[1]
    seconds, rest = (digits, "0") if len(digits) <= 10 else (digits[:10], digits[10:].ljust(6, "0")[:6])
    made = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(seconds), microseconds=int(rest))
    return made.astimezone(SHANGHAI) if made.year <= LAST_YEAR else None


def _day_first(match: re.Match[str]) -> datetime | None:
    day, month, year, tail = match.groups()
    return with_tail(full_year(year), month_number(month), int(day), tail)


def _year_last(match: re.Match[str]) -> datetime | None:
    # The United States write month/day/year with slashes; with dots or hyphens the day comes first.
    first, sign, second, year, tail = match.groups()
    month, day = int(first), int(second)
    if month > 12 or (sign != "/" and day <= 12):
        month, day = day, month
    return with_tail(int(year), month, day, tail)


_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], datetime | None]], ...]] = (
    (_YEAR_FIRST, _year_first),
    (_DAY_FIRST, _day_first),
    (_CHINESE, _chinese),
    (_YEAR_MONTH, lambda found: moment(int(found[1]), int(found[2] or 1), 1, None)),
    (_COMPACT, _compact),
    (_UNIX, _unix),
    (_ORDINAL, _ordinal),
    (_WEEK, _week),
    (_COMPACT_SHORT, _compact_short),
    (_SHORT_YEAR, lambda found: with_tail(full_year(found[1]), int(found[2]), int(found[3]), found[4])),
    (_MONTH_FIRST, lambda found: with_tail(int(found[3]), month_number(found[1]), int(found[2]), found[4])),
    (_YEAR_WORD, lambda found: with_tail(int(found[1]), month_number(found[2]), int(found[3]), found[4])),
    (
        _ASCTIME,
        lambda found: with_tail(int(found[5]), month_number(found[1]), int(found[2]), f"{found[3]} {found[4] or ''}"),
    ),
    (_YEAR_LAST, _year_last),
)
