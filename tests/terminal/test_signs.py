"""The program's own signs in ASCII: where they count, and that an article's are left alone."""

from __future__ import annotations

import pytest

from newstui.styles.palette import Span
from newstui.styles.signs import ascii_span, in_ascii
from newstui.text.widths import cell_width


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({}, True),
        ({"LANG": "C"}, True),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "POSIX"}, True),
        ({"LANG": "C.UTF-8"}, False),
        ({"LANG": "C", "LC_CTYPE": "zh_CN.GB18030"}, False),
        ({"LANG": "zh_CN.UTF-8", "LC_CTYPE": "C.UTF-8"}, False),
        ({"LANG": "zh_CN.UTF-8"}, False),
    ],
)
def test_the_c_locale_is_told_from_pythons_stand_in_for_it(environ: dict[str, str], wanted: bool) -> None:
    assert in_ascii(environ) is wanted


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (Span("●", "unread"), "o"),
        (Span("▲3 ★ 12/60", "bar"), "^3 * 12/60"),
        (Span("‹ 深色 ›", "label"), "< 深色 >"),
        (Span(" • ", "text"), " * "),
        (Span(" j ↓ ", "heading"), " j v "),
        (Span("●本报讯", "text"), "●本报讯"),
        (Span("★评分★", "title"), "★评分★"),
        (Span("从甲→乙", "heading"), "从甲→乙"),
    ],
)
def test_signs_of_the_program_change_and_those_of_articles_stay(span: Span, shown: str) -> None:
    changed = ascii_span(span)
    assert changed == Span(shown, span.role)
    assert cell_width(changed.text) == cell_width(span.text)
