"""The command palette: every command of the registry and every tab, found by any part of its name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from newstui.commands import COMMANDS, keys_of

if TYPE_CHECKING:
    from newstui.screens.main import MainScreen


class _Entries(Provider):
    """Commands first, then tabs; names are foreign text and never markup."""

    @property
    def _main(self) -> MainScreen:
        return cast("MainScreen", self.screen)

    def _entries(self) -> list[tuple[str, str, Callable[[], None]]]:
        """Name, help and what to do, of everything that can be found."""
        main = self._main
        words, keymap = main.desk.words, main.desk.keymap
        found: list[tuple[str, str, Callable[[], None]]] = []
        for command in COMMANDS:
            if command.id == "palette" or command.id.removeprefix("tab-").isdigit():
                continue
            keys = " ".join(keys_of(command.id, keymap))
            name = words(f"command.{command.id}") + (f"  {keys}" if keys else "")
            run = partial(main.action_run, command.id)
            found.append((name, words(f"command.{command.id}.help"), run))
        for index, tab in enumerate(main.listing.tabs):
            found.append((tab.name, words("palette.tab"), partial(main.listing.go_tab, index)))
        return found

    async def discover(self) -> Hits:
        """Everything, before anything is typed."""
        for name, help_text, run in self._entries():
            yield DiscoveryHit(Content(name), run, text=name, help=help_text)

    async def search(self, query: str) -> Hits:
        """What contains the query in its name or help, the name first; no letters are skipped in hanzi."""
        wanted = query.casefold()
        for name, help_text, run in self._entries():
            at = name.casefold().find(wanted)
            if at >= 0:
                shown = Content(name)
                if len(name) == len(name.casefold()):
                    shown = shown.stylize("bold underline", at, at + len(query))
                yield Hit(1.0 - at / 1000, shown, run, text=name, help=help_text)
            elif wanted in help_text.casefold():
                yield Hit(0.5, Content(name), run, text=name, help=help_text)


def open_palette(screen: MainScreen) -> None:
    """Show the palette over the main screen."""
    palette = CommandPalette(providers=[_Entries], placeholder=screen.desk.words("palette.placeholder"))
    screen.app.push_screen(palette)
