"""When a source may be asked again (pure)."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

_FIRST: Final = timedelta(minutes=10)
_LONGEST: Final = timedelta(days=1)
_BUSY: Final = timedelta(minutes=15)
_LONGEST_ASKED: Final = timedelta(days=7)


def after_failure(now: datetime, errors: int) -> datetime | None:
    """When to ask again after `errors` failures in a row, this one included.

    The first may be a passing fault and costs no wait; then 10 minutes, doubled each time, at most a day.
    """
    if errors <= 1:
        return None
    return now + min(_FIRST * (1 << min(errors - 2, 20)), _LONGEST)


def after_busy(now: datetime, retry_after: str, errors: int) -> datetime:
    """When to ask again after 429 or 503: as Retry-After says (at most a week), else 15 minutes, doubled each time."""
    asked = parse_retry_after(retry_after, now)
    if asked is not None:
        return min(max(asked, now), now + _LONGEST_ASKED)
    return now + min(_BUSY * (1 << min(max(errors - 1, 0), 20)), _LONGEST)


def parse_retry_after(text: str, now: datetime) -> datetime | None:
    """A Retry-After header (RFC 9110 §10.2.3): seconds or an HTTP date; None when it is neither."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return now + min(timedelta(seconds=int(text[:9])), _LONGEST_ASKED)
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    return when if when.tzinfo is not None else when.replace(tzinfo=now.tzinfo)
