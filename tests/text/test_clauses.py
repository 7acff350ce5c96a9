"""Clauses of Chinese text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newstui.text.clauses import LONGEST, character_before, clause_end, clause_start, next_character


def clauses(text: str) -> list[str]:
    found, at = [], 0
    while at < len(text):
        end = clause_end(text, at)
        found.append(text[at:end])
        at = end
    return found


def test_clauses_end_behind_the_marks_that_part_a_sentence() -> None:
    assert clauses("近日，市委（成都）说：“好！”记者、编辑……都在12:30到https://a.cn/x,y看了3,000字. 完") == [
        "近日，",
        "市委（成都）说：",
        "“好！”",
        "记者、编辑……",
        "都在12:30到https://a.cn/x,y看了3,000字. ",
        "完",
    ]
    assert clauses("第一行\n第二行") == ["第一行\n", "第二行"]


@given(st.text("汉，。”a. \n…\u0301", max_size=600), st.data())
def test_each_code_point_is_in_the_clause_that_begins_before_it(text: str, data: st.DataObject) -> None:
    assert "".join(clauses(text)) == text
    if not text:
        return
    at = data.draw(st.integers(0, len(text) - 1))
    start = clause_start(text, at)
    assert start <= at and at - start <= LONGEST + 64
    if all(len(clause) < LONGEST // 2 for clause in clauses(text)):
        assert start <= at < clause_end(text, start)
    assert next_character(text, at) > at and character_before(text, at + 1) <= at


def test_a_text_without_marks_is_cut() -> None:
    assert clause_end("汉" * 1_000_000, 5) == 5 + LONGEST
    assert clause_start("汉" * 1_000_000, 900_000) == 900_000 - LONGEST
