"""What a terminal can do, by its TERM: what matters for writing little."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from newstui.terminal.pen import Terminal

_VT100: Final = ("vt1", "vt2", "ansi", "dumb", "cons25")


def terminal_of(environ: Mapping[str, str]) -> Terminal:
    """The terminal of this environment; everything that calls itself a VT100 is taken at its word.

    GNU screen fills what is erased with its own ground unless it is told otherwise; tmux, which calls itself screen
    too, does not.
    """
    term = environ.get("TERM", "")
    if term.startswith(_VT100):
        return Terminal(erases_coloured=False, columns=False, undresses=False, scrolls=False)
    screen = term.startswith("screen") and not environ.get("TMUX")
    return Terminal(erases_coloured=not screen)
