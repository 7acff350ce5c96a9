"""HTML to blocks: the one way from markup to what the reader sets, for feed entries and saved pages alike.

The tree is walked by events, never by recursion. What stays: paragraphs (p, div, line breaks; indents of U+3000 or
nbsp taken off), headings, nested lists with their markers, quotes, tables, images with caption, preformatted text,
rules, and http(s)/mailto links. What goes: scripts, styles, frames, form controls, embedded objects and what is not
displayed. A <form> itself is only a wrapper: ASP.NET puts whole pages in one. `visibility: hidden` is kept, because
WeChat hides its article so until a script has run.
"""

from __future__ import annotations

import re
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
_PLAIN: Final = names("span font b i u strong em label small big cite code sup sub")
"""Elements of which nothing but their text is set."""
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_LISTS: Final = frozenset(("ul", "ol", "menu", "dir"))
_PRE: Final = frozenset(("pre", "listing", "xmp", "plaintext"))
_IMAGES: Final = frozenset(("img", "image", "amp-img"))
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
        """Walk `root` with what is in it."""
        events = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        skipped = False
        for event, element in events:
            tag = element.tag
            if event == "start":
                if not isinstance(tag, str):
                    continue
                if tag not in _PLAIN:
                    tag = local_name(tag)
                if tag in _DROPPED or is_hidden(element):
                    events.skip_subtree()
                    skipped = True  # what comes next is this element's end
                elif (tag in _PLAIN or self.start(tag, element)) and (text := element.text):
                    self.text(shifted(tag, text))
            else:
                if event == "end" and not skipped and tag not in _PLAIN and isinstance(tag, str):
                    self.end(local_name(tag), element)
                skipped = False
                if element is not root and (text := element.tail):
                    self.text(text)
        self.out.flush()

    def text(self, text: str) -> None:
        """Text between tags."""
        if self.pre is not None:
            self.pre.append(text)
        else:
            self.out.text(text)

    def start(self, tag: str, element: etree._Element) -> bool:
        """An element opens; False when its own text is not to be read as text."""
        out = self.out
        if tag in _IMAGES:
            self.image(element)
            return False
        if self.pre is not None:
            if tag == "br" or tag in _BREAKING:
                self.pre.append("\n")
            return True
        if tag == "a":
            href = element.get("href", "")
            url = "" if href.startswith("#") else web_url(href, self.base_url)
            self.hrefs.append(url)
            out.open_link(url)
        elif tag == "br":
            if out.kind == "heading":
                out.text(" ")
            else:
                out.line_break()
        elif tag == "q":
            out.text("“")
        elif tag == "rt":
            out.text("(")
        elif tag == "hr":
            out.add(Draft("rule"))
        elif tag in _HEADINGS:
            self.enter(element, "heading", _HEADINGS[tag])
        elif tag == "li":
            self.item(element)
        elif tag == "blockquote":
            self.enter(element, "quote", 0)
        elif tag in _PRE:
            out.flush()
            self.pre, self.pre_root = [], element
        elif tag == "table":
            out.flush()
            if self.tables:
                self.tables[-1].layout = True
            self.tables.append(Table(out.drafts))
            out.drafts = self.tables[-1].drafts
        elif tag in ("tr", "td", "th"):
            out.flush()
            if self.tables:
                self.tables[-1].opened(tag, element)
        elif tag in _BREAKING:
            out.flush()
            if tag in _LISTS:
                self.lists.append(List(tag == "ol", element))
            elif tag == "figure":
                self.figures.append(_Figure())
            elif tag == "figcaption":
                self.captions.append(len(out.drafts))
        return True

    def end(self, tag: str, element: etree._Element) -> None:
        """An element closes."""
        out = self.out
        if self.pre is not None:
            if element is self.pre_root:
                self.preformatted(element, "".join(self.pre))
                self.pre = self.pre_root = None
            return
        if tag == "a":
            self.hrefs.pop()
            out.close_link(self.hrefs[-1] if self.hrefs else "")
        elif tag == "q":
            out.text("”")
        elif tag == "rt":
            out.text(")")
        elif self.contexts and self.contexts[-1][0] is element:
            self.leave()
        elif tag == "table":
            out.flush()
            table = self.tables.pop()
            out.drafts = table.outer
            out.drafts.extend(table.finished())
        elif tag in ("tr", "td", "th"):
            out.flush()
            if self.tables:
                self.tables[-1].closed()
        elif tag in _BREAKING:
            out.flush()
            if tag in _LISTS:
                self.lists.pop()
            elif tag == "figure":
                caption = self.figures.pop().caption
                if caption:
                    out.add(Draft("paragraph", caption))
            elif tag == "figcaption":
                self.figcaption(self.captions.pop())

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

    def figcaption(self, begin: int) -> None:
        """Take what was set since `begin` as the open figure's caption; images in it stay images."""
        drafts = self.out.drafts
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
