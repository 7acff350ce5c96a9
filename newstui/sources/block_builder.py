"""Inline text gathered into blocks: white space, line breaks, indents, link offsets.

`BlockBuilder` knows nothing of HTML elements; `blocks` drives it. Every text that enters is cleaned and collapsed at
once, so that link offsets counted here stay true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from newstui.model import Block, BlockKind, Link
from newstui.text.clean import UNWANTED, clean

HAN: Final = "\u2e80-\u2fdf\u3001-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff"
_UNEVEN: Final = re.compile(f"[{UNWANTED}\n\x1c-\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")
"""What text has that may not be clean and collapsed yet, besides two blanks."""
_BLANKS: Final = re.compile(r"[\s\u2800]{2,}|[^\S \u3000]|\u2800")
"""White space that is not yet one blank or one U+3000."""
_HAN_BREAK: Final = re.compile(rf"(?<=[{HAN}])[ \t\r]*\n[ \t\r\n]*(?=[{HAN}])")
_INDENT: Final = re.compile("^[ \t\r\n]*[\u3000\u00a0\u2002\u2003]{2}")
_NEW_PARAGRAPH: Final = re.compile("(?<=[。！？；：”’…）])\\s*(?=[\u3000\u2003]{2})")
_RAISED: Final = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_LOWERED: Final = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_SHIFTED: Final = re.compile(r"[+-]?[0-9]{1,3}[+-]?|n")
_BLANK_ENDS: Final = " \u3000"


@dataclass(slots=True)
class Draft:
    """A block in the making; an image's text may still be replaced by its figure's caption."""

    kind: BlockKind
    text: str = ""
    level: int = 0
    marker: str = ""
    url: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    links: tuple[Link, ...] = ()

    def finished(self) -> Block:
        """The frozen block."""
        return Block(self.kind, self.text, self.level, self.marker, self.url, self.rows, self.links)


def _collapsed(text: str) -> str:
    """`text` cleaned, every run of white space as one blank; U+3000 stays where it stands alone (王　强)."""
    even = text.isprintable() if text.isascii() else _UNEVEN.search(text) is None
    if even and "  " not in text:
        return text
    text = clean(text)
    if "\n" in text:
        # A source line break between two hanzi is no space (CSS Text 3 §4.1.3, segment break transformation).
        text = _HAN_BREAK.sub("", text)
    return _BLANKS.sub(" ", text)


@dataclass(slots=True)
class BlockBuilder:
    """Takes text, breaks and images in document order; `drafts` holds what is done."""

    drafts: list[Draft] = field(default_factory=list)
    kind: BlockKind = "paragraph"
    level: int = 0
    marker: str = ""
    """Marker of the next item block; spent by the first."""
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _last: str = ""
    """The last character of the text so far; "" at its start."""
    _breaks: int = 0
    """Line breaks since the last text."""
    _links: list[tuple[int, int, str]] = field(default_factory=list)
    _href: str = ""
    _href_start: int = 0
    _images: list[Draft] = field(default_factory=list)

    def text(self, text: str) -> None:
        """Add running text as it stands in the source."""
        if "\u3000\u3000" in text or "\u2003\u2003" in text:
            pieces = [piece for piece in _NEW_PARAGRAPH.split(text) if piece]
            if len(pieces) > 1:
                for number, piece in enumerate(pieces):
                    if number:
                        self.flush()
                    self._add(piece)
                return
        self._add(text)

    def _add(self, raw: str) -> None:
        text = _collapsed(raw)
        if not text:
            return
        if self._breaks and text not in _BLANK_ENDS:
            if self._joins(raw, text):
                self._breaks = 0
                text = " " + text.lstrip(_BLANK_ENDS)
            else:
                self.flush()
        if self._last in ("", " ", "\u3000"):
            text = text.lstrip(_BLANK_ENDS)
            if not text:
                return
        self._parts.append(text)
        self._length += len(text)
        self._last = text[-1]

    def _joins(self, raw: str, text: str) -> bool:
        """Whether one line break before `text` only folds a Latin sentence (hard-wrapped mail and wire copy)."""
        if self._breaks > 1 or _INDENT.match(raw) is not None:
            return False
        last, first = self._last, text.lstrip(_BLANK_ENDS)[:1]
        return last.isascii() and (last.isalpha() or last == ",") and first.isascii() and first.islower()

    def line_break(self) -> None:
        """A <br>: ends the paragraph unless it only folds a line."""
        if self._length:
            self._breaks += 1

    def open_link(self, url: str) -> None:
        """Text from here links to `url`; "" for an anchor that leads nowhere."""
        self._end_link()
        self._href, self._href_start = url, self._length

    def close_link(self, outer: str = "") -> None:
        """The link ends here; the one round it (`outer`) goes on."""
        self._end_link()
        self._href, self._href_start = outer, self._length

    def _end_link(self) -> None:
        if self._href and self._length > self._href_start:
            self._links.append((self._href_start, self._length, self._href))

    def image(self, url: str, text: str) -> Draft:
        """Put an image after the paragraph it stands in, so that no sentence is cut in two."""
        draft = Draft("image", text, url=url)
        if self._length:
            self._images.append(draft)
        else:
            self.drafts.append(draft)
        return draft

    def add(self, draft: Draft) -> None:
        """A finished block of another kind, after what is open."""
        self.flush()
        self.drafts.append(draft)

    def flush(self) -> None:
        """End the open block, if it has text; the images that stood in it follow it."""
        if not self._length:
            self._href_start = 0
            return
        text = "".join(self._parts).rstrip(_BLANK_ENDS)
        self._end_link()
        if text:
            links = tuple(_links(self._links, text)) if self._links else ()
            self.drafts.append(Draft(self.kind, text, self.level, self.marker, links=links))
            self.marker = ""
        self._parts.clear()
        self._links.clear()
        self._length = self._breaks = self._href_start = 0
        self._last = ""
        if self._images:
            self.drafts.extend(self._images)
            self._images.clear()


def _links(ranges: list[tuple[int, int, str]], text: str) -> Iterator[Link]:
    """Ranges without blanks at their ends and inside `text`, empty ones dropped."""
    for start, end, url in ranges:
        end = min(end, len(text))
        while start < end and text[start] in _BLANK_ENDS:
            start += 1
        while start < end and text[end - 1] in _BLANK_ENDS:
            end -= 1
        if start < end:
            yield Link(start, end, url)


def shifted(tag: str, text: str) -> str:
    """Short numbers in <sup> and <sub> as raised and lowered digits, so that m² and CO₂ stay what they are."""
    if tag in ("sup", "sub") and _SHIFTED.fullmatch(text.strip()):
        return text.translate(_RAISED if tag == "sup" else _LOWERED)
    return text
