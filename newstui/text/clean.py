"""Untrusted text made safe to keep and to show.

Terminal control (C0, C1, DEL), BiDi embedding, override and isolate controls, lone surrogates, noncharacters and tag
characters are removed: they can rewrite the screen, the clipboard or the order of what is read (Unicode TR36 §3.6,
"Trojan source"). Emoji presentation marks that terminals measure differently (VS15, VS16, keycap, skin tones, ZWJ)
and zero-width blanks are removed too, so that every remaining character has one width everywhere.
"""

from __future__ import annotations

import re
from typing import Final

_DROPPED: Final = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20e3"
    "\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff"
)
UNWANTED: Final = f"{_DROPPED}\\ud800-\\udfff\\t\\v\\f\\r\\x85\\u2028\\u2029"
"""The characters that `clean` changes, as the inside of a pattern's brackets."""
_UNWANTED: Final = re.compile(f"[{UNWANTED}]")
_NEWLINES: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_GONE: Final = re.compile(f"[{_DROPPED}]")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """`text` without anything that can act on a terminal.

    Line breaks of every kind become "\\n", tabs one space, lone surrogates U+FFFD.
    """
    text = text.replace("\t", " ")
    if _UNWANTED.search(text) is None:
        return text
    text = _NEWLINES.sub("\n", text)
    text = _SURROGATES.sub("\ufffd", text)
    return _GONE.sub("", text)


def clean_line(text: str) -> str:
    """`clean` for one-line fields: every run of white space (U+3000 included) becomes one space, ends trimmed."""
    return " ".join(clean(text).split())


def unspaced(text: str) -> str:
    """`text` without any white space (U+3000 included): what two settings of one text have in common."""
    return "".join(text.split())
