"""What a page says of itself as JSON-LD (schema.org): headline, times, author and publisher of its article.

An article may stand alone, in a list, in an `@graph`, or inside a WebPage (`mainEntity`). A clock without a zone, and
Baidu's `pubDate`, are China's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from newstui.text.clean import clean_line

_LONGEST: Final = 200_000
"""Characters of one script that are parsed."""
_MOST: Final = 50
"""Things of one list that are looked at."""
_DEEPEST: Final = 4


def linked_data(root: etree._Element) -> dict[str, str]:
    """`headline`, `datePublished`, `dateModified`, `author`, `publisher` of the page's article; {} when it has none.

    That is the first thing called an article, else the first that has a date of publication.
    """
    dated: dict[str, str] = {}
    for script in root.iter("script"):
        text = script.text
        if not text or "ld+json" not in script.get("type", "") or len(text) > _LONGEST:
            continue
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things(data, _DEEPEST):
            said = _said(thing)
            if said["datePublished"] and _is_article(thing):
                return said
            if said["datePublished"] and not dated:
                dated = said
    return dated


def _things(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth == 0:
        return
    if isinstance(data, list):
        for one in data[:_MOST]:
            yield from _things(one, depth - 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _things(data.get(key), depth - 1)


def _is_article(thing: dict[str, Any]) -> bool:
    kinds = thing.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and name.endswith(("Article", "BlogPosting", "Report")) for name in names)


def _said(thing: dict[str, Any]) -> dict[str, str]:
    return {
        "headline": _text(thing.get("headline") or thing.get("title")),
        "datePublished": _text(thing.get("datePublished") or thing.get("pubDate")),
        "dateModified": _text(thing.get("dateModified") or thing.get("upDate")),
        "author": _name(thing.get("author")),
        "publisher": _name(thing.get("publisher")),
    }


def _text(value: Any) -> str:
    return clean_line(value[:2000]) if isinstance(value, str) else ""


def _name(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        return " ".join(filter(None, (_name(one) for one in value[:8] if isinstance(one, (dict, str)))))
    return _text(value)
