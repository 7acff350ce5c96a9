"""What can be opened from an article, by the numbers that the reader shows; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from newstui.text.clean import clean_line
from newstui.text.widths import clip

if TYPE_CHECKING:
    from newstui.model import Stored

_LABEL: Final = 200
"""Cells of a link's text that are shown in the list of links."""


class Target(NamedTuple):
    """Something that can be opened, by the number the reader shows; number 0 is the article's own page."""

    number: int
    url: str
    label: str
    related: int = -1
    """For a related headline its index in `Stored.related`: its article may be in the cache; else -1."""


def links(article: Stored) -> tuple[Target, ...]:
    """The page, links in the text, pictures, attachments; no address twice."""
    found: dict[str, Target] = {}

    def add(url: str, label: str) -> None:
        if url and url not in found and url != article.row.url:
            found[url] = Target(len(found) + 1, url, clip(clean_line(label), _LABEL) or url)

    for block in article.blocks:
        for link in block.links:
            add(link.url, block.text[link.start : link.end])
        if block.kind == "image":
            add(block.url, block.text)
    for enclosure in article.enclosures:
        add(enclosure.url, enclosure.media_type)
    own = (Target(0, article.row.url, article.row.title),) if article.row.url else ()
    return (*own, *found.values())


def targets(article: Stored) -> tuple[Target, ...]:
    """All that `o` can open, in the order shown: the links, then the related headlines."""
    linked = links(article)
    after = max((target.number for target in linked), default=0) + 1
    return (
        *linked,
        *(
            Target(after + at, article.related[index].url, article.related[index].title, index)
            for at, index in enumerate(related_order(article))
        ),
    )


def related_order(article: Stored) -> list[int]:
    """Indices of the related headlines in the order shown: group by group."""
    groups: dict[str, list[int]] = {}
    for index, headline in enumerate(article.related):
        groups.setdefault(headline.group, []).append(index)
    return [index for members in groups.values() for index in members]
