"""What `newstui` prints when stdout is no terminal: the newest headlines as text."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from typing import Final

from newstui.cli.output import narrate, row_line
from newstui.config import Paths
from newstui.errors import CacheError
from newstui.model import View
from newstui.store import open_store

_LINES: Final = 30
_IMPORT_SECONDS: Final = 300


def print_headlines(paths: Paths) -> int:
    """Print the newest headlines, on the first run those of the starter library; say on stderr how to open the app."""
    if not paths.cache.exists():
        _import_starter()
    now = datetime.now(UTC)
    store = open_store(paths.cache, now=now)
    try:
        rows = store.views.window(View(), limit=_LINES)
    finally:
        store.close()
    for row in rows:
        print(row_line(row))
    if not rows:
        narrate("newstui: no articles yet; add some with `newstui add URL` or `newstui import PATH`")
    narrate("newstui: stdout is no terminal; run `newstui` in one to open the app, `newstui --help` for commands")
    return 0


def _import_starter() -> None:
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
        raise CacheError(said[-1].removeprefix("newstui: ") if said else "the starter library could not be imported")
