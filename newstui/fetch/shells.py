"""Pages that are only a frame round another one: told by their markup without building its tree (pure)."""

from __future__ import annotations

import re
from typing import Final

_TOKEN: Final = re.compile(rb"<!--|<(/?)([A-Za-z][A-Za-z0-9]{0,20})|([^<]+)|<")
_SILENT: Final = {
    name: re.compile(rb"</" + name, re.IGNORECASE)
    for name in (b"script", b"style", b"title", b"noframes", b"noscript", b"textarea", b"select", b"template")
}
"""Elements whose text is not shown, and how they end."""
_READ: Final = 4 << 20
"""Bytes of a page that are looked at."""
_LITTLE: Final = 300
"""Bytes of text, links included, that a page made of frames may have of its own."""


def is_shell(html: bytes) -> bool:
    """Whether a page is a frameset, or an iframe with hardly any text of its own round it."""
    html = html[:_READ]
    framed = False
    text = 0
    at = 0
    while (token := _TOKEN.search(html, at)) is not None:
        at = token.end()
        if token[0] == b"<!--":
            at = _past(html, b"-->", at)
            continue
        if token[3] is not None:
            text += len(b"".join(token[3].split()))
            if text > _LITTLE:
                return False
            continue
        if token[2] is None:
            continue
        name = token[2].lower()
        at = _past(html, b">", at)
        if token[1]:
            continue
        if name == b"frameset":
            return True
        framed = framed or name in (b"iframe", b"frame")
        if name in _SILENT:
            ended = _SILENT[name].search(html, at)
            at = len(html) if ended is None else ended.start()
    return framed


def _past(html: bytes, mark: bytes, at: int) -> int:
    """Where the text after `mark` begins; the end when it is missing."""
    found = html.find(mark, at)
    return len(html) if found < 0 else found + len(mark)
