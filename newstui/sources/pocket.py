"""Pocket's ril_export.html: links with the time when they were saved and their tags, under Unread and Read Archive."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from newstui.sources.html_tree import html_root
from newstui.sources.json_records import Value

_LINK: Final = re.compile(r"<a\s(?=[^<>]{0,4000}\shref=|href=)[^<>]{0,4000}\stime_added=\"?\d", re.IGNORECASE)


def is_pocket(text: str) -> bool:
    """Whether a decoded page is such an export."""
    return _LINK.search(text[:16_384]) is not None


def pocket_records(text: str) -> list[Value]:
    """Its links as records with the fields that Pocket's CSV has."""
    root = html_root(text)
    records: list[Value] = []
    status = "unread"
    for element in root.iter("h1", "a") if root is not None else ():
        if element.tag == "h1":
            status = "archive" if "archive" in _said(element).casefold() else "unread"
        elif element.get("time_added") and element.get("href"):
            record = {name: element.get(name, "") for name in ("time_added", "tags")}
            said = {"title": _said(element), "url": element.get("href", "")}
            favourite = {"favorite": "1"} if element.get("favorite") == "1" else {}
            records.append((f"link {len(records) + 1}", {**said, **record, "status": status, **favourite}, ""))
    return records


def _said(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext())
