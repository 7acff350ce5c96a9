"""gofeed's own test files: every expectation on the fields that newstui keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from newstui.sources.feeds import NotAFeed, parse_feed
from tests.conformance.comparing import Tally
from tests.conformance.gofeed_suite import expectations, pairs

REASONS: dict[str, str] = {
    "extensions/dublincore/dublincore_item_multiple_values.xml": "it keeps one of two dc:creator; both are shown here",
    "parser/rss/rss_channel_item_guid_naked_markup.xml": "markup inside <guid>, which no feed relies on",
}
"""Why a check is missed, by file: the few on purpose."""


@pytest.mark.corpora
def test_share_of_expectations_met(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = corpora / "feedsuites" / "gofeed"
    tally = Tally()
    for source, expected in pairs(root):
        try:
            feed = parse_feed(source.read_bytes(), keep_empty=True)
        except NotAFeed:
            feed = None
        for expectation in expectations(expected):
            tally.check(source.relative_to(root).as_posix(), feed, expectation)
    with capsys.disabled():
        print("\n" + tally.report("gofeed", REASONS))
    assert tally.checks.total() > 100
    assert tally.share >= 0.97
