"""The one place where the program reads the clock; everything below is handed the time as `now`."""

from __future__ import annotations

from datetime import UTC, datetime


def clock() -> datetime:
    """The time now, aware."""
    return datetime.now(UTC)
