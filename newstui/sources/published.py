"""When an article was published, out of what its page shows, what its head says, and what its address says.

What the page shows is to be believed to the minute, unless another day stands in the address or the head: then it was
a clock of the page's own (today is …), a neighbour's date or a footer's. An address is right about the day.
"""

from __future__ import annotations

from datetime import datetime

from newstui.sources.address_dates import address_day, address_month
from newstui.sources.meta import Meta
from newstui.sources.page_scripts import stamp
from newstui.text.zones import SHANGHAI


def published(shown: datetime | None, meta: Meta, html: str, url: str) -> datetime | None:
    """The time of publication; `shown` is the byline's. A time at midnight counts as a day without a clock."""
    day = address_day(url)
    time = _agreed(shown, meta.published, day, None if day else address_month(url))
    if time is not None and (day is None or _near(time, day)):
        return time
    for time in (stamp(html), meta.made):
        if time is not None and (day is None or _same_day(time, day)):
            return time
    return day


def _agreed(
    shown: datetime | None, head: datetime | None, day: datetime | None, month: tuple[int, int] | None
) -> datetime | None:
    """The page's time or its head's: where they differ in the day, the one that the address speaks for."""
    if shown is None or head is None:
        return shown or head
    if _same_day(shown, head):
        return _finer(shown, head)
    if day is not None:
        return shown if _same_day(shown, day) else head
    return shown if month is not None and _month(shown) == month != _month(head) else head


def _finer(shown: datetime, head: datetime) -> datetime:
    """The one with a clock; of two, the page's, with the head's seconds where both name one minute."""
    if not _has_clock(shown):
        return head if _has_clock(head) else shown
    if shown.second or shown.replace(second=0, microsecond=0) != head.replace(second=0, microsecond=0):
        return shown
    return head


def _has_clock(time: datetime) -> bool:
    return (time.hour, time.minute, time.second) != (0, 0, 0)


def _month(time: datetime) -> tuple[int, int]:
    local = time.astimezone(SHANGHAI)
    return local.year, local.month


def _same_day(one: datetime, other: datetime) -> bool:
    return one.astimezone(SHANGHAI).date() == other.astimezone(SHANGHAI).date()


def _near(time: datetime, day: datetime) -> bool:
    """Whether `time` is within three days of `day`: a page is filed a day before or after it is signed."""
    return abs((time.astimezone(SHANGHAI).date() - day.date()).days) <= 3
