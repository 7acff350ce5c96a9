"""What was typed, as commands: a key, a number, a line, a command's name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from newstui.commands import COMMANDS, key_name
from newstui.linear.keys import Key, plain
from newstui.linear.prompts import Number
from newstui.locale import catalogue

if TYPE_CHECKING:
    from newstui.linear.program import Program

_NUMBER: Final = 6
"""Digits of the longest number that can be typed."""


class Typed:
    """Finds the command that is meant."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def press(self, key: Key) -> None:
        """Take a key."""
        if self._program.answer_key(key):
            return
        if key.name == "paste" or not key.name:
            return
        if key.name == "ctrl+l":
            self._program.view.again()
        elif key.name.isdigit() and not any(key.name in _split(keys) for name, keys in self._chosen_keys()):
            self._number(key.name)
        else:
            command = next((name for name, keys in self._program.desk.keymap.items() if key.name in _split(keys)), "")
            if command:
                self._program.run(command)
            else:
                self._program.say(self._program.desk.words("linear.no-key", key=self._program.desk.key("help")))

    def _chosen_keys(self) -> list[tuple[str, str]]:
        """Commands that keys were given to, the numbered tabs left out: a digit begins a number here."""
        return [(name, keys) for name, keys in self._program.desk.keymap.items() if not name.startswith("tab-")]

    def line(self, text: str) -> None:
        """Take a typed line: an answer, a key, a number, /text, or a command's name."""
        if self._program.answer_line(text):
            return
        text = plain(text.strip("\r\n"))
        word = text.strip()
        if len(word) > 1 and word[0] == "/":
            self._program.run("find")
            self.line(word[1:])
        elif word.isascii() and word.isdigit():
            self._picked(word)
        elif len(word) == 1:
            self.press(Key(key_name(word), word))
        elif not word:
            self.press(Key("space" if text else "enter"))
        else:
            self.run_named(word)

    def run_named(self, text: str) -> None:
        """Carry out the command, or open the tab, that a text names: its id or label in either language, or a part."""
        wanted = plain(text).casefold().strip()
        names: list[tuple[str, Callable[[], None]]] = []
        own = self._program.desk.words.language
        for words in (None, catalogue(own), catalogue("en" if own == "zh" else "zh")):
            for command in COMMANDS:
                name = command.id if words is None else words(f"command.{command.id}")
                names.append((name.casefold(), partial(self._program.run, command.id)))
        for tab in self._program.places.tabs:
            names.append((tab.name.casefold(), partial(self._program.open_tab, tab)))
        for fits in (lambda name: name == wanted, lambda name: wanted in name):
            found = next((act for name, act in names if fits(name)), None)
            if found is not None:
                found()
                return
        self._program.say(self._program.desk.words("palette.none"))

    def _number(self, digit: str) -> None:
        """A digit begins the number of something that is listed."""
        question = Number(self._program.desk.words("linear.number"), self._picked, digit, self._program.view.numbers)
        if question.complete:
            self._picked(digit)
        else:
            self._program.put(question)

    def _picked(self, text: str) -> None:
        number = int(text) if text.isascii() and text.isdigit() and len(text) <= _NUMBER else 0
        if not self._program.view.pick(number):
            self._program.say(self._program.desk.words("linear.no-number", number=text[:12]))


def _split(keys: str) -> list[str]:
    return keys.split(",") if keys else []
