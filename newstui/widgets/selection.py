"""A selected range of an article's text: moved and stretched clause by clause, copied as it was written; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from newstui.styles.palette import Role
from newstui.text.clauses import character_before, clause_end, clause_start, next_character
from newstui.widgets.block_layout import body_blocks, part_text
from newstui.widgets.document import Anchor, Piece, TextLine

if TYPE_CHECKING:
    from newstui.model import Stored


class Selection(NamedTuple):
    """The text from `start` up to `end`, in one part or several."""

    start: Anchor
    end: Anchor

    def within(self, part: int) -> tuple[int, int] | None:
        """The range [low, high) of a part's text that is selected; None when nothing of it is."""
        if not self.start.part <= part <= self.end.part:
            return None
        low = self.start.offset if part == self.start.part else 0
        high = self.end.offset if part == self.end.part else 1 << 60
        return (low, high) if low < high else None


class Clauses:
    """The clauses of an article's title and body."""

    def __init__(self, article: Stored) -> None:
        self._article = article
        self._parts = 1 + len(body_blocks(article))
        self._kept = (-1, "")

    def text(self, part: int) -> str:
        """The text of a part."""
        if self._kept[0] != part:
            self._kept = part, part_text(self._article, part) if 0 <= part < self._parts else ""
        return self._kept[1]

    def at(self, place: Anchor) -> Selection | None:
        """The clause at a place, else the first one after it."""
        text = self.text(place.part)
        if place.offset >= len(text):
            return self.after(place)
        start = clause_start(text, place.offset)
        return self._whole(place.part, start) or self.after(Anchor(place.part, clause_end(text, start)))

    def after(self, place: Anchor) -> Selection | None:
        """The first clause that begins at a place or after it; None at the end."""
        part, at = place
        while part < self._parts:
            text = self.text(part)
            while at < len(text):
                if (found := self._whole(part, at)) is not None:
                    return found
                at = clause_end(text, at)
            part, at = part + 1, 0
        return None

    def before(self, place: Anchor) -> Selection | None:
        """The last clause that begins before a place; None at the beginning."""
        part, at = place
        while part >= 0:
            text = self.text(part)
            at = min(at, len(text))
            while at > 0:
                at = clause_start(text, at - 1)
                if (found := self._whole(part, at)) is not None and found.start < place:
                    return found
            part, at = part - 1, 1 << 60
        return None

    def last(self) -> Selection | None:
        """The last clause of all."""
        return self.before(Anchor(self._parts - 1, 1 << 60))

    def _whole(self, part: int, start: int) -> Selection | None:
        """The clause that begins at a place, without white space at its ends; None when there is nothing else."""
        text = self.text(part)
        end = clause_end(text, start)
        clause = text[start:end]
        shown = clause.strip()
        if not shown:
            return None
        start += len(clause) - len(clause.lstrip())
        return Selection(Anchor(part, start), Anchor(part, start + len(shown)))

    def longer(self, selection: Selection, *, by_character: bool = False) -> Selection:
        """The selection and one clause, or character, more at its end."""
        part, at = selection.end
        if by_character and at < len(self.text(part)):
            return selection._replace(end=Anchor(part, next_character(self.text(part), at)))
        following = self.after(selection.end)
        if following is None:
            return selection
        end = following.end
        if by_character:
            end = Anchor(end.part, next_character(self.text(end.part), following.start.offset))
        return selection._replace(end=end)

    def shorter(self, selection: Selection, *, by_character: bool = False) -> Selection:
        """The selection without its last clause, or character, as long as something is left."""
        part, at = selection.end
        if by_character and at > 0:
            end = Anchor(part, character_before(self.text(part), at))
            if end.offset > 0:
                return selection._replace(end=end) if end > selection.start else selection
        else:
            last = self.before(selection.end)
            end = selection.start if last is None else last.start
        kept = self.before(end)
        return selection if kept is None or kept.end <= selection.start else selection._replace(end=kept.end)

    def copied(self, selection: Selection) -> str:
        """The selected text as it was written, each part on a line of its own."""
        found: list[str] = []
        for part in range(selection.start.part, selection.end.part + 1):
            if (inner := selection.within(part)) is not None and (text := self.text(part)[slice(*inner)].strip()):
                found.append(text)
        return "\n".join(found)


def in_role(pieces: Iterable[Piece], low: int, high: int, role: Role) -> list[Piece]:
    """Pieces of one part with what stands in the range [low, high) of its text in another role."""
    found: list[Piece] = []
    for piece in pieces:
        size = len(piece.text)
        start = min(max(low - piece.offset, 0), size)
        end = min(max(high - piece.offset, start), size)
        if piece.offset < 0 or start == end:
            found.append(piece)
            continue
        for begin, stop, look in ((0, start, piece.role), (start, end, role), (end, size, piece.role)):
            if begin < stop:
                found.append(piece._replace(text=piece.text[begin:stop], role=look, offset=piece.offset + begin))
    return found


def text_places(line: TextLine) -> tuple[Anchor, Anchor] | None:
    """Where an article's own text on a line begins and ends; None when there is none on it."""
    own = [piece for piece in line.pieces if piece.offset >= 0 and piece.text.strip()]
    if not own:
        return None
    part = line.anchor.part
    return Anchor(part, own[0].offset), Anchor(part, own[-1].offset + len(own[-1].text))


def place_at(line: TextLine, cell: int) -> Anchor | None:
    """The code point on a cell of a line, the nearest one of the article's own; None when there is none on it."""
    ends = text_places(line)
    if ends is None:
        return None
    first, behind = ends
    found = line.piece_at(cell)
    if found is None:
        return Anchor(first.part, behind.offset - 1)
    if found[0].offset >= 0:
        return Anchor(first.part, found[0].offset + found[1])
    place = first
    for piece in line.pieces[: line.pieces.index(found[0])]:
        if piece.offset >= 0:
            place = Anchor(first.part, piece.offset + len(piece.text) - 1)
    return place


def first_clause(clauses: Clauses, lines: Sequence[TextLine]) -> Selection | None:
    """The first clause that begins on the lines of a screen, else the one that goes on there."""
    seen = [ends for line in lines if (ends := text_places(line)) is not None]
    if not seen:
        return None
    found = clauses.at(seen[0][0])
    if found is not None and found.start < seen[0][0]:
        following = clauses.after(found.end)
        if following is not None and following.start < seen[-1][1]:
            return following
    return found
