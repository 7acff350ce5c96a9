"""A page's bytes to an article: the door for saved HTML pages and portal text dumps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from newstui.model import Article
from newstui.sources.detect import Kind, sniff_magic, sniff_text
from newstui.sources.dump import read_dump
from newstui.sources.html import read_html
from newstui.sources.html_tree import Markup
from newstui.sources.refusals import Skipped
from newstui.sources.saved import read_saved
from newstui.text.charset import declared_by, decode
from newstui.text.inlined import lightened

__all__ = ["PAGE_MAX", "Opened", "Skipped", "opened", "read_opened", "read_page"]

PAGE_MAX: Final = 8 * 2**20
"""Bytes of a page, without the files written into it, that are read; more than this in one page is no article."""

_TOO_LARGE: Final = f"it is larger than {PAGE_MAX // 2**20} MB: no single page is"
_OTHERS: Final = {
    "feed": "it is a feed, not a page",
    "opml": "it is a list of subscriptions (OPML), not a page",
    "zip": "it is a ZIP archive, not a page",
    "binary": "it is not text",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A file's bytes, decoded and judged once for all who look at it."""

    kind: Kind
    text: str
    """Without the bytes of pictures written into it; "" for what is no text."""
    size: int
    """Bytes of that."""


def opened(data: bytes, content_type: str = "") -> Opened:
    """What a file is, and its text; `content_type` is the header it came with, "" when not known."""
    magic = sniff_magic(data)
    if magic is not None:
        return Opened(magic, "", len(data))
    data = lightened(data)
    text = decode(data, declared_by(content_type)).text
    return Opened(sniff_text(text.lstrip("\ufeff\x00 \t\r\n")), text, len(data))


def read_page(
    data: bytes, *, url: str = "", content_type: str = "", title: str = "", captured: datetime | None = None
) -> Article | Skipped:
    """The article in a page's bytes, or why it is none; never raises.

    `url` is where it came from, `content_type` the header it came with, `title` what its container calls it where the
    page does not say so itself, `captured` when its copy was made, from which it may tell its time; each "" or None
    when not known. A file's name is not asked for: its bytes decide what it is, and no title is ever made of a name.
    """
    if len(data) > PAGE_MAX:
        data = lightened(data)
        if len(data) > PAGE_MAX:
            return Skipped(_TOO_LARGE)
    return read_opened(opened(data, content_type), url=url, title=title, captured=captured)


def read_opened(page: Opened, *, url: str = "", title: str = "", captured: datetime | None = None) -> Article | Skipped:
    """`read_page` for a file that is decoded already."""
    if page.size > PAGE_MAX:
        return Skipped(_TOO_LARGE)
    if page.kind == "empty":
        return Skipped("it is empty")
    if page.kind not in ("html", "text"):
        return Skipped(_OTHERS[page.kind])
    text = page.text
    if page.kind == "text":
        return read_dump(text, url=url, captured=captured, original=text.encode("utf-8", "replace"))
    markup = Markup(text)
    saved = read_saved(markup, url)
    found = read_html(saved.html, url=saved.url, title=title, captured=saved.captured or captured)
    if isinstance(found, Article):
        # Kept as it was saved: the notes in it are read again whenever it is.
        return replace(found, captured=saved.captured, original=markup.raw)
    return found
