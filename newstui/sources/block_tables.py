"""HTML tables: data as a table block, layout as the blocks that stand in it.

Old Chinese pages put the whole article into tables, so a table is data only when it looks like it: at least two
columns, short plain cells, nothing nested.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from newstui.model import Link
from newstui.sources.block_builder import Draft

_CELL_LIMIT: Final = 400
"""Characters; a longer cell is an article's column, not a datum."""
_CELL_BLOCKS: Final = 6
_SPAN_LIMIT: Final = 50
_INLINE_KINDS: Final = frozenset(("paragraph", "heading", "item", "quote"))


@dataclass(slots=True)
class _Cell:
    """A cell: its blocks are drafts[begin:end] of its table."""

    begin: int
    end: int
    across: int
    down: int


@dataclass(slots=True)
class Table:
    """An open table; text goes to `drafts` while it is open."""

    outer: list[Draft]
    """Where the blocks go that follow it."""
    drafts: list[Draft] = field(default_factory=list)
    layout: bool = False
    """Whether another table stands in it, which no data table has."""
    _rows: list[list[_Cell]] = field(default_factory=list)
    _open: _Cell | None = None

    def open_row(self) -> None:
        """A row opens."""
        self._rows.append([])

    def open_cell(self, element: etree._Element) -> None:
        """A cell opens."""
        if not self._rows:
            self._rows.append([])
        self.closed()
        begin = len(self.drafts)
        self._open = _Cell(begin, begin, _span(element, "colspan"), _span(element, "rowspan"))
        self._rows[-1].append(self._open)

    def closed(self) -> None:
        """A row or cell closes."""
        if self._open is not None:
            self._open.end = len(self.drafts)
            self._open = None

    def finished(self) -> list[Draft]:
        """What the table comes to: blocks before its first cell, then one table block, or all its blocks in order."""
        self.closed()
        rows = [row for row in self._rows if any(cell.end > cell.begin for cell in row)]
        if self.layout or not self._is_data(rows):
            return self.drafts
        return [*self._outside(), self._block(rows)]

    def _is_data(self, rows: list[list[_Cell]]) -> bool:
        if len(rows) < 2 or sum(len(row) > 1 for row in rows) < 2:
            return False
        for row in rows:
            for cell in row:
                drafts = self.drafts[cell.begin : cell.end]
                if len(drafts) > _CELL_BLOCKS or any(draft.kind not in _INLINE_KINDS for draft in drafts):
                    return False
                if sum(len(draft.text) for draft in drafts) > _CELL_LIMIT:
                    return False
        return True

    def _outside(self) -> list[Draft]:
        """Blocks in no cell: captions and stray text."""
        outside: list[Draft] = []
        position = 0
        for row in self._rows:
            for cell in row:
                outside.extend(self.drafts[position : cell.begin])
                position = cell.end
        outside.extend(self.drafts[position:])
        return outside

    def _block(self, rows: list[list[_Cell]]) -> Draft:
        """One table block; cells that a span covers are empty, rows are of one length."""
        grid: list[list[_Cell | None]] = []
        covered: dict[int, int] = {}
        for row in rows:
            line: list[_Cell | None] = []
            for cell in row:
                while covered.get(len(line), 0) > 0:
                    covered[len(line)] -= 1
                    line.append(None)
                for column in range(len(line), len(line) + cell.across):
                    covered[column] = cell.down - 1
                line.extend([cell, *[None] * (cell.across - 1)])
            while covered.get(len(line), 0) > 0:
                covered[len(line)] -= 1
                line.append(None)
            grid.append(line)
        width = max(len(line) for line in grid)
        texts: list[tuple[str, ...]] = []
        links: list[Link] = []
        offset = 0
        for line in grid:
            cells: list[str] = []
            for place in [*line, *[None] * (width - len(line))]:
                text, inner = self._cell(place)
                if inner:
                    links.extend(Link(link.start + offset, link.end + offset, link.url) for link in inner)
                cells.append(text)
                offset += len(text) + 1
            texts.append(tuple(cells))
        return Draft("table", rows=tuple(texts), links=tuple(links))

    def _cell(self, cell: _Cell | None) -> tuple[str, Sequence[Link]]:
        """A cell's text on one line, and its links."""
        drafts = () if cell is None else self.drafts[cell.begin : cell.end]
        if not drafts:
            return "", ()
        if len(drafts) == 1 and not drafts[0].marker:
            return drafts[0].text, drafts[0].links
        text = ""
        links: list[Link] = []
        for draft in drafts:
            if text:
                text += " "
            if draft.marker:
                text += draft.marker + " "
            links.extend(Link(link.start + len(text), link.end + len(text), link.url) for link in draft.links)
            text += draft.text
        return text, links


def _span(element: etree._Element, name: str) -> int:
    value = element.get(name)
    if value is None:
        return 1
    value = value.strip()
    if value.isascii() and value.isdigit() and len(value) < 6:
        return min(max(int(value), 1), _SPAN_LIMIT)
    return 1
