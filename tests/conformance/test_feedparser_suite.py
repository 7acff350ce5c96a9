"""The feedparser project's own test files: every expectation on the fields that newstui keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from newstui.sources.feeds import NotAFeed, parse_feed
from tests.conformance.comparing import Tally
from tests.conformance.feedparser_suite import expectations, headers

REASONS: dict[str, str] = {
    "wellformed/node_precedence/atom10_title.xml": "an <image> with a <title> inside an entry, which Atom has not",
}
"""Why a check is missed, by file: the few on purpose."""


@pytest.mark.corpora
def test_share_of_expectations_met(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = corpora / "feedsuites" / "feedparser"
    tally = Tally()
    for path in sorted(root.rglob("*")):
        if not path.is_file():
            continue
        data = path.read_bytes()
        wanted = list(expectations(data))
        if not wanted:
            continue
        sent = headers(data)
        try:
            feed = parse_feed(
                data,
                content_type=sent.get("content-type", ""),
                url=sent.get("content-location", "http://127.0.0.1:8097/" + path.relative_to(root).as_posix()),
                keep_empty=True,
            )
        except NotAFeed:
            feed = None
        for expectation in wanted:
            tally.check(path.relative_to(root).as_posix(), feed, expectation)
    with capsys.disabled():
        print("\n" + tally.report("feedparser", REASONS))
    assert tally.checks.total() > 400
    assert tally.share >= 0.97
