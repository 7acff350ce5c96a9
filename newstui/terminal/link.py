"""How slow the line to the terminal is, and how much may be under way on it.

A terminal answers a question (DSR 6, ECMA-48 8.3.35) when it has taken in everything before it, so the time until the
answer is the round trip and what the bytes in front of the question took. That is the only way to know: a pty, a
socket and a modem take kilobytes into buffers that nobody can look into, and frames that wait there are old.
"""

from __future__ import annotations

from typing import Final, Literal

Setting = Literal["auto", "on", "off"]

QUESTION: Final = "\x1b[6n"

_SLOW: Final = 0.3
"""Seconds of round trip from which a line counts as slow."""
_FAST: Final = 0.15
"""Seconds below which it no longer does."""
_AGAIN: Final = 20.0
"""Seconds between questions on a line that is not slow; none is asked while nothing is written."""
_MUCH: Final = 256
"""Bytes that are under way on a slow line before the next frame waits for them."""
_RATE: Final = 960.0
"""Bytes a second that are counted on from a terminal that does not answer: 9600 bit/s."""
_AHEAD: Final = 0.25
"""Seconds that may be under way to a terminal that does not answer."""


class Link:
    """What has been sent and answered; times are seconds of one clock."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self.slow = setting == "on"
        self._sent = 0.0
        """Bytes of which nothing has been heard."""
        self._asked: float | None = None
        self._last = float("-inf")
        self._clear = 0.0
        """When the line has carried what was sent, at `_RATE`."""

    def sent(self, count: int, now: float) -> bool:
        """`count` bytes are sent; whether `QUESTION` should go after them."""
        self._sent += count
        self._clear = max(self._clear, now) + count / _RATE
        if self._setting == "off" or self._asked is not None:
            return False
        ask = self._sent >= _MUCH if self.slow else now - self._last >= _AGAIN
        if ask:
            self._asked = self._last = now
        return ask

    def answered(self, now: float) -> bool:
        """The terminal has answered; whether `slow` is another than before."""
        if self._asked is None:
            return False
        trip, self._asked = now - self._asked, None
        self._sent, self._clear = 0.0, now
        before = self.slow
        if self._setting == "auto":
            self.slow = trip >= (_FAST if self.slow else _SLOW)
        return self.slow != before

    def wait(self, now: float) -> float:
        """Seconds until the next frame should be sent, should no answer come before; 0 when it may go at once."""
        if not self.slow or self._sent < _MUCH:
            return 0.0
        left = max(self._clear - now - _AHEAD, 0.0)
        if not left:  # it does not answer, but by now it has had the time
            self._sent, self._asked = 0.0, None
        return left
