"""What is typed, as names of keys: the registry's names ("j", "down", "question_mark"), whatever bytes bring them.

Escape sequences are those of ECMA-48 and of xterm's cursor, editing and paste keys; what is none of them is dropped.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Container, Iterator
from typing import Final, NamedTuple

from newstui.commands import key_name


class Key(NamedTuple):
    """One key: its name in the registry's words, and the text it types ("" when it types none)."""

    name: str
    text: str = ""


_SEQUENCE: Final = re.compile(r"\x1b(?:\[([0-9;:<=>?]*)[ -/]*([@-~])|O([A-Za-z]))")
_UNFINISHED: Final = re.compile(r"\x1b(?:\[[0-9;:<=>?]*[ -/]*|O)?\Z")
_FINAL: Final = {"A": "up", "B": "down", "C": "right", "D": "left", "H": "home", "F": "end", "M": "enter"}
_TILDE: Final = {
    "1": "home", "2": "insert", "3": "delete", "4": "end", "5": "pageup", "6": "pagedown", "7": "home", "8": "end",
    "11": "f1", "12": "f2", "13": "f3", "14": "f4", "15": "f5", "17": "f6", "18": "f7", "19": "f8", "20": "f9",
    "21": "f10", "23": "f11", "24": "f12",
}  # fmt: skip
_SS3: Final = {"P": "f1", "Q": "f2", "R": "f3", "S": "f4"}
_MODIFIERS: Final = {"2": "shift+", "3": "alt+", "5": "ctrl+"}
_CONTROLS: Final = {"\r": "enter", "\n": "enter", "\t": "tab", "\x7f": "backspace", "\x08": "backspace"}
_WIDE: Final = {0x3000: 0x20, **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}}
_PASTE_END: Final = "\x1b[201~"


def plain(text: str) -> str:
    """`text` with full-width ASCII as ASCII: an input method that is left on types those."""
    return "".join(
        chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else " " if char == "\u3000" else char for char in text
    )


class Keyboard:
    """Turns bytes into keys; what is unfinished waits for more bytes or for `rest`."""

    def __init__(self, codeset: str, bound: Container[str] = ()) -> None:
        """`codeset` is Python's name of the terminal's encoding; of Alt keys only those in `bound` are keys."""
        self._decode = getincrementaldecoder(codeset)(errors="replace").decode
        self._bound = bound
        self._waiting = ""
        self._pasting = False

    @property
    def unfinished(self) -> bool:
        """Whether something may be the beginning of a sequence, or the Escape key alone."""
        return bool(self._waiting) and not self._pasting

    def feed(self, data: bytes) -> Iterator[Key]:
        """The keys in `data`, and in what waited before it."""
        yield from self._keys(self._waiting + self._decode(data), ended=False)

    def rest(self) -> Iterator[Key]:
        """No more bytes are coming soon: what waited is what it looks like."""
        yield from self._keys(self._waiting, ended=True)

    def _keys(self, text: str, *, ended: bool) -> Iterator[Key]:
        self._waiting = ""
        at = 0
        while at < len(text):
            if self._pasting:
                end = text.find(_PASTE_END, at)
                if end < 0:
                    self._waiting = text[at:]
                    return
                self._pasting = False
                yield Key("paste", text[at:end])
                at = end + len(_PASTE_END)
                continue
            found = _SEQUENCE.match(text, at)
            if found is not None:
                at = found.end()
                yield from self._sequence(found)
            elif text[at] == "\x1b" and not ended and _UNFINISHED.match(text, at):
                self._waiting = text[at:]
                return
            elif text[at] == "\x1b" and at + 1 < len(text) and f"alt+{text[at + 1]}" in self._bound:
                yield Key(f"alt+{text[at + 1]}")
                at += 2
            else:
                yield _typed(text[at])
                at += 1

    def _sequence(self, found: re.Match[str]) -> Iterator[Key]:
        parameters, final, ss3 = found.groups()
        if ss3:
            name = _SS3.get(ss3) or _FINAL.get(ss3)
            if name:
                yield Key(name)
            return
        number, _, modifier = parameters.partition(";")
        if final == "~" and number == "200":
            self._pasting = True
            return
        name = _TILDE.get(number) if final == "~" else _FINAL.get(final) if final != "M" else None
        if name and number in _TILDE | {"": ""}:
            yield Key(_MODIFIERS.get(modifier, "") + name)


def _typed(char: str) -> Key:
    if char in _CONTROLS:
        return Key(_CONTROLS[char])
    if char == "\x1b":
        return Key("escape")
    if char == "\x00":
        return Key("ctrl+@")
    if char < "\x1b":
        return Key(f"ctrl+{chr(ord(char) + 96)}")
    ascii_char = plain(char)
    if not ascii_char.isprintable():
        return Key("")
    return Key("space" if ascii_char == " " else key_name(ascii_char), char)
