"""The store's view of the gazetteer: what lies above a place, and its names."""

from __future__ import annotations

from newstui.store.listing import is_tab


def is_place(code: str) -> bool:
    """Whether `code` is a six-digit division code or "tab:NAME"."""
    return (len(code) == 6 and code.isascii() and code.isdigit()) or (is_tab(code) and len(code) > len("tab:"))


def ancestors(code: str) -> tuple[str, ...]:
    """Codes from the outermost to the place itself."""
    if is_tab(code):
        return (code,)
    return tuple(dict.fromkeys((code[:2] + "0000", code[:4] + "00", code)))


def names(code: str) -> tuple[str, str]:
    """Short name and path by short names, e.g. ("新都", "四川/成都/新都")."""
    if is_tab(code):
        name = code.removeprefix("tab:")
        return name, name
    return code, "/".join(ancestors(code))
