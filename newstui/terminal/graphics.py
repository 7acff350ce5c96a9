"""Pictures on terminals that can show them: which protocol a terminal has, and what it is sent; pure.

kitty's graphics protocol (sw.kovidgoyal.net/kitty/graphics-protocol, "Unicode placeholders"): a picture is sent once,
and then stands wherever cells hold its placeholder, so that it moves as text does. Sixel (DEC STD 070): a picture is
sent to a place each time. Inside tmux and GNU screen neither is counted on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

Protocol = Literal["kitty", "sixel", "blocks"]

KITTY: Final = (
    r"\x1b_G(?:(?:a=t,f=100,i=\d{1,3},)?q=2,m=[01];[A-Za-z0-9+/=]*+|a=p,U=1,i=\d{1,3},c=\d{1,3},r=\d{1,3},q=2)\x1b\\"
)
"""A pattern for the sequences of `kitty_picture`, and no others (some read files): they move nothing."""
SIXEL: Final = r"\x1b7\x1b\[\d+;\d+H\x1bP[0-9;]*+q[\x20-\x7e]*+\x1b\\\x1b8"
"""A pattern for `sixel_picture`: cursor and rendition are what they were before (DECSC, DECRC)."""

_CHUNK: Final = 4096
_PLACEHOLDER: Final = "\U0010eeee"
# Those of kitty's rowcolumn-diacritics.txt that number the first rows and columns.
_NUMBERS: Final = (
    "\u0305\u030d\u030e\u0310\u0312\u033d\u033e\u033f\u0346\u034a\u034b\u034c\u0350\u0351\u0352\u0357\u035b\u0363"
    "\u0364\u0365\u0366\u0367\u0368\u0369\u036a\u036b\u036c\u036d\u036e\u036f\u0483\u0484\u0485\u0486\u0487\u0592"
    "\u0593\u0594\u0595\u0597\u0598\u0599\u059c\u059d\u059e\u059f\u05a0\u05a1\u05a8\u05a9\u05ab\u05ac\u05af\u05c4"
    "\u0610\u0611\u0612\u0613\u0614\u0615\u0616\u0617\u0657\u0658\u0659\u065a\u065b\u065d\u065e\u06d6\u06d7\u06d8"
    "\u06d9\u06da\u06db\u06dc\u06df\u06e0\u06e1\u06e2\u06e4\u06e7\u06e8\u06eb\u06ec\u0730\u0732\u0733\u0735\u0736"
    "\u073a\u073d\u073f\u0740\u0741\u0743\u0745\u0747\u0749\u074a\u07eb\u07ec\u07ed\u07ee\u07ef\u07f0\u07f1\u07f3"
    "\u0816\u0817\u0818\u0819\u081b\u081c\u081d\u081e\u081f\u0820\u0821\u0822\u0823\u0825\u0826\u0827\u0829\u082a"
    "\u082b\u082c"
)
LARGEST: Final = len(_NUMBERS)
"""Rows and columns that can be numbered."""
_SIXEL_DATA: Final = re.compile(r"\x1bP[0-9;]*q[\x20-\x7e]*\x1b\\")


def protocol_of(environ: Mapping[str, str]) -> Protocol:
    """How the terminal of this environment shows pictures; "blocks" when it is not known to be able to."""
    if environ.get("TMUX") or environ.get("STY"):
        return "blocks"
    term, program = environ.get("TERM", ""), environ.get("TERM_PROGRAM", "").lower()
    if term in ("xterm-kitty", "xterm-ghostty") or program == "ghostty":
        return "kitty"
    if term.startswith(("foot", "mlterm", "contour", "yaft")) or program in ("wezterm", "iterm.app", "mlterm"):
        return "sixel"
    return "blocks"


def kitty_picture(number: int, png: str, columns: int, rows: int) -> list[str]:
    """Sequences that send a PNG (base64) as picture `number` and have it stand in placeholders of this many cells."""
    sequences = []
    for at in range(0, max(len(png), 1), _CHUNK):
        keys = f"a=t,f=100,i={number},q=2," if not at else "q=2,"
        sequences.append(f"\x1b_G{keys}m={int(at + _CHUNK < len(png))};{png[at : at + _CHUNK]}\x1b\\")
    sequences.append(f"\x1b_Ga=p,U=1,i={number},c={columns},r={rows},q=2\x1b\\")
    return sequences


def kitty_row(row: int, columns: int) -> str:
    """The cells of a row of a picture, whose number is their colour."""
    return "".join(_PLACEHOLDER + _NUMBERS[row] + _NUMBERS[column] for column in range(columns))


def is_sixel(data: str) -> bool:
    """Whether `data` is one sixel picture and nothing else."""
    return _SIXEL_DATA.fullmatch(data) is not None


def sixel_picture(data: str, x: int, y: int) -> str:
    """The sequence that shows a sixel picture at a cell, counted from 0."""
    return f"\x1b7\x1b[{y + 1};{x + 1}H{data}\x1b8"
