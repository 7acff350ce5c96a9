"""Times that a page tells from the moment it was shown (3小时前, 昨天 08:30, 刚刚), and days without a year (3月1日).

They are resolved against the time when the page's copy was made, never against now; a day without a year also against
another date that is known of the page. The rules, all in China's time:

- 刚刚, N秒前, N分钟前, N小时前: that much before the copy, to the minute. N天前, N周前: that day. N个月前 is too vague.
- 今天, 昨天, 前天, with or without a clock: that day. What would be after the copy was made is not believed.
- A day without a year is in the year of the address's day or month when it lies near that; else it is the last such day
  before the copy was made; else the one next to another date of the page, within half a year.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from newstui.text.date_parts import CLOCK, moment, number
from newstui.text.zones import SHANGHAI

_NUMBER: Final = r"\d{1,4}|[一二两三四五六七八九十廿卅]{1,3}|半|几"
_AGO: Final = re.compile(
    rf"(?P<count>{_NUMBER})\s*(?:个\s*)?(?P<half>半)?\s*(?P<unit>秒钟?|分钟?|小时|钟头|天|日|周|星期|礼拜|月|年)\s*(?:之|以)?前"
)
_JUST: Final = re.compile(r"刚刚|刚才|(?<![\u4e00-\u9fff])刚(?=发布|更新)")
_DAY: Final = re.compile(
    rf"(?P<day>今天|今日|昨天|昨日|前天|大前天)(?:\s*(?:星期|周)[一二三四五六日天])?\s*(?:{CLOCK}(?!\d))?", re.VERBOSE
)
_YEARLESS: Final = re.compile(
    rf"""(?<![\d年/.:-])(?:(?P<month>\d{{1,2}})\s?月\s?(?P<day>\d{{1,2}})\s?[日号]|(?P<month2>\d{{1,2}})[-/](?P<day2>\d{{1,2}})(?![\d/-]))
      (?:\s*(?:\((?:星期|周)?[一二三四五六日天]\)|(?:星期|周)[一二三四五六日天])?\s*{CLOCK}(?!\d))?""",
    re.VERBOSE,
)
_DAYS_BACK: Final = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2, "大前天": 3}
_SECONDS: Final = {"秒": 1, "秒钟": 1, "分": 60, "分钟": 60, "小时": 3600, "钟头": 3600}
_DAYS: Final = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7}
_SKEW: Final = timedelta(minutes=10)
"""By which a site's clock may be ahead of an archive's."""
_FILED: Final = 3
"""Days between an article's day and that of its address, at most."""
_WORD: Final = re.compile(r"[\u4e00-\u9fff](?<![发更来编])")
"""What goes on behind a day: a word that begins otherwise than 发布, 更新, 来源 and 编辑."""
_MAY: Final = re.compile(r"前|刚|今[天日]|昨[天日]|\d\s?[月/-]\s?\d")


def find_relative(line: str) -> tuple[str, tuple[int, int]] | None:
    """The first relative time or day without a year that `line` has, with its span; None when it has none."""
    if _MAY.search(line) is None:
        return None
    for pattern in (_AGO, _DAY, _JUST, _YEARLESS):
        found = pattern.search(line)
        if found is not None and (pattern not in (_DAY, _YEARLESS) or found["hour"] or _ends(found)):
            return found[0].strip(), found.span()
    return None


def _ends(found: re.Match[str]) -> bool:
    """Whether a day without a clock is one: 10-12 within a line is a span of numbers, 前天津市长 somebody's title."""
    if found.re is _YEARLESS and found["month2"]:
        return found[0].strip() == found.string.strip()
    return _WORD.match(found.string, found.end()) is None


def resolve(
    said: str, shown: datetime | None, filed: tuple[int, int, int] | None = None, near: datetime | None = None
) -> datetime | None:
    """The time that `said` names; None where nothing says from when it counts, or where it would lie after that.

    `shown` is when the page was shown or its copy made, `filed` year, month and day (0 when not known) of its address,
    `near` another date of the page.
    """
    shown = shown.astimezone(SHANGHAI) if shown is not None else None
    yearless = _YEARLESS.fullmatch(said.strip())
    if yearless is not None:
        return _in_a_year(yearless, shown, filed, near)
    if shown is None:
        return None
    made = _ago(said.strip(), shown)
    return made if made is not None and made <= shown + _SKEW else None


def _ago(said: str, shown: datetime) -> datetime | None:
    if _JUST.fullmatch(said):
        return shown.replace(second=0, microsecond=0)
    day = _DAY.fullmatch(said)
    if day is not None:
        date = shown - timedelta(days=_DAYS_BACK[day["day"]])
        return moment(date.year, date.month, date.day, day if day["hour"] else None)
    ago = _AGO.fullmatch(said)
    if ago is None or ago["count"] == "几":
        return None
    count = 0.5 if ago["count"] == "半" else float(number(ago["count"]))
    count += 0.5 if ago["half"] else 0
    if count < 0:
        return None
    try:
        if ago["unit"] in _SECONDS:
            return (shown - timedelta(seconds=count * _SECONDS[ago["unit"]])).replace(second=0, microsecond=0)
        if ago["unit"] in _DAYS:
            date = shown - timedelta(days=count * _DAYS[ago["unit"]])
            return moment(date.year, date.month, date.day, None)
    except OverflowError:
        return None
    return None


def _in_a_year(
    found: re.Match[str], shown: datetime | None, filed: tuple[int, int, int] | None, near: datetime | None
) -> datetime | None:
    clock = found if found["hour"] else None
    month, day = (int(found[name] or found[f"{name}2"]) for name in ("month", "day"))

    def tried(*years: int) -> list[datetime]:
        return [made for year in years if (made := moment(year, month, day, clock)) is not None]

    if filed is not None:
        year, in_month, on_day = filed
        target = moment(year, in_month, on_day or 15, None)
        reach = timedelta(days=_FILED if on_day else 46)
        close = [made for made in tried(year, year - 1, year + 1) if target and abs(made - target) <= reach]
        if close and target is not None:
            return min(close, key=lambda made: abs(made - target))
    if shown is not None:
        # A 29th of February may be eight years back (1896 to 1904, 2096 to 2104).
        return next((made for made in tried(*range(shown.year, shown.year - 9, -1)) if made <= shown + _SKEW), None)
    if near is not None:
        local = near.astimezone(SHANGHAI)
        close = [made for made in tried(local.year, local.year - 1, local.year + 1) if abs(made - local).days <= 183]
        return min(close, key=lambda made: abs(made - local), default=None)
    return None
