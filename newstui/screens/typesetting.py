"""How things look, chosen in the program: typography, theme, nothing but the text."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from newstui.choices import CHOSEN, STATE, kept_choices
from newstui.config import RANGES, Settings
from newstui.screens.settled import typography_of
from newstui.styles.palette import palette, theme_name
from newstui.terminal.colours import depth
from newstui.text.scripts import CONFIGS, ScriptError, converter
from newstui.widgets.displaying import display

if TYPE_CHECKING:
    from newstui.screens.main import MainScreen
    from newstui.widgets.typography_panel import Choice, TypographyPanel

VALUES: Final[Mapping[str, Mapping[Any, str]]] = {
    "theme": {
        "auto": "theme.auto",
        "dark": "theme.dark",
        "light": "theme.light",
        "contrast": "theme.contrast",
        "ansi": "theme.ansi",
        "mono": "theme.mono",
    },
    "paragraphs": {"indent": "paragraphs.indent", "space": "paragraphs.space"},
    "punctuation": {False: "punctuation.original", True: "punctuation.full"},
    "spacing": {False: "spacing.none", True: "spacing.blank"},
    "script": {
        "original": "script.original",
        "hans": "script.hans",
        "hant": "script.hant",
        "hant-tw": "script.hant-tw",
        "hant-hk": "script.hant-hk",
    },
    "hanging": {False: "hanging.off", True: "hanging.on"},
    "pictures": {False: "pictures.off", True: "pictures.on"},
}
"""The values of each choice in the order in which they follow one another, and what they are called."""
_PANEL_KEYS: Final = (
    ("Esc", "typography.done"),
    ("←→", "typography.change"),
    ("↑↓", "typography.choose"),
    ("0", "typography.reset"),
)
"""The panel's keys and what they do, the most needed first."""
_STEP: Final = 2
"""Hanzi by which the measure changes."""


class Typesetting:
    """Carries out what changes the look, and keeps it for the next time."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self.chosen: Settings = screen.desk.chosen
        self.zen = False
        """Whether nothing but the text is shown."""
        self.panel: TypographyPanel | None = None

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """The commands that this noun carries out."""
        return {
            "typography": self.open_panel,
            "wider": lambda: self._change("measure", 1),
            "narrower": lambda: self._change("measure", -1),
            "zen": self.toggle_zen,
            **{name: self._next(name) for name in VALUES},
        }

    def _next(self, name: str) -> Callable[[], None]:
        return lambda: self._change(name, 1)

    def begin(self) -> None:
        """Make sure that what was chosen can be had; else say so and go without it."""
        if self.chosen.script in CONFIGS:
            try:
                converter(self.chosen.script)
            except ScriptError:
                self.chosen = replace(self.chosen, script="original")
                self._screen.say(self._screen.desk.words("script.missing"), error=True)
        self._show()

    def _change(self, name: str, step: int) -> None:
        """The next or former value of a choice, for a step of 0 that of config.toml."""
        before = getattr(self.chosen, name)
        if step == 0:
            after = getattr(self._screen.desk.config, name)
        elif name == "measure":
            low, high = RANGES["measure"]
            # Beyond the pane's width a change would not be seen, so the steps begin where the text ends.
            seen = typography_of(self.chosen).cells(self._screen.reader.size.width or self._screen.size.width) // 2
            after = max(low, min(min(before, seen) + step * _STEP, high))
            if step > 0 and after > seen and seen < before:
                after = before
        else:
            values = list(VALUES[name])
            after = values[(values.index(before) + step) % len(values)]
        if name == "script" and after in CONFIGS:
            self._screen.work("script", self._convert, after)
        else:
            self._choose(name, after)

    async def _convert(self, script: str) -> None:
        try:
            await asyncio.to_thread(converter, script)
        except ScriptError:
            self._screen.say(self._screen.desk.words("script.missing"), error=True)
        else:
            self._choose("script", script)

    def _choose(self, name: str, value: object) -> None:
        screen, words = self._screen, self._screen.desk.words
        self.chosen = replace(self.chosen, **{name: value})  # type: ignore[arg-type]  # a value of VALUES or RANGES
        self._show()
        if name == "theme":
            self._paint()
        if self.panel is None:
            screen.say(words("typography.now", name=self._label(name), value=self._value(name)))
        if not screen.read_only:
            kept = kept_choices(screen.desk.config, self.chosen)
            screen.keep(lambda store: store.state.set(STATE, kept))
        if name == "theme" and screen.desk.environ.get("NO_COLOR"):
            screen.say(words("theme.no-color"), error=True)
        if name == "pictures" and value:
            screen.picturing.get()

    def measure(self) -> None:
        """Set and paint everything anew: characters have other widths now."""
        self._show()
        self._screen.fit()
        self._screen.repaint()

    def _show(self) -> None:
        """Let all texts on screen be as it is chosen."""
        screen = self._screen
        typography = typography_of(self.chosen)
        show = display(typography)
        screen.reader.set_typography(typography)
        screen.picturing.show()
        screen.article_list.set_show(show)
        screen.tab_bar.set_show(show)
        if self.panel is not None:
            self.panel.refresh()

    def _paint(self) -> None:
        """Let everything have the colours that are chosen."""
        desk = self._screen.desk
        desk.painter.use(palette(theme_name(self.chosen.theme, desk.environ, few=depth(desk.environ) == "16")))
        self._screen.repaint()

    def _label(self, name: str) -> str:
        words = self._screen.desk.words
        return words("measure.label") if name == "measure" else words(f"command.{name}")

    def _value(self, name: str) -> str:
        words, value = self._screen.desk.words, getattr(self.chosen, name)
        return words("measure.value", count=value) if name == "measure" else words(VALUES[name][value])

    def _choices(self) -> Sequence[Choice]:
        from newstui.widgets.typography_panel import Choice

        return [Choice(name, self._label(name), self._value(name)) for name in CHOSEN]

    def open_panel(self) -> None:
        """Open the panel over the status line."""
        from newstui.widgets.typography_panel import TypographyPanel

        if self.panel is not None:
            self.close_panel()
            return
        screen, words = self._screen, self._screen.desk.words
        self.panel = TypographyPanel(
            screen.desk.painter,
            words("command.typography"),
            [(key, words(name)) for key, name in _PANEL_KEYS],
            self._choices,
            self._change,
            self.close_panel,
        )
        screen.mount(self.panel, before=screen.status)
        screen.fit()
        screen.reading.preview()
        screen.set_focus(self.panel)

    def close_panel(self) -> None:
        """Take the panel away."""
        if self.panel is not None:
            panel, self.panel = self.panel, None
            self._screen.set_focus(None)
            panel.remove()
            self._screen.fit()

    def toggle_zen(self) -> None:
        """Nothing but the text, or everything again."""
        screen = self._screen
        self.close_panel()
        if not self.zen and screen.pane == "list":
            if screen.article_list.current is None:
                screen.say(screen.desk.words("reader.nothing"))
                return
            screen.reading.open_current()
        self.zen = not self.zen
        screen.fit()

    def leave(self) -> bool:
        """One step back out of what this noun has put on screen; False when there is nothing."""
        if self.panel is not None:
            self.close_panel()
        elif self.zen:
            self.toggle_zen()
        else:
            return False
        return True
