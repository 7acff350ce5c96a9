"""How texts are shown, chosen as in the app and kept with its choices: punctuation, gaps, script."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from newstui.choices import STATE, kept_choices
from newstui.linear.reading import Reading
from newstui.screens.settled import typography_of
from newstui.text.scripts import CONFIGS, ScriptError, converter

if TYPE_CHECKING:
    from newstui.config import Settings
    from newstui.linear.program import Program
    from newstui.widgets.typography import Typography

_VALUES: Final[Mapping[str, Mapping[Any, str]]] = {
    "punctuation": {False: "punctuation.original", True: "punctuation.full"},
    "spacing": {False: "spacing.none", True: "spacing.blank"},
    "script": {"original": "script.original", "hans": "script.hans", "hant": "script.hant"},
}
"""Choices that change a text and not its place on a screen: their values in order, and what they are called."""


class Choosing:
    """The choices in force."""

    def __init__(self, program: Program, config: Settings, chosen: Settings) -> None:
        self._program = program
        self._config = config
        self._chosen = chosen
        try:
            self._check(chosen)
        except ScriptError:
            self._chosen = replace(chosen, script="original")

    @staticmethod
    def _check(chosen: Settings) -> None:
        if chosen.script in CONFIGS:
            converter(chosen.script)

    @property
    def typography(self) -> Typography:
        """How texts are shown."""
        return typography_of(self._chosen)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """A command for each choice: its next value."""
        return {name: partial(self._next, name) for name in _VALUES}

    def _next(self, name: str) -> None:
        program, words = self._program, self._program.desk.words
        values = list(_VALUES[name])
        now = getattr(self._chosen, name)
        value = values[(values.index(now) + 1) % len(values)] if now in values else values[0]
        chosen = replace(self._chosen, **{name: value})
        try:
            self._check(chosen)
        except ScriptError:
            program.say(words("script.missing"))
            return
        self._chosen = chosen
        kept = kept_choices(self._config, chosen)
        program.keep(lambda store: store.state.set(STATE, kept))
        if isinstance(program.view, Reading):
            program.view.set_anew()
        program.view.say_done(words("typography.now", name=words(f"command.{name}"), value=words(_VALUES[name][value])))
