"""The day that an article's address gives: /2016/0301/, /2016-03/01/, /t20160301_123.htm, /a/20160301/, /201603/t01…

Sites of papers and governments file their pages by the day of publication; the day is checked to be a real one.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final
from urllib.parse import unquote, urlsplit

from newstui.text.zones import SHANGHAI

_YEAR: Final = r"((?:19[89]|20[0-4])\d)"
_MONTH: Final = r"(0[1-9]|1[0-2])"
_DAY: Final = r"(0[1-9]|[12]\d|3[01])"
_DAYS: Final = (
    re.compile(rf"(?<!\d){_YEAR}[-_/.]{_MONTH}[-_/.]{_DAY}(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}[-_/]{_MONTH}{_DAY}(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}{_MONTH}[-_/]{_DAY}(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}{_MONTH}{_DAY}(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}[-/](0?[1-9]|1[0-2])[-/](0?[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(rf"(?<![0-9a-fA-F]){_YEAR}{_MONTH}{_DAY}(?=\d{{4,10}}(?:\.s?html?|/|$|_))"),
)
_MONTHS: Final = (
    re.compile(rf"/{_YEAR}[-_/]?{_MONTH}(?=[/_.])"),
    re.compile(rf"/{_YEAR}/(0?[1-9]|1[0-2])(?=/)"),
)


def address_day(url: str) -> datetime | None:
    """Midnight in China of the day that the path of `url` names; None when it names none."""
    path = _path(url)
    for pattern in _DAYS:
        for match in pattern.finditer(path):
            year, month, day = (int(part) for part in match.groups())
            try:
                return datetime(year, month, day, tzinfo=SHANGHAI)
            except ValueError:
                continue
    return None


def address_month(url: str) -> tuple[int, int] | None:
    """The year and month that the path of `url` names, where it names no day: /201603/1234.html."""
    path = _path(url)
    for pattern in _MONTHS:
        match = pattern.search(path)
        if match is not None:
            return int(match[1]), int(match[2])
    return None


def _path(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return unquote(f"{parts.path}?{parts.query}" if parts.query else parts.path)[:1000]
