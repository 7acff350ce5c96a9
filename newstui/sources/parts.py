"""Pages of one article put together again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from newstui.model import Article, Block, Headline
from newstui.text.clean import unspaced

SEAM: Final = b"\x00\x1c\x00newstui: next page\x00\x1c\x00"
"""Between the originals of one article's pages; a page holds these bytes by malice only, which gains nothing."""
_MARK: Final = re.compile(
    r"\s*(?:[(（\[【]\s*(?:第?\s*\d{1,3}\s*页?|\d{1,3}\s*/\s*\d{1,3})\s*[)）\]】]|[-_—|]?\s*第\s*\d{1,3}\s*页)\s*$"
)


def without_page_mark(title: str) -> str:
    """A title without the number of its page: 标题(2), 标题（第2页）, 标题_第2页."""
    return _MARK.sub("", title) or title


def joined(parts: Sequence[Article]) -> Article:
    """One article of its pages, in their order; a page that is missing between two of them is told in its place."""
    first = parts[0]
    if len(parts) == 1:
        return first
    title = without_page_mark(first.title)
    blocks: list[Block] = []
    related: dict[Headline, None] = {}
    expected = 1
    for article in parts:
        number = article.part.number if article.part is not None else 0
        if number > expected:
            gap = f"{expected}" if number == expected + 1 else f"{expected}–{number - 1}"
            blocks.append(Block("paragraph", f"（第 {gap} 页不在存档里）"))
        expected = max(number, expected) + 1
        heads = {unspaced(title), unspaced(article.title)}
        own = list(article.blocks)
        while own and blocks and unspaced(own[0].text) in heads:
            del own[0]
        blocks.extend(own)
        related.update(dict.fromkeys(article.related))
    return replace(
        first,
        title=title,
        byline=_first(article.byline for article in parts),
        author=_first(article.author for article in parts),
        editor=_first(article.editor for article in parts),
        column=_first(article.column for article in parts),
        place=_first(article.place for article in parts),
        published=next((article.published for article in parts if article.published), None),
        updated=next((article.updated for article in parts if article.updated), None),
        blocks=tuple(blocks),
        related=tuple(related),
        part=None,
        original=SEAM.join(article.original for article in parts if article.original),
        # Streams of zlib one after another are one file of as many pages (RFC 1950 ends each by itself).
        original_zlib=b"".join(article.original_zlib for article in parts),
    )


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")
