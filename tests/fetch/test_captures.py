"""Captures are remembered for the records that refer to them, many of them in little memory."""

from __future__ import annotations

import tracemalloc

from newstui.fetch.warc.captures import Captures, Place
from newstui.fetch.warc.records import Record


def capture(number: int) -> Record:
    fields = {
        b"warc-target-uri": b"http://a.example/%d.html" % number,
        b"warc-date": b"2016-03-01T12:00:00Z",
        b"warc-record-id": b"<urn:uuid:%d>" % number,
        b"warc-payload-digest": b"sha1:%d" % number,
    }
    return Record("response", fields, 1)


def revisit(number: int) -> Record:
    return Record("revisit", {b"warc-refers-to": b"<urn:uuid:%d>" % number}, 0)


def place(number: int) -> Place:
    return Place(f"{number % 3}.warc.gz", "gzip", number * 1000, number)


def test_captures_of_late_are_found_where_they_stand_and_the_oldest_forgotten() -> None:
    captures = Captures()
    for number in range(70_000):
        captures.add(capture(number), place(number))
    for number in (50_000, 59_999, 60_000, 69_999):
        assert captures.find(revisit(number)) == place(number)
    assert captures.find(revisit(0)) is None


def test_an_import_of_any_length_remembers_captures_in_twenty_megabytes() -> None:
    captures = Captures()
    tracemalloc.start()
    try:
        for number in range(40_000):
            captures.add(capture(number), place(number))
        assert tracemalloc.get_traced_memory()[0] < 20e6
    finally:
        tracemalloc.stop()
