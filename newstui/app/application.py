"""The Textual application: theme, keys and the terminal; everything else is the screens' business."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from textual import events
from textual.app import App
from textual.binding import Binding
from textual.driver import Driver
from textual.filter import ANSIToTruecolor, LineFilter
from textual.theme import BUILTIN_THEMES, Theme
from textual.widgets import Input

from newstui.commands import BY_ID, overrides
from newstui.screens.desk import Desk
from newstui.screens.main import MainScreen
from newstui.screens.snapshots import Opening
from newstui.styles.palette import Palette, hexadecimal
from newstui.terminal.link import Link, Setting
from newstui.terminal.probing import cells_told
from newstui.text.widths import ambiguous, set_ambiguous
from newstui.widgets.driver import TerminalDriver
from newstui.widgets.hardening import harden
from newstui.widgets.measuring import follow_widths
from newstui.widgets.typing_cursor import mend_cursor

if TYPE_CHECKING:
    from newstui.terminal.modes import Takeover

_PROMPT_SECONDS: Final = 2.0
"""Keys wait no longer than this for a prompt, should it never come."""
_STYLES: Final = Path(__file__).parent.parent / "styles" / "app.tcss"


def textual_theme(palette: Palette) -> Theme:
    """A palette as Textual's own widgets (inputs, dialogs, the command palette) need it."""
    if not palette.bg:
        return _own_colours(palette)
    return Theme(
        f"newstui-{palette.name}",
        primary=hexadecimal(palette.accent),
        accent=hexadecimal(palette.accent),
        foreground=hexadecimal(palette.fg),
        background=hexadecimal(palette.bg),
        surface=hexadecimal(palette.bg),
        panel=hexadecimal(palette.bar),
        dark=palette.dark,
    )


def _same_key(event: events.Key) -> events.Key:
    """A key as it was before any widget had it."""
    return events.Key(event.key, event.character)


def _own_colours(palette: Palette) -> Theme:
    """The terminal's own two colours for everything; cursors are told by reverse video."""
    ansi, own = BUILTIN_THEMES["ansi-dark"], "ansi_default"
    variables = {name: own if value.startswith("ansi_") else value for name, value in ansi.variables.items()}
    styles = {"block-cursor-text-style": "reverse", "input-cursor-text-style": "reverse"}
    return replace(
        ansi,
        name=f"newstui-{palette.name}",
        primary=own,
        secondary=own,
        warning=own,
        error=own,
        success=own,
        accent=own,
        variables=variables | styles,
    )


class NewstuiApp(App[None], inherit_bindings=False):
    """Shows the main screen."""

    CSS_PATH = _STYLES
    TITLE = "newstui"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [  # noqa: RUF012  # Textual's own declaration of it
        Binding(BY_ID["quit"].keys, "quit", show=False, id="quit", priority=True),
        Binding(BY_ID["suspend"].keys, "suspend_process", show=False, id="suspend", priority=True),
    ]

    def __init__(
        self,
        desk: Desk,
        opening: Opening,
        *,
        animations: bool = False,
        takeover: Takeover | None = None,
        slow_link: str = "auto",
    ) -> None:
        harden()
        mend_cursor()
        follow_widths()
        driver = cast(
            "type[Driver]",
            partial(
                TerminalDriver,
                takeover=takeover,
                asks=desk.config.ambiguous == "auto",
                link=Link(cast("Setting", slow_link)),
                on_speed=self._measured,
            ),
        )
        self._only_theme = textual_theme(desk.painter.palette)
        super().__init__(driver_class=driver)
        self.desk = desk
        self._cursor_shown = False
        self._early: list[events.Key | events.Paste] = []
        self.main = MainScreen(desk, opening)
        self.main.set_thin(slow_link == "on")
        self.animation_level = "full" if animations else "none"
        changed = {name: keys or f"no-{name}" for name, keys in overrides(desk.keymap).items()}
        self.set_keymap(changed)

    def _measured(self, slow: bool) -> None:
        """The line to the terminal is slower or faster than before."""
        self.main.set_thin(slow)

    def get_theme(self, theme_name: str) -> Theme | None:
        """The one theme there is: known before Textual reads its stylesheets, so that they are read once."""
        return self._only_theme

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Colours by number go to the terminal as such: Textual would turn them into three times the bytes."""
        return [found for found in super().get_line_filters() if not isinstance(found, ANSIToTruecolor)]

    def on_main_screen_repainted(self) -> None:
        """Textual's own widgets follow."""
        self._only_theme = textual_theme(self.desk.painter.palette)
        self.register_theme(self._only_theme)
        self.theme = self._only_theme.name

    def get_default_screen(self) -> MainScreen:
        """The main screen is the first there is."""
        return self.main

    def on_mount(self) -> None:
        """The terminal's own cursor follows what is typed into, on the main screen and in dialogs."""

        def changed(_: object) -> None:
            self.call_after_refresh(self.place_cursor)

        self.screen_change_signal.subscribe(self, changed)
        # A prompt may move without a change of its own size.
        self.main.screen_layout_refresh_signal.subscribe(self, changed)
        self.watch(self.main, "focused", changed, init=False)
        self.watch(self.main, "focused", self._focused, init=False)

    async def on_event(self, event: events.Event) -> None:
        """Keys typed while a prompt is still being put on screen are its text, not commands: they wait for it."""
        # Those that nothing has used on the screen come back here, just as those that have not been there yet.
        if isinstance(event, events.Key | events.Paste) and self.main.asking.awaited:
            if not self._early:
                self.set_timer(_PROMPT_SECONDS, self._replay)
            self._early.append(event)
            return
        await super().on_event(event)

    async def _replay(self) -> None:
        self.main.asking.awaited = False
        early, self._early = self._early, []
        for event in sorted(early, key=lambda typed: typed.time):
            again = events.Paste(event.text) if isinstance(event, events.Paste) else _same_key(event)
            await super().on_event(again)

    async def _focused(self, widget: object) -> None:
        if self.main.asking.awaited and isinstance(widget, Input):
            await self._replay()

    def on_descendant_focus(self) -> None:
        """In a dialog."""
        self.call_after_refresh(self.place_cursor)

    def on_resize(self) -> None:
        """The prompt has moved, and the cursor with it."""
        self.call_after_refresh(self.place_cursor)

    def on_cursor_position(self, event: events.CursorPosition) -> None:
        """The terminal's answer on how wide its ambiguous characters are: what stands on screen is set anew."""
        cells = cells_told(event.x, event.y)
        if cells is not None and cells != ambiguous() and self.desk.config.ambiguous == "auto":
            set_ambiguous(cells)
            follow_widths()
            self.call_after_refresh(self.main.typesetting.measure)

    def place_cursor(self) -> None:
        """Put the terminal's cursor where the next character goes, or hide it when none does.

        Textual keeps the place while typing, but not through a first layout or a resize, and it never shows the cursor:
        input methods and braille displays follow it.
        """
        typing = self.focused if isinstance(self.focused, Input) else None
        if typing is not None:
            # The terminal's own cursor blinks, if the person likes that, and costs no bytes.
            typing.cursor_blink = False
            self.cursor_position = typing.cursor_screen_offset
            typing.refresh()
        driver = self._driver
        if driver is not None and (typing is not None) != self._cursor_shown:
            self._cursor_shown = typing is not None
            driver.write("\x1b[?25h" if self._cursor_shown else "\x1b[?25l")

    def on_ready(self) -> None:
        """The first frame is complete: a splash has given way to it, and garbage is collected again."""
        gc.freeze()
        gc.enable()
        driver: Any = self._driver
        if isinstance(driver, TerminalDriver):
            driver.show_frames()
