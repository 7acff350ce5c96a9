"""Pages that are larger than a page may be, because their pictures are written into them."""

from __future__ import annotations

from typing import IO, Final

from newstui.text.inlined import Lightened

_CHUNK: Final = 1 << 20


def is_markup(head: bytes) -> bool:
    """Whether a file that begins so may be a page with its pictures inside."""
    return head.lstrip(b"\xef\xbb\xbf\r\n \t").startswith(b"<")


def read_page_bytes(head: bytes, opened: IO[bytes], limit: int, inlined: int) -> tuple[bytes, int]:
    """The bytes of a page that begins with `head`, and how many were read for it.

    More than `limit` bytes come back when it is too large. The files inside a page of HTML do not count: it is read up
    to `inlined` bytes, and only what is left without them is held in memory.
    """
    pieces = [head]
    count = len(head)
    while count <= limit and (piece := opened.read(limit + 1 - count)):
        pieces.append(piece)
        count += len(piece)
    data = b"".join(pieces)
    if count <= limit or not is_markup(head) or b";base64," not in data:
        return data, count
    light = Lightened()
    kept = [light.feed(data)]
    left = len(kept[0])
    while left <= limit and (piece := opened.read(_CHUNK)):
        count += len(piece)
        if count > inlined:
            return data, count
        kept.append(light.feed(piece))
        left += len(kept[-1])
    kept.append(light.end())
    return b"".join(kept), count
