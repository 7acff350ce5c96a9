"""SQLite files on their way to the parser's process, in parts by row number; nothing of them is read here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Final

from newstui.fetch.decoding import size
from newstui.fetch.found import Budget, Found, Spot

if TYPE_CHECKING:
    from newstui.fetch.containers import Walk

_PART: Final = 4 << 20
"""Bytes of a database for which a job is worth its while: one must end within the pool's seconds."""


def in_database(walk: Walk, at: Spot, head: bytes, opened: IO[bytes], budget: Budget) -> Iterator[Found]:
    """A database: by its path when it lies on disk, so that its size does not matter; else held in memory."""
    data = b""
    asked = {"container": at.member}
    if at.file:
        status = os.fstat(opened.fileno())
        length = status.st_size
        # Its bytes are not in what is found: without its state a database that has grown would be taken for known.
        asked |= {"file": os.path.abspath(at.file), "state": f"{length} {status.st_mtime_ns} {status.st_ino}"}  # noqa: PTH100
    else:
        data = head + opened.read(walk.limits.nested + 1 - len(head))
        length = len(data)
        if at.depth:
            budget.take(length)
        if length > walk.limits.nested:
            yield at.skipped(
                f"a database of more than {size(walk.limits.nested)} inside a container; give it as a file"
            )
            return
    parts = max(1, length // _PART)
    walk.tally.found += parts - 1
    for part in range(parts):
        member = at.inside(f"part {part + 1}").member if parts > 1 else at.member
        yield Found(at.path, member, data, about=at.about, asked={**asked, "part": f"{part}/{parts}"})
