"""An HTML string as an lxml tree, whatever it is made of.

libxml2 gives up at 2,048 open elements and takes quadratic time over thousands of attributes in one tag; both are
taken out here before it sees them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from lxml import etree


def names(text: str) -> frozenset[str]:
    """Element names written with blanks between them."""
    return frozenset(text.split())


_NOT_SHOWN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_UNPARSABLE: Final = re.compile("[\x00\ud800-\udfff]")
_TAG: Final = re.compile("""<([A-Za-z][^\\s/>"'<]*+)((?:[^>"']++|"[^"]*+"|'[^']*+')*+)>?""")
_RAW: Final = re.compile(
    r"<iframe\b[^<>]*>[^<]*</iframe\s*>|</?iframe\b[^<>]*(?<!-)>"
    r"|<(?:script|style|textarea|title|xmp|noembed|noframes)\b[^<>]*/>",
    re.IGNORECASE,
)
"""Frames, and raw-text elements closed as XHTML does: all that follows would be their text to an HTML parser."""
_LONG_TAG: Final = 4096
"""Characters; a tag this long is looked at before the parser sees it."""
_ATTRIBUTES: Final = 200
_RUNAWAY: Final = 30_000
_SCRIPT_END: Final = re.compile(r"</script", re.IGNORECASE)
_ANY_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)[^>]*>")
_KEPT_FLAT: Final = names("p br hr h1 h2 h3 h4 h5 h6 img pre")
_SPACED_FLAT: Final = names("div li ul ol tr table blockquote section article dd dt figure figcaption")
_DEEP: Final = 1000
"""Start tags; fewer cannot reach the parser's depth limit."""


def html_root(html: str) -> etree._Element | None:
    """The root element of `html`; None when there is nothing in it."""
    if not html or html.isspace():
        return None
    if _UNPARSABLE.search(html):
        html = _UNPARSABLE.sub(lambda match: "" if match.group() == "\x00" else "\ufffd", html)
    if "<![CDATA[" in html:
        html = html.replace("<![CDATA[", "").replace("]]>", "")
    html = _RAW.sub("", html)
    if len(html) > _LONG_TAG:
        html = without_attribute_floods(html)
    root, complete = _parse(html)
    if not complete:
        root, _ = _parse(_flat(html))
    return root


@lru_cache(maxsize=1024)
def local_name(name: str) -> str:
    """An element's or attribute's name without its namespace, in lower case."""
    return name.rpartition("}")[2].lower()


def is_hidden(element: etree._Element) -> bool:
    """Whether the page itself does not display an element: `hidden`, or `display: none` in its own style."""
    style = element.get("style")
    return (style is not None and _NOT_SHOWN.search(style) is not None) or element.get("hidden") is not None


def _parse(html: str) -> tuple[etree._Element | None, bool]:
    """The tree, and whether the parser reached the end of the text."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(b"<body>" + html.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        return None, False
    complete = html.count("<") < _DEEP or not any(
        error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log
    )
    return root, complete


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


def _flat(html: str) -> str:
    """`html` without nesting: block tags become line breaks, inline tags go."""
    return _ANY_TAG.sub(_flat_tag, html)


def _flat_tag(match: re.Match[str]) -> str:
    name = match.group(2).lower()
    if name in _KEPT_FLAT:
        return match.group()
    return "<br><br>" if name in _SPACED_FLAT else ""
