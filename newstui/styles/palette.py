"""Roles to colours, theme by theme: what the Textual theme, the widgets' lines and the splash all paint from.

No colour stands anywhere else. Those of the themes are numbers of xterm's 256, which take half the bytes of "#rrggbb"
to ask for and are the same everywhere. "contrast" keeps to 7:1 against its ground (WCAG 2.2, 1.4.6), "dark" and "light"
to 4.5:1 for text. "ansi" has the terminal's own ground and, for what is coloured, those of its sixteen colours that can
be read on black; "mono" has its own two colours only. Both carry what matters by weight, underline and reverse too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

Role = Literal[
    "text", "muted", "date", "marker", "unread", "star", "title", "title-read", "place", "source", "time",
    "tab", "tab-active", "tab-more", "bar", "key", "label", "message", "error", "progress",
    "headline", "meta", "path", "heading", "quote", "caption", "code", "rule", "link", "group", "related", "here",
    "find", "selected", "passage", "divider",
]  # fmt: skip
ThemeName = Literal["dark", "light", "contrast", "ansi", "mono"]


class Span(NamedTuple):
    """A run of clean text in one role."""

    text: str
    role: Role


class Paint(NamedTuple):
    """How a role looks: colours as "color(N)", xterm's number N, or "" for the ground's own."""

    fg: str = ""
    bg: str = ""
    bold: bool = False
    underline: bool = False
    reverse: bool = False


class Palette(NamedTuple):
    """One theme: its ground and a paint for every role."""

    name: ThemeName
    dark: bool
    fg: str
    """Text colour; "" for the terminal's own."""
    bg: str
    """Ground; "" for the terminal's own."""
    bar: str
    """Ground of dialogs, the prompt and the scroll bar."""
    accent: str
    paints: Mapping[Role, Paint]

    def paint(self, role: Role) -> Paint:
        """The paint of a role with the ground's colours filled in."""
        paint = self.paints[role]
        return Paint(paint.fg or self.fg, paint.bg or self.bg, paint.bold, paint.underline, paint.reverse)


def number_of(colour: str) -> int:
    """xterm's number of a colour "color(N)"."""
    return int(colour[6:-1])


def rgb(number: int) -> tuple[int, int, int]:
    """One of xterm's colours 16 to 255: a cube of six steps a side, then 24 greys."""
    if number >= 232:
        grey = 8 + 10 * (number - 232)
        return grey, grey, grey
    red, green, blue = ((number - 16) // 36, (number - 16) // 6 % 6, (number - 16) % 6)
    return _STEPS[red], _STEPS[green], _STEPS[blue]


def hexadecimal(colour: str) -> str:
    """A colour as "#rrggbb", as Textual's own widgets have it."""
    return "#{:02x}{:02x}{:02x}".format(*rgb(number_of(colour)))


_STEPS: Final = (0, 95, 135, 175, 215, 255)


def _n(number: int) -> str:
    return f"color({number})"


class _Colours(NamedTuple):
    fg: str
    bg: str
    bar: str
    muted: str
    accent: str
    on_accent: str
    star: str
    link: str
    heading: str
    error: str


def _coloured(name: ThemeName, dark: bool, c: _Colours) -> Palette:
    muted = Paint(c.muted)
    paints: dict[Role, Paint] = {
        "text": Paint(),
        "muted": muted,
        "date": Paint(c.heading),
        "marker": Paint(c.on_accent, c.accent, bold=True),
        "unread": Paint(bold=True),  # as the title beside it: a line of the list is then two runs fewer
        "star": Paint(c.star),
        "title": Paint(bold=True),
        "title-read": muted,
        "place": Paint(c.link),
        "source": muted,
        "time": muted,
        "tab": Paint(c.fg, c.bar),
        "tab-active": Paint(c.on_accent, c.accent, bold=True),
        "tab-more": Paint(c.accent, c.bar, bold=True),
        "bar": Paint(c.fg, c.bar),
        "key": Paint(c.fg, c.bar, bold=True),
        "label": Paint(c.fg, c.bar),
        "message": Paint(c.fg, c.bar, bold=True),
        "error": Paint(c.error, c.bar, bold=True),
        "progress": Paint(c.muted, c.bar),
        "headline": Paint(bold=True),
        "meta": muted,
        "path": Paint(c.link),
        "heading": Paint(c.heading, bold=True),
        "quote": Paint(c.muted),
        "caption": Paint(c.muted),
        "code": Paint(c.link),
        "rule": muted,
        "link": Paint(c.link, underline=True),
        "group": Paint(c.heading, bold=True),
        "related": Paint(),
        "here": Paint(underline=True),
        "find": Paint(c.on_accent, c.star),
        "selected": Paint(c.on_accent, c.accent),
        "passage": Paint(c.star, underline=True),
        "divider": Paint(c.fg, c.bar),
    }
    return Palette(name, dark, c.fg, c.bg, c.bar, c.accent, paints)


def _ansi() -> Palette:
    """The sixteen colours: only green, cyan and yellow can be read on black wherever they are as dark as a VGA's."""
    bold = Paint(bold=True)
    green, cyan, yellow = "color(2)", "color(6)", "color(3)"
    paints = dict(_mono().paints) | {
        "date": Paint(cyan),
        "unread": Paint(green),
        "star": Paint(yellow, bold=True),
        "place": Paint(cyan),
        "tab-active": Paint(green, bold=True, reverse=True),
        "marker": Paint(green, bold=True, reverse=True),
        "key": Paint(cyan, bold=True),
        "path": Paint(cyan),
        "heading": Paint(green, bold=True),
        "code": Paint(cyan),
        "link": Paint(cyan, underline=True),
        "group": Paint(green, bold=True),
        "title": bold,
    }
    return Palette("ansi", True, "", "", "", "", paints)


def _mono() -> Palette:
    plain, bold, back = Paint(), Paint(bold=True), Paint(reverse=True)
    paints: dict[Role, Paint] = {
        "text": plain, "muted": plain, "date": plain, "marker": Paint(bold=True, reverse=True), "unread": bold,
        "star": bold, "title": bold, "title-read": plain, "place": plain, "source": plain, "time": plain,
        "tab": plain, "tab-active": Paint(bold=True, reverse=True), "tab-more": bold, "bar": plain, "key": bold,
        "label": plain, "message": bold, "error": back, "progress": plain, "headline": bold, "meta": plain,
        "path": plain, "heading": bold, "quote": plain, "caption": plain, "code": plain, "rule": plain,
        "link": Paint(underline=True), "group": bold, "related": plain, "here": Paint(underline=True),
        "find": back, "selected": back, "passage": Paint(bold=True, underline=True), "divider": plain,
    }  # fmt: skip
    return Palette("mono", True, "", "", "", "", paints)


PALETTES: Final[Mapping[ThemeName, Palette]] = {
    "dark": _coloured("dark", True, _Colours(
        fg=_n(253), bg=_n(234), bar=_n(237), muted=_n(248), accent=_n(115), on_accent=_n(16),
        star=_n(221), link=_n(110), heading=_n(180), error=_n(210),
    )),
    "light": _coloured("light", False, _Colours(
        fg=_n(235), bg=_n(231), bar=_n(254), muted=_n(240), accent=_n(23), on_accent=_n(231),
        star=_n(94), link=_n(25), heading=_n(94), error=_n(124),
    )),
    "contrast": _coloured("contrast", True, _Colours(
        fg=_n(231), bg=_n(16), bar=_n(234), muted=_n(252), accent=_n(226), on_accent=_n(16),
        star=_n(220), link=_n(117), heading=_n(120), error=_n(217),
    )),
    "ansi": _ansi(),
    "mono": _mono(),
}  # fmt: skip


def theme_name(setting: str, environ: Mapping[str, str], *, few: bool = False) -> ThemeName:
    """The theme for the setting; "auto" looks at NO_COLOR (no-color.org), TERM and at COLORFGBG's ground colour.

    `few` says that the terminal has no more than sixteen colours.
    """
    if environ.get("NO_COLOR"):
        return "mono"
    match setting:
        case "dark" | "light" | "contrast" | "ansi" | "mono":
            return setting
    if environ.get("TERM", "").startswith(_COLOURLESS):
        return "mono"
    if environ.get("COLORFGBG", "").rpartition(";")[2] in {"7", "15"}:
        return "mono" if few else "light"
    return "ansi" if few else "dark"


_COLOURLESS: Final = ("vt1", "vt2", "xterm-mono")


def palette(name: ThemeName) -> Palette:
    """The palette of a theme."""
    return PALETTES[name]
