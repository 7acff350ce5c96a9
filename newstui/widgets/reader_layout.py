"""An article laid out for reading: a document whose slabs are set as they are needed; pure.

Paragraphs are wrapped by `text.wrap` at no more than the measure, centred in a wider pane, and indented by two hanzi
(as GB/T 9704 asks, and every paper does) unless a blank line is asked for between them. Links in the text are followed
by their number in brackets and listed at the end, before the related headlines.

Parts of an article, as anchors and pieces name them: 0 the head (its text is the title), 1 … n the blocks of the body,
n + 1 the list of links, n + 2 the related headlines. Marked passages are listed behind the text of part n.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache, partial
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

from newstui.locale import Catalogue
from newstui.styles.palette import Role
from newstui.text.widths import clip
from newstui.widgets.block_layout import BlockSetter, apart, body_blocks, is_shown, shown_widths
from newstui.widgets.displaying import Run
from newstui.widgets.document import Anchor, Document, Slab, TextLine
from newstui.widgets.passages import Located, list_passages
from newstui.widgets.picture_layout import Pictures
from newstui.widgets.reader_head import set_head
from newstui.widgets.reader_targets import Target, links, targets
from newstui.widgets.table_layout import row_text
from newstui.widgets.text_setter import PIECE, Setter, cut_points
from newstui.widgets.typography import Typography

if TYPE_CHECKING:
    from newstui.model import Stored

_Widths: TypeAlias = Callable[[], list[int] | None]

_SLAB: Final = 4096
"""Code points of a slab of blocks: two or three milliseconds."""
_CODE: Final = 2048
"""Code points of a stretch of a long listing, whose lines are short."""
_ROWS: Final = 1024
"""Code points of a slab of a table, each cell of which is set by itself."""
_LINE: Final = 16
"""What a block counts for beside its text: it begins a line."""
_ENTRIES: Final = 64
"""Links and headlines of a slab."""
_URL: Final = 1000
"""Cells of an address that are shown: those of inlined pictures are as long as the pictures."""
_DEFAULT: Final = Typography()
_NONE: Final = Pictures()


def layout_article(
    article: Stored,
    width: int,
    words: Catalogue,
    typography: Typography = _DEFAULT,
    pictures: Pictures = _NONE,
    here: frozenset[int] = frozenset(),
    passages: Sequence[Located] = (),
) -> Document:
    """An article for a pane `width` cells wide; no line is wider. Nothing is set yet.

    here: indices of the related headlines whose articles are in the cache; they are underlined.
    passages: those that the reader marked; they are listed after the body.
    """
    return _Layout(article, width, words, typography, pictures, here, passages).document()


def landmarks(article: Stored) -> list[int]:
    """The parts that are headings; without any the parts of the body that have something to show."""
    blocks = body_blocks(article)
    headings = [part for part, block in enumerate(blocks, 1) if block.kind == "heading" and block.text]
    return headings or [part for part, block in enumerate(blocks, 1) if is_shown(block)]


class _Layout:
    """An article cut into slabs."""

    def __init__(
        self,
        article: Stored,
        width: int,
        words: Catalogue,
        typography: Typography,
        pictures: Pictures,
        here: frozenset[int],
        passages: Sequence[Located],
    ) -> None:
        self.article = article
        self.width = width
        self.words = words
        self.typography = typography
        self.pictures = pictures
        self.here = here
        self.passages = passages
        self.blocks = body_blocks(article)
        self.shown = [at for at, block in enumerate(self.blocks) if is_shown(block)]
        """Indices of the blocks that have something to show."""
        self.links = links(article)
        self.numbers = {target.url: target.number for target in self.links}
        self.slabs: list[Slab] = []

    def setter(self, part: int) -> Setter:
        """An empty slab that begins in a part."""
        setter = Setter(self.width, self.typography)
        setter.part = part
        return setter

    def blocks_in(self, setter: Setter) -> BlockSetter:
        """What sets blocks into a slab."""
        return BlockSetter(setter, self.numbers, self.words, self.typography, self.pictures)

    def document(self) -> Document:
        """The whole article."""
        self._add(0, 0, len(self.article.row.title) + 200, self._head)
        self._body()
        for at in range(0, len(self.passages), _ENTRIES):
            noted = self.passages[at : at + _ENTRIES]
            size = sum(len(one.passage.quote) + len(one.passage.note) + _LINE for one in noted)
            self._add(*noted[0].entry, size, partial(self._noted, noted, first=at == 0))
        after = len(self.blocks) + 1
        for at in range(0, len(self.links), _ENTRIES):
            size = sum(len(target.url) + _LINE for target in self.links[at : at + _ENTRIES])
            self._add(after, at, size, partial(self._links, at))
        found = targets(self.article)[len(self.links) :]
        for at in range(0, len(found), _ENTRIES):
            size = sum(len(target.label) + _LINE for target in found[at : at + _ENTRIES])
            self._add(after + 1, at, size, partial(self._related, found, at))
        return Document(self.slabs)

    def _add(self, part: int, offset: int, size: int, fill: Callable[[Setter], None]) -> None:
        def lay() -> list[TextLine]:
            setter = self.setter(part)
            fill(setter)
            return setter.lines

        self.slabs.append(Slab(Anchor(part, offset), size, lay))

    def _head(self, setter: Setter) -> None:
        set_head(setter, self.article, self.words)
        if not self.shown:
            setter.part = 1
            setter.flow([Run(self.words("reader.no-body"), "muted")])

    def _body(self) -> None:
        blocks = [self.blocks[at] for at in self.shown]
        sizes = [len(block.text) + _LINE for block in blocks]
        for index, block in enumerate(blocks):
            if block.kind == "table":
                sizes[index] += sum(sum(map(len, row)) + len(row) for row in block.rows)
        big = [index for index, size in enumerate(sizes) if size > PIECE]
        ends = list(accumulate(sizes, initial=0))
        index = 0
        for next_big in (*big, len(blocks)):
            while index < next_big:
                stop = min(max(bisect_right(ends, ends[index] + _SLAB) - 1, index + 1), next_big)
                self._add(self.shown[index] + 1, 0, ends[stop] - ends[index], partial(self._blocks, index, stop))
                index = stop
            if index < len(blocks):
                self._big(index)
                index += 1

    def _blocks(self, first: int, stop: int, setter: Setter) -> None:
        lay = self.blocks_in(setter)
        for index in range(first, stop):
            setter.part = self.shown[index] + 1
            self._part(index, setter)
            lay.block(self.blocks[self.shown[index]])

    def _part(self, index: int, setter: Setter) -> None:
        """What stands between a block and the one before it."""
        if index:
            before, block = self.blocks[self.shown[index - 1]], self.blocks[self.shown[index]]
            if apart(before, block, self.typography):
                setter.blank()

    def _big(self, index: int) -> None:
        """A block that is too long to be set at once."""
        at = self.shown[index]
        block = self.blocks[at]
        if block.kind == "table":
            self._table(index)
            return
        points = cut_points(block.text, _CODE if block.kind == "code" else PIECE)
        for start, end in pairwise(points):
            self._add(at + 1, start, end - start, partial(self._stretch, index, start, end))

    def _stretch(self, index: int, start: int, end: int, setter: Setter) -> None:
        if not start:
            self._part(index, setter)
        lay = self.blocks_in(setter)
        lay.block(self.blocks[self.shown[index]], start, end)

    def _table(self, index: int) -> None:
        at = self.shown[index]
        rows = self.blocks[at].rows
        widths = cache(lambda: shown_widths(rows, self.setter(0).measure, self.typography))
        first, size, offset, start = 0, 0, 0, 0
        for number, row in enumerate(rows):
            length = sum(map(len, row)) + max(len(row), 1)
            if size and size + length > _ROWS:
                self._add(at + 1, start, size, partial(self._rows, index, first, number, start, widths))
                first, size, start = number, 0, offset
            size, offset = size + length, offset + length
            if length > PIECE:
                for low, high in pairwise(cut_points(row_text(row))):
                    self._add(at + 1, start + low, high - low, partial(self._cells, at, number, start, low, high))
                first, size, start = number + 1, 0, offset
        if size:
            self._add(at + 1, start, size, partial(self._rows, index, first, len(rows), start, widths))

    def _cells(self, at: int, number: int, offset: int, low: int, high: int, setter: Setter) -> None:
        """A stretch of a row that is too long to be set at once: its text, cell after cell."""
        text = row_text(self.blocks[at].rows[number])[low:high].replace("\t", " ")
        setter.flow([Run(text, "text", offset + low)])

    def _rows(self, index: int, first: int, stop: int, offset: int, widths: _Widths, setter: Setter) -> None:
        if not first:
            self._part(index, setter)
        lay = self.blocks_in(setter)
        lay.rows(self.blocks[self.shown[index]].rows[first:stop], widths(), offset)

    def _noted(self, noted: Sequence[Located], setter: Setter, *, first: bool) -> None:
        list_passages(setter, noted, self.words, first=first)

    def _links(self, first: int, setter: Setter) -> None:
        if not first:
            setter.blank()
            setter.flow([Run(self.words("reader.links"), "group", made=True)])
        width = len(str(self.links[-1].number)) + 3
        for at, target in enumerate(self.links[first : first + _ENTRIES], first):
            runs = [Run(clip(target.url, _URL), "link", at, made=True, target=target.number)]
            if target.number and target.label != target.url:
                runs.insert(0, Run(target.label + " ", "text", at, made=True, target=target.number))
            setter.flow(runs, first=width, rest=width, lead=f"[{target.number}]", lead_role="muted")

    def _related(self, found: tuple[Target, ...], first: int, setter: Setter) -> None:
        width = len(str(found[-1].number)) + 3
        for at, target in enumerate(found[first : first + _ENTRIES], first):
            group = self.article.related[target.related].group
            if not at or self.article.related[found[at - 1].related].group != group:
                setter.blank()
                setter.flow([Run(group or self.words("reader.related"), "group", at, made=True)])
            role: Role = "here" if target.related in self.here else "related"
            run = Run(target.label, role, at, made=True, target=target.number)
            setter.flow([run], first=width, rest=width, lead=f"[{target.number}]", lead_role="muted")
