"""`newstui` without a command: the way from the shell to the app, made to be short.

The list is painted by `newstui.splash` before Textual is imported; the app then takes the painted terminal over. Only
what the splash needs is imported here at once.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping

from newstui.cli.clock import clock
from newstui.config import Settings, load_settings, paths
from newstui.errors import UsageError


def open_app(*, linear: bool = False) -> int:
    """Open the app, or print headlines when stdout is no terminal; the exit code.

    With `linear` the linear mode opens, whatever stdin and stdout are; on a terminal also when NEWSTUI_LINEAR asks for
    it or the terminal can show nothing else.
    """
    places = paths()
    if linear or (os.isatty(1) and os.isatty(0) and _plain_lines(os.environ)):
        from newstui.linear import run as run_linear

        settings = load_settings(places.config)
        _measure(settings)
        return run_linear(places, settings, now=clock)
    if not os.isatty(1):
        from newstui.cli.headlines import print_headlines

        return print_headlines(places)
    term = os.environ.get("TERM", "")
    if term in ("", "dumb", "unknown"):
        raise UsageError(
            f"this terminal (TERM={term}) cannot show the app; try `newstui --linear`, or set TERM, e.g. xterm"
        )
    if not os.environ.get("NO_COLOR"):
        # Empty means unset (no-color.org); Textual takes any value for a wish.
        os.environ.pop("NO_COLOR", None)
    _need_keyboard()
    settings = load_settings(places.config)
    # Importing makes many objects and no garbage; collecting meanwhile costs a tenth of the start.
    gc.disable()
    # Textual paints at most this often; at its 60 a key waits up to 17 ms for its answer.
    os.environ.setdefault("TEXTUAL_FPS", "400")
    from newstui.splash import show_splash, take_down

    _measure(settings)
    takeover = show_splash(places, settings, os.environ, clock())
    try:
        from newstui.app import run

        return run(places, settings, now=clock, takeover=takeover)
    finally:
        # Does nothing after an orderly end: the app has given the terminal back by then.
        take_down(takeover)


def _measure(settings: Settings) -> None:
    """Have all texts measured as the settings say; for "auto" as on most terminals, until the app is told otherwise."""
    from newstui.text.widths import set_ambiguous

    set_ambiguous(2 if settings.ambiguous == "wide" else 1)


def _plain_lines(environ: Mapping[str, str]) -> bool:
    return environ.get("NEWSTUI_LINEAR", "") not in ("", "0") or environ.get("TERM", "") in ("", "dumb", "unknown")


def _need_keyboard() -> None:
    """Make sure that stdin is a keyboard (`newstui < file` has the terminal's own one too); raises UsageError."""
    if os.isatty(0):
        return
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError as error:
        raise UsageError("stdin is no terminal, so the app would have no keyboard; try `newstui list`") from error
    os.dup2(terminal, 0)
    os.close(terminal)
    if not sys.__stdin__ or not os.isatty(sys.__stdin__.fileno()):
        raise UsageError("stdin is closed, so the app would have no keyboard; try `newstui list`")
