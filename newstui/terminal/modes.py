"""Taking the terminal and giving it back: alternate screen, keyboard mode, and the sequences that undo all of it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import struct
import termios
from typing import Any, Final, NamedTuple

Attributes = list[Any]
"""What `termios.tcgetattr` gives."""

ENTER: Final = "\x1b[?1049h\x1b[?25l\x1b[?7l"
"""Alternate screen, no cursor, no wrapping at the right edge."""

LEAVE: Final = (
    "\x1b\\\x1b[0m\x1b[?2026l"  # ends a sequence that was cut in the middle, then colours, then a held frame
    "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"  # mouse
    "\x1b[?2004l\x1b[?1004l\x1b[?2048l\x1b[<u"  # paste, focus, size reports, kitty keys
    "\x1b[?7h\x1b[?1049l\x1b[?25h"
)
"""Undoes everything that the app and the splash switch on; harmless where it was never on."""

SYNC_START: Final = "\x1b[?2026h"
SYNC_END: Final = "\x1b[?2026l"


class Takeover(NamedTuple):
    """A terminal that the splash has taken already and that the app takes over from it."""

    attributes: Attributes
    """The keyboard mode before the splash: what must be restored in the end."""
    painted: str = ""
    """What the splash has written, to the end."""


def key_mode(attributes: Attributes) -> Attributes:
    """`attributes` for the time before the app reads keys: they wait in the kernel unechoed.

    Ctrl-C still interrupts; Ctrl-Z and Ctrl-\\ wait like other keys, so that the app can suspend in order.
    """
    changed = [*attributes[:6], list(attributes[6])]
    changed[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    changed[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
    changed[6][termios.VMIN] = 1
    changed[6][termios.VTIME] = 0
    for key in (termios.VSUSP, termios.VQUIT):
        changed[6][key] = b"\x00"
    return changed


def raw_output(keyboard: int) -> None:
    """Let what is written reach the terminal as it is: no carriage return is added to a line feed."""
    with contextlib.suppress(termios.error):  # no terminal, or gone
        attributes = termios.tcgetattr(keyboard)
        attributes[1] &= ~termios.OPOST
        termios.tcsetattr(keyboard, termios.TCSANOW, attributes)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of `data`; raises OSError when the terminal has gone."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def give_back(output: int, keyboard: int, attributes: Attributes | None, patience: float = 0.3) -> None:
    """Leave the alternate screen and restore the keyboard mode; a stalled line costs at most `patience` seconds."""
    import threading  # the splash comes before it is needed, and it may not cost the splash anything

    def write() -> None:
        with contextlib.suppress(OSError):  # the terminal has gone: nothing is left to restore
            write_all(output, LEAVE.encode())

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    writer.join(patience)
    if attributes is not None:
        with contextlib.suppress(termios.error):
            termios.tcsetattr(keyboard, termios.TCSANOW, attributes)


def size_of(descriptor: int) -> tuple[int, int] | None:
    """Columns and rows of the terminal, None when it does not say."""
    try:
        columns, rows = os.get_terminal_size(descriptor)
    except OSError:
        return None
    return (columns, rows) if columns > 0 and rows > 0 else None


def cell_pixels(descriptor: int) -> tuple[int, int] | None:
    """Width and height in pixels of a cell of the terminal (TIOCGWINSZ), None when it does not say."""
    try:
        size = fcntl.ioctl(descriptor, termios.TIOCGWINSZ, bytes(8))
    except OSError:
        return None
    rows, columns, width, height = struct.unpack("HHHH", size)
    return (width // columns, height // rows) if rows and columns and width >= columns and height >= rows else None
