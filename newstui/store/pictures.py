"""Pictures kept as files beside the cache, for reading without a network.

A picture's file is named by a digest of its address and by its size in pixels, so that the text can be set round it
without opening it. Files are written under another name first: one that is there is whole. They can be deleted at any
time; the pictures of starred articles are fetched again.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from newstui.store.bodies import decode
from newstui.store.connection import Database

if TYPE_CHECKING:
    from newstui.model import Block

_NAME: Final = re.compile(r"([0-9a-f]{32})-([1-9]\d{0,5})x([1-9]\d{0,5})")
_WEB: Final = re.compile("https?://", re.IGNORECASE)


class Picture(NamedTuple):
    """A picture that is kept."""

    path: Path
    width: int
    """Pixels."""
    height: int
    size: int
    """Bytes."""


class Illustrated(NamedTuple):
    """The pictures of a starred article."""

    starred: int
    """When it was starred, in ms since the epoch."""
    page: str
    """The address of its page; "" when it has none."""
    urls: tuple[str, ...]


def pictures_in(blocks: Iterable[Block]) -> tuple[str, ...]:
    """Addresses of the pictures on the web in an article's body, none twice."""
    return tuple(dict.fromkeys(one.url for one in blocks if one.kind == "image" and _WEB.match(one.url)))


class Pictures:
    """The folder of pictures; it is made when the first one is kept."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder
        self._database = database

    def starred(self, since: int = 0) -> Iterator[Illustrated]:
        """Pictures on the web of the articles starred at `since` (ms since the epoch) or later, earliest star first."""
        found = self._database.rows(
            "SELECT a.row, a.url, m.starred_at FROM articles AS a INDEXED BY all_starred "
            "JOIN marks AS m ON m.id = a.id WHERE a.starred = 1 AND m.starred_at >= ? ORDER BY m.starred_at",
            (since,),
        )
        for row, page, starred in found:
            content = self._database.row("SELECT content FROM bodies WHERE row = ?", (row,))
            if content is not None:
                body = self._database.intact(decode, content[0])
                yield Illustrated(starred, page or "", pictures_in(body.blocks))

    def find(self, url: str) -> Picture | None:
        """The picture of this address, if it is kept."""
        key = _key(url)
        return next((picture for found, picture in self._in(key[:2]) if found == key), None)

    def keep(self, url: str, data: bytes, width: int, height: int) -> None:
        """Keep a picture of `width` × `height` pixels in place of the one it had; raises OSError."""
        key = _key(url)
        folder = self.folder / key[:2]
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{key}-{width}x{height}"
        draft = folder / f"{name}.{os.getpid()}.new"
        try:
            draft.write_bytes(data)
            draft.replace(folder / name)
        finally:
            draft.unlink(missing_ok=True)
        for found, picture in list(self._in(key[:2])):
            if found == key and picture.path.name != name:
                picture.path.unlink(missing_ok=True)

    def prune(self, urls: Collection[str]) -> int:
        """Delete all pictures but those of these addresses; how many went."""
        kept, gone = {_key(url) for url in urls}, 0
        for shard in (f"{number:02x}" for number in range(256)):
            for key, picture in list(self._in(shard)):
                if key not in kept:
                    picture.path.unlink(missing_ok=True)
                    gone += 1
        return gone

    def _in(self, shard: str) -> Iterator[tuple[str, Picture]]:
        with suppress(FileNotFoundError, NotADirectoryError), os.scandir(self.folder / shard) as entries:
            for entry in entries:
                named = _NAME.fullmatch(entry.name)
                if named and entry.is_file(follow_symlinks=False):
                    size = entry.stat(follow_symlinks=False).st_size
                    yield named[1], Picture(Path(entry.path), int(named[2]), int(named[3]), size)


def _key(url: str) -> str:
    return sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:32]
