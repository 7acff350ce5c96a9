"""What every part of the linear mode works with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from newstui.commands import keys_of
from newstui.config import Settings
from newstui.locale import Catalogue
from newstui.screens.cache import Cache
from newstui.text.zones import SHANGHAI


class Desk(NamedTuple):
    """The cache, the language, the keys, the clock and the settings."""

    cache: Cache
    words: Catalogue
    keymap: Mapping[str, str]
    """Command id to its keys in force, comma separated."""
    now: Callable[[], datetime]
    """The time, aware."""
    config: Settings
    """What config.toml says."""
    chosen: Settings
    """The same with what was chosen in the program."""

    def today(self) -> date:
        """The day in Shanghai, which the list's days are counted from."""
        return self.now().astimezone(SHANGHAI).date()

    def key(self, command: str) -> str:
        """The first key of a command as a person reads it; "" when it has none."""
        keys = keys_of(command, self.keymap)
        return keys[0] if keys else ""
