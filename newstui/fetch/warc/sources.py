"""The bytes of a web archive, unpacked and with their places on disk, in stretches between damages.

A stretch ends at damage or at the end of the file: `read` then gives b"", `damage` says what was met, and `onward` goes
to the next place from which reading makes sense again. Compressed archives hold one gzip member (WARC 1.1 annex D.2) or
one Zstandard frame a record, so damage costs the records of one member only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import IO, Final, Protocol

from newstui.fetch.found import BudgetError
from newstui.fetch.regular import why

_CHUNK: Final = 1 << 17
"""Bytes read from the file at once."""
ARC_LINE: Final = (
    rb"[A-Za-z][A-Za-z0-9+.\-]{1,20}:[^\r\n]{0,8000}? [0-9A-Fa-f.:\-]{1,45} \d{8,17} "
    rb"(?:[^\r\n]{0,2000} )?\d{1,15} *\r*\n"
)
"""The line before a record of an ARC file: address, IP, time, type, …, length."""
BEGINNING: Final = re.compile(rb"WARC/\d\.\d+[ \t]*\r*\n[\w\-]+[ \t]*:|" + ARC_LINE)
"""How a record begins."""


@dataclass(frozen=True, slots=True)
class Damage:
    """Where reading had to stop: byte of the file as it lies on disk, and what is wrong there."""

    offset: int
    what: str
    broken: bool = True
    """Whether the bytes before it may be false; else it was only cut short."""


class Source(Protocol):
    """Unpacked bytes in stretches."""

    damage: Damage | None

    def read(self) -> bytes:
        """Some more bytes; b"" where a stretch ends, for a reason in `damage` or at the end of the file."""
        ...

    def onward(self) -> bool:
        """Go on behind the damage; False when nothing is left to read."""
        ...

    def place(self, position: int) -> tuple[int, int]:
        """Of an unpacked position: byte of the file where its member begins, and bytes unpacked since."""
        ...


class Raw:
    """A file's own bytes; a failing read ends it as the end of a damaged file does."""

    def __init__(self, stream: IO[bytes], start: int) -> None:
        self._stream = stream
        self.offset = start
        """Of the next byte."""
        self.error = ""

    def read(self) -> bytes:
        """Some more bytes; b"" at the end or at an error, which `error` then names."""
        if self.error:
            return b""
        try:
            chunk = self._stream.read(_CHUNK)
        except BudgetError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever the unpacker below raises, what it gave before stays
            self.error = why(error)
            return b""
        self.offset += len(chunk)
        return chunk


class PlainSource:
    """An archive that is not compressed."""

    def __init__(self, stream: IO[bytes], start: int) -> None:
        self.damage: Damage | None = None
        self._raw = Raw(stream, start)
        self._start = start

    def read(self) -> bytes:
        """Some more bytes."""
        chunk = self._raw.read()
        if not chunk and self._raw.error and self.damage is None:
            self.damage = Damage(self._raw.offset, self._raw.error)
        return chunk

    def onward(self) -> bool:
        """Nothing is left after a failing read."""
        self.damage = None
        return False

    def place(self, position: int) -> tuple[int, int]:
        """The byte itself."""
        return self._start + position, 0
