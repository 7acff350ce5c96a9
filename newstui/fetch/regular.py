"""Opening files of this machine, none of which may block or never end."""

from __future__ import annotations

import os
import stat
from typing import BinaryIO

from newstui.fetch.filenames import shown


class NotRegularError(OSError):
    """Not a regular file: a FIFO, a device, a socket or a folder."""


def open_regular(path: str) -> BinaryIO:
    """The file at `path`, open for reading; raises NotRegularError for what could block or never end, else OSError."""
    # O_NONBLOCK: opening a FIFO must not wait for its writer. It means nothing for a regular file.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    try:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            kind = "a folder" if stat.S_ISDIR(mode) else "a pipe" if stat.S_ISFIFO(mode) else "a device or socket"
            raise NotRegularError(f"not a file but {kind}")
        # Not os.fdopen: the open file should know its path, so that an archive can be read again.
        return open(path, "rb", opener=lambda _path, _flags: descriptor)
    except BaseException:
        os.close(descriptor)
        raise


def why(error: BaseException) -> str:
    """An error's reason in a few words, fit to be shown."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return shown(str(error)) or type(error).__name__
