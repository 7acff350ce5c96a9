"""Bytes as keys: sequences, halves of them, pastes, full-width letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.linear.keys import Key, Keyboard, plain


def names(data: bytes, *, bound: frozenset[str] = frozenset()) -> list[str]:
    keyboard = Keyboard("utf-8", bound)
    return [key.name for key in (*keyboard.feed(data), *keyboard.rest())]


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b"jk?/.: 7", ["j", "k", "question_mark", "slash", "full_stop", "colon", "space", "7"]),
        (b"\x1b[A\x1bOB\x1b[C\x1b[D", ["up", "down", "right", "left"]),
        (b"\x1b[5~\x1b[6~\x1b[H\x1b[4~\x1b[3~", ["pageup", "pagedown", "home", "end", "delete"]),
        (b"\x1b[11~\x1bOQ\x1b[24~", ["f1", "f2", "f12"]),
        (b"\r\n\x7f\x08\t\x06\x10", ["enter", "enter", "backspace", "backspace", "tab", "ctrl+f", "ctrl+p"]),
        (b"\x1b[1;5A\x1b[5;2~", ["ctrl+up", "shift+pageup"]),
        (b"\x1b", ["escape"]),
        (b"\x1bj", ["escape", "j"]),
        (b"\x1b[999~j\x1b[?1;2cj", ["j", "j"]),
        ("ｊ？１　。".encode(), ["j", "question_mark", "1", "space", "。"]),
        (b"\xff\xfej", ["�", "�", "j"]),
    ],
)
def test_bytes_are_keys_of_the_registry(data: bytes, keys: list[str]) -> None:
    assert names(data) == keys


def test_alt_keys_count_only_where_they_are_bound() -> None:
    assert names(b"\x1bx", bound=frozenset({"alt+x"})) == ["alt+x"]


def test_a_sequence_in_two_pieces_is_one_key_and_escape_alone_waits_for_nothing_more() -> None:
    keyboard = Keyboard("utf-8")
    assert [(key.name, keyboard.unfinished) for key in keyboard.feed(b"j\x1b")] == [("j", False)]
    assert _waits(keyboard)
    assert [key.name for key in keyboard.feed(b"[B")] == ["down"]
    assert not _waits(keyboard)
    assert list(keyboard.feed(b"\x1b")) == []
    assert [key.name for key in keyboard.rest()] == ["escape"]
    assert not _waits(keyboard)


def _waits(keyboard: Keyboard) -> bool:
    return keyboard.unfinished


def test_a_paste_is_one_key_with_its_text_even_in_pieces() -> None:
    keyboard = Keyboard("utf-8")
    assert list(keyboard.feed(b"\x1b[200~sq")) == []
    assert not keyboard.unfinished and list(keyboard.rest()) == []
    assert list(keyboard.feed("中\x1b[201~j".encode())) == [Key("paste", "sq中"), Key("j", "j")]


@given(st.binary(max_size=60), st.integers(1, 7))
def test_any_bytes_in_any_pieces_are_the_same_keys(data: bytes, size: int) -> None:
    whole, pieces = Keyboard("utf-8"), Keyboard("utf-8")
    once = [*whole.feed(data), *whole.rest()]
    cut = [key for at in range(0, len(data), size) for key in pieces.feed(data[at : at + size])]
    assert [*cut, *pieces.rest()] == once


def test_full_width_ascii_is_ascii() -> None:
    assert plain("／查　ａ～") == "/查 a~"
