"""Files written into a page as data: addresses, taken out of its bytes before anything else reads them (RFC 2397)."""

from __future__ import annotations

import re
from typing import Final

_OPENING: Final = rb"((?i:data:[\w.+-]{1,60}/[\w.+-]{1,80}(?:;[\w=.-]{1,60}){0,4};base64,))"
_INLINED: Final = re.compile(_OPENING + rb"[A-Za-z0-9+/=%]{1024,}+")
_OPEN: Final = re.compile(_OPENING + rb"[A-Za-z0-9+/=%]*+")
_RUN: Final = re.compile(rb"[A-Za-z0-9+/=%]*+")
_LONGEST: Final = 512
"""Bytes that the opening of such an address may take."""


class Lightened:
    """Takes a page in pieces and gives it back without the bytes of the pictures, fonts and sounds inside it.

    What is left of an address, "data:image/png;base64,", says that a picture stood there; short ones (the blank
    images of lazy loading) stay whole. Time grows with the length, memory with what is left.
    """

    def __init__(self) -> None:
        self._held = b""
        self._dropping = False

    def feed(self, piece: bytes) -> bytes:
        """What is left of the page up to somewhere near the end of `piece`."""
        if self._dropping:
            run = _RUN.match(piece)
            piece = piece[run.end() :] if run else piece
            if not piece:
                return b""
            self._dropping = False
        data = self._held + piece
        self._held = b""
        last = data.rfind(b"data:")
        if last >= 0:
            opened = _OPEN.fullmatch(data, last)
            if opened is not None and len(data) - opened.end(1) >= 1024:
                self._dropping = True
            elif opened is not None or len(data) - last < _LONGEST:
                data, self._held = data[:last], data[last:]
        data = _INLINED.sub(rb"\1", data)
        if not self._held and not self._dropping:
            # They may be the first letters of a further "data:".
            data, self._held = data[:-4], data[-4:]
        return data

    def end(self) -> bytes:
        """The rest of the page."""
        return self._held


def lightened(page: bytes) -> bytes:
    """A whole page without the bytes of the files inside it."""
    if b";base64," not in page:
        return page
    kept: list[bytes] = []
    end, at = 0, page.find(b";base64,")
    while at >= 0:
        begin = max(end, at - _LONGEST)
        opening = page[begin:at].lower().rfind(b"data:")
        if opening >= 0 and (found := _INLINED.match(page, begin + opening)) is not None:
            kept.append(page[end : found.end(1)])
            end = found.end()
        at = page.find(b";base64,", max(at + 1, end))
    return b"".join((*kept, page[end:]))
