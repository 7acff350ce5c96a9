"""One writer at a time for fetch and import: a kernel lock beside the cache."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from newstui.errors import CacheError, LockedError
from newstui.text.clean import clean_line


def lock_path(cache: Path) -> Path:
    """The lock file of a cache: its name with ".lock" after it."""
    return cache.with_name(cache.name + ".lock")


@contextlib.contextmanager
def writer_lock(cache: Path, holder: str) -> Iterator[None]:
    """Hold the writer's lock of `cache` in the name of `holder`, e.g. "newstui fetch".

    Raises LockedError naming who holds it, CacheError when the file cannot be made. `flock` belongs to the open file,
    so the kernel drops it when the process ends, however it ends; the file itself stays and means nothing.
    """
    path = lock_path(cache)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise CacheError(f"{path}: cannot be opened for writing ({error.strerror})") from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LockedError(_held(descriptor)) from error
        except OSError as error:
            raise CacheError(f"{path}: cannot be locked ({error.strerror})") from error
        with contextlib.suppress(OSError):  # a full disk must not stop the holder: the name is a courtesy
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()} {holder}\n".encode(), 0)
        yield
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def _held(descriptor: int) -> str:
    text = os.pread(descriptor, 200, 0).decode("utf-8", "replace")
    number, _, name = clean_line(text).partition(" ")
    if not number.isdigit():
        return "another newstui fetch or import is at work; try again when it has finished"
    return f"{name or 'another newstui'} (process {number}) is at work; try again when it has finished"
