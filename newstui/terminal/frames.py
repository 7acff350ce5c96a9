"""Frames as Textual's compositor writes them, read into a grid of cells.

A frame is made of cursor positions (CUP), SGR, hyperlinks (OSC 8) and printable text; a new line that stands before a
CUP says nothing. Anything else in it makes it something that this module does not know.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from newstui.terminal.cells import PLAIN, Look, Screen

_TOKENS: Final = re.compile(
    r"([^\x00-\x1f\x7f-\x9f]+)|\x1b\[([0-9;]*)m|\x1b\[(\d+);(\d+)H|\x1b\]8;([^\x1b\x07]*)\x1b\\|\r?\n(?=\x1b\[\d+;\d+H|\Z)"
)
_FRAME: Final = re.compile(r"\x1b\[\d+;\d+H")
_OFF: Final = {22: (1, 2), 23: (3,), 24: (4, 21), 25: (5, 6), 27: (7,), 28: (8,), 29: (9,), 54: (51, 52), 55: (53,)}
_ON: Final = frozenset({1, 2, 3, 4, 5, 6, 7, 8, 9, 21, 51, 52, 53})


def is_frame(data: str) -> bool:
    """Whether `data` paints cells, as every frame of the compositor does: it starts where it paints."""
    return _FRAME.match(data) is not None


def read_frame(screen: Screen, data: str) -> tuple[int, int] | None:
    """Paint a frame into `screen`; the cursor's column and row after it, from 0.

    None when there is something in the frame that only a terminal can tell the outcome of; the screen may have changed
    by then.
    """
    x = y = at = 0
    look = PLAIN
    for token in _TOKENS.finditer(data):
        if token.start() != at:
            return None
        at = token.end()
        kind = token.lastindex
        if kind == 1:
            x = screen.put(x, y, token[1], look)
        elif kind == 2:
            look = dressed(look, token[2])
        elif kind == 4:
            y, x = int(token[3]) - 1, int(token[4]) - 1
        elif kind == 5:
            look = look._replace(link="" if token[5] == ";" else token[5])
    return (x, y) if at == len(data) else None


@lru_cache(maxsize=8192)
def dressed(look: Look, parameters: str) -> Look:
    """A look after an SGR sequence with these parameters (ECMA-48 8.3.117, with ISO 8613-6 colours)."""
    codes = parameters.split(";")
    fg, bg, attrs = look.fg, look.bg, set(look.attrs)
    at = 0
    while at < len(codes):
        code = int(codes[at] or 0)
        at += 1
        if code == 0:
            fg = bg = ""
            attrs.clear()
        elif code in _ON:
            attrs.add(code)
        elif code in _OFF:
            attrs.difference_update(_OFF[code])
        elif code in (38, 48):
            size = 4 if codes[at : at + 1] == ["2"] else 2
            colour = ";".join([str(code), *codes[at : at + size]])
            at += size
            fg, bg = (colour, bg) if code == 38 else (fg, colour)
        elif code in (39, 49):
            fg, bg = ("", bg) if code == 39 else (fg, "")
        elif 30 <= code <= 37 or 90 <= code <= 97:
            fg = str(code)
        elif 40 <= code <= 47 or 100 <= code <= 107:
            bg = str(code)
    return Look(fg, bg, tuple(sorted(attrs)), look.link)
