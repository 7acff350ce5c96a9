"""A page's markup as lines: one for every stretch of text between block borders, with what the markup says of it.

So that saved pages and text dumps are read by the same rules, the lines here are the lines of a dump, plus how much of
each is link, its heading rank, and how far the names of the elements round it are to be trusted.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import Final

from lxml import etree

from newstui.sources.byline import read_byline
from newstui.sources.html_tree import is_hidden, local_name, names
from newstui.sources.lines import MAX_LINES, Line, read_line, with_slogans
from newstui.text.clean import clean, unspaced

_DROPPED: Final = names(
    "script style iframe frame frameset noframes noscript template head title meta link base object embed applet "
    "video audio canvas svg map select textarea button datalist option optgroup input"
)
_BREAKING: Final = names(
    "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot "
    "th thead tr ul h1 h2 h3 h4 h5 h6"
)
_LOST, _GONE, _INLINE, _LINK, _BREAK, _BLOCK = range(6)
"""What an element is to lines: inside what is not shown; not shown; …; ends a line; ends a line and holds others."""
_KINDS: Final = {
    **dict.fromkeys(_BREAKING, _BLOCK),
    **dict.fromkeys(_DROPPED, _GONE),
    "a": _LINK,
    "br": _BREAK,
    "hr": _BREAK,
}
_RANKS: Final = {f"h{rank}": rank for rank in range(1, 7)}
_LEAVES: Final = names("p h1 h2 h3 h4 h5 h6 li dd dt pre")
_AGAINST_WORDS: Final = names(
    "comment comments reply replies footer foot nav navbar menu side sidebar aside relate related relation share "
    "copyright login search banner ad ads sponsor toolbar pagination pager hot tag tags guess more disclaimer "
    "statement popup modal tip tips qrcode link links friend friends profile"
)
_AGAINST: Final = re.compile(
    r"comment|recommend|sidebar|footer|navbar|copyright|pinglun|tuijian|xiangguan"
    r"|[\s_-](?:(?:advert|friend|rank|widget)\w*|author-?info)[\s_-]"
)
_FOR_WORDS: Final = names("artical art con text body main post entry story news zw zhengwen neirong wenzhang txt")
_FOR: Final = re.compile(
    r"article|content|artibody|trs_editor|newstext|newsbody|detail|zoom|endtext|richtext|maintext|post_body"
    r"|[\s_-](?:artical|art|con|text|body|main|post|entry|story|news|zw|zhengwen|neirong|wenzhang|txt)\d"
)
_WHITE: Final = re.compile(r"[ \t\r\n\f]+")
_LONG: Final = 20_000
"""Characters of one line that are kept for reading; the blocks of the body are made from the tree, not from this."""


class Chunks:
    """The lines of a page with the block element each stands in, by the same index."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.owners: list[etree._Element] = []


def read_chunks(root: etree._Element, base_url: str = "") -> Chunks:
    """The lines of the page under `root`, at most MAX_LINES; time grows with the length of the page."""
    walk = _Walk(base_url)
    walk.walk(root)
    with_slogans(walk.out.lines)
    return walk.out


class _Kinds(dict[object, int]):
    """What elements are, by the names the parser gives them."""

    def __missing__(self, tag: object) -> int:
        """A name that is none of HTML's as the parser writes them; a comment has a function for its name."""
        kind = _KINDS.get(local_name(tag), _INLINE) if isinstance(tag, str) else _GONE
        self[tag] = kind
        return kind


class _Walk:
    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.out = Chunks()
        self.parts: list[str] = []
        self.size = 0
        self.link_size = 0
        self.links = 0
        self.hrefs: list[str] = []
        """Addresses of the links in the open line, as written."""
        self.blocks: list[etree._Element] = []
        """Open block elements, outermost first."""
        self.known: list[tuple[float, int, int]] = []
        """Trust, heading rank and number of the first of them; no line had to know the others' yet."""
        self.numbered = 0
        self.table: etree._Element | None = None
        """The open table of figures, whose cells are not read as lines of a page."""

    def walk(self, root: etree._Element) -> None:
        """Walk the tree under `root`; which elements have ended is told by the parent of the one that begins."""
        kinds = _Kinds(_KINDS)
        parts, hrefs, blocks, known = self.parts, self.hrefs, self.blocks, self.known
        outer: list[tuple[etree._Element | None, int]] = []
        inner: etree._Element | None = None
        kind = _INLINE
        for element in chain(root.iter(), (None,)):
            parent = None if element is None else element.getparent()
            while parent is not inner and inner is not None:
                if kind >= _BREAK:
                    if parts or hrefs:
                        self.flush()
                        if len(self.out.lines) >= MAX_LINES:
                            return
                    if kind == _BLOCK:
                        blocks.pop()
                        del known[len(blocks) :]
                        if inner is self.table:
                            self.table = None
                elif kind == _LINK:
                    self.links -= 1
                text = inner.tail
                # Blanks before a line's first character are no part of it; most of those between blocks are ASCII.
                if text and kind != _LOST and (parts or not text.isspace() or not text.isascii()):
                    self.text(text)
                inner, kind = outer.pop()
            if element is None:
                break
            outer.append((inner, kind))
            inner = element
            if kind <= _GONE:
                kind = _LOST
                continue
            kind = kinds[element.tag]
            if (
                kind == _GONE
                or ((style := element.get("style")) is not None and is_hidden(element, style))
                or element.get("hidden") is not None
            ):
                kind = _GONE
                continue
            if kind >= _BREAK:
                if parts or hrefs:
                    self.flush()
                if kind == _BLOCK:
                    blocks.append(element)
                    if element.tag == "table" and self.table is None and is_data_table(element):
                        self.table = element
            elif kind == _LINK:
                self.links += 1
                if self.links == 1 and (href := element.get("href")) and not href.startswith("#"):
                    hrefs.append(href)
            text = element.text
            if text and (parts or not text.isspace() or not text.isascii()):
                self.text(text)
        self.flush()

    def text(self, text: str) -> None:
        """Text in the open line."""
        if self.size <= _LONG:
            self.parts.append(text)
            self.size += len(text)
            if self.links:
                self.link_size += len(text.strip())

    def flush(self) -> None:
        """Ends the line that is open."""
        if not self.parts:
            if self.hrefs:
                self.hrefs.clear()
            return
        text = "".join(self.parts)
        self.parts.clear()
        link_size, self.link_size, self.size = self.link_size, 0, 0
        hrefs = tuple(self.hrefs)
        self.hrefs.clear()
        if text.isspace():
            return
        text = clean(text[:_LONG] if len(text) > _LONG else text)
        if "\n" in text or "  " in text:
            text = _WHITE.sub(" ", text)
        text = text.strip(" \u3000\xa0")
        if not text or not self.blocks:
            return
        line = read_line(text) if self.table is None else Line(text, "cell")
        element, known = self.blocks[-1], self._known()
        line.trust, line.rank, line.place = known[-1]
        if element.tag in _LEAVES and len(known) > 1:
            line.place = known[-2][2]
        if link_size:
            line.linked = min(1.0, link_size / max(1, len(unspaced(text))))
        if hrefs:
            line.hrefs, line.base = hrefs, self.base_url
        if line.kind in ("short", "prose") and element.tag == "li" and not line.bullet:
            line.bullet = "•"
            if line.kind == "short":
                line.kind = "item"
        self.out.lines.append(line)
        self.out.owners.append(element)

    def _known(self) -> list[tuple[float, int, int]]:
        """Trust, heading rank and number of all open blocks; what was not known yet is found."""
        known = self.known
        for element in self.blocks[len(known) :]:
            trust, rank, _ = known[-1] if known else (1.0, 0, 0)
            name = local_name(element.tag)
            self.numbered += 1
            known.append((_trust(name, element, trust), _RANKS.get(name, rank), self.numbered))
        return known


def is_data_table(table: etree._Element) -> bool:
    """Whether `table` holds figures and not a page's layout: two rows of short cells, no link, no byline, no table."""
    if any(True for _ in table.iterdescendants("table", "a", "form", "p", "div", "br")):
        return False
    cells = [clean(" ".join(map(str, cell.itertext()))).strip() for cell in table.iter("td", "th")]
    rows = sum(1 for _ in table.iter("tr"))
    if rows < 2 or len(cells) < 2 * rows or any(len(cell) > _CELL for cell in cells):
        return False
    return not any((byline := read_byline(cell)) is not None and byline.labels for cell in cells)


_CELL: Final = 120
"""Characters of a cell of figures, at most."""


def _trust(name: str, element: etree._Element, above: float) -> float:
    """How far text in `element` is to be trusted as body text: what encloses it, and its own names."""
    if name == "p":
        return above
    if name in ("nav", "footer", "aside"):
        return above * 0.3
    if element.get("itemprop") == "articleBody":
        return max(above, 1.0) * 1.5
    if name == "article":
        return min(above * 1.2, 2.0)
    style, own = element.get("class", ""), element.get("id", "")
    if not style and not own:
        return above
    spoken = _spoken(f"{style} {own}"[:120])
    return min(above * spoken, 2.0) if spoken > 1 else above * spoken


@lru_cache(maxsize=8192)
def _spoken(label: str) -> float:
    """What the names of an element say of its text: a factor."""
    said = f" {label.lower()} "
    words = said.replace("_", " ").replace("-", " ").split()
    against = not _AGAINST_WORDS.isdisjoint(words) or _AGAINST.search(said) is not None
    if not _FOR_WORDS.isdisjoint(words) or _FOR.search(said) is not None:
        return 1.0 if against else 1.15
    return 0.5 if against else 1.0
