"""A block as a short list of JSON values: how the cache keeps it and how the parser's process hands it over.

The list is part of the cache's format and of its digests, so its order never changes.
"""

from __future__ import annotations

from typing import Any

from newstui.model import Block, Link

_DEFAULTS: tuple[Any, ...] = ("", "", 0, "", "", (), ())


def pack_block(block: Block) -> list[Any]:
    """Kind, text, level, marker, url, rows, links; what is empty at the end is left out, kind and text stay."""
    links = [[link.start, link.end, link.url] for link in block.links]
    parts = [block.kind, block.text, block.level, block.marker, block.url, block.rows, links]
    while len(parts) > 2 and not parts[-1]:
        parts.pop()
    return parts


def unpack_block(parts: list[Any]) -> Block:
    """The block that `pack_block` was given; raises ValueError or TypeError for what is no such list."""
    kind, text, level, marker, url, rows, links = (*parts, *_DEFAULTS[len(parts) :])
    return Block(
        kind, text, level, marker, url, tuple(tuple(row) for row in rows), tuple(Link(*link) for link in links)
    )
