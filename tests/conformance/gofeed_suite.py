"""Reading gofeed's expectations: a JSON file beside each feed, unified (`translator`) or in the format's own terms."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from newstui.text.dates import parse_date
from tests.conformance.comparing import Expectation, FieldName

_FEED: Final[dict[str, FieldName]] = {
    "title": "title",
    "link": "link",
    "home_page_url": "link",
    "id": "id",
    "description": "summary",
    "subtitle": "summary",
}
_ENTRY: Final[dict[str, FieldName]] = {
    "title": "title",
    "link": "link",
    "url": "link",
    "guid": "id",
    "id": "id",
    "description": "summary",
    "summary": "summary",
    "content": "content",
    "content_html": "content",
}
_DATES: Final = {
    "publishedParsed": "published",
    "pubDateParsed": "published",
    "date_published": "published",
    "updatedParsed": "updated",
    "date_modified": "updated",
}


def pairs(root: Path) -> Iterator[tuple[Path, Path]]:
    """Feeds with the expectation beside them, sorted by path."""
    for expected in sorted(root.rglob("*.json")):
        if expected.parent.name == "json":
            # A JSON feed's expectation has its own name; without one the document says itself what is in it.
            stem = expected.stem
            if not stem.endswith("_expected"):
                named = expected.with_name(stem + "_expected.json")
                yield expected, named if named.exists() else expected
            continue
        feed = expected.with_suffix(".xml")
        if feed.exists():
            yield feed, expected


def expectations(path: Path) -> Iterator[Expectation]:
    """What an expectation file says of title, link, id, date, author, summary and content."""
    document = json.loads(path.read_text("utf-8"))
    if isinstance(document, dict):
        yield from _of(document, None, _FEED)
        for number, entry in enumerate(document.get("items", document.get("entries")) or []):
            yield from _of(entry, number, _ENTRY)


def _of(values: Mapping[str, object], entry: int | None, names: Mapping[str, FieldName]) -> Iterator[Expectation]:
    for key, name in names.items():
        value = values.get(key)
        if key == "content" and isinstance(value, dict):
            value = value.get("value")
        if isinstance(value, dict) and isinstance(value.get("value"), str):
            value = value["value"]
        if isinstance(value, str):
            yield Expectation(name, entry, value)
    for key, which in _DATES.items():
        raw = values.get(key)
        if isinstance(raw, str):
            moment = parse_date(raw) or datetime.fromisoformat(raw)
            yield Expectation("date", entry, moment, which)
    if "link" not in values:
        yield from _alternate(values.get("links"), entry)
    people = values.get("authors") or [values.get("author")]
    if isinstance(people, list):
        yield from _author([person for person in people if isinstance(person, dict)], entry)


def _alternate(links: object, entry: int | None) -> Iterator[Expectation]:
    """The link of an Atom entry in its own terms: the first that is an alternate."""
    for link in links if isinstance(links, list) else ():
        if isinstance(link, dict) and link.get("rel", "alternate") == "alternate" and link.get("href"):
            yield Expectation("link", entry, str(link["href"]))
            return


def _author(people: list[dict[str, object]], entry: int | None) -> Iterator[Expectation]:
    names = [str(person.get("name") or person.get("email") or "") for person in people]
    if any(names):
        yield Expectation("author", entry, " ".join(dict.fromkeys(filter(None, names))))
