"""Times told from the moment a page was shown: by table, and whatever the moment is."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.text.relative_dates import find_relative, resolve
from newstui.text.zones import SHANGHAI

SHOWN = datetime(2016, 3, 2, 1, 10, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("刚刚", "2016-03-02 01:10"),
        ("30秒前", "2016-03-02 01:10"),
        ("5分钟前", "2016-03-02 01:05"),
        ("五分钟之前", "2016-03-02 01:05"),
        ("半小时前", "2016-03-02 00:40"),
        ("3小时前", "2016-03-01 22:10"),
        ("3 个小时以前", "2016-03-01 22:10"),
        ("一个半小时前", "2016-03-01 23:40"),
        ("2天前", "2016-02-29 00:00"),
        ("1周前", "2016-02-24 00:00"),
        ("今天 00:30", "2016-03-02 00:30"),
        ("今天", "2016-03-02 00:00"),
        ("昨天 08:30", "2016-03-01 08:30"),
        ("昨天08:30", "2016-03-01 08:30"),
        ("昨日 下午3时20分", "2016-03-01 15:20"),
        ("前天", "2016-02-29 00:00"),
        ("大前天 23:59", "2016-02-28 23:59"),
        ("03-01 08:30", "2016-03-01 08:30"),
        ("3月1日", "2016-03-01 00:00"),
        ("3月1日 08:30", "2016-03-01 08:30"),
        ("12-31 23:59", "2015-12-31 23:59"),
        ("3/1 08:30", "2016-03-01 08:30"),
        ("2月29日", "2016-02-29 00:00"),
        # After the copy was made, or too vague, or none:
        ("今天 23:30", None),
        ("几天前", None),
        ("3个月前", None),
        ("2年前", None),
        ("13-01 08:30", None),
        ("2月30日", None),
    ],
)
def test_against_the_time_of_the_copy(said: str, time: str | None) -> None:
    made = resolve(said, SHOWN)
    assert (f"{made:%Y-%m-%d %H:%M}" if made else None) == time


@pytest.mark.parametrize(
    ("said", "shown", "filed", "near", "day"),
    [
        ("03-01 08:30", None, (2014, 3, 1), None, "2014-03-01 08:30"),
        ("12-31 23:50", None, (2015, 1, 1), None, "2014-12-31 23:50"),
        ("03-01 08:30", SHOWN, (2014, 3, 2), None, "2014-03-01 08:30"),  # a crawl of later years
        ("03-01 08:30", SHOWN, (2014, 9, 9), None, "2016-03-01 08:30"),  # the address is another thing's
        ("12月30日", None, (2015, 1, 0), None, "2014-12-30 00:00"),
        ("3月1日", None, (2014, 3, 0), None, "2014-03-01 00:00"),
        ("03-01 08:30", None, None, datetime(2015, 2, 27, tzinfo=SHANGHAI), "2015-03-01 08:30"),
        ("12-31 08:30", None, None, datetime(2015, 1, 2, tzinfo=SHANGHAI), "2014-12-31 08:30"),
        ("03-01 08:30", None, None, None, None),
        ("昨天 08:30", None, (2016, 3, 1), None, None),
    ],
)
def test_a_day_without_a_year(
    said: str,
    shown: datetime | None,
    filed: tuple[int, int, int] | None,
    near: datetime | None,
    day: str | None,
) -> None:
    made = resolve(said, shown, filed, near)
    assert (f"{made:%Y-%m-%d %H:%M}" if made else None) == day


EPOCH = datetime(1996, 1, 1, tzinfo=SHANGHAI)
moments = st.integers(0, 2_900_000_000).map(lambda seconds: EPOCH + timedelta(seconds=seconds))


@given(moments, st.integers(0, 400), st.sampled_from(["秒", "分钟", "小时", "天", "周"]))
def test_what_is_past_lies_before_the_copy_by_as_much(shown: datetime, count: int, unit: str) -> None:
    made = resolve(f"{count}{unit}前", shown)
    assert made is not None
    size = {"秒": 1, "分钟": 60, "小时": 3600, "天": 86_400, "周": 7 * 86_400}[unit] * count
    off = shown - timedelta(seconds=size) - made
    assert timedelta(0) <= off < (timedelta(days=1) if unit in "天周" else timedelta(minutes=1))


@given(moments, st.integers(1, 12), st.integers(1, 28), st.integers(0, 23), st.integers(0, 59))
def test_a_day_without_a_year_is_the_last_one_before_the_copy(
    shown: datetime, month: int, day: int, hour: int, minute: int
) -> None:
    made = resolve(f"{month:02}-{day:02} {hour:02}:{minute:02}", shown)
    assert made is not None and (made.month, made.day, made.hour, made.minute) == (month, day, hour, minute)
    assert made <= shown + timedelta(minutes=10)
    assert made.replace(year=made.year + 1) > shown


@given(moments, st.text(alphabet="0123456789 :-/月日年天前昨今刚小时分钟秒半几一十个周下午上点", max_size=30))
def test_nothing_makes_it_fail_and_nothing_lies_in_the_future(shown: datetime, text: str) -> None:
    found = find_relative(text)
    if found is not None:
        said, (start, end) = found
        assert text[start:end].strip() == said
        made = resolve(said, shown)
        assert made is None or made <= shown + timedelta(minutes=10)


@pytest.mark.parametrize("line", ["2016-03-01 08:30", "共10-12页", "前天津市长", "3年前的今晚", "", "1/2/3"])
def test_other_lines_with_numbers(line: str) -> None:
    found = find_relative(line)
    assert found is None or resolve(found[0], SHOWN) is None
