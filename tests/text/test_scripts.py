"""Simplified and traditional: phrases, one character for one, and OpenCC not installed."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.text import scripts
from newstui.text.clean import clean
from newstui.text.scripts import CONFIGS, ScriptError, converter, one_for_one


@pytest.mark.parametrize(
    ("script", "text", "shown"),
    [
        ("hant", "头发发展，皇后后面，干净的树干", "頭髮發展，皇后後面，乾淨的樹幹"),
        ("hans", "乾隆乾淨，著作著急，頭髮發展", "乾隆干净，著作著急，头发发展"),
        ("hant", "我们的服务器", "我們的服務器"),
        ("hant-tw", "里面", "裡面"),
        ("hant-hk", "里面", "裏面"),
    ],
)
def test_phrases_decide_and_words_stay(script: str, text: str, shown: str) -> None:
    assert converter(script)(text) == shown


@given(st.text(max_size=80).map(clean), st.sampled_from(sorted(CONFIGS)))
def test_any_text_keeps_its_length(text: str, script: str) -> None:
    assert len(converter(script)(text)) == len(text)


def test_a_table_that_changes_lengths_is_used_as_far_as_it_does_not() -> None:
    table = {"网络": "網際網路", "发": "發", "㐀": "ab"}

    def convert(text: str) -> str:
        for old, new in table.items():
            text = text.replace(old, new)
        return text

    assert one_for_one("发网络，发，㐀", convert) == "發网络，發，㐀"


def test_what_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opencc", None)
    converter.cache_clear()
    with pytest.raises(ScriptError):
        scripts.converter("hant")
