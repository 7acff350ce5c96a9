"""How much there is to read, so that an import can say how long it will take."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from newstui.fetch.filenames import is_hidden

_MOST: Final = 200_000
"""Files looked at: more would keep a person waiting for the first page."""


def measured(paths: Sequence[str | os.PathLike[str]]) -> int:
    """Bytes of all files under `paths` that an import looks into; 0 when they are too many to be told at once."""
    size = count = 0
    waiting = [os.fspath(path) for path in paths]
    if "-" in waiting:
        return 0
    given = len(waiting)
    while waiting:
        path = waiting.pop()
        count += 1
        if count > _MOST:
            return 0
        try:
            # Links given by name are followed, those inside folders are not.
            status = Path(path).stat(follow_symlinks=len(waiting) < given)
            given = min(given, len(waiting))
            if stat.S_ISDIR(status.st_mode):
                with os.scandir(path) as entries:
                    waiting.extend(entry.path for entry in entries if not is_hidden(entry.name))
            elif stat.S_ISREG(status.st_mode):
                size += status.st_size
        except (OSError, ValueError):
            continue  # the walk tells why
    return size
