"""Marked words are found again in a text that has changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.text.anchoring import anchored

TEXTS = ["标题", "新都发布公告。荷花节开幕。", "荷花节的门票。荷花节开幕了吗？"]


@pytest.mark.parametrize(
    ("part", "start", "quote", "lead", "found"),
    [
        (1, 7, "荷花节", "公告。", (1, 7)),
        (2, 7, "荷花节", "", (2, 7)),
        (1, 2, "荷花节", "门票。", (2, 7)),
        (1, 2, "荷花节", "公告。", (1, 7)),
        (1, 2, "荷花节", "", (1, 7)),
        (2, 9, "荷花节", "", (2, 7)),
        (9, 99, "公告", "发布", (1, 4)),
        (-1, -5, "公告", "", (1, 4)),
        (1, 0, "不在了", "", None),
        (1, 0, "", "", None),
    ],
)
def test_places(part: int, start: int, quote: str, lead: str, found: tuple[int, int] | None) -> None:
    assert anchored(TEXTS, part, start, quote, lead) == found


TEXT = st.text("新都荷花。", max_size=30)


@given(st.lists(TEXT, max_size=4), st.integers(-2, 6), st.integers(-2, 40), st.text("新都荷", max_size=4))
def test_what_is_found_stands_there(texts: list[str], part: int, start: int, quote: str) -> None:
    found = anchored(texts, part, start, quote)
    if found is None:
        assert not quote or all(quote not in text for text in texts)
    else:
        assert texts[found[0]].startswith(quote, found[1])
