"""JSON of any size cut into its elements as it comes, without reading it: brackets are counted outside of strings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_TOKEN: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"|["\[\]{}]', re.DOTALL)
_OPENING: Final = {0x5B: 0x5D, 0x7B: 0x7D}


class TooLongError(Exception):
    """An element is longer than the limit."""


class Cutter:
    """Gives the objects at one depth of a JSON text that comes in blocks: those of an array, or of the text itself.

    depth 0: objects one after the other. 1: the objects of an array. 2: those of an array that is a value of the one
    object there is, e.g. {"data": [{…}]}. limit: bytes of an object, else TooLongError.
    """

    def __init__(self, depth: int, limit: int) -> None:
        self._depth = depth
        self._limit = limit
        self._buffer = b""
        self._at = 0
        self._start = -1
        self._open = bytearray()
        """Closing brackets that are still to come."""

    @property
    def unfinished(self) -> bool:
        """Whether what has come ends inside something."""
        return bool(self._open) or bool(self._buffer.strip())

    def feed(self, block: bytes) -> Iterator[bytes]:
        """The objects that `block` completes."""
        self._buffer += block
        buffer, opened = self._buffer, self._open
        for token in _TOKEN.finditer(buffer, self._at):
            first = buffer[token.start()]
            if first == 0x22:
                if token.end() - token.start() == 1:
                    self._at = token.start()
                    break
            elif first in _OPENING:
                if first == 0x7B and len(opened) == self._depth and (not opened or opened[-1] == 0x5D):
                    self._start = token.start()
                opened.append(_OPENING[first])
            elif opened:
                opened.pop()
                if self._start >= 0 and len(opened) == self._depth:
                    yield buffer[self._start : token.end()]
                    self._start = -1
            self._at = token.end()
        else:
            self._at = len(buffer)
        keep = self._start if self._start >= 0 else self._at
        self._buffer = buffer[keep:]
        self._at -= keep
        if self._start >= 0:
            self._start = 0
        if len(self._buffer) > self._limit:
            raise TooLongError


def depth_of(head: bytes) -> int | None:
    """The depth at which a JSON text that begins with `head` has its records; None for one record a line (JSON Lines).

    `head` should hold the first record whole, else an object is taken for one that wraps an array.
    """
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text.startswith(b"["):
        return 1
    first = next(Cutter(0, len(text) + 1).feed(text), None)
    if first is None:
        return 2
    return 0 if b"\n" in first else None
