"""What a page's scripts and attributes say of its article: WeChat's variables, and times written for machines.

Articles of WeChat accounts show their time by script, so that a saved page may hold it nowhere else: `ct` is the Unix
time of publication, `nickname` the account.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Final

from newstui.text.clean import clean_line
from newstui.text.dates import parse_date

_WECHAT: Final = ("js_content", "rich_media_title")
_VALUE: Final = r"""\s*[:=]\s*(?:\w[\w.]*\(\s*)?(["'])((?:\\.|(?!\1)[^\\\n]){1,300})\1"""
_NICKNAME: Final = re.compile(rf"(?:var\s+|\b(?:window|d)\.|[{{,]\s*)(?:nickname|nick_name)\b{_VALUE}")
_TITLE: Final = re.compile(rf"(?:var\s+|\b(?:window|d)\.)msg_title\b{_VALUE}")
_TIMES: Final = tuple(
    re.compile(rf"(?:var\s+|\b(?:window|d)\.|[{{,]\s*){name}\b{_VALUE}")
    for name in ("oriCreateTime", "ori_create_time", "ct", "createTime", "create_time", "publish_time")
)
_ESCAPE: Final = re.compile(r"\\x([0-9a-fA-F]{2})|\\u([0-9a-fA-F]{4})|\\(.)")
_STAMPS: Final = re.compile(
    r"""[=:]\s*+["']?(20\d\d[-/]\d\d?[-/]\d\d?(?:[ Tt]\d\d?:\d\d(?::\d\d)?)?|1\d{9}(?:\d{3})?)\b"""
)
_STAMPED: Final = re.compile(
    r"""(?:\bdata-(?:pub(?:lish)?-?(?:time|date)|time|timestamp|date|val)\s*="""
    r"""|["'](?:pubtime|pub_time|publish_?time|pubdate|publishdate|ptime|datepublished)["']\s*:)$""",
    re.IGNORECASE,
)
"""What stands before such a time: the name of an attribute or of a script's datum."""
_NAME: Final = 40
"""Characters of it that are looked at."""
_MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Scripted:
    """What scripts say, each "" or None when they do not."""

    title: str = ""
    source: str = ""
    published: datetime | None = None


def wechat(html: str) -> Scripted:
    """What the scripts of a WeChat article say; nothing for any other page."""
    if not any(mark in html for mark in _WECHAT):
        return Scripted()
    times = (parse_date(value) for pattern in _TIMES if (value := _value(pattern, html)))
    return Scripted(
        title=_value(_TITLE, html),
        source=_value(_NICKNAME, html)[:40],
        published=next((time for time in times if time is not None), None),
    )


def stamp(html: str) -> datetime | None:
    """The time that a page's attributes and data give for machines; None when they give several days or none."""
    found: list[datetime] = []
    stamps = (
        match
        for match in _STAMPS.finditer(html)
        if _STAMPED.search(html, max(0, match.start() - _NAME), match.start() + 1) is not None
    )
    for number, match in enumerate(stamps):
        if number >= _MOST:
            return None
        time = parse_date(match[1])
        if time is not None:
            found.append(time)
    if not found or len({time.date() for time in found}) > 1:
        return None
    return found[0]


def _value(pattern: re.Pattern[str], html: str) -> str:
    match = pattern.search(html)
    return clean_line(unescape(_ESCAPE.sub(_char, match[2]))) if match else ""


def _char(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else match[3]
