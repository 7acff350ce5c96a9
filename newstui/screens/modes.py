"""What has the keys for a while before the commands have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from textual import events


class Mode(Protocol):
    """One of a time, begun and ended by the main screen."""

    def key(self, event: events.Key) -> bool:
        """Take a key; False leaves it to the command that it is bound to."""

    def command(self, command: str) -> bool:
        """Take a command in place of what carries it out; False leaves it to that."""

    def moved(self) -> None:
        """The text may have been scrolled or set anew."""

    def left(self) -> None:
        """The mode has ended: take from the screen what it has put there."""
