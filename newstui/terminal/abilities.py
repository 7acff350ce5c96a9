"""What a terminal can do, by its entry in terminfo."""

from __future__ import annotations

_NONE = ("", "dumb", "unknown")
_UP = b"\x1b[%p1%dA"


def moves_up(term: str) -> bool:
    """Whether the terminal called `term` moves its cursor up by CUU (ECMA-48 8.3.22), as every one of today does.

    One that terminfo does not know is taken for one of today, unless it says that it is none.
    """
    if term in _NONE:
        return False
    import curses

    try:
        curses.setupterm(term, 1)
    except curses.error:
        return True
    # The sequence with a count: for one line some have another one (screen's is RI), or padding behind it (vt100).
    return (curses.tigetstr("cuu") or b"").startswith(_UP)
