"""What is found in an article: searched stretch by stretch, so that nothing waits for the end; pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from newstui.styles.palette import Role
from newstui.text.matching import Matcher
from newstui.widgets.block_layout import body_blocks
from newstui.widgets.document import Anchor, Piece, TextLine
from newstui.widgets.text_setter import PIECE, cut_points

if TYPE_CHECKING:
    from newstui.model import Stored

_OVERLAP: Final = 128
"""Code points of the next stretch that are looked at with one: what is found goes over where a long text is cut."""


class Hit(NamedTuple):
    """A range [start, end) of a part's text."""

    part: int
    start: int
    end: int


class Search:
    """The hits in an article's title and body, in order, as far as it has been searched."""

    def __init__(self, article: Stored, matcher: Matcher) -> None:
        self.hits: list[Hit] = []
        self.done = False
        self._matcher = matcher
        self._title = article.row.title
        self._blocks = body_blocks(article)
        self._part = 0

    def step(self, size: int = 2 * PIECE) -> None:
        """Search the next parts, about `size` code points of them or one long part."""
        from newstui.model import block_text

        while size > 0 and not self.done:
            text = block_text(self._blocks[self._part - 1]) if self._part else self._title
            self._search(self._part, text)
            size -= len(text) + 16
            self._part += 1
            self.done = self._part > len(self._blocks)

    def _search(self, part: int, text: str) -> None:
        if len(text) <= PIECE:
            self.hits += [Hit(part, start, end) for start, end in self._matcher(text)]
            return
        behind = 0
        for low, high in pairwise(cut_points(text)):
            for start, end in self._matcher(text[low : high + _OVERLAP]):
                if behind <= low + start < high:
                    self.hits.append(Hit(part, low + start, low + end))
                    behind = low + end


def next_hit(hits: Sequence[Hit], place: Anchor, *, backwards: bool = False, past: bool = False) -> int | None:
    """Index of the first hit from a place on (the last one before it), round the ends; None when there is none.

    past: not one that starts at the place.
    """
    if not hits:
        return None
    if backwards:
        return (bisect_left(hits, (*place, 0)) - 1) % len(hits)
    at = bisect_right(hits, (*place, 1 << 60)) if past else bisect_left(hits, (*place, 0))
    return at % len(hits)


def highlighted(line: TextLine, hits: Sequence[Hit], current: Anchor | None) -> list[Piece]:
    """A line's pieces with what is found in it marked; the hit that one stands on, at `current`, is marked apart."""
    part = line.anchor.part
    pieces: list[Piece] = []
    for piece in line.pieces:
        low, high = piece.offset, piece.offset + len(piece.text)

        def add(start: int, end: int, role: Role, piece: Piece = piece) -> None:
            text = piece.text[start - piece.offset : end - piece.offset]
            if text:
                pieces.append(piece._replace(text=text, role=role, offset=start))

        at = low
        index = max(bisect_right(hits, (part, low, 1 << 60)) - 1, 0) if low >= 0 else len(hits)
        while index < len(hits) and hits[index] < (part, high, 0):
            hit = hits[index]
            index += 1
            if hit.part < part or hit.end <= at:
                continue
            start, end = max(hit.start, at), min(hit.end, high)
            role: Role = "marker" if (hit.part, hit.start) == current else "find"
            add(at, start, piece.role)
            add(start, end, role)
            at = end
        add(at, high, piece.role)
    return pieces
