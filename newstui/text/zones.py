"""The zones of clocks that name none: China's, and Korea's for dates written in Korean.

Imports nothing but `datetime`: the first picture, which comes before everything else, tells its times by them too.
"""

from datetime import timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8))
"""All of China, all year; the daylight saving time of 1986 to 1991 is not applied."""
SEOUL = timezone(timedelta(hours=9))
