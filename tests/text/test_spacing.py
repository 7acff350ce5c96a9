"""Blanks shown between hanzi and Latin."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.text.spacing import gaps, keeps_together


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("使用Python编程", "使用 Python 编程"),
        ("2026年11月24日", "2026 年 11 月 24 日"),
        ("已有 blank 的", "已有 blank 的"),
        ("（ABC）和，D", "（ABC）和，D"),
        ("𠮷a", "𠮷 a"),
        ("５月Ａ级", "５月Ａ级"),
        ("5%的", "5%的"),
        ("", ""),
    ],
)
def test_hanzi_and_letters_or_digits_are_parted(text: str, shown: str) -> None:
    cut = [0, *gaps(text), len(text)]
    assert " ".join(text[low:high] for low, high in pairwise(cut)) == shown


def test_numbers_keep_their_units_and_dates_stay_whole() -> None:
    text = "在11月24日有3000元Win版"
    kept = "".join(
        ("~" if keeps_together(text, at) else " ") + text[at] if at in gaps(text) else text[at]
        for at in range(len(text))
    )
    assert kept == "在 11~月~24~日有 3000~元 Win 版"


@given(st.text(st.sampled_from("新都𠮷a1é，（ "), max_size=40))
def test_gaps_ascend_inside_the_text(text: str) -> None:
    found = gaps(text)
    assert found == sorted(set(found))
    assert all(0 < at < len(text) for at in found)
