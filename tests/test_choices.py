"""Choices made in the program: kept over config.toml, until that says something else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.choices import CHOSEN, kept_choices, with_choices
from newstui.config import Settings
from newstui.screens.typesetting import VALUES

CONFIG = Settings(measure=30, theme="light")


def test_what_is_chosen_comes_back() -> None:
    chosen = replace(CONFIG, measure=44, script="hant", punctuation=True)
    assert with_choices(CONFIG, kept_choices(CONFIG, chosen)) == chosen
    assert with_choices(CONFIG, kept_choices(CONFIG, CONFIG)) == CONFIG


def test_who_edits_the_file_later_has_the_last_word() -> None:
    kept = kept_choices(CONFIG, replace(CONFIG, measure=44, script="hant"))
    edited = replace(CONFIG, measure=20)
    assert with_choices(edited, kept) == replace(edited, script="hant")


@pytest.mark.parametrize(
    "kept",
    [
        None,
        "",
        "no JSON",
        "[]",
        "3",
        "{",
        '{"measure": 40}',
        '{"measure": [1, 30]}',
        '{"measure": ["40", 30]}',
        '{"workers": [1, 16]}',
        '{"script": ["klingon", "original"]}',
        '{"theme": [["dark"], "light"]}',
        "[" * 5000,
    ],
)
def test_what_is_no_choice_is_passed_over(kept: str | None) -> None:
    assert with_choices(CONFIG, kept) == CONFIG


@given(
    st.fixed_dictionaries({name: st.sampled_from(list(values)) for name, values in VALUES.items()}), st.integers(8, 120)
)
def test_any_choice_comes_back(values: dict[str, object], measure: int) -> None:
    chosen = replace(CONFIG, measure=measure, **values)  # type: ignore[arg-type]
    assert with_choices(CONFIG, kept_choices(CONFIG, chosen)) == chosen


def test_every_choice_can_be_changed() -> None:
    assert set(CHOSEN) == {*VALUES, "measure"}
