"""Files that a person asked for: written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from newstui.errors import NewstuiError


def write_whole(path: Path, parts: Iterable[bytes]) -> None:
    """Put `parts` into the file at `path`, which keeps its old content until all is written; raises NewstuiError.

    A link's target is replaced, not the link; a device or pipe (/dev/stdout) is written to as it is.
    """
    try:
        if path.is_relative_to("/dev") or path.is_relative_to("/proc") or (path.exists() and not path.is_file()):
            with path.open("wb") as file:
                file.writelines(parts)
            return
        target = Path(os.path.realpath(path))
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name[:40]}.", delete=False) as file:
            part = Path(file.name)
            try:
                file.writelines(parts)
                file.flush()
                os.fsync(file.fileno())
                part.chmod(_mode(target))
                part.replace(target)
            except BaseException:
                part.unlink(missing_ok=True)
                raise
    except BrokenPipeError:
        raise
    except OSError as error:
        raise NewstuiError(f"{path}: cannot be written ({error.strerror or error})") from error


def _mode(target: Path) -> int:
    """The permissions the file has, or a new one would get."""
    try:
        return target.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
