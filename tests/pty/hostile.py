"""Hostile text, and how to see whether any of it reached a terminal."""

from __future__ import annotations

import re
from base64 import b64decode
from typing import Final

MARK: Final = "毒标"
"""Stands in front of and behind every attack, so that a test can see that the text was really shown."""

ATTACKS: Final = {
    "title": "\x1b]0;PWNED\x07",
    "clear": "\x1b[2J\x1b[3J",
    "move": "\x1b[1;1HPWNED",
    "reset": "\x1bc",
    "clipboard": "\x1b]52;c;UFdORUQ=\x07",
    "link": "\x1b]8;;file:///etc/passwd\x1b\\x\x1b]8;;\x1b\\",
    "c1-csi": "\x9b2J\x9b31m",
    "c1-osc": "\x9d52;c;UFdORUQ=\x9c",
    "dcs": '\x1bP$q"p\x1b\\',
    "bidi": "\u202eabc\u202c\u2066x\u2069\u200e\u200f\u061c",
    "separators": "a\u2028b\u2029c\x85d",
    "c0": "a\x00b\x07c\x08d\x0be\x0cf\rg\x0eh\x0f",
    "del": "a\x7fb",
    "tags": "\U000e0041\U000e0042",
    "surrogate": "\ud83d",
    "markup": "[/b][bold]x[/bold][@click=app.quit]y[/][link=file:///x]z[/link] [red",
}

HOSTILE: Final = {name: f"{MARK}{attack}{MARK}" for name, attack in ATTACKS.items()}
ALL: Final = MARK + "".join(ATTACKS.values()) + MARK

# What the program itself sends: everything else that is a control is foreign.
_OWN: Final = re.compile(
    rb"\x1b\[[0-9;]*[mrHABCDGKLMXd]|\x1b\[6n|\x08|\x1b\[\?[0-9;]+[hl]|\x1b\[\?[0-9;]+\$p|\x1b\[[<>][0-9]*u"
    rb"|\xe2\x94\x80\x1b\[6n"  # the probe: how far one character moves the cursor
    rb"|\x1b\]8;id=[0-9-]+;https?://[\x21-\x7e]+\x1b\\|\x1b\]8;;\x1b\\|\x1b\]22;[a-z-]+\x07|\x1b\\"
)
_CONTROL: Final = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
)


_COPIED: Final = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")


def _is_link(payload: bytes) -> bool:
    return re.fullmatch(rb"https?://[\x21-\x7e]*", b64decode(payload)) is not None


def foreign_controls(wire: bytes) -> list[str]:
    """Controls on the wire that the program does not send by itself, each with what stands round it.

    Raises UnicodeDecodeError when the bytes are not UTF-8: raw C1 bytes are found that way.
    """
    wire = _COPIED.sub(lambda found: b"" if _is_link(found[1]) else found[0], wire)
    # The pty's line discipline turns LF into CR LF.
    text = _OWN.sub(b"", wire).decode("utf-8")
    found = [ascii(text[max(0, hit.start() - 20) : hit.end() + 30]) for hit in _CONTROL.finditer(text)]
    acted = [b"\x1b[2J", b"\x1b[3J", b"PWNED\x07", b"\x1b]52;c;UFdORUQ="]
    return found + [ascii(sign) for sign in acted if sign in wire]
