"""Textual and Rich measure as we do, also where ambiguous characters are wide."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from rich.cells import cell_len, get_character_cell_size, set_cell_size
from textual.strip import Strip

from newstui.text.clean import clean
from newstui.text.widths import ambiguous, cell_width, chrome, clip, pad, set_ambiguous
from newstui.text.wrap import wrapped
from newstui.widgets.measuring import follow_widths


@pytest.fixture
def wide() -> Iterator[None]:
    """A terminal with wide ambiguous characters, for one test."""
    set_ambiguous(2)
    follow_widths()
    yield
    set_ambiguous(1)
    follow_widths()


def test_every_character_has_one_width(wide: None) -> None:
    chars = [char for code in range(sys.maxunicode + 1) if clean(char := chr(code)) == char]
    assert [char for char in chars if cell_width(char) != get_character_cell_size.__wrapped__(char)] == []
    assert cell_len("“新都”…—│") == cell_width("“新都”…—│") == 14


def test_the_switch_goes_back(wide: None) -> None:
    assert (ambiguous(), cell_width("…"), cell_len("─")) == (2, 2, 2)
    set_ambiguous(1)
    follow_widths()
    assert (ambiguous(), cell_width("…"), cell_len("─")) == (1, 1, 1)


def test_lines_and_clips_follow(wide: None) -> None:
    assert wrapped("说“双减”政策了，完——真", 10) == ["说“双减”", "政策了，", "完——真"]
    assert clip("新都新闻", 6) == "新都."
    assert cell_len(pad("新…都", 4)) == 4
    assert cell_width(chrome("●★…•·")) == 5
    assert set_cell_size("“新都”", 4) == "“新"
    assert Strip([]).cell_length == 0
