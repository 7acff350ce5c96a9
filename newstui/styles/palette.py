"""Roles to colours, theme by theme: what the Textual theme, the widgets' lines and the splash all paint from.

No colour stands anywhere else. "mono" uses the terminal's own two colours and carries every difference by weight,
underline and reverse; "contrast" keeps to 7:1 against its ground (WCAG 2.2, 1.4.6), the others to 4.5:1 for text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

Role = Literal[
    "text", "muted", "date", "marker", "unread", "star", "title", "title-read", "place", "source", "time",
    "tab", "tab-active", "tab-more", "bar", "key", "label", "message", "error", "progress",
    "headline", "meta", "path", "heading", "quote", "caption", "code", "rule", "link", "group", "related", "find",
    "divider",
]  # fmt: skip
ThemeName = Literal["dark", "light", "contrast", "mono"]


class Span(NamedTuple):
    """A run of clean text in one role."""

    text: str
    role: Role


class Paint(NamedTuple):
    """How a role looks: colours as "#rrggbb", or "" for the ground's own."""

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
    """Text colour "#rrggbb"; "" for the terminal's own."""
    bg: str
    """Ground "#rrggbb"; "" for the terminal's own."""
    bar: str
    """Ground of dialogs, the prompt and the scroll bar."""
    accent: str
    paints: Mapping[Role, Paint]

    def paint(self, role: Role) -> Paint:
        """The paint of a role with the ground's colours filled in."""
        paint = self.paints[role]
        return Paint(paint.fg or self.fg, paint.bg or self.bg, paint.bold, paint.underline, paint.reverse)


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
        "unread": Paint(c.accent),
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
        "key": Paint(c.accent, c.bar, bold=True),
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
        "find": Paint(c.on_accent, c.star),
        "divider": Paint(c.fg, c.bar),
    }
    return Palette(name, dark, c.fg, c.bg, c.bar, c.accent, paints)


def _mono() -> Palette:
    plain, bold, back = Paint(), Paint(bold=True), Paint(reverse=True)
    paints: dict[Role, Paint] = {
        "text": plain, "muted": plain, "date": plain, "marker": Paint(bold=True, reverse=True), "unread": bold,
        "star": bold, "title": bold, "title-read": plain, "place": plain, "source": plain, "time": plain,
        "tab": plain, "tab-active": Paint(bold=True, reverse=True), "tab-more": bold, "bar": plain, "key": bold,
        "label": plain, "message": bold, "error": back, "progress": plain, "headline": bold, "meta": plain,
        "path": plain, "heading": bold, "quote": plain, "caption": plain, "code": plain, "rule": plain,
        "link": Paint(underline=True), "group": bold, "related": plain, "find": back, "divider": plain,
    }  # fmt: skip
    return Palette("mono", True, "", "", "", "", paints)


PALETTES: Final[Mapping[ThemeName, Palette]] = {
    "dark": _coloured("dark", True, _Colours(
        fg="#d8dee9", bg="#14181d", bar="#232a33", muted="#93a0b0", accent="#7cc4a8", on_accent="#0d1512",
        star="#e8c268", link="#86b8e8", heading="#e0a878", error="#f08a8a",
    )),
    "light": _coloured("light", False, _Colours(
        fg="#22282e", bg="#fbf9f4", bar="#e8e3d8", muted="#525c66", accent="#0f6a4c", on_accent="#ffffff",
        star="#8a5c00", link="#1a5798", heading="#8f4310", error="#a51d1d",
    )),
    "contrast": _coloured("contrast", True, _Colours(
        fg="#ffffff", bg="#000000", bar="#1c1c1c", muted="#c8c8c8", accent="#ffff00", on_accent="#000000",
        star="#ffd000", link="#80d8ff", heading="#7fff7f", error="#ffa0a0",
    )),
    "mono": _mono(),
}  # fmt: skip


def theme_name(setting: str, environ: Mapping[str, str]) -> ThemeName:
    """The theme for the setting; "auto" looks at NO_COLOR (no-color.org) and at COLORFGBG's ground colour."""
    if environ.get("NO_COLOR"):
        return "mono"
    match setting:
        case "dark" | "light" | "contrast" | "mono":
            return setting
    ground = environ.get("COLORFGBG", "").rpartition(";")[2]
    return "light" if ground in {"7", "15"} else "dark"


def palette(name: ThemeName) -> Palette:
    """The palette of a theme."""
    return PALETTES[name]
