"""Spans to Textual strips in the colours of a palette."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from newstui.styles.palette import Palette, Role, Span
from newstui.styles.signs import ascii_span
from newstui.text.widths import cell_width


class Painter:
    """Paints spans in one palette; foreign text goes into segments as it is, never through markup."""

    def __init__(self, palette: Palette, *, in_ascii: bool = False) -> None:
        """`in_ascii`: the program's own signs are painted in ASCII."""
        self.palette = palette
        self._in_ascii = in_ascii
        self._styles: dict[Role, Style] = {}

    def use(self, palette: Palette) -> None:
        """Paint in another palette from now on."""
        self.palette = palette
        self._styles.clear()

    def style(self, role: Role) -> Style:
        """The Rich style of a role."""
        style = self._styles.get(role)
        if style is None:
            paint = self.palette.paint(role)
            style = self._styles[role] = Style(
                color=paint.fg or None,
                bgcolor=paint.bg or None,
                bold=paint.bold or None,
                underline=paint.underline or None,
                reverse=paint.reverse or None,
            )
        return style

    def strip(self, spans: Sequence[Span], width: int, rest: Role = "text") -> Strip:
        """A strip of exactly `width` cells: the spans, cropped, or filled up in the role `rest`."""
        if self._in_ascii:
            spans = [ascii_span(span) for span in spans]
        cells = sum(cell_width(span.text) for span in spans)
        segments = [Segment(span.text, self.style(span.role)) for span in spans]
        if cells < width:
            segments.append(Segment(" " * (width - cells), self.style(rest)))
            cells = width
        strip = Strip(segments, cells)
        return strip if cells == width else strip.crop(0, width)
