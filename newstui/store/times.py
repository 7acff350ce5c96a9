"""Times as the cache keeps them: whole milliseconds since the epoch, UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from newstui.text.zones import SHANGHAI

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
# A day inside datetime's own range, so that no offset carries a time out of it.
_LOW: Final = (datetime(1, 1, 2, tzinfo=UTC) - _EPOCH) // _MILLISECOND
_HIGH: Final = (datetime(9999, 12, 30, tzinfo=UTC) - _EPOCH) // _MILLISECOND


def to_ms(moment: datetime) -> int:
    """Milliseconds since the epoch; a naive time is taken as Asia/Shanghai."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=SHANGHAI)
    return min(max((moment - _EPOCH) // _MILLISECOND, _LOW), _HIGH)


def from_ms(value: int) -> datetime:
    """The moment, in Asia/Shanghai."""
    return (_EPOCH + timedelta(milliseconds=min(max(value, _LOW), _HIGH))).astimezone(SHANGHAI)


def optional_ms(moment: datetime | None) -> int | None:
    """`to_ms`, None staying None."""
    return None if moment is None else to_ms(moment)


def optional_time(value: int | None) -> datetime | None:
    """`from_ms`, None staying None."""
    return None if value is None else from_ms(value)
