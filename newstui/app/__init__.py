"""The app: opens the cache, then shows it.

The cache is opened and the first screen read in the cache's own thread while Textual is still being imported.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from newstui.choices import with_choices
from newstui.commands import keymap
from newstui.config import Paths, Settings
from newstui.errors import UsageError
from newstui.locale import Catalogue, catalogue, language
from newstui.screens.cache import Cache
from newstui.screens.snapshots import Opening, read_opening
from newstui.text.scripts import CONFIGS, ScriptError, converter

if TYPE_CHECKING:
    from newstui.store import Store
    from newstui.terminal.modes import Takeover


def run(
    paths: Paths,
    settings: Settings,
    *,
    now: Callable[[], datetime],
    environ: Mapping[str, str] = os.environ,
    takeover: Takeover | None = None,
) -> int:
    """Run the app to its end; its exit code. With `takeover`, a splash is on screen until the first frame.

    Raises UsageError for a terminal that cannot show it, ConfigError for [keys], CacheError when there is no opening
    the cache.
    """
    words = catalogue(language(settings, environ))
    if environ.get("TERM") == "dumb":
        raise UsageError(words("app.dumb"))
    keys = keymap(settings.keys)

    def opener() -> Store:
        from newstui.store import open_store

        paths.cache.parent.mkdir(parents=True, exist_ok=True)
        return open_store(paths.cache, now=now())

    cache = Cache(opener)
    try:
        reading = cache.submit(lambda store: _read(store, words, settings))
        from newstui.app.application import NewstuiApp
        from newstui.screens.desk import Desk
        from newstui.styles.palette import palette, theme_name
        from newstui.styles.signs import in_ascii
        from newstui.terminal.colours import depth
        from newstui.widgets.painting import Painter

        opening, chosen = reading.result()
        painter = Painter(
            palette(theme_name(chosen.theme, environ, few=depth(environ) == "16")), in_ascii=in_ascii(environ)
        )
        desk = Desk(cache, words, painter, keys, now, settings, chosen, environ)
        app = NewstuiApp(desk, opening, animations=settings.animations, takeover=takeover, slow_link=settings.slow_link)
        app.run(mouse=settings.mouse)
        return app.return_code or 0
    finally:
        cache.close()


def _read(store: Store, words: Catalogue, settings: Settings) -> tuple[Opening, Settings]:
    """The first screen and the settings with what was chosen; the tables for another script are in memory then."""
    opening = read_opening(store, words, _HEIGHT)
    chosen = with_choices(settings, opening.choices)
    if chosen.script in CONFIGS:
        with suppress(ScriptError):  # the screen tells of it
            converter(chosen.script)
    return opening, chosen


_HEIGHT = 100
"""Rows read for the first frame, before the terminal's height is known to the app."""
