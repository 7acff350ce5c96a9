"""Sources on this machine: a file: URL or a path is read under the same limits as an answer from the network."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from newstui.errors import UsageError
from newstui.fetch.decoding import Body, BodyError
from newstui.fetch.locations import brief
from newstui.fetch.regular import NotRegularError, open_regular, why
from newstui.fetch.replies import FetchError, Reply

_STEP = 1 << 20


def local_path(address: str) -> str | None:
    """The path that a source's address means on this machine; None when it is an address in the network.

    Raises UsageError for a file: URL that names another host or is none.
    """
    scheme = address.partition(":")[0].lower() if ":" in address else ""
    if scheme in ("http", "https", "rsshub", "archive"):
        return None
    if scheme == "file":
        try:
            parts = urlsplit(address)
        except ValueError as error:
            raise UsageError(f"{brief(address)}: not a valid address") from error
        if parts.netloc not in ("", "localhost"):
            raise UsageError(f"{brief(address)}: a file on another machine; use file:///path")
        return os.fsdecode(unquote_to_bytes(parts.path))
    try:
        return str(Path(address).expanduser())
    except RuntimeError:  # "~x" where no user is called x: a file's own name
        return address


def read_file(path: str, limit: int) -> Reply:
    """The file at `path` as if it had been fetched; raises FetchError for what is no file, too large or unreadable."""
    taken = Body("", limit)
    try:
        with open_regular(path) as opened:
            while chunk := opened.read(_STEP):
                taken.add(chunk)
        return Reply(200, path, taken.done(), wire=taken.wire)
    except BodyError as error:
        raise FetchError(str(error), wire=taken.wire) from error
    except NotRegularError as error:
        raise FetchError(str(error)) from error
    except (OSError, ValueError) as error:
        raise FetchError(f"the file cannot be read ({why(error)})") from error
