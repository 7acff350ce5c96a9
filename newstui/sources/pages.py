"""A page's bytes to an article: the door for saved HTML pages and portal text dumps."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from newstui.model import Article
from newstui.sources.detect import sniff_magic, sniff_text
from newstui.sources.dump import read_dump
from newstui.sources.html import read_html
from newstui.sources.html_tree import Markup
from newstui.sources.refusals import Skipped
from newstui.sources.saved import read_saved
from newstui.text.charset import declared_by, decode
from newstui.text.inlined import lightened

__all__ = ["PAGE_MAX", "Skipped", "read_page"]

PAGE_MAX: Final = 8 * 2**20
"""Bytes of a page, without the files written into it, that are read; more than this in one page is no article."""

_OTHERS: Final = {
    "feed": "it is a feed, not a page",
    "opml": "it is a list of subscriptions (OPML), not a page",
    "zip": "it is a ZIP archive, not a page",
    "binary": "it is not text",
}


def read_page(
    data: bytes, *, url: str = "", content_type: str = "", title: str = "", captured: datetime | None = None
) -> Article | Skipped:
    """The article in a page's bytes, or why it is none; never raises.

    `url` is where it came from, `content_type` the header it came with, `title` what its container calls it where the
    page does not say so itself, `captured` when its copy was made, from which it may tell its time; each "" or None
    when not known. A file's name is not asked for: its bytes decide what it is, and no title is ever made of a name.
    """
    data = lightened(data)
    if len(data) > PAGE_MAX:
        return Skipped(f"it is larger than {PAGE_MAX // 2**20} MB: no single page is")
    magic = sniff_magic(data)
    if magic is not None:
        return Skipped(_OTHERS[magic])
    text = decode(data, declared_by(content_type)).text
    form = sniff_text(text.lstrip("\ufeff\x00 \t\r\n"))
    if form == "empty":
        return Skipped("it is empty")
    if form not in ("html", "text"):
        return Skipped(_OTHERS[form])
    if form == "text":
        page = read_dump(text, url=url, captured=captured)
        return replace(page, original=text.encode("utf-8", "replace")) if isinstance(page, Article) else page
    saved = read_saved(text, url)
    markup = Markup(saved.html)
    page = read_html(markup, url=saved.url, title=title, captured=saved.captured or captured)
    if isinstance(page, Article):
        # Kept as it was saved: the notes in it are read again whenever it is.
        original = markup.raw if saved.html is text else Markup(text).raw
        return replace(page, captured=saved.captured, original=original)
    return page
