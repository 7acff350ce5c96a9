"""The kept original of an article, read anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from newstui.model import Article
from newstui.sources.pages import Skipped, read_page
from newstui.sources.parts import SEAM, joined


def read_original(
    original: bytes, *, url: str = "", content_type: str = "", title: str = "", captured: datetime | None = None
) -> Article | Skipped:
    """The article in a kept original, which may be of several pages; as `pages.read_page` reads each."""
    pieces = original.split(SEAM)
    if len(pieces) == 1:
        return read_page(original, url=url, content_type=content_type, title=title, captured=captured)
    read = [
        read_page(piece, url="" if at else url, content_type=content_type, title=title, captured=captured)
        for at, piece in enumerate(pieces)
    ]
    for page in read:
        if isinstance(page, Skipped):
            return page
    found = [page for page in read if isinstance(page, Article)]
    return replace(joined(found), original=original)
