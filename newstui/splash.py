"""The first picture: tab bar, list and footer painted with plain escapes before Textual is imported.

It shows what the app's first frame will show, cell for cell, from the same pure layouts, palette and rows; the app then
paints over it without clearing (`newstui.widgets.driver`). Keys typed meanwhile wait in the kernel, unechoed. Where
something is missing or odd there is no splash, and the app says what is wrong.
"""

from __future__ import annotations

import signal
import termios
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import FrameType
from typing import Final, NoReturn, cast

from newstui.commands import keymap
from newstui.config import Paths, Settings
from newstui.errors import NewstuiError
from newstui.locale import catalogue, language
from newstui.rows import STARRED
from newstui.store.glance import Glance, glance
from newstui.styles.palette import Span, palette, theme_name
from newstui.styles.signs import ascii_span, in_ascii
from newstui.terminal.codeset import encode, terminal_codeset
from newstui.terminal.colours import Depth, depth, sgr
from newstui.terminal.modes import ENTER, SYNC_END, SYNC_START, Takeover, give_back, key_mode, size_of, write_all
from newstui.terminal.outgoing import cell_text
from newstui.terminal.probing import PROBE
from newstui.text.zones import SHANGHAI
from newstui.widgets.footer_layout import hints, layout_footer
from newstui.widgets.row_layout import DIVIDER, layout_row, shown_row
from newstui.widgets.screen_layout import share_out
from newstui.widgets.tab_layout import ALL, Tab, layout_tabs, shows_places

_RESET: Final = "\x1b[0m"
_LEAST: Final = (16, 4)
"""Columns and rows below which the app's own chrome rules are not worth repeating here."""


def show_splash(places: Paths, settings: Settings, environ: Mapping[str, str], now: datetime) -> Takeover | None:
    """Paint the first picture on the terminal of stdin and stdout; None when there was nothing to paint."""
    size = size_of(1)
    if size is None or size[0] < _LEAST[0] or size[1] < _LEAST[1]:
        return None
    try:
        before = termios.tcgetattr(0)
        seen = glance(places.cache, limit=size[1])
        if seen is None or not seen.rows:
            return None
        picture = paint(seen, size, _chosen(settings, seen.choices), environ, now)
        # From here on the terminal is changed, and whatever ends the program first must undo it.
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _end)
        termios.tcsetattr(0, termios.TCSANOW, key_mode(before))
    except (NewstuiError, OSError, termios.error):
        return None
    try:
        write_all(1, encode(picture, terminal_codeset()))
    except BaseException:
        give_back(1, 0, before)
        raise
    return Takeover(before, picture)


def _chosen(settings: Settings, kept: str | None) -> Settings:
    """The settings with what was chosen in the program."""
    if not kept:
        return settings
    from newstui.choices import with_choices

    return with_choices(settings, kept)


def _display(settings: Settings) -> Callable[[str], str] | None:
    """How titles and names are shown; as they are where the tables for another script are missing."""
    if settings.script == "original" and not settings.punctuation:
        return None
    from newstui.text.scripts import ScriptError
    from newstui.widgets.displaying import display
    from newstui.widgets.typography import Script, Typography

    try:
        return display(Typography(punctuation=settings.punctuation, script=cast("Script", settings.script)))
    except ScriptError:
        return display(Typography(punctuation=settings.punctuation))


def take_down(takeover: Takeover | None) -> None:
    """Give the terminal back when the app has not taken it over, or has not given it back itself."""
    if takeover is not None and termios.tcgetattr(0) != takeover.attributes:
        give_back(1, 0, takeover.attributes)


def paint(seen: Glance, size: tuple[int, int], settings: Settings, environ: Mapping[str, str], now: datetime) -> str:
    """The bytes of the first picture, at `size` columns and rows; raises ConfigError for a keymap that is none."""
    lines = compose(seen, size, settings, environ, now)
    colours = palette(theme_name(settings.theme, environ, few=depth(environ) == "16"))
    shades: Depth = depth(environ)
    plain = in_ascii(environ)

    def line(spans: Sequence[Span]) -> str:
        parts = []
        for span in map(ascii_span, spans) if plain else spans:
            look = colours.paint(span.role)
            start = sgr(shades, look.fg, look.bg, bold=look.bold, underline=look.underline, reverse=look.reverse)
            parts.append(f"{start}{cell_text(span.text)}{_RESET}")
        return "".join(parts)

    painted = "".join(f"\x1b[{number};1H{line(spans)}" for number, spans in enumerate(lines, 1))
    return f"{ENTER}{PROBE if settings.ambiguous == 'auto' else ''}{SYNC_START}{painted}{SYNC_END}"


def compose(
    seen: Glance, size: tuple[int, int], settings: Settings, environ: Mapping[str, str], now: datetime
) -> list[list[Span]]:
    """The first picture's lines, each as wide as the screen: what the main screen shows before any key."""
    width, height = size
    words = catalogue(language(settings, environ))
    shown = [
        Tab(ALL, words("tab.all"), seen.totals.unread),
        Tab(STARRED, words("tab.starred"), seen.starred.total),
        *(Tab(place.code, place.name, place.unread) for place in seen.tabs),
    ]
    show = _display(settings)
    if show is not None:
        shown = [tab._replace(name=show(tab.name)) for tab in shown]
    active = next((index for index, tab in enumerate(shown) if tab.id == seen.place), 0)
    shares = share_out(width, height)
    list_width = shares.list_width - len(DIVIDER) if shares.wide else width
    today = now.astimezone(SHANGHAI).date()
    lines: list[list[Span]] = []
    if shares.tabs:
        lines.append([*layout_tabs(shown, active, width).spans])
    first, bottom = len(lines), height - shares.status
    for number, row in enumerate(seen.rows[: bottom - first]):
        above = seen.rows[number - 1] if number else None
        spans = layout_row(
            row if show is None else shown_row(row, show),
            list_width,
            today=today,
            selected=number == 0,
            dated=above is None or above.shown.date() != row.shown.date(),
            with_place=shows_places(seen.place),
            words=words,
            sourced=above is None or above.source != row.source,
        )
        if settings.slow_link == "on":
            spans = [span._replace(role="title") if span.role == "marker" else span for span in spans]
        lines.append(spans)
    lines += [[Span(" " * list_width, "text")] for _ in range(bottom - len(lines))]
    if shares.wide:  # the reader is empty in the app's first frame too
        reader = Span(" " * (width - list_width - len(DIVIDER)), "text")
        for number in range(first, bottom):
            lines[number] = [*lines[number], *DIVIDER, reader]
    if shares.status:
        right = "" if settings.slow_link == "on" else words("list.position", at=1, total=seen.counts.total)
        lines.append(layout_footer(hints("list", words, keymap(settings.keys)), width, right=right))
    return lines


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    """A signal before the app is there: leave by way of the `finally` that gives the terminal back."""
    raise SystemExit(128 + number)
