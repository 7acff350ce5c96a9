"""Records written as XML: one element after another of the same name, whose children are its fields.

Tiny Tiny RSS (plugin import_export): <articles><article><guid>…</guid>… · Wallabag's XML export: <entry> · news
corpora without a root: <doc><url>…</url><contenttitle>… · mysqldump --xml and phpMyAdmin: <field name="title">.
Nothing in it is expanded, and what a file breaks off in is lost alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from newstui.sources.detect import root_name
from newstui.sources.json_records import Value
from newstui.sources.xml_text import repaired, tidy, well_formed

_NAMED: Final = re.compile(
    r"<(articles?|docs?|documents?|entr(?:y|ies)|items?|records?|rows?|news|posts?)\b", re.IGNORECASE
)
"""What such files, or their records, are called where no XML declaration says that they are XML."""
_OTHERS: Final = frozenset(("html", "opml", "rss", "rdf", "feed", "channel", "svg", "plist", "urlset", "sitemapindex"))
_LEVELS: Final = 4
"""Elements round the records at most: mysqldump has two, phpMyAdmin three."""
_FIELDS: Final = 2
"""Children that a record has at least."""
_DECLARES: Final = re.compile(r"<!ENTITY", re.IGNORECASE)
_DOCTYPE: Final = re.compile(r"<!DOCTYPE[^<>\[]*>", re.IGNORECASE)
_MARKUP: Final = frozenset(
    "p div span br h1 h2 h3 h4 h5 h6 ul ol li a b i em strong img figure section header footer nav main table".split()
)
"""Children that make an element a piece of a page, no record."""


def may_be_records(text: str) -> bool:
    """Whether a decoded file looks like XML that may hold records; cheap, and true of no page."""
    text = text[:65_536].lstrip("\ufeff\x00 \t\r\n")
    if not text.startswith("<") or _DECLARES.search(text) is not None:
        return False
    root = root_name(text)
    return root not in ("", *_OTHERS) and (text.startswith("<?xml") or _NAMED.match(text) is not None)


def xml_records(text: str) -> list[Value]:
    """The records of a decoded XML file, each with its place; [] when there are none in it."""
    body = tidy(text)
    if not well_formed(body):
        body = repaired(body)
    # Without a root of their own records stand one after the other; a further one round them does no harm.
    source = f"<_>{_without_doctype(body)}</_>".encode("utf-8", "replace")
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(source, parser)
    except (etree.LxmlError, ValueError):
        return []
    if root is None:
        return []
    return [(f"record {number}", record, "") for number, record in enumerate(_records(root), 1)]


def _without_doctype(text: str) -> str:
    return _DOCTYPE.sub("", text[:4096], count=1) + text[4096:]


def _records(root: etree._Element) -> list[dict[str, Any]]:
    """The fields of the elements that stand side by side under one name and have children, the outermost such."""
    level = [root]
    for _ in range(_LEVELS):
        inner = [child for element in level for child in element.iterchildren(etree.Element)]
        if not inner:
            return []
        name, count = Counter(_name(child) for child in inner).most_common(1)[0]
        records = [child for child in inner if _name(child) == name]
        if _are_fields(records[0]) and count * 2 > len(inner):
            return [record for one in records if (record := dict(_fields(one)))]
        level = inner
    return []


def _are_fields(element: etree._Element) -> bool:
    """Whether an element's children are fields: several, with text, of different names."""
    names = [name for name, _ in _fields(element)]
    return (
        len(set(names)) >= _FIELDS
        and _MARKUP.isdisjoint(map(str.lower, names))
        and any(len(child) == 0 and (child.text or "").strip() for child in element)
    )


def _fields(element: etree._Element) -> Iterator[tuple[str, Any]]:
    """Names and values: text, markup that was not escaped as it stands, or a list for <tags><tag>…</tag></tags>."""
    for child in element.iterchildren(etree.Element):
        name = child.get("name") if _name(child) in ("field", "column", "col") else None
        yield str(name or _name(child)), _value(child)


def _value(element: etree._Element) -> Any:
    inner = list(element.iterchildren(etree.Element))
    if not inner:
        return "".join(str(part) for part in element.itertext())
    listed = len({_name(child) for child in inner}) == 1 and _name(inner[0]).lower() not in _MARKUP
    if listed and not (element.text or "").strip() and not len(inner[0]):
        return ["".join(str(part) for part in child.itertext()) for child in inner]
    return (element.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in inner)


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname)
