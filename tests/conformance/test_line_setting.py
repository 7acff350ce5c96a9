"""All text of the corpora, set at narrow and wide widths, beside ICU where it is installed and Textual."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest

from bench.corpus_texts import corpus_texts, paragraphs
from bench.line_setting import Tally, count, icu_breaks, is_chinese, speeds

pytestmark = pytest.mark.corpora

WIDTHS = range(20, 81, 12)


@pytest.fixture(scope="module")
def texts(corpora: Path) -> list[str]:
    """A fifth of the paragraphs there are."""
    kinds = corpus_texts(corpora).values()
    return sorted({text for kind in kinds for text in paragraphs(kind)})[::5]


@pytest.fixture(scope="module")
def tally(texts: list[str]) -> Tally:
    """What is counted of them, ICU's opinion included where it can be had."""
    return count(texts, icu_breaks(), WIDTHS)


def test_no_line_is_over_and_no_last_line_is_one_hanzi(tally: Tally) -> None:
    assert tally.lines > 50_000
    assert (tally.over, tally.lone) == (0, 0)


def test_marks_stand_where_they_may(tally: Tally) -> None:
    # What is left are cuts through words that are longer than a line.
    assert tally.starts + tally.ends <= tally.lines // 20_000


@pytest.mark.skipif(icu_breaks() is None, reason="no PyICU here (uv sync --group icu)")
def test_icu_allows_our_breaks(tally: Tally) -> None:
    # The rest are cuts through what is longer than a line: rules of hyphens, addresses, code.
    assert tally.forbidden <= tally.breaks // 1000, tally.pairs.most_common(10)


def test_lines_are_full(texts: list[str]) -> None:
    tally = count([text for text in texts if is_chinese(text)], None, WIDTHS)
    assert tally.thin * 100 <= tally.whole
    wide = count([text for text in texts if is_chinese(text)], None, range(36, 81, 11))
    assert wide.thin * 1000 <= 3 * wide.whole


def test_it_is_faster_than_textuals_own_wrapping(texts: list[str]) -> None:
    told = {name: statistics.median(each) for name, each in speeds(texts[::4], 76).items()}
    assert told["newstui"] > 1.5 * told["Textual"]
    assert told["newstui"] > 1.5 * told["Rich"]
