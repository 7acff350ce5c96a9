"""When a page says that its article came out, where it says so only from its own moment: 3小时前, 03-01 08:30.

Looked for between title and text: what stands beside and below an article says when comments and other articles came.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from newstui.sources.address_dates import address_day, address_month
from newstui.sources.lines import Line
from newstui.text.relative_dates import find_relative, resolve

_HEAD: Final = 6
"""Lines above a text that are looked at where its title is not known."""
_LONGEST: Final = 60
_WORDS: Final = 24
"""Letters and characters beside the time in such a line, at most; a sentence has more."""
_BARE: Final = 8
"""The same for a day that has neither year nor clock."""
_TOLD: Final = re.compile("[。！？!?；，,]")
_LETTER: Final = re.compile(r"[^\W\d_]")
_CLOCKED: Final = re.compile(r"\d[:：时點点]")
_LABELLED: Final = re.compile(r"(?:时间|日期|发布|发表|刊发|更新|来源|编辑|作者)")


def relative_time(
    lines: Sequence[Line],
    first: int,
    title_at: int | None,
    *,
    url: str = "",
    captured: datetime | None = None,
    near: datetime | None = None,
) -> datetime | None:
    """The time told above line `first`, where the text begins, without a year or from the page's own moment.

    `captured` is when the page's copy was made, `near` another date of the page; None when not known.
    """
    day, month = address_day(url), address_month(url)
    filed = (day.year, day.month, day.day) if day else (*month, 0) if month else None
    if captured is None and filed is None and near is None:
        return None
    begin = max(0, first - _HEAD) if title_at is None or title_at >= first else title_at + 1
    for line in lines[begin:first]:
        said = _said(line)
        made = resolve(said, captured, filed, near) if said else None
        if made is not None:
            return made
    return None


def _said(line: Line) -> str:
    """The time that a line tells; "" when it tells none, or tells it of something."""
    text = line.text
    if len(text) > _LONGEST or line.kind == "prose" or _TOLD.search(text) is not None:
        return ""
    found = find_relative(text)
    if found is None:
        return ""
    said, (start, end) = found
    words = len(_LETTER.findall(text[:start] + text[end:]))
    sure = "前" in said or "刚" in said or _CLOCKED.search(said) or _LABELLED.search(text)
    return said if words <= (_WORDS if sure else _BARE) else ""
