"""The app: opens the cache, then shows it.

The cache is opened and the first screen read in the cache's own thread while Textual is still being imported.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING

from newstui.commands import keymap
from newstui.config import Paths, Settings
from newstui.errors import UsageError
from newstui.locale import catalogue, language
from newstui.screens.cache import Cache
from newstui.screens.snapshots import read_opening

if TYPE_CHECKING:
    from newstui.store import Store
    from newstui.terminal.modes import Takeover
    from newstui.widgets.typography import Typography


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
        reading = cache.submit(lambda store: read_opening(store, words, _HEIGHT))
        from newstui.app.application import NewstuiApp
        from newstui.screens.desk import Desk
        from newstui.styles.palette import palette, theme_name
        from newstui.widgets.painting import Painter

        painter = Painter(palette(theme_name(settings.theme, environ)))
        desk = Desk(cache, words, painter, keys, now, typography(settings))
        app = NewstuiApp(desk, reading.result(), animations=settings.animations, takeover=takeover)
        app.run(mouse=settings.mouse)
        return app.return_code or 0
    finally:
        cache.close()


def typography(settings: Settings) -> Typography:
    """What the settings say of how articles are set."""
    from newstui.widgets.typography import Typography

    chosen = {item.name: getattr(settings, item.name) for item in fields(Typography)}
    # What ambiguous characters take cannot be known without asking the terminal.
    ambiguous = "narrow" if settings.ambiguous == "auto" else settings.ambiguous
    return Typography(**(chosen | {"ambiguous": ambiguous}))


_HEIGHT = 100
"""Rows read for the first frame, before the terminal's height is known to the app."""
