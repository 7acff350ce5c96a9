"""Folders: every file in order of names, links held inside, hidden files and saved pages' assets passed over."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from newstui.fetch.filenames import is_hidden, is_page_name, page_of_assets, shown_path
from newstui.fetch.found import Found
from newstui.fetch.omnivore import LARGEST, Library, is_metadata
from newstui.fetch.regular import open_regular, why
from newstui.fetch.shells import is_shell

if TYPE_CHECKING:
    from newstui.fetch.containers import Walk

_READ: Final = 1 << 20
"""Bytes of a page by which it is told whether it is only a frame."""


def in_folder(walk: Walk, root: str) -> Iterator[Found]:
    """Every file under `root`.

    Links to folders are not followed, so there are no loops; a link to a file is read when it ends inside `root`.
    """
    inside = os.path.realpath(root)
    waiting: list[_Ahead] = [_Ahead(root)]
    while waiting:
        ahead = waiting.pop()
        path, reason = ahead.path, ahead.reason
        try:
            mode = os.lstat(path).st_mode if path != root else stat.S_IFDIR
        except OSError as error:
            yield Found(shown_path(path), reason=why(error), failed=True)
            continue
        if stat.S_ISDIR(mode):
            yield from _listed(walk, ahead, waiting)
        elif reason and not (ahead.framed and stat.S_ISREG(mode) and is_page_name(path)):
            yield Found(shown_path(path), reason=reason)
        elif stat.S_ISLNK(mode):
            yield from _link(walk, path, inside)
        elif ahead.library is not None and (name := ahead.named) in ahead.library:
            yield from ahead.library.told(name, walk.file(path, anew=True))
        else:
            yield from walk.file(path)


@dataclass(frozen=True, slots=True)
class _Ahead:
    """A file or folder that is still to be met."""

    path: str
    reason: str = ""
    """Why it is passed over."""
    framed: bool = False
    """Whether the page that it belongs to is only a frame round a page in it, which is read."""
    library: Library | None = None
    """The export of Omnivore that it stands in."""
    named: str = ""
    """Its path in that."""


def _listed(walk: Walk, folder: _Ahead, waiting: list[_Ahead]) -> Iterator[Found]:
    """Put what `folder` holds on the stack, so that it is met in order of names."""
    try:
        with os.scandir(folder.path) as entries:
            kinds = {entry.name: entry.is_dir(follow_symlinks=False) for entry in entries}
    except OSError as error:
        walk.tally.found += 1
        yield Found(shown_path(folder.path), reason=why(error), failed=True)
        return
    ahead: list[_Ahead] = []
    library = folder.library or _library(folder.path, kinds)
    for name in sorted(kinds):
        path = f"{folder.path.rstrip('/')}/{name}"
        if not folder.reason and is_hidden(name):
            walk.tally.found += 1
            yield Found(shown_path(path), reason="hidden")
            continue
        page = "" if folder.reason or not kinds[name] else page_of_assets(name, kinds.__contains__)
        if page:
            framed = _is_frame(f"{folder.path.rstrip('/')}/{page}")
            ahead.append(_Ahead(path, f"belongs to the saved page {shown_path(page)}", framed))
        else:
            named = f"{folder.named}/{name}" if folder.named else name
            ahead.append(_Ahead(path, folder.reason, folder.framed, library, named if library else ""))
        walk.tally.found += not kinds[name]
    waiting.extend(reversed(ahead))


def _library(folder: str, kinds: Mapping[str, bool]) -> Library | None:
    """The unpacked export of Omnivore that a folder is; None for other folders."""
    metadata = [name for name, is_folder in kinds.items() if not is_folder and is_metadata(name)]
    if not metadata or not kinds.get("content"):
        return None

    def load(name: str) -> bytes:
        path = f"{folder.rstrip('/')}/{name}"
        try:
            if Path(path).is_symlink():
                return b""
            with open_regular(path) as opened:
                return opened.read(LARGEST)
        except OSError:
            return b""  # told where it is met

    try:
        listed = {f"content/{name}" for name in os.listdir(f"{folder.rstrip('/')}/content")}  # noqa: PTH208
    except OSError:
        return None
    return Library(sorted(metadata), listed, load)


def _is_frame(page: str) -> bool:
    """Whether a saved page is only a frame round another one; one that cannot be read is not, which is told of it."""
    try:
        with open_regular(page) as opened:
            return is_shell(opened.read(_READ))
    except OSError:
        return False


def _link(walk: Walk, path: str, inside: str) -> Iterator[Found]:
    target = os.path.realpath(path)
    if not target.startswith(inside + os.sep):
        yield Found(shown_path(path), reason="a link that leads out of the folder", failed=True)
    elif Path(target).is_dir():
        yield Found(shown_path(path), reason="a link to a folder, which is read where it lies")
    else:
        yield from walk.file(path)


def fingerprint(path: str) -> str:
    """A digest of the names, sizes and times of all files under `path`: the same as long as nothing there changed."""
    digest = hashlib.sha256()
    waiting = [path]
    while waiting:
        at = waiting.pop()
        try:
            status = Path(at).stat(follow_symlinks=at == path)
            if stat.S_ISDIR(status.st_mode):
                waiting.extend(sorted(f"{at.rstrip('/')}/{name}" for name in os.listdir(at)))  # noqa: PTH208
                continue
            marks = f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
        except OSError as error:
            marks = f"{error.errno}"
        digest.update(os.fsencode(at) + b"\0" + marks.encode() + b"\0")
    return digest.hexdigest()
