"""What every screen works with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from newstui.commands import keys_of
from newstui.config import Settings
from newstui.locale import Catalogue
from newstui.screens.cache import Cache
from newstui.text.zones import SHANGHAI
from newstui.widgets.painting import Painter


class Desk(NamedTuple):
    """The cache, the language, the colours, the keys, the clock and the settings."""

    cache: Cache
    words: Catalogue
    painter: Painter
    keymap: Mapping[str, str]
    """Command id to its keys in force, comma separated."""
    now: Callable[[], datetime]
    """The time, aware."""
    config: Settings = Settings()
    """The settings as config.toml has them."""
    chosen: Settings = Settings()
    """The settings with what has been chosen in the program over them, at the start."""
    environ: Mapping[str, str] = {}  # never changed

    def today(self) -> date:
        """The day in Shanghai, which the list's days are counted from."""
        return self.now().astimezone(SHANGHAI).date()

    def key(self, command: str) -> str:
        """The first key of a command as a person reads it; "" when it has none."""
        keys = keys_of(command, self.keymap)
        return keys[0] if keys else ""
