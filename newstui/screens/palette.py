"""The command palette: every command of the registry and every tab, found by any part of its name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from newstui.commands import COMMANDS, keys_of
from newstui.locale import catalogue

if TYPE_CHECKING:
    from newstui.screens.main import MainScreen


class _Entries(Provider):
    """Commands first, then tabs; names are foreign text and never markup."""

    @property
    def _main(self) -> MainScreen:
        return cast("MainScreen", self.screen)

    def _entries(self) -> list[_Entry]:
        """Everything that can be found."""
        main = self._main
        words, keymap = main.desk.words, main.desk.keymap
        other = catalogue("en" if words.language == "zh" else "zh")
        found: list[_Entry] = []
        for command in COMMANDS:
            if command.id == "palette" or command.id.removeprefix("tab-").isdigit():
                continue
            label, about = f"command.{command.id}", f"command.{command.id}.help"
            keys = " ".join(keys_of(command.id, keymap))
            name = words(label) + (f"  {keys}" if keys else "")
            also = f"{command.id} {other(label)}", other(about)
            found.append(_Entry(name, words(about), partial(main.action_run, command.id), *also))
        for index, tab in enumerate(main.listing.tabs):
            found.append(_Entry(tab.name, words("palette.tab"), partial(main.listing.go_tab, index)))
        return found

    async def discover(self) -> Hits:
        """Everything, before anything is typed."""
        for entry in self._entries():
            yield DiscoveryHit(Content(entry.name), entry.run, text=entry.name, help=entry.about)

    async def search(self, query: str) -> Hits:
        """What contains the query in its name, then what has all its words; no letters are skipped in hanzi.

        Names count in both languages: nobody should need an input method to find a command.
        """
        wanted, nothing = query.casefold().strip(), True
        for entry in self._entries():
            score = entry.score(wanted)
            if not score:
                continue
            nothing = False
            at = entry.name.casefold().find(wanted)
            shown = Content(entry.name)
            if at >= 0 and len(entry.name) == len(entry.name.casefold()):
                shown = shown.stylize("bold underline", at, at + len(wanted))
            yield Hit(score, shown, entry.run, text=entry.name, help=entry.about)
        if nothing:
            none = self._main.desk.words("palette.none")
            yield Hit(0.1, Content(none), lambda: None, text=none)


class _Entry(NamedTuple):
    """Something to be found: its name and a sentence about it, what to do, and both as others may call them."""

    name: str
    about: str
    run: Callable[[], None]
    other_name: str = ""
    other_about: str = ""

    def score(self, wanted: str) -> float:
        """How well it fits what is wanted, case folded: 0 not at all, 1 its name begins so."""
        at = self.name.casefold().find(wanted)
        if at >= 0:
            return 1.0 - at / 1000
        names = f"{self.name} {self.other_name}".casefold()
        if all(word in names for word in wanted.split()):
            return 0.7
        texts = f"{names} {self.about} {self.other_about}".casefold()
        return 0.5 if all(word in texts for word in wanted.split()) else 0.0


def open_palette(screen: MainScreen) -> None:
    """Show the palette over the main screen."""
    palette = CommandPalette(providers=[_Entries], placeholder=screen.desk.words("palette.placeholder"))
    screen.app.push_screen(palette)
