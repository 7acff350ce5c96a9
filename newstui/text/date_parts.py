"""Pieces that every spelling of a date shares: zones, months, the time of day, Chinese numerals, the final check.

A clock without a zone is China's. "CST" is China Standard Time here, the other zone names are those of RFC 822 and its
readers; names nobody knows count as UTC (RFC 2822 §4.3).
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import Final

from newstui.text.zones import SHANGHAI

FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2100

_ZONE_MINUTES: Final = {
    **dict.fromkeys(("CST", "HKT", "SGT", "AWST", "BJT", "PRC", "ASIA/SHANGHAI", "ASIA/CHONGQING", "北京时间"), 480),
    **{"EST": -300, "EDT": -240, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420},
    **{"AST": -240, "ADT": -180, "NST": -210, "NDT": -150, "AKST": -540, "AKDT": -480, "HST": -600},
    **{"BST": 60, "WEST": 60, "CET": 60, "MET": 60, "CEST": 120, "MEST": 120, "EET": 120, "EEST": 180, "MSK": 180},
    **{"IST": 330, "ICT": 420, "WIB": 420, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780},
}

_MONTH_WORDS: Final = (
    ("jan", "ιαν", "január"),
    ("feb", "φεβ", "február"),
    ("mar", "μάώ", "μαρ", "március"),
    ("apr", "απρ", "április"),
    ("may", "μάι", "μαϊ", "μαι", "május"),
    ("jun", "ιούν", "ιον", "június"),
    ("jul", "ιούλ", "ιολ", "július"),
    ("aug", "αύγ", "αυγ", "augusztus"),
    ("sep", "σεπ", "szeptember"),
    ("oct", "οκτ", "október"),
    ("nov", "νοέ", "νοε", "november"),
    ("dec", "δεκ", "december"),
)
_MONTHS: Final = {word: month for month, words in enumerate(_MONTH_WORDS, 1) for word in words}
_ENGLISH: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)

_MORNING: Final = "上午|凌晨|清晨|早上|早晨|早|오전"
_EVENING: Final = "下午|午后|傍晚|晚上|晚间|夜间|深夜|晚|오후"
CLOCK: Final = rf"""
    (?:(?P<half>{_MORNING}|中午|{_EVENING}|[ap]\.?m\b\.?)\s*)?
    (?P<hour>\d{{1,2}})\s*
    (?: : \s*(?P<minute>\d{{1,2}}) (?: : \s*(?P<second>\d{{1,2}}) (?:[.,:](?P<fraction>\d{{1,20}}))? )?
      | [时時点點시h] (?:\s*(?P<minute2>\d{{1,2}})\s*(?:[分분m]|(?!\d)) (?:\s*(?P<second2>\d{{1,2}})\s*[秒초s])? )?
    )
    (?:\s*(?P<half2>[ap]\.?m\b\.?))?
"""
ZONE: Final = r"(?P<zone>(?:GMT|UTC|UT)?\s?[+-]\s?\d{1,2}(?::?\d{2}){0,2}|[A-Z]{1,5}\b(?:/[A-Z]{1,12}\b)?|北京时间)"
_TAIL: Final = re.compile(
    rf"""\s*(?:T\s*|,\s*|at\s+)?(?:(?:星期|周|礼拜)[一二三四五六日天]\s*,?\s*)?
    (?:{CLOCK}
      | (?P<hour3>\d{{2}})(?P<minute3>\d{{2}})(?P<second3>\d{{2}})?(?:[.,](?P<fraction3>\d{{1,20}}))?
      | (?P<hour4>\d{{2}})(?=\s*(?:$|Z|[+-]))
    )?
    \s*(?:{ZONE}(?:\s(?-i:[A-Z]{{2,5}}))?)?\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_NUMERALS: Final = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
NUMERAL: Final = "〇零○一二两三四五六七八九十廿卅"


def month_number(word: str) -> int:
    """1 to 12 for a month's name in English (three letters or more), Greek or Hungarian; 0 for any other word."""
    word = word.casefold()
    if word in _MONTHS:
        return _MONTHS[word]
    for month, name in enumerate(_ENGLISH, 1):
        if len(word) >= 3 and name.startswith(word):
            return month
    return 0


def number(text: str) -> int:
    """The value of up to four digits or Chinese numerals: "2016", "二〇一六", "十", "二十三", "廿三"; -1 if none."""
    if text.isdecimal():
        return int(text)
    text = text.replace("廿", "二十").replace("卅", "三十")
    if "十" in text:
        tens, _, ones = text.partition("十")
        if len(tens) > 1 or len(ones) > 1:
            return -1
        return _NUMERALS.get(tens, -1 if tens else 1) * 10 + _NUMERALS.get(ones, -10 if ones else 0)
    value = 0
    for char in text:
        value = value * 10 + _NUMERALS.get(char, 10_000)
    return value if value < 10_000 else -1


def full_year(digits: str) -> int:
    """A year of two digits by RFC 2822 §4.3 (00 to 49 are 20xx), one of three plus 1900, one of four as it is."""
    year = number(digits)
    if len(digits) == 2:
        return year + (2000 if year < 50 else 1900)
    return year + 1900 if len(digits) == 3 else year


def offset(zone: str) -> timezone | None:
    """The zone that "+0800", "-05:00", "GMT+8", "EST" or "Z" names; None for an offset that cannot be."""
    zone = zone.upper()
    signed = re.search(r"([+-])\s?(\d{1,2}):?(\d{2})?", zone)
    if signed is None:
        return timezone(timedelta(minutes=_ZONE_MINUTES.get(zone, 0)))
    minutes = int(signed[2]) * 60 + int(signed[3] or 0)
    if int(signed[3] or 0) > 59 or minutes > 18 * 60:
        return None
    return timezone(timedelta(minutes=-minutes if signed[1] == "-" else minutes))


def _known(zone: str) -> bool:
    return zone.upper() in _ZONE_MINUTES or zone.upper().startswith(("GMT", "UT", "Z"))


def hour_of(hour: int, half: str) -> int:
    """`hour` on the 24-hour clock, after a word such as 下午 or "pm"; 24 for midnight at the day's end."""
    half = half.casefold().replace(".", "")
    if half == "am" or re.fullmatch(_MORNING, half):
        return 0 if hour == 12 else hour
    if half == "中午":
        return hour + 12 if hour <= 3 else hour
    if half == "pm" or re.fullmatch(_EVENING, half):
        if hour == 12:
            return 24 if half in ("晚上", "夜间") else 12
        return hour + 12 if hour < 12 else hour
    return hour


def moment(year: int, month: int, day: int, clock: re.Match[str] | None, zone: timezone = SHANGHAI) -> datetime | None:
    """The time that a date and a match of `CLOCK` (with an optional ZONE group) make; None when it cannot be."""
    hour = minute = second = microsecond = 0
    if clock is not None:
        found = {name: text for name, text in clock.groupdict().items() if text}
        hour = int(found.get("hour") or found.get("hour3") or found.get("hour4") or 0)
        hour = hour_of(hour, found.get("half") or found.get("half2") or "")
        minute = int(found.get("minute") or found.get("minute2") or found.get("minute3") or 0)
        second = int(found.get("second") or found.get("second2") or found.get("second3") or 0)
        microsecond = int((found.get("fraction") or found.get("fraction3") or "0").ljust(6, "0")[:6])
        if "zone" in found:
            named = offset(found["zone"])
            if named is None:
                return None
            zone = named
    next_day = hour == 24 and minute == second == microsecond == 0
    # A leap second has no place in datetime; the second before it does.
    second = min(second, 59) if second == 60 else second
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        made = datetime(year, month, day, 0 if next_day else hour, minute, second, microsecond, zone)
    except ValueError:
        return None
    return made + timedelta(days=1) if next_day else made


def with_tail(year: int, month: int, day: int, tail: str, zone: timezone = SHANGHAI) -> datetime | None:
    """The time made of a date and all the text behind it (weekday, clock, zone); None when that text is no clock."""
    clock = _TAIL.match(tail)
    if clock is None:
        return None
    name = clock["zone"] or ""
    timed = any(clock[group] for group in ("hour", "hour3", "hour4"))
    if name and not name.startswith(("+", "-")) and not (name.isupper() and timed) and not _known(name):
        return None
    return moment(year, month, day, clock, zone)
