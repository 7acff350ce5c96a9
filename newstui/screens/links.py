"""Opening a link in a browser, when there is one on this machine that does not want our terminal."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from asyncio.subprocess import DEVNULL
from collections.abc import Mapping
from urllib.parse import urlsplit


def opener(environ: Mapping[str, str] = os.environ) -> str:
    """The program that opens a link on this machine's own screen; "" when there is none (SSH, no display)."""
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        return ""
    if sys.platform == "darwin":
        return shutil.which("open") or ""
    if environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"):
        return shutil.which("xdg-open", path=environ.get("PATH")) or ""
    return ""


def can_browse(url: str, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether `url` may be handed to a browser here: only http(s), never a file or a program's own scheme."""
    return urlsplit(url).scheme in ("http", "https") and bool(opener(environ))


async def open_in_browser(url: str) -> bool:
    """Start the browser apart from our terminal; False when it could not be started."""
    try:
        await asyncio.create_subprocess_exec(
            opener(), url, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True
        )
    except OSError:
        return False
    return True
