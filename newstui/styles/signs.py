"""The program's own signs, and their ASCII forms for the C locale; pure.

Text is shown as it is in any locale: what a person set in the C locale means is that the program's own marks, bullets
and arrows stay within ASCII, which every font and every screen reader has. Each form is one cell, as the sign is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from newstui.styles.palette import Role, Span

_ASCII: Final = str.maketrans("●★▲‹›•←→↑↓", "o*^<>*<>^v")
_OWN: Final[frozenset[Role]] = frozenset(
    ("unread", "star", "marker", "tab-more", "bar", "key", "label", "message", "error", "progress", "divider")
)
"""Roles of what the program itself says."""
_SHORT: Final = 12
"""Characters of the longest bullet, or list of keys, that stands in another role."""
_COERCED: Final = ("C.UTF-8", "C.utf8", "UTF-8")
"""What Python puts into LC_CTYPE in the C locale (PEP 538)."""


def in_ascii(environ: Mapping[str, str]) -> bool:
    """Whether the locale is C or POSIX, or none is set: LC_ALL, then LC_CTYPE, then LANG, as POSIX has it."""
    names = [environ.get("LC_ALL", ""), environ.get("LC_CTYPE", ""), environ.get("LANG", "")]
    if names[1] in _COERCED:
        names[1] = ""
    return next((name for name in names if name), "C") in ("C", "POSIX")


def ascii_span(span: Span) -> Span:
    """`span` with the program's signs in ASCII; what is an article's stays as it is."""
    if span.text.isascii():
        return span
    changed = span.text.translate(_ASCII)
    if span.role in _OWN or (changed.isascii() and len(span.text.strip()) <= _SHORT):
        return Span(changed, span.role)
    return span
