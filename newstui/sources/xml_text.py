"""XML as it comes from feeds, made into text that an XML parser takes.

Illegal characters and undeclared entities are settled here, because a parser that meets one of them stops, and
feedparser's loose parser, which takes over then, loses more than it must.
"""

from __future__ import annotations

import re
from html.entities import html5
from typing import Final
from xml.parsers import expat

from lxml import etree

from newstui.sources.html_tree import without_attribute_floods

_DECLARATION: Final = re.compile(r"<\?xml\s[^>]*?\?>", re.IGNORECASE)
_SPACE: Final = re.compile(r"\s+")
_FIRST_ELEMENT: Final = re.compile(r"<[A-Za-z_]")
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_NUMBER: Final = re.compile(r"&#(?:[xX]([0-9A-Fa-f]{1,8})|([0-9]{1,10}));?")
_REFERENCE: Final = re.compile(r"&(?:(#[xX]?[0-9A-Fa-f]{1,10}|[A-Za-z][A-Za-z0-9]{1,31});)?")
_MARKED: Final = re.compile(r"<!\[CDATA\[(?:.*?\]\]>|.*)|<!--(?:.*?-->|.*)|<\?(?:.*?\?>|.*)", re.DOTALL)
"""Each takes the rest of the text where its end is missing: no search for that end is made twice."""
_STRAY: Final = re.compile(r"<(?![A-Za-z_/!?])")
_CUT_TAG: Final = re.compile(r"<[^<>]*$")
_NO_MORE: Final = expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]
"""The document ended before its root element did."""
_DECLARED: Final = re.compile(r"<!ENTITY\s+(\w+)\s", re.IGNORECASE)
_XML_NAMES: Final = frozenset(("amp", "lt", "gt", "quot", "apos"))
_DEPTH_LIMIT: Final = 2_000
_ATTRIBUTE_LIMIT: Final = 200
_CATEGORY_LIMIT: Final = 1_000
_CATEGORIES: Final = re.compile(r"(?:<((?:\w+:)?category)\b[^<>]*(?:/>|>[^<]*</\1>)\s*){1001,}")
"""Categories in a row that no entry has; feedparser takes quadratic time over them."""
_WINDOW: Final = 65_536
"""Characters in which a DOCTYPE is looked for."""
_AT_LINK: Final = re.compile(r"<link\s+uri=[\"']at://[^\"'<>]*[\"']")
"""An AT Protocol address beside a link's text; feedparser would take it for the link."""
_ENTRY: Final = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_NAMESPACE: Final = re.compile(r"""(\bxmlns(?::\w+)?\s*=\s*["'])([^"'<>]*)(["'])""")
_RSS11: Final = "http://purl.org/net/rss1.1#"


def tidy(text: str) -> str:
    """`text` from its first "<", without XML declaration and without characters that XML 1.0 forbids.

    References to forbidden characters go too; those to C1 (&#150;) are read as Windows-1252, as every browser does.
    """
    text = _ILLEGAL.sub("", text)
    text = _SURROGATE.sub("\ufffd", text)
    if "&#" in text:
        text = _NUMBER.sub(_legal_reference, text)
    start = text.find("<")
    text = text[start:] if start > 0 else text
    first = _FIRST_ELEMENT.search(text)
    end = first.start() if first is not None else len(text)
    # White space before the root says nothing, and feedparser's search for a DOCTYPE is quadratic in it.
    text = _SPACE.sub(" ", _DECLARATION.sub("", text[:end])).lstrip() + text[end:]
    if "at://" in text:
        text = _AT_LINK.sub("<link", text)
    # RSS 1.1 is RSS 1.0 with another namespace, and feedparser knows only the latter.
    return text.replace(_RSS11, "http://purl.org/rss/1.0/")


def _legal_reference(match: re.Match[str]) -> str:
    code = int(match.group(1), 16) if match.group(1) else int(match.group(2))
    if 0x80 <= code <= 0x9F:
        return bytes((code,)).decode("cp1252", "ignore")
    if code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code <= 0x10FFFF:
        # Hexadecimal references take a small x in XML, and every reference its semicolon.
        return f"&#{code};"
    return "\ufffd" if code > 0x1F else ""


def well_formed(text: str) -> bool:
    """Whether an XML parser takes `text`; nesting over 2,000 deep, 200 attributes or 1,000 categories are refused."""
    parser = expat.ParserCreate("utf-8", " ")
    depth = categories = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, categories
        depth += 1
        categories = categories + 1 if name.endswith("category") else 0
        # SAX splits names at blanks, so a blank in a namespace's address breaks it.
        if (
            name.count(" ") > 1
            or depth > _DEPTH_LIMIT
            or len(attributes) > _ATTRIBUTE_LIMIT
            or categories > _CATEGORY_LIMIT
        ):
            raise _OverdoneError

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except (expat.ExpatError, _OverdoneError):
        return False
    return True


class _OverdoneError(Exception):
    """Elements are nested deeper, or have more attributes, than in any feed."""


def mended(text: str) -> str:
    """Broken XML made well-formed where that loses no entry; else `text` as it is.

    feedparser's loose parser takes what stays broken; it knows bare "&" its own way, so it gets the original.
    """
    text = _NAMESPACE.sub(_without_blanks, _CATEGORIES.sub("", without_attribute_floods(text)))
    better = repaired(text)
    if well_formed(better):
        return better
    recovered = _recovered(better)
    if recovered and len(_ENTRY.findall(recovered)) >= len(_ENTRY.findall(text)) and well_formed(recovered):
        return recovered
    return text


def _without_blanks(match: re.Match[str]) -> str:
    return f"{match.group(1)}{''.join(match.group(2).split())}{match.group(3)}"


def _recovered(text: str) -> str:
    """The text of the tree that libxml2 makes of broken XML; "" when it makes none."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, strip_cdata=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return ""
    return "" if root is None else etree.tostring(root, encoding="unicode")


def repaired(text: str) -> str:
    """`text` with HTML's named entities as characters, bare "&" and "<" escaped, outside CDATA, comments and PIs."""
    declared = frozenset(_DECLARED.findall(text[:_WINDOW]))

    def reference(match: re.Match[str]) -> str:
        name = match.group(1)
        if name is None:
            return "&amp;"
        if name[0] == "#" or name in _XML_NAMES or name in declared:
            return match.group()
        return html5.get(name + ";", "&amp;" + name + ";")

    parts: list[str] = []
    position = 0
    for marked in _MARKED.finditer(text):
        parts.append(_STRAY.sub("&lt;", _REFERENCE.sub(reference, text[position : marked.start()])))
        parts.append(marked.group())
        position = marked.end()
    parts.append(_STRAY.sub("&lt;", _REFERENCE.sub(reference, text[position:])))
    return _closed("".join(parts))


def _closed(text: str) -> str:
    """`text` with its cut-off end taken away and every open element closed, when only its end is missing."""
    text = _CUT_TAG.sub("", text)
    if text.rfind("<![CDATA[") > text.rfind("]]>"):
        text += "]]>"
    open_elements: list[str] = []
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = lambda name, attributes: open_elements.append(name)
    parser.EndElementHandler = lambda name: open_elements.pop()
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        if error.code == _NO_MORE and len(open_elements) <= _DEPTH_LIMIT:
            return text + "".join(f"</{name}>" for name in reversed(open_elements))
    return text
