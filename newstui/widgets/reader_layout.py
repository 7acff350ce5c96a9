"""An article set for reading: lines of spans at a measure; pure.

Paragraphs are wrapped by `text.wrap` at no more than the measure, centred in a wider pane, and indented by two hanzi
(as GB/T 9704 asks, and every paper does) unless a blank line is asked for between them. Links in the text are followed
by their number in brackets and listed at the end.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from newstui.locale import Catalogue
from newstui.styles.palette import Role, Span
from newstui.text.clean import clean_line
from newstui.text.widths import cell_width, pad
from newstui.text.wrap import wrap
from newstui.widgets.table_layout import layout_table
from newstui.widgets.typography import Typography

if TYPE_CHECKING:
    from newstui.model import Block, Headline, Stored

_EM: Final = 4
"""Cells of the two-hanzi indent."""
_DEFAULT: Final = Typography()


class Anchor(NamedTuple):
    """A place in an article that survives another layout: part number and code point in its text."""

    part: int
    offset: int


class ReaderLine(NamedTuple):
    """One line: spans (left margin included) and the place in the article where it starts."""

    spans: tuple[Span, ...]
    anchor: Anchor


class Target(NamedTuple):
    """Something that can be opened, by the number the reader shows; number 0 is the article's own page."""

    number: int
    url: str
    label: str


def targets(article: Stored) -> tuple[Target, ...]:
    """What `o` can open, in the order shown: the page, links in the text, pictures, attachments; no address twice."""
    found: dict[str, Target] = {}

    def add(url: str, label: str) -> None:
        if url and url not in found and url != article.row.url:
            found[url] = Target(len(found) + 1, url, clean_line(label) or url)

    for block in article.blocks:
        for link in block.links:
            add(link.url, block.text[link.start : link.end])
        if block.kind == "image":
            add(block.url, block.text)
    for enclosure in article.enclosures:
        add(enclosure.url, enclosure.media_type)
    own = (Target(0, article.row.url, article.row.title),) if article.row.url else ()
    return (*own, *found.values())


class _Setter:
    """Collects lines; every method adds one part of the article."""

    def __init__(self, width: int, typography: Typography) -> None:
        room = width - 4 if width >= 44 else width - 2 if width > 20 else width
        self.measure = max(1, min(2 * typography.measure, room))
        self.indent = _EM if typography.paragraphs == "indent" else 0
        """Cells before the first line of a paragraph."""
        self.margin = max(0, (width - self.measure) // 2)
        self.lines: list[ReaderLine] = []
        self._part = 0

    def blank(self) -> None:
        """A blank line, never two together."""
        if self.lines and self.lines[-1].spans:
            self.lines.append(ReaderLine((), Anchor(self._part, 0)))

    def row(self, spans: Sequence[Span], offset: int = 0) -> None:
        """One ready line."""
        left = (Span(" " * self.margin, "text"),) if self.margin else ()
        self.lines.append(ReaderLine((*left, *spans), Anchor(self._part, offset)))

    def end_part(self) -> None:
        """The next lines belong to another part."""
        self._part += 1

    def flow(
        self, runs: Sequence[Span], *, first: int = 0, rest: int = 0, lead: str = "", lead_role: Role = "text"
    ) -> None:
        """Text in runs of roles, wrapped; `lead` stands in the first line's indent (a bullet)."""
        text = "".join(run.text for run in runs)
        room = self.measure
        first, rest = (first, rest) if room >= 3 * max(first, rest, 1) else (min(first, 2), 0) if room > 6 else (0, 0)
        starts: list[int] = []
        at = 0
        for run in runs:
            starts.append(at)
            at += len(run.text)
        for number, line in enumerate(wrap(text, room, first, rest)):
            spans: list[Span] = []
            if line.indent:
                indent = pad(lead, line.indent) if number == 0 and lead else " " * line.indent
                spans.append(Span(indent, lead_role))
            spans += _cut(runs, starts, line.start, line.end)
            self.row(spans, line.start)
        self.end_part()


def _cut(runs: Sequence[Span], starts: Sequence[int], start: int, end: int) -> list[Span]:
    """The runs' pieces within [start, end) of their joined text."""
    spans: list[Span] = []
    index = max(bisect_right(starts, start) - 1, 0)
    while start < end and index < len(runs):
        stop = min(end, starts[index] + len(runs[index].text))
        piece = runs[index].text[start - starts[index] : stop - starts[index]].replace("\n", " ")
        if piece:
            spans.append(Span(piece, runs[index].role))
        start = max(stop, start)
        index += 1
    return spans


def layout_article(
    article: Stored, width: int, words: Catalogue, typography: Typography = _DEFAULT
) -> list[ReaderLine]:
    """All lines of an article for a pane `width` cells wide; none is wider."""
    setter = _Setter(width, typography)
    numbers = {target.url: target.number for target in targets(article)}
    _head(setter, article, words)
    body = [block for block in article.blocks if block.text or block.rows or block.kind in ("rule", "image")]
    if body:
        before: Block | None = None
        for block in body:
            if before is not None and _apart(before, block, typography):
                setter.blank()
            _block(setter, block, numbers, words)
            before = block
    elif article.summary:
        for paragraph in article.summary.split("\n"):
            if paragraph.strip():
                if not setter.indent:
                    setter.blank()
                setter.flow([Span(paragraph.strip(), "text")], first=setter.indent)
    else:
        setter.flow([Span(words("reader.no-body"), "muted")])
    _links(setter, article, words)
    _related(setter, article.related, words)
    return setter.lines


def _head(setter: _Setter, article: Stored, words: Catalogue) -> None:
    row = article.row
    setter.flow([Span(row.title, "headline")])
    facts: list[str] = []
    if article.byline:
        facts.append(words("reader.byline", byline=article.byline))
    elif article.source_title:
        facts.append(words("reader.source", source=article.source_title))
    if article.author:
        facts.append(words("reader.author", author=article.author))
    if article.editor:
        facts.append(words("reader.editor", editor=article.editor))
    timed = (row.shown.hour, row.shown.minute) != (0, 0)
    time = f"{row.shown:%Y-%m-%d %H:%M}" if timed else f"{row.shown:%Y-%m-%d}"
    if article.undated:
        facts.append(words("reader.captured", time=f"{row.shown:%Y-%m-%d}"))
    else:
        facts.append(time if row.published is not None else words("reader.undated", time=time))
    if article.revisions:
        facts.append(words("reader.revised", count=article.revisions))
    setter.flow([Span("  ".join(facts), "meta")])
    place = "  ".join(part for part in (article.district, article.column) if part)
    if place:
        setter.flow([Span(place, "path")])
    if article.tags:
        setter.flow([Span(words("reader.tags", tags=" ".join(article.tags)), "path")])
    if article.note:
        setter.flow([Span(words("reader.note", note=clean_line(article.note)), "path")])
    setter.blank()


def _apart(before: Block, block: Block, typography: Typography) -> bool:
    """Whether a blank line stands between two blocks; papers set paragraphs solid, told apart by their indent."""
    solid = ("item", "quote") if typography.paragraphs == "space" else ("paragraph", "item", "quote")
    return not (before.kind == block.kind and block.kind in solid)


def _block(setter: _Setter, block: Block, numbers: dict[str, int], words: Catalogue) -> None:
    match block.kind:
        case "heading":
            setter.flow(_runs(block, "heading", numbers))
        case "item":
            indent = 2 * max(block.level, 1)
            lead = " " * (indent - 2) + (block.marker or "•")
            indent = max(indent, cell_width(lead) + 1)
            setter.flow(_runs(block, "text", numbers), first=indent, rest=indent, lead=lead)
        case "quote":
            setter.flow(_runs(block, "quote", numbers), first=_EM, rest=_EM)
        case "table":
            for line in layout_table(block.rows, setter.measure):
                setter.row([Span(line, "text")])
            setter.end_part()
        case "image":
            text = block.text or words("reader.image")
            number = f"[{numbers[block.url]}]" if block.url in numbers else ""
            setter.flow([Span(f"〔{text}〕", "caption"), Span(number, "link")], first=_EM, rest=_EM)
        case "code":
            for line in block.text.split("\n"):
                setter.flow([Span(line or " ", "code")], first=2, rest=2)
        case "rule":
            setter.row([Span(" " * ((setter.measure - 5) // 2) + "* * *", "rule")] if setter.measure >= 5 else [])
            setter.end_part()
        case _:
            setter.flow(_runs(block, "text", numbers), first=setter.indent)


def _runs(block: Block, role: Role, numbers: dict[str, int]) -> list[Span]:
    """A block's text with its links underlined and numbered."""
    runs: list[Span] = []
    at = 0
    for link in sorted(block.links, key=lambda found: found.start):
        start, end = max(link.start, at), min(link.end, len(block.text))
        if start >= end or link.url not in numbers:
            continue
        runs.append(Span(block.text[at:start], role))
        runs.append(Span(block.text[start:end], "link"))
        runs.append(Span(f"[{numbers[link.url]}]", "muted"))
        at = end
    runs.append(Span(block.text[at:], role))
    return [run for run in runs if run.text]


def _links(setter: _Setter, article: Stored, words: Catalogue) -> None:
    numbered = [target for target in targets(article) if target.number]
    own = article.row.url
    if not numbered and not own:
        return
    setter.blank()
    setter.flow([Span(words("reader.links"), "group")])
    width = len(str(len(numbered))) + 3
    if own:
        setter.flow([Span(own, "link")], first=width, rest=width, lead="[0]", lead_role="muted")
    for target in numbered:
        runs = [Span(target.url, "link")]
        if target.label != target.url:
            runs.insert(0, Span(target.label + " ", "text"))
        setter.flow(runs, first=width, rest=width, lead=f"[{target.number}]", lead_role="muted")


def _related(setter: _Setter, headlines: Sequence[Headline], words: Catalogue) -> None:
    groups: dict[str, list[Headline]] = {}
    for headline in headlines:
        groups.setdefault(headline.group or words("reader.related"), []).append(headline)
    for group, members in groups.items():
        setter.blank()
        setter.flow([Span(group, "group")])
        for headline in members:
            setter.flow([Span(headline.title, "related")], first=2, rest=2, lead="•", lead_role="muted")
