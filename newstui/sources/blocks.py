"""HTML to blocks: the one way from markup to what the reader sets, for feed entries and saved pages alike.

The tree is walked by events, never by recursion. What stays: paragraphs (p, div, line breaks; indents of U+3000 or
nbsp taken off), headings, nested lists with their markers, quotes, tables, images with caption, preformatted text,
rules, and http(s)/mailto links. What goes: scripts, styles, frames, form controls, embedded objects and what is not
displayed. A <form> itself is only a wrapper: ASP.NET puts whole pages in one. `visibility: hidden` is kept, because
WeChat hides its article so until a script has run.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain
from typing import Final

from lxml import etree

from newstui.model import Block, block_text
from newstui.sources.block_builder import HAN, BlockBuilder, Draft, shifted
from newstui.sources.block_tables import Table
from newstui.sources.html_lists import List, next_marker
from newstui.sources.html_tree import html_root, is_hidden, local_name, names
from newstui.sources.images import image_alt, image_url, is_glyph, is_inlined, is_tracker
from newstui.sources.urls import web_url
from newstui.text.clean import clean, unspaced

_DROPPED: Final = names(
    "script style iframe frame frameset noframes noscript template head title meta link base "
    "video audio canvas svg map input select textarea button datalist option optgroup rp"
)
_BREAKING: Final = names(
    "address article aside body center dd details dialog dir div dl dt fieldset figcaption figure footer form header "
    "hgroup html legend main menu nav ol p section summary ul caption tbody thead tfoot col colgroup"
)
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_LISTS: Final = frozenset(("ul", "ol", "menu", "dir"))
_PRE: Final = frozenset(("pre", "listing", "xmp", "plaintext"))
_IMAGES: Final = frozenset(("img", "image", "amp-img"))
_LOST, _GONE, _PLAIN, _ACTING = range(4)
"""What an element is to blocks: inside what is not set; not set; nothing but its text; more than that."""
_HAN_CHAR: Final = re.compile(f"[{HAN}]")


def html_blocks(html: str | etree._Element, base_url: str = "") -> tuple[Block, ...]:
    """The blocks of an HTML fragment, page or element (without its tail); links resolved against `base_url`.

    Text is clean; link offsets count code points of `block_text(block)` (a table's cells by tab and newline). Never
    raises on any markup; time grows with the length of the input.
    """
    root = html_root(html) if isinstance(html, str) else html
    if root is None:
        return ()
    walker = _Walker(base_url)
    walker.walk(root)
    return tuple(draft.finished() for draft in walker.out.drafts)


class _Kinds(dict[object, int]):
    """What elements are, by the names the parser gives them."""

    def __missing__(self, tag: object) -> int:
        """A name that is none of HTML's as the parser writes them; a comment has a function for its name."""
        kind = _KINDS.get(local_name(tag), _PLAIN) if isinstance(tag, str) else _GONE
        self[tag] = kind
        return kind


class _Figure:
    """An open <figure>: its images so far and a caption that waits for one."""

    __slots__ = ("caption", "images")

    def __init__(self) -> None:
        self.images: list[Draft] = []
        self.caption = ""

    def captioned(self, text: str) -> None:
        if self.images:
            self.images[-1].text = text
        else:
            self.caption = text

    def added(self, image: Draft) -> None:
        if self.caption:
            image.text, self.caption = self.caption, ""
        self.images.append(image)


class _Walker:
    """State of one walk; `out.drafts` is the result."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.out = BlockBuilder()
        self.contexts: list[tuple[etree._Element, str, int]] = []
        """Open elements that decide what a text is: (element, kind, level), innermost last."""
        self.lists: list[List] = []
        self.tables: list[Table] = []
        self.figures: list[_Figure] = []
        self.captions: list[int] = []
        """Where each open <figcaption> began in `out.drafts`."""
        self.hrefs: list[str] = []
        self.pre: list[str] | None = None
        """Raw text of the open <pre>."""
        self.pre_root: etree._Element | None = None

    def walk(self, root: etree._Element) -> None:
        """Walk `root` with what is in it; which elements have ended is told by the parent of the one that begins."""
        kinds = _Kinds(_KINDS)
        outer: list[tuple[etree._Element | None, int]] = []
        inner: etree._Element | None = None
        kind = _PLAIN
        for element in chain(root.iter(), (None,)):
            parent = None if element is None else element.getparent()
            while parent is not inner and inner is not None:
                if kind == _ACTING:
                    self.end(local_name(inner.tag), inner)
                if kind != _LOST and inner is not root and (text := inner.tail):
                    self.text(text)
                inner, kind = outer.pop()
            if element is None:
                break
            outer.append((inner, kind))
            inner = element
            if kind <= _GONE:
                kind = _LOST
                continue
            tag = element.tag
            kind = kinds[tag]
            if (
                kind == _GONE
                or ((style := element.get("style")) is not None and is_hidden(element, style))
                or element.get("hidden") is not None
            ):
                kind = _GONE
            elif kind == _ACTING:
                name = local_name(tag)
                if name in _IMAGES:
                    self.image(element)
                else:
                    self.start(name, element)
                    if text := element.text:
                        self.text(shifted(name, text))
            elif text := element.text:
                self.text(text)
        self.out.flush()

    def text(self, text: str) -> None:
        """Text between tags."""
        if self.pre is not None:
            self.pre.append(text)
        else:
            self.out.text(text)

    def start(self, name: str, element: etree._Element) -> None:
        """An element opens that is not only text."""
        if self.pre is not None:
            if name == "br" or name in _BREAKING:
                self.pre.append("\n")
        elif (open_it := _OPENING.get(name)) is not None:
            open_it(self, element)
        elif name in _BREAKING:
            self.out.flush()

    def end(self, name: str, element: etree._Element) -> None:
        """An element closes."""
        if self.pre is not None:
            if element is self.pre_root:
                self.preformatted(element, "".join(self.pre))
                self.pre = self.pre_root = None
        elif (close_it := _CLOSING.get(name)) is not None:
            close_it(self)
        elif self.contexts and self.contexts[-1][0] is element:
            self.leave()
        elif name in _BREAKING:
            self.out.flush()

    def open_link(self, element: etree._Element) -> None:
        """An <a> opens."""
        href = element.get("href", "")
        url = "" if href.startswith("#") else web_url(href, self.base_url)
        self.hrefs.append(url)
        self.out.open_link(url)

    def close_link(self) -> None:
        """An <a> closes."""
        self.hrefs.pop()
        self.out.close_link(self.hrefs[-1] if self.hrefs else "")

    def line_break(self, _: etree._Element) -> None:
        """A <br>; in a heading no more than a blank."""
        if self.out.kind == "heading":
            self.out.text(" ")
        else:
            self.out.line_break()

    def open_pre(self, element: etree._Element) -> None:
        """Preformatted text opens."""
        self.out.flush()
        self.pre, self.pre_root = [], element

    def open_table(self, _: etree._Element) -> None:
        """A <table> opens."""
        self.out.flush()
        if self.tables:
            self.tables[-1].layout = True
        self.tables.append(Table(self.out.drafts))
        self.out.drafts = self.tables[-1].drafts

    def close_table(self) -> None:
        """A <table> closes."""
        self.out.flush()
        table = self.tables.pop()
        self.out.drafts = table.outer
        self.out.drafts.extend(table.finished())

    def open_row(self, _: etree._Element) -> None:
        """A <tr> opens."""
        self.out.flush()
        if self.tables:
            self.tables[-1].open_row()

    def open_cell(self, element: etree._Element) -> None:
        """A <td> or <th> opens."""
        self.out.flush()
        if self.tables:
            self.tables[-1].open_cell(element)

    def close_cell(self) -> None:
        """A row or cell closes."""
        self.out.flush()
        if self.tables:
            self.tables[-1].closed()

    def open_list(self, element: etree._Element) -> None:
        """A list opens."""
        self.out.flush()
        self.lists.append(List(local_name(element.tag) == "ol", element))

    def close_list(self) -> None:
        """A list closes."""
        self.out.flush()
        self.lists.pop()

    def open_figure(self, _: etree._Element) -> None:
        """A <figure> opens."""
        self.out.flush()
        self.figures.append(_Figure())

    def close_figure(self) -> None:
        """A <figure> closes; a caption without a picture is a paragraph."""
        self.out.flush()
        caption = self.figures.pop().caption
        if caption:
            self.out.add(Draft("paragraph", caption))

    def open_caption(self, _: etree._Element) -> None:
        """A <figcaption> opens."""
        self.out.flush()
        self.captions.append(len(self.out.drafts))

    def enter(self, element: etree._Element, kind: str, level: int) -> None:
        """What follows in `element` is of `kind`."""
        self.out.flush()
        self.contexts.append((element, kind, level))
        self.apply_context()

    def leave(self) -> None:
        """The innermost context ends."""
        self.out.flush()
        self.out.marker = ""
        self.contexts.pop()
        self.apply_context()

    def apply_context(self) -> None:
        """Tell the builder what the text to come is."""
        _, kind, level = self.contexts[-1] if self.contexts else (None, "paragraph", 0)
        self.out.kind, self.out.level = kind, level  # type: ignore[assignment]

    def open_heading(self, element: etree._Element) -> None:
        """A heading opens."""
        self.enter(element, "heading", _HEADINGS[local_name(element.tag)])

    def item(self, element: etree._Element) -> None:
        """A list item opens; one outside any list counts as a bullet."""
        self.enter(element, "item", max(1, len(self.lists)))
        self.out.marker = next_marker(self.lists, element)

    def image(self, element: etree._Element) -> None:
        """An image: its own block, or its alternative text where it stands for a character."""
        alt = image_alt(element)
        if is_glyph(element):
            if alt:
                self.text(alt)
            return
        url = image_url(element, self.base_url)
        if is_tracker(element) or not (url or is_inlined(element)):
            return
        draft = self.out.image(url, alt)
        if self.figures:
            self.figures[-1].added(draft)

    def close_caption(self) -> None:
        """What was set since it opened is the open figure's caption; images in it stay images."""
        self.out.flush()
        drafts, begin = self.out.drafts, self.captions.pop()
        taken = drafts[begin:]
        if not self.figures:
            return
        drafts[begin:] = [draft for draft in taken if draft.kind == "image"]
        text = " ".join(block_text(draft.finished()) for draft in taken if draft.kind != "image")
        text = text.replace("\n", " ").replace("\t", " ").strip()
        if text:
            self.figures[-1].captioned(text)

    def preformatted(self, element: etree._Element, text: str) -> None:
        """Code as it stands; Chinese prose in <pre> (old boards, wire copy) as one paragraph a line."""
        text = clean(text.replace("\t", "    ")).replace("\u00a0", " ").strip("\n")
        lines = [line.rstrip() for line in text.split("\n")]
        shown = len(unspaced(text))
        prose = len(_HAN_CHAR.findall(text)) * 2 > shown and element.find(".//code") is None
        if prose:
            for line in lines:
                self.out.text(line)
                self.out.flush()
        elif shown:
            self.out.add(Draft("code", "\n".join(lines).rstrip()))


_OPENING: Final[dict[str, Callable[[_Walker, etree._Element], None]]] = {
    "a": _Walker.open_link,
    "br": _Walker.line_break,
    "q": lambda walker, _: walker.out.text("“"),
    "rt": lambda walker, _: walker.out.text("("),
    "hr": lambda walker, _: walker.out.add(Draft("rule")),
    **dict.fromkeys(_HEADINGS, _Walker.open_heading),
    "li": _Walker.item,
    "blockquote": lambda walker, element: walker.enter(element, "quote", 0),
    **dict.fromkeys(_PRE, _Walker.open_pre),
    "table": _Walker.open_table,
    "tr": _Walker.open_row,
    **dict.fromkeys(("td", "th"), _Walker.open_cell),
    **dict.fromkeys(_LISTS, _Walker.open_list),
    "figure": _Walker.open_figure,
    "figcaption": _Walker.open_caption,
}
_CLOSING: Final[dict[str, Callable[[_Walker], None]]] = {
    "a": _Walker.close_link,
    "q": lambda walker: walker.out.text("”"),
    "rt": lambda walker: walker.out.text(")"),
    "table": _Walker.close_table,
    **dict.fromkeys(("tr", "td", "th"), _Walker.close_cell),
    **dict.fromkeys(_LISTS, _Walker.close_list),
    "figure": _Walker.close_figure,
    "figcaption": _Walker.close_caption,
}
_KINDS: Final = {
    **dict.fromkeys((*_OPENING, *_BREAKING, *_IMAGES, "sup", "sub"), _ACTING),
    **dict.fromkeys(_DROPPED, _GONE),
}
