"""Marked passages in the text as it is now: where they stand, how they are shown, and their list after it; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from newstui.locale import Catalogue
from newstui.rows import Passage
from newstui.text.anchoring import LEAD, anchored
from newstui.text.widths import clip
from newstui.widgets.block_layout import body_blocks, part_text
from newstui.widgets.displaying import Run
from newstui.widgets.document import Anchor, Piece
from newstui.widgets.selection import Clauses, Selection, in_role
from newstui.widgets.text_setter import Setter

if TYPE_CHECKING:
    from newstui.model import Stored

_QUOTED: Final = 400
"""Cells of a passage that are shown in the list."""
_HEAD: Final = 1000
"""Behind all that the head of an article without a body is counted in."""


class Located(NamedTuple):
    """A passage, and where its words begin now; None when they stand nowhere any more."""

    passage: Passage
    start: Anchor | None
    entry: Anchor
    """Where it stands in the list after the text."""

    @property
    def place(self) -> Anchor:
        """Where one goes to see it."""
        return self.start or self.entry

    @property
    def sign(self) -> str:
        """Beside the text: `*` says that there is a note."""
        return "*" if self.passage.note else "|"


def locate(article: Stored, passages: Sequence[Passage]) -> tuple[Located, ...]:
    """Passages in the order in which they stand in an article's text, those that are lost after them."""
    if not passages:
        return ()
    last = len(body_blocks(article))
    texts = [part_text(article, part) for part in range(last + 1)]
    found = [(anchored(texts, one.part, one.start, one.quote, one.lead), one) for one in passages]
    found.sort(key=lambda pair: (pair[0] is None, pair[0] or pair[1][:2]))
    base = len(texts[last]) + (1 if last else _HEAD)
    return tuple(
        Located(one, None if place is None else Anchor(*place), Anchor(last, base + at))
        for at, (place, one) in enumerate(found)
    )


def passages_of(clauses: Clauses, selection: Selection, note: str) -> tuple[Passage, ...]:
    """What is selected as passages, one for each part that it is of; the first one has the note."""
    made: list[Passage] = []
    for part in range(selection.start.part, selection.end.part + 1):
        if (inner := selection.within(part)) is None:
            continue
        text = clauses.text(part)
        words = text[slice(*inner)]
        start = inner[0] + len(words) - len(words.lstrip())
        if quote := words.strip():
            made.append(Passage(part, start, quote, text[max(0, start - LEAD) : start], "" if made else note))
    return tuple(made)


def marked(
    pieces: Sequence[Piece], part: int, passages: Iterable[Located], standing: Passage | None
) -> Sequence[Piece]:
    """The pieces of a line with the passages in it marked, and their sign in the margin where there is one."""
    sign = ""
    for one in passages:
        if one.start is None or one.start.part != part:
            continue
        low, high = one.start.offset, one.start.offset + len(one.passage.quote)
        if any(0 <= piece.offset < high and piece.offset + len(piece.text) > low for piece in pieces):
            pieces = in_role(pieces, low, high, "selected" if one.passage == standing else "passage")
            sign = max(sign, one.sign, key=lambda each: (each == "*", each))
    if sign and pieces[0].offset < 0 and pieces[0].text.isspace():
        margin = pieces[0].text
        at = max(len(margin) - 2, 0)
        parts = (Piece(margin[:at], "text"), Piece(sign, "unread"), Piece(margin[at + 1 :], "text"))
        pieces = [*(piece for piece in parts if piece.text), *pieces[1:]]
    return pieces


def list_passages(setter: Setter, passages: Sequence[Located], words: Catalogue, *, first: bool) -> None:
    """Set the list of passages with their notes; `first` puts its heading before it."""
    setter.part, at = passages[0].entry
    if first:
        setter.row([], at)
        setter.flow([Run(words("reader.passages"), "group", at, made=True)])
    for one in passages:
        at = one.entry.offset
        quote = clip(one.passage.quote.replace("\t", " "), _QUOTED)
        setter.flow([Run(quote, "quote", at, made=True)], first=2, rest=2, lead=one.sign, lead_role="unread")
        if one.start is None:
            setter.flow([Run(words("passage.lost"), "muted", at, made=True)], first=2, rest=2)
        if one.passage.note:
            setter.flow([Run(one.passage.note, "text", at, made=True)], first=2, rest=2)
