"""An HTML string as an lxml tree, whatever it is made of.

libxml2 gives up at 2,048 open elements and takes quadratic time over thousands of attributes in one tag; both are
taken out here before it sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from lxml import etree


def names(text: str) -> frozenset[str]:
    """Element names written with blanks between them."""
    return frozenset(text.split())


_NOT_SHOWN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_TAG: Final = re.compile("""<([A-Za-z][^\\s/>"'<]*+)((?:[^>"']++|"[^"]*+"|'[^']*+')*+)>?""")
_ODD_TAG: Final = re.compile(rb"""<[A-Za-z][^<>"']*+(?:"[^"<>]*+"[^<>"']*+|'[^'<>]*+'[^<>"']*+)*+(?!>)""")
"""The beginning of a tag that does not end at the first ">" after it."""
_WHOLE_TAG: Final = re.compile(_TAG.pattern.encode())
_TAG_START: Final = re.compile(rb"<[A-Za-z]")
_RAW: Final = re.compile(
    rb"<(?:iframe\b[^<>]*>[^<]*</iframe\s*>|/?iframe\b[^<>]*(?<!-)>"
    rb"|(?:script|style|textarea|title|xmp|noembed|noframes)\b[^<>]*/>)"
)
"""Of lower case: frames, and raw-text elements closed as XHTML does, whose text all that follows would be."""
_LONG_TAG: Final = 4096
"""Characters; a tag this long is looked at before the parser sees it."""
_ATTRIBUTES: Final = 200
_RUNAWAY: Final = 30_000
_SCRIPT_END: Final = re.compile(r"</script", re.IGNORECASE)
_SPACED: Final = (
    rb"(?:div|li|ul|ol|table|thead|tbody|tfoot|tr|td|th|blockquote|section|article|dd|dt|figure|figcaption)"
    rb"(?![A-Za-z0-9])"
)
_GONE_FLAT: Final = re.compile(
    rb"</?(?!(?:p|br|hr|h[1-6]|img|pre)(?![A-Za-z0-9])|%s)[A-Za-z][^>]*>" % _SPACED, re.IGNORECASE
)
_SPACED_FLAT: Final = re.compile(rb"(?:</?%s[^>]*>\s*+)++" % _SPACED, re.IGNORECASE)
_DEEP: Final = 1000
"""Start tags; fewer cannot reach the parser's depth limit."""


class Markup:
    """A page's source: as text for patterns, and as bytes, in which words are found ten times as fast."""

    __slots__ = ("raw", "text")

    def __init__(self, text: str) -> None:
        """`text` is the whole source; lone surrogates in it become U+FFFD in `raw`."""
        self.text = text
        try:
            self.raw = text.encode()
        except UnicodeEncodeError:
            self.raw = _SURROGATES.sub("\ufffd", text).encode()

    def has(self, words: Iterable[str]) -> bool:
        """Whether one of `words` stands in it."""
        return any(word.encode() in self.raw for word in words)


def html_root(html: str | Markup) -> etree._Element | None:
    """The root element of `html`; None when there is nothing in it."""
    raw = (html if isinstance(html, Markup) else Markup(html)).raw
    if not raw or raw.isspace():
        return None
    if b"\x00" in raw:
        raw = raw.replace(b"\x00", b"")
    if b"<![CDATA[" in raw:
        raw = raw.replace(b"<![CDATA[", b"").replace(b"]]>", b"")
    raw = _without(_RAW.finditer(raw.lower()), raw)
    if len(raw) > _LONG_TAG:
        raw = _without_floods(raw)
    root, complete = _parse(raw)
    if not complete:
        root, _ = _parse(_flat(raw))
    return root


@lru_cache(maxsize=1024)
def local_name(name: str) -> str:
    """An element's or attribute's name without its namespace, in lower case."""
    return name.rpartition("}")[2].lower()


def is_hidden(element: etree._Element, style: str | None = None) -> bool:
    """Whether the page itself does not display an element: `hidden`, or `display: none` in its own style."""
    style = element.get("style") if style is None else style
    return (style is not None and _NOT_SHOWN.search(style) is not None) or element.get("hidden") is not None


def _parse(raw: bytes) -> tuple[etree._Element | None, bool]:
    """The tree, and whether the parser reached the end of the text."""
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        root = etree.fromstring(b"<body>" + raw, parser)
    except etree.LxmlError:
        return None, False
    complete = raw.count(b"<") < _DEEP or not any(
        error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log
    )
    return root, complete


def _without(unwanted: Iterable[re.Match[bytes]], raw: bytes) -> bytes:
    """`raw` without the stretches that are `unwanted`."""
    kept: list[bytes] = []
    end = 0
    for found in unwanted:
        kept.append(raw[end : found.start()])
        end = found.end()
    return b"".join((*kept, raw[end:])) if kept else raw


def _without_floods(raw: bytes) -> bytes:
    """`without_attribute_floods` for a whole page: only tags that may be long are looked at one by one."""
    kept: list[bytes] = []
    end = passed = 0
    for at in sorted({*_long_starts(raw), *(odd.start() for odd in _ODD_TAG.finditer(raw))}):
        if at < passed or (tag := _WHOLE_TAG.match(raw, at)) is None:
            continue
        passed = tag.end()
        if passed - at > _LONG_TAG:
            kept += raw[end:at], without_attribute_floods(tag[0].decode()).encode()
            end = passed
    return b"".join((*kept, raw[end:])) if kept else raw


def _long_starts(raw: bytes) -> Iterator[int]:
    """Where the tags longer than _LONG_TAG that have no ">" in them begin."""
    half, at = _LONG_TAG // 2, 0
    while at < len(raw) - half:
        if raw.find(b">", at, at + half) < 0:
            begin, end = raw.rfind(b">", 0, at) + 1, raw.find(b">", at)
            end = end if end >= 0 else len(raw)
            if end - begin > _LONG_TAG:
                for tag in _TAG_START.finditer(raw, begin, end - _LONG_TAG):
                    yield tag.start()
            at = end
        at += half


def without_attribute_floods(markup: str) -> str:
    """`markup` with every attribute taken from tags that have hundreds: parsers take quadratic time over them."""
    if all(tag.end() - tag.start() <= _LONG_TAG for tag in _TAG.finditer(markup)):
        return markup
    return _TAG.sub(_without_attribute_flood, markup)


def _without_attribute_flood(match: re.Match[str]) -> str:
    if len(match.group()) <= _LONG_TAG:
        return match.group()
    attributes = len(re.findall(r"[\s/\"'=]", match.group(2)))
    # A quote that a script leaves open (document.write('<bo' + "dy…")) runs over the whole page after it.
    limit = _RUNAWAY if _SCRIPT_END.search(match.group(2)) else _ATTRIBUTES
    return f"<{match.group(1)}>" if attributes > limit else match.group()


def _flat(raw: bytes) -> bytes:
    """`raw` without nesting: inline tags go, block tags become line breaks, two for any number of them in a row."""
    return _SPACED_FLAT.sub(b"<br><br>", _GONE_FLAT.sub(b"", raw))
