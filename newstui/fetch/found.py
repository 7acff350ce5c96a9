"""What a walk through files and containers finds, and how much of them it may read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import BinaryIO, Final

_MIB: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a container is read, so that a bomb ends in a message."""

    page: int = 32 * _MIB
    """Bytes of one page, without the files written into it."""
    inlined: int = 256 * _MIB
    """Bytes of one page with them."""
    nested: int = 128 * _MIB
    """Bytes of containers inside others, which are held in memory, together."""
    members: int = 1_000_000
    """Files in one container."""
    directory: int = 96 * _MIB
    """Bytes of a ZIP file's table of contents."""
    depth: int = 6
    """Containers inside one another: a WACZ, itself a ZIP with WARCs, in a ZIP in a tar has four."""
    streams: int = 4
    """Compressed streams on the way to a file; they are no containers, but may unpack to themselves for ever."""
    ratio: int = 200
    """Bytes that a container may unpack to, for each of its own."""
    least: int = 64 * _MIB
    """Bytes that any container may unpack to."""


@dataclass(frozen=True, slots=True)
class About:
    """What a container says of one of its members; it fills in where the page itself is silent."""

    url: str = ""
    """Where the page came from."""
    content_type: str = ""
    """The header it came with."""
    captured: datetime | None = None
    """When the copy was made."""
    title: str = ""
    byline: str = ""
    author: str = ""
    column: str = ""
    published: datetime | None = None

    def asked(self) -> dict[str, str]:
        """The fields that are known, as the parser's process takes them; times as ISO 8601."""
        return {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name in self.__slots__
            if (value := getattr(self, name))
        }


NOTHING: Final = About()


@dataclass(frozen=True, slots=True)
class Found:
    """One file met on the way."""

    path: str
    """As the person gave it or as the walk found it, fit to be shown."""
    member: str = ""
    """Path inside the container; "" for a plain file."""
    data: bytes = field(default=b"", repr=False)
    reason: str = ""
    """Why it is not read; "" when `data` is to be read."""
    failed: bool = False
    """With a reason: it is damaged or could not be had, rather than passed over."""
    about: About = NOTHING
    asked: dict[str, str] = field(default_factory=dict)
    """What else the parser's process is to know, as `jobs.answer` takes it."""


@dataclass(slots=True)
class Tally:
    """How many files are known of so far, and how many bytes of those on disk are behind the walk."""

    found: int = 0
    passed: int = 0
    """Bytes of files on disk that are finished."""
    opened: BinaryIO | None = None
    """The file on disk that is being read."""

    @property
    def read(self) -> int:
        """Bytes of files on disk that the walk has come past; inside a compressed file its compressed ones."""
        if self.opened is None or self.opened.closed:
            return self.passed
        return self.passed + self.opened.tell()


@dataclass(slots=True)
class Budget:
    """Bytes that the container at hand and all inside it may still unpack to, within those of the one around it."""

    left: int
    around: Budget | None = None

    def take(self, count: int) -> None:
        """Use some, here and around; raises BudgetError when it is spent."""
        if self.around is not None:
            self.around.take(count)
        self.left -= count
        if self.left < 0:
            raise BudgetError(self)


class BudgetError(Exception):
    """A container unpacks to more than its size makes believable."""

    def __init__(self, budget: Budget) -> None:
        super().__init__("it unpacks to far more than its size; what is left of it stays unread")
        self.budget = budget
        """The one that is spent."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an open file stands."""

    path: str
    member: str
    depth: int
    about: About = NOTHING
    streams: int = 0
    """Compressed streams around it."""
    file: str = ""
    """The path itself of the file on disk; "" for what is inside of one."""

    @property
    def on_disk(self) -> bool:
        """Whether it is the file itself, which can seek, rather than something inside it."""
        return self.depth == 0 and self.streams == 0

    def inside(self, name: str, about: About = NOTHING) -> Spot:
        """A member of the container that stands here."""
        member = f"{self.member}/{name}" if self.member else name
        return Spot(self.path, member, self.depth + 1, about, self.streams)

    def unpacked(self) -> Spot:
        """What the compressed stream that stands here unpacks to."""
        return replace(self, streams=self.streams + 1, file="")

    def found(self, data: bytes) -> Found:
        """It is to be read."""
        return Found(self.path, self.member, data, about=self.about)

    def skipped(self, reason: str) -> Found:
        """It is passed over."""
        return Found(self.path, self.member, reason=reason)

    def failed(self, reason: str) -> Found:
        """It could not be read."""
        return Found(self.path, self.member, reason=reason, failed=True)
