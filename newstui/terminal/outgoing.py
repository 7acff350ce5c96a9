"""The last door: what may leave for the terminal.

Cell text carries no control of any kind (`SAFE_TEXT` holds for it), and the stream as a whole consists of text and of
the few sequences that Textual, the splash and `graphics` emit (ECMA-48 CSI; xterm OSC 8, 22, 52; pictures). Whatever
else stands in it is foreign and is dropped, so that a hole further up cannot reach the person's screen, clipboard or
shell.
"""

from __future__ import annotations

import re
from typing import Final

from newstui.terminal.graphics import KITTY, SIXEL

FORBIDDEN_CHARS: Final = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and line feed, DEL, C1
    "\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"  # BiDi marks, embeddings, overrides, isolates (UAX #9)
    "\ud800-\udfff\U000e0000-\U000e007f"  # lone surrogates; tag characters
)
"""The inside of a regular expression's character class: what no foreign text may bring to a terminal."""

_UNPASTED: Final = re.compile(f"[{FORBIDDEN_CHARS}]|\\n\\Z")
_LATE: Final = "\U0002ebf0-\U0002ee5d\U00031350-\U0003347f"
"""Hanzi of CJK extensions H, I and J: two cells by Unicode, none or one in terminals of today (tmux 3.3, xterm)."""
_FORBIDDEN: Final = re.compile(f"[{FORBIDDEN_CHARS}\t\n{_LATE}]")
_SAFE_LINK: Final = re.compile(r"https?://[\x21-\x7e]{1,2000}")
_ALLOWED: Final = (
    f"[^{FORBIDDEN_CHARS}]++"
    r"|\x1b\[[0-9;:<=>?]*+\$?[A-Hmhlnpu]"
    r"|\r"
    r"|\x1b\]8;(?:id=[0-9-]{1,20})?;(?:https?://[\x21-\x7e]{1,2000})?\x1b\\"
    r"|\x1b\]52;c;[A-Za-z0-9+/=]*\x07"
    r"|\x1b\]22;[a-z-]{1,20}\x07"
    f"|{KITTY}|{SIXEL}"
)
_STREAM: Final = re.compile(f"(?:{_ALLOWED})*+")
_CLIPBOARD: Final = re.compile(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")
_PIECES: Final = re.compile(rf"({_ALLOWED})|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|.", re.DOTALL)


def forbidden_points() -> dict[int, None]:
    """A `str.translate` table that removes every forbidden character; tab and line feed stay."""
    points: dict[int, None] = {}
    for first, last in re.findall(r"(.)-(.)|.", FORBIDDEN_CHARS, re.DOTALL):
        if first:
            points.update(dict.fromkeys(range(ord(first), ord(last) + 1)))
    singles = re.sub(r".-.", "", FORBIDDEN_CHARS, flags=re.DOTALL)
    points.update(dict.fromkeys(map(ord, singles)))
    return points


def is_cell_text(text: str) -> bool:
    """Whether `text` may be written into cells: nothing in it moves, switches, reorders or has another width there."""
    return _FORBIDDEN.search(text) is None


def cell_text(text: str) -> str:
    """`text` as it may be written into cells, as wide as before: of what goes only lone surrogates had a width.

    Hanzi that terminals do not know yet are shown as 〓, as printers have always done for type that they lack.
    """
    return _FORBIDDEN.sub(_instead, text)


def _instead(found: re.Match[str]) -> str:
    char = found[0]
    return "\ufffd" if "\ud800" <= char <= "\udfff" else "〓" if "\U0002ebf0" <= char <= "\U0003347f" else ""


def is_link(url: str) -> bool:
    """Whether `url` may stand in OSC 8: printable ASCII, http or https (RFC 3986 has no others in it)."""
    return _SAFE_LINK.fullmatch(url) is not None


def outgoing(data: str) -> str:
    """`data` without any sequence or character that this program does not emit."""
    if _STREAM.fullmatch(data) is None:
        data = "".join(found[1] for found in _PIECES.finditer(data) if found[1])
    return _CLIPBOARD.sub(_clipboard, data) if "\x1b]52;" in data else data


def _clipboard(found: re.Match[str]) -> str:
    """A clipboard sequence whose text has no control characters but tabs and line feeds within it.

    What is pasted into a shell must not act there at once: a text never ends a line.
    """
    from base64 import b64decode

    try:
        text = b64decode(found[1], validate=True).decode("utf-8")
    except ValueError:
        return ""
    return found[0] if _UNPASTED.search(text) is None else ""
