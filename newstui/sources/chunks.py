"""A page's markup as lines: one for every stretch of text between block borders, with what the markup says of it.

So that saved pages and text dumps are read by the same rules, the lines here are the lines of a dump, plus how much of
each is link, its heading rank, and how far the names of the elements round it are to be trusted.
"""

from __future__ import annotations

import re
from functools import lru_cache
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
_INLINE, _LINK, _BLOCK, _GONE = range(4)
_KINDS: Final = {
    **dict.fromkeys("span font b i u strong em img label small big sup sub cite code".split(), _INLINE),
    "a": _LINK,
    **dict.fromkeys(_BREAKING, _BLOCK),
    **dict.fromkeys(_DROPPED, _GONE),
}
"""What an element is to lines, by the names the parser gives nearly every element: no name space, no capitals."""
_LEAVES: Final = names("p h1 h2 h3 h4 h5 h6 li dd dt pre")
_AGAINST: Final = re.compile(
    r"(?:^|[\s_-])(?:comments?|reply|replies|footer|foot|nav|navbar|menu|side|sidebar|aside|related?"
    r"|relation|recommend\w*|share|copyright|login|"
    r"search|banner|ads?|advert\w*|sponsor\w*|toolbar|pagination|pager|hot|rank\w*|tags?|guess|more"
    r"|disclaimer|statement|popup|modal|tips?|qrcode|"
    r"links?|friend\w*|author-?info|profile|widget\w*)(?:$|[\s_-])|comment|recommend|sidebar|footer"
    r"|navbar|copyright|pinglun|tuijian|xiangguan",
    re.IGNORECASE,
)
_FOR: Final = re.compile(
    r"(?:^|[\s_-])(?:article|artical|art|content|contents|con|text|body|main|detail|details|post|entry"
    r"|story|news|zw|zhengwen|neirong|wenzhang|txt)(?:$|[\s_-]|\d)"
    r"|article|content|artibody|TRS_Editor|newstext|newsbody|detail|zoom|endtext|richtext|maintext"
    r"|post_body|js_content",
    re.IGNORECASE,
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
        self.blocks: list[tuple[etree._Element, float, int, int]] = []
        """Open block elements: (element, trust, heading rank, number)."""
        self.numbered = 0
        self.table: etree._Element | None = None
        """The open table of figures, whose cells are not read as lines of a page."""

    def walk(self, root: etree._Element) -> None:
        events = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        parts, lines = self.parts, self.out.lines
        skipped = False
        for event, element in events:
            tag = element.tag
            kind = _KINDS.get(tag)
            if kind is None:
                kind = _KINDS.get(local_name(tag), _INLINE) if isinstance(tag, str) else _INLINE
            if event == "start":
                if (
                    kind == _GONE
                    or ((style := element.get("style")) is not None and is_hidden(element, style))
                    or element.get("hidden") is not None
                ):
                    events.skip_subtree()
                    skipped = True  # what comes next is this element's end
                    continue
                if kind != _INLINE:
                    self.start(tag if tag in _KINDS else local_name(tag), element)
                text = element.text
            else:
                if skipped:
                    skipped = False
                elif kind != _INLINE:
                    if kind == _BLOCK:
                        if parts or self.hrefs:
                            self.flush()
                        if self.blocks and self.blocks[-1][0] is element:
                            self.blocks.pop()
                        if element is self.table:
                            self.table = None
                    else:
                        self.links = max(0, self.links - 1)
                text = None if element is root else element.tail
                if len(lines) >= MAX_LINES:
                    break
            # Blanks before a line's first character are no part of it; most of those between blocks are ASCII.
            if text and (parts or not text.isspace() or not text.isascii()) and self.size <= _LONG:
                parts.append(text)
                self.size += len(text)
                if self.links:
                    self.link_size += len(text.strip())
        self.flush()

    def start(self, name: str, element: etree._Element) -> None:
        if name == "a":
            self.links += 1
            if self.links == 1:
                href = element.get("href", "")
                if href and not href.startswith("#"):
                    self.hrefs.append(href)
        else:
            if self.parts or self.hrefs:
                self.flush()
            if name == "table" and self.table is None and is_data_table(element):
                self.table = element
            if name != "br" and name != "hr":
                above = self.blocks[-1] if self.blocks else (element, 1.0, 0, 0)
                rank = int(name[1]) if len(name) == 2 and name[0] == "h" and name[1].isdigit() else above[2]
                self.numbered += 1
                self.blocks.append((element, _trust(name, element, above[1]), rank, self.numbered))

    def flush(self) -> None:
        """Ends the line that is open."""
        if not self.parts:
            if self.hrefs:
                self.hrefs.clear()
            return
        text = "".join(self.parts)
        self.parts.clear()
        link_size, self.link_size, self.size = self.link_size, 0, 0
        hrefs, self.hrefs = self.hrefs, []
        if text.isspace():
            return
        text = clean(text[:_LONG] if len(text) > _LONG else text)
        if "\n" in text or "  " in text:
            text = _WHITE.sub(" ", text)
        text = text.strip(" \u3000\xa0")
        if not text or not self.blocks:
            return
        line = read_line(text) if self.table is None else Line(text, "cell")
        element, line.trust, line.rank, line.place = self.blocks[-1]
        if element.tag in _LEAVES and len(self.blocks) > 1:
            line.place = self.blocks[-2][3]
        if link_size:
            line.linked = min(1.0, link_size / max(1, len(unspaced(text))))
        if hrefs:
            line.hrefs, line.base = tuple(hrefs), self.base_url
        if line.kind in ("short", "prose") and element.tag == "li" and not line.bullet:
            line.bullet = "•"
            if line.kind == "short":
                line.kind = "item"
        self.out.lines.append(line)
        self.out.owners.append(element)


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
    label = f"{element.get('class', '')} {element.get('id', '')}"[:120]
    if element.get("itemprop") == "articleBody":
        return max(above, 1.0) * 1.5
    if name == "article":
        return min(above * 1.2, 2.0)
    if label == " ":
        return above
    spoken = _spoken(label)
    return min(above * spoken, 2.0) if spoken > 1 else above * spoken


@lru_cache(maxsize=8192)
def _spoken(label: str) -> float:
    """What the names of an element say of its text: a factor."""
    for_it, against = _FOR.search(label) is not None, _AGAINST.search(label) is not None
    if for_it:
        return 1.0 if against else 1.15
    return 0.5 if against else 1.0
