"""Cell widths: the same figures as Rich, for everything that `clean` lets through."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from newstui.text.clean import clean
from newstui.text.width_table import DIGITS, STARTS
from newstui.text.widths import cell_offsets, cell_width, clip, pad, set_ambiguous
from tools.width_table import table

_TEXTS = st.text(st.characters() | st.sampled_from("新都，。“”…— aé\u0301가\u1100𠮷😀"), max_size=60).map(clean)


def test_every_character_that_survives_clean_is_as_wide_as_rich_says() -> None:
    chars = [char for code in range(sys.maxunicode + 1) if clean(char := chr(code)) == char]
    wrong = [hex(ord(char)) for char in chars if cell_width(char) != cell_len(char)]
    assert len(chars) > 1_100_000
    assert wrong == []


def test_the_table_is_the_one_that_its_tool_makes() -> None:
    starts, widths = table()
    assert (list(STARTS), DIGITS.decode()) == (starts, "".join(map(str, widths)))


@given(_TEXTS)
def test_a_text_is_as_wide_as_rich_says(text: str) -> None:
    assert cell_width(text) == cell_len(text)


@given(_TEXTS)
def test_offsets_are_the_widths_of_the_heads(text: str) -> None:
    assert cell_offsets(text) == [cell_width(text[:at]) for at in range(len(text) + 1)]


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("新都新闻", 8, "新都新闻"),
        ("新都新闻", 7, "新都新…"),
        ("新都新闻", 6, "新都…"),
        ("新都新闻", 2, "…"),
        ("新都新闻", 1, "…"),
        ("新都新闻", 0, ""),
        ("新都新闻", -3, ""),
        ("", 0, ""),
        ("GDP 增长", 5, "GDP…"),
        ("cafe\u0301 au lait", 5, "cafe\u0301…"),
        ("e\u0301e\u0301e\u0301e\u0301", 3, "e\u0301e\u0301…"),
    ],
)
def test_clip(text: str, cells: int, shown: str) -> None:
    assert clip(text, cells) == shown


@given(_TEXTS, st.integers(-2, 130))
def test_clip_is_never_over_and_cuts_only_what_does_not_fit(text: str, cells: int) -> None:
    shown = clip(text, cells)
    assert cell_len(shown) <= max(cells, 0)
    if cell_len(text) <= cells:
        assert shown == text
    elif cells > 0:
        assert shown.endswith("…") and text.startswith(shown[:-1])
        longer = text[: len(shown)]
        assert cell_len(longer) > cells - 1 or longer[-1].isspace()


@given(_TEXTS, st.integers(0, 130))
def test_pad_is_exact(text: str, cells: int) -> None:
    shown = pad(text, cells)
    assert cell_len(shown) == cells
    assert shown.rstrip(" ") == clip(text, cells).rstrip(" ")


def test_widths_import_no_heavy_module() -> None:
    heavy = ("apsw", "rich", "textual")
    code = f"import sys, newstui.text.widths; print([m for m in sys.modules if m.split('.')[0] in {heavy}])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("ambiguous", [1, 2])
def test_offsets_add_up_for_every_character_that_may_be_measured_by_its_row(ambiguous: int) -> None:
    set_ambiguous(ambiguous)
    try:
        chars = [chr(code) for code in range(0x20, 0x10000) if clean(chr(code)) == chr(code)]
        assert [char for char in chars if cell_offsets(char) != [0, cell_width(char)]] == []
    finally:
        set_ambiguous(1)
