"""What `newstui` prints when stdout is no terminal: the newest headlines as text."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from newstui.cli.context import cache_for_writing
from newstui.cli.output import narrate, row_line
from newstui.config import Paths
from newstui.errors import CacheError, LockedError
from newstui.model import View

_LINES: Final = 30
_IMPORT_SECONDS: Final = 300
_WAIT_SECONDS: Final = 30


def print_headlines(paths: Paths) -> int:
    """Print the newest headlines, on the first run those of the starter library; say on stderr how to open the app."""
    if not paths.cache.exists():
        _import_starter(paths.cache)
    with cache_for_writing() as store:
        rows = store.views.window(View(), limit=_LINES)
    for row in rows:
        print(row_line(row))
    if not rows:
        narrate("newstui: no articles yet; add some with `newstui add URL` or `newstui import PATH`")
    narrate("newstui: stdout is no terminal; run `newstui` in one to open the app, `newstui --help` for commands")
    return 0


def _import_starter(cache: Path) -> None:
    """Import the starter library by the same command a person would use, which takes the writer's lock."""
    command = [sys.executable, "-P", "-m", "newstui", "import", "--starter", "--progress", "none"]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_IMPORT_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CacheError(
            f"the starter library could not be imported ({error}); try `newstui import --starter`"
        ) from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        why = said[-1].removeprefix("newstui: ") if said else "the starter library could not be imported"
        if not cache.exists():
            raise CacheError(why)
        # Another first run is at it, say: what it puts there is as good.
        if not _writer_finished(cache):
            narrate(f"newstui: {why}")


def _writer_finished(cache: Path) -> bool:
    """Wait for whoever writes the cache now; False when that takes too long."""
    from newstui.fetch.lock import writer_lock

    limit = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < limit:
        try:
            with writer_lock(cache, "newstui"):
                return True
        except LockedError:
            time.sleep(0.1)
    return False
