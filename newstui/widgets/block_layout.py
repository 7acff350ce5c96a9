"""The blocks of an article's body set in lines, whole or a stretch of a long one; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from newstui.locale import Catalogue
from newstui.styles.palette import Role
from newstui.text.widths import cell_width
from newstui.widgets.displaying import JOINER, Run, shown_rows
from newstui.widgets.document import Piece
from newstui.widgets.picture_layout import Pictures, fit
from newstui.widgets.table_layout import SAMPLE, layout_rows, row_text, table_widths
from newstui.widgets.text_setter import Setter
from newstui.widgets.typography import Typography

if TYPE_CHECKING:
    from newstui.model import Block, Link, Stored

_NONE: Final = Pictures()
EM: Final = 4
"""Cells of the two-hanzi indent."""


def body_blocks(article: Stored) -> Sequence[Block]:
    """The body; the paragraphs of the summary when there is none."""
    if article.blocks or not article.summary:
        return article.blocks
    from newstui.model import Block

    return [Block("paragraph", text.strip()) for text in article.summary.split("\n") if text.strip()]


def part_text(article: Stored, part: int) -> str:
    """The text that offsets into a part count in: the title, a block's; "" for links and related headlines."""
    from newstui.model import block_text

    if part == 0:
        return article.row.title
    blocks = body_blocks(article)
    return block_text(blocks[part - 1]) if part <= len(blocks) else ""


def is_shown(block: Block) -> bool:
    """Whether a block has anything to show."""
    return bool(block.text or block.rows or block.kind in ("rule", "image"))


def apart(before: Block, block: Block, typography: Typography) -> bool:
    """Whether a blank line stands between two blocks.

    Papers set paragraphs solid, told apart by their indent; a heading stands with what it is the heading of.
    """
    if before.kind == "heading":
        return block.kind not in ("paragraph", "item", "quote")
    solid = ("item", "quote", "image") if typography.paragraphs == "space" else ("paragraph", "item", "quote", "image")
    return not (before.kind == block.kind and block.kind in solid)


def shown_widths(rows: Sequence[Sequence[str]], measure: int, typography: Typography) -> list[int] | None:
    """The columns of a whole table as it is shown; None when they are too many."""
    return table_widths([*shown_rows(rows[:SAMPLE], typography), *rows[SAMPLE:]], measure)


class BlockSetter:
    """Adds blocks to a slab; offsets are those of `model.block_text`."""

    def __init__(
        self,
        setter: Setter,
        numbers: Mapping[str, int],
        words: Catalogue,
        typography: Typography,
        pictures: Pictures = _NONE,
    ) -> None:
        self._pictures = pictures
        self._setter = setter
        self._numbers = numbers
        self._words = words
        self._typography = typography
        self._indent = EM if typography.paragraphs == "indent" else 0

    def block(self, block: Block, start: int = 0, end: int | None = None) -> None:
        """A block, or the stretch [start, end) of its text; only its beginning has a first-line indent or bullet."""
        setter, end = self._setter, len(block.text) if end is None else end
        match block.kind:
            case "heading":
                setter.flow(self._runs(block, "heading", start, end), balanced=True)
            case "item":
                indent = 2 * max(block.level, 1)
                lead = " " * (indent - 2) + (block.marker or "•")
                indent = max(indent, cell_width(lead) + 1)
                runs = self._runs(block, "text", start, end)
                setter.flow(runs, first=indent, rest=indent, lead="" if start else lead)
            case "quote":
                setter.flow(self._runs(block, "quote", start, end), first=EM, rest=EM)
            case "table":
                self.rows(block.rows, shown_widths(block.rows, setter.measure, self._typography))
            case "image":
                self._image(block, start, end)
            case "code":
                for line in block.text[start:end].split("\n"):
                    setter.flow([Run(line or " ", "code", start, made=not line)], first=2, rest=4)
                    start += len(line) + 1
            case "rule":
                room = setter.measure
                setter.row([Piece(" " * ((room - 5) // 2) + "* * *", "rule")] if room >= 5 else [])
            case _:
                setter.flow(self._runs(block, "text", start, end), first=0 if start else self._indent)

    def _image(self, block: Block, start: int, end: int) -> None:
        number, kept = self._numbers.get(block.url), self._pictures.kept.get(block.url)
        if kept is not None and self._pictures.drawn and not start and block.url not in self._pictures.broken:
            self._setter.picture(fit(block.url, kept, self._setter.measure))
        text = block.text[start:end] or self._words("reader.image")
        runs = [Run(text, "caption", start, made=not block.text, target=-1 if number is None else number)]
        if not start:
            runs.insert(0, Run("〔", "caption", made=True))
        if end == len(block.text):
            runs.append(Run(f" {kept.facts}〕" if kept else "〕", "caption", end, made=True))
            if number is not None:
                runs.append(Run(f"{JOINER}[{number}]", "link", end, made=True, target=number))
        self._setter.flow(runs, first=EM, rest=EM)

    def rows(self, rows: Sequence[Sequence[str]], widths: Sequence[int] | None, offset: int = 0) -> None:
        """Rows of a table; the text of the first begins at `offset` of the block's."""
        starts: list[int] = []
        for row in rows:
            starts.append(offset)
            offset += len(row_text(row)) + 1
        rows = shown_rows(rows, self._typography)
        for number, runs in layout_rows(rows, widths, self._setter.measure):
            at = starts[number]
            pieces = [Piece(run.text, "text", at + run.offset if run.offset >= 0 else -1) for run in runs]
            first = next((piece.offset for piece in pieces if piece.offset >= 0), at)
            self._setter.row(pieces, max(first, at))

    def _runs(self, block: Block, role: Role, start: int, end: int) -> list[Run]:
        """A stretch of a block's text with its links underlined and numbered."""
        if not block.links:
            return [Run(block.text[start:end], role, start)]
        runs: list[Run] = []
        at = start
        for link in sorted(block.links, key=_start):
            low, high = max(link.start, at), min(link.end, end)
            if low >= high or link.url not in self._numbers:
                continue
            number = self._numbers[link.url]
            runs.append(Run(block.text[at:low], role, at))
            runs.append(Run(block.text[low:high], "link", low, target=number))
            if high == min(link.end, len(block.text)):
                runs.append(Run(f"{JOINER}[{number}]", "muted", high, made=True, target=number))
            at = high
        runs.append(Run(block.text[at:end], role, at))
        return [run for run in runs if run.text]


def _start(link: Link) -> int:
    return link.start
