"""Finding what was typed, whatever the case, width or script; offsets are those of the original."""

from __future__ import annotations

from importlib.util import find_spec
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.text import matching
from newstui.text.matching import fold, literal
from newstui.text.scripts import ScriptError


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("新都", "新都区的新都桥", [(0, 2), (4, 6)]),
        ("abc", "ABC和ａｂＣ", [(0, 3), (4, 7)]),
        ("ＡＢ", "ab", [(0, 2)]),
        ("2016,", "２０１６，年", [(0, 5)]),
        ('"好"', "他说“好”", [(2, 5)]),
        ("aa", "aaaa", [(0, 2), (2, 4)]),
        ("i", "İi", [(1, 2)]),
        (" ", "a b", []),
        ("", "abc", []),
        ("无", "新都", []),
        (".*", "a.*b", [(1, 3)]),
    ],
)
def test_hits(query: str, text: str, found: list[tuple[int, int]]) -> None:
    assert literal(query)(text) == found


@pytest.mark.skipif(find_spec("opencc") is None, reason="the extra for scripts is not installed")
def test_either_script_finds_the_other() -> None:
    assert literal("头发")("一頭頭髮") == [(2, 4)]
    assert literal("頭髮")("头发") == [(0, 2)]


def test_without_the_extra_everything_else_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(script: str) -> None:
        raise ScriptError(script)

    monkeypatch.setattr(matching, "converter", none)
    assert literal("ａ頭")("A頭") == [(0, 2)]
    assert literal("头")("頭") == []


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(st.sampled_from("新都ＡaİI“ｂ "), max_size=30), st.text(st.sampled_from("新都ＡaİI“ｂ "), max_size=30))
def test_what_stands_in_a_text_is_found_in_it(query: str, around: str) -> None:
    text = around + query + around
    hits = literal(query)(text)
    assert bool(hits) is bool(fold(query).strip())
    assert all(fold(text[start:end]) == fold(query) for start, end in hits)
    assert all(before[1] <= after[0] for before, after in pairwise(hits))
