"""When a source may be asked again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from newstui.fetch.schedule import after_busy, after_failure, parse_retry_after
from tests.fetch.conftest import NOW


def test_failures_back_off_and_stop_growing_at_a_day() -> None:
    waits = [after_failure(NOW, errors) for errors in range(1, 12)]
    assert waits[0] is None
    minutes = [(when - NOW) / timedelta(minutes=1) for when in waits[1:] if when]
    assert minutes == [10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440]
    assert after_failure(NOW, 10**9) == NOW + timedelta(days=1)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("99999999999999", 7 * 86400),
        ("Tue, 24 Nov 2026 08:05:00 GMT", 300),
        ("Tue, 24 Nov 2026 16:05:00 +0800", 300),
        ("Tuesday, 24-Nov-26 08:05:00 GMT", 300),
        ("Tue, 24 Nov 2026 07:00:00 GMT", 0),
        ("Tue, 24 Nov 2099 08:00:00 GMT", 7 * 86400),
    ],
)
def test_retry_after_in_seconds_and_as_a_date(header: str, seconds: int) -> None:
    assert after_busy(NOW, header, 1) == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize("header", ["", "-5", "soon", "1.5", "١٢", "Tue, 99 Nov 2026"])
def test_without_a_sensible_retry_after_it_backs_off_all_the_same(header: str) -> None:
    assert parse_retry_after(header, NOW) is None
    assert after_busy(NOW, header, 1) == NOW + timedelta(minutes=15)
    assert after_busy(NOW, header, 3) == NOW + timedelta(hours=1)
