"""What no one should send: it is cleaned, set and clipped within the width, in time that goes with its length."""

from __future__ import annotations

import gc
from time import process_time

import pytest

from newstui.text.clean import clean
from newstui.text.widths import cell_width, clip, pad
from newstui.text.wrap import wrap
from tests.text.tables import layout_table

BAD = {
    "one line of a megabyte": "今年3月1日，新都GDP增长5.3%，" * 10_000 + "字" * 300_000,
    "one word of a megabyte": "a" * 200_000,
    "100,000 empty paragraphs": "\n" * 100_000,
    "combining marks alone": "\u0301" * 100_000,
    "a hanzi under combining marks": "字" + "\u0301" * 100_000 + "字",
    "right to left": "\u202e\u2067שלום עולם مرحبا \u2069" * 5_000,
    "tabs": "a\tb\t" * 20_000,
    "lone surrogates": "新\ud800都\udfff" * 20_000,
    "opening marks": "（《“" * 20_000,
    "closing marks": "。”》" * 20_000,
    "dashes": "——" * 20_000,
    "digits": "1" * 100_000,
    "full-width digits": "１" * 50_000,
    "blanks": " \u3000" * 50_000,
    "joiners and selectors": "👨\u200d👩\u200d👧1\ufe0f\u20e3☺\ufe0e👍\U0001f3fd" * 5_000,
    "hanzi of extension H": "\U00031350" * 20_000,
    "Hangul in letters": "\u1100\u1161\u11a8" * 20_000,
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("width", [4, 24, 76])
def test_it_is_set(name: str, width: int) -> None:
    text = clean(BAD[name])
    lines = wrap(text, width)
    at = 0
    for line in lines:
        assert at <= line.start <= line.end
        assert cell_width(text[line.start : line.end]) <= width
        assert not text[at : line.start].strip()
        at = line.end
    assert not text[at:].strip()


@pytest.mark.parametrize("name", BAD)
def test_its_time_goes_with_its_length(name: str) -> None:
    text = clean(BAD[name])

    def seconds(part: str) -> float:
        """The quickest of three, without collections of what other tests have left in memory."""
        found = []
        for _ in range(3):
            gc.disable()
            started = process_time()
            wrap(part, 24)
            found.append(process_time() - started)
            gc.enable()
        return min(found)

    # 16 times the text: 16 times the time when linear, 256 times when quadratic.
    whole = len(text) // 2
    assert seconds(text[:whole]) < 100 * max(0.002, seconds(text[: whole // 16]))


def test_no_mark_that_terminals_measure_in_their_own_ways_is_left() -> None:
    assert clean("☺\ufe0e☺\ufe0f1\ufe0f\u20e3👍\U0001f3fd👨\u200d👩") == "☺☺1👍👨👩"
    assert clean("\u202eשלום\u2069\t新\ud800") == "שלום 新\ufffd"


@pytest.mark.parametrize("measure", [1, 20, 76, 400])
@pytest.mark.parametrize("cell", ["", "新都", "a" * 300, "\u0301", "“3月1日”"])
def test_a_table_of_400_columns(cell: str, measure: int) -> None:
    rows = [[cell] * 400, [cell] * 3, [], [cell]]
    assert all(cell_width(line) <= max(measure, 2) for line in layout_table(rows, measure))


def test_columns_of_a_table_stand_under_each_other_in_cells() -> None:
    lines = layout_table([["区县", "GDP", "增速"], ["新都", "1,000", "5.3%"], ["青白江", "“—”", "8%"]], 40)
    assert lines == ["区县    GDP    增速", "新都    1,000  5.3%", "青白江  “—”    8%"]


def test_clips_of_marks_alone() -> None:
    assert cell_width(clip("\u0301" * 1000, 3)) == 0
    assert cell_width(pad("\u0301" * 1000 + "字", 1)) == 1
