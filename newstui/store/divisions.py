"""The store's view of the gazetteer: what lies above a place, and its names."""

from __future__ import annotations

from typing import Final

TAB: Final = "tab:"


def is_place(code: str) -> bool:
    """Whether `code` is a six-digit division code or "tab:NAME"."""
    return (len(code) == 6 and code.isascii() and code.isdigit()) or (code.startswith(TAB) and len(code) > len(TAB))


def ancestors(code: str) -> tuple[str, ...]:
    """Codes from the outermost to the place itself."""
    if code.startswith(TAB):
        return (code,)
    return tuple(dict.fromkeys((code[:2] + "0000", code[:4] + "00", code)))


def names(code: str) -> tuple[str, str]:
    """Short name and path by short names, e.g. ("新都", "四川/成都/新都")."""
    if code.startswith(TAB):
        return code[len(TAB) :], code[len(TAB) :]
    return code, "/".join(ancestors(code))
