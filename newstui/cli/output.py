"""What commands print: JSON lines with the contract's keys, and plain text lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import datetime

from newstui.cli.streams import results_in_utf8
from newstui.model import FetchOutcome, ImportOutcome, Place, Row, Source, Stored

Json = Mapping[str, object]


def json_line(value: Json) -> str:
    """One object and a newline, nothing escaped but what JSON must (U+2028/9 too: some readers split on them)."""
    line = json.dumps(value, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return line + "\n"


def print_json(value: Json) -> None:
    """One object on one line of stdout, in UTF-8."""
    results_in_utf8()
    sys.stdout.write(json_line(value))


def narrate(text: str) -> None:
    """One line of narration on stderr."""
    print(text, file=sys.stderr, flush=True)


def iso(time: datetime | None) -> str | None:
    """ISO 8601 with offset, to the second; None stays None."""
    return None if time is None else time.isoformat(timespec="seconds")


def article_json(stored: Stored) -> dict[str, object]:
    """The list keys of the contract."""
    row = stored.row
    return {
        "id": row.id,
        "title": row.title,
        "source": stored.source_title,
        "byline": stored.byline,
        "author": stored.author,
        "published": iso(row.published),
        "district": stored.district,
        "url": row.url,
        "read": row.read,
        "starred": row.starred,
        "captured": iso(stored.captured),
        "same_story": None,  # the contract's key for the cluster an article is of; none are made yet
    }


def place_json(place: Place) -> dict[str, object]:
    """The keys of `newstui districts --json`."""
    return {
        "code": place.code,
        "name": place.name,
        "path": place.path,
        "unread": place.unread,
        "total": place.total,
    }


def source_json(source: Source) -> dict[str, object]:
    """The keys of `newstui sources --json`."""
    return {
        "source": source.id,
        "url": source.url,
        "kind": source.kind,
        "title": source.title,
        "site": source.site,
        "district": _path(source.place),
        "unread": source.unread,
        "total": source.total,
        "fetched": iso(source.fetched),
        "succeeded": iso(source.succeeded),
        "due": iso(source.due),
        "errors": source.errors,
        "error": source.error,
        "gone": source.gone,
    }


def _path(place: str) -> str:
    from newstui.districts.placing import place_path

    return place_path(place) if place else ""


def fetch_json(outcome: FetchOutcome) -> dict[str, object]:
    """The keys of `newstui fetch --json`."""
    return {
        "source": outcome.source,
        "url": outcome.url,
        "status": outcome.status,
        "added": outcome.added,
        "updated": outcome.updated,
        "error": outcome.error,
        "http_status": outcome.http_status,
        "bytes": outcome.bytes,
        "seconds": round(outcome.seconds, 3),
    }


def import_json(outcome: ImportOutcome, *, with_text: bool) -> dict[str, object]:
    """The keys of `newstui import --json`; `with_text` adds "author" and "text" (a dry run) and the marks it brings.

    A line on a subscription has {"kind": "source"}, and its address in "source".
    """
    value: dict[str, object] = {
        "path": outcome.path,
        "member": outcome.member,
        "status": outcome.status,
        "id": outcome.id,
        "title": outcome.title,
        "byline": outcome.byline,
        "source": outcome.source,
        "published": iso(outcome.published),
        "district": outcome.district,
        "error": outcome.error,
        "headlines": [{"title": line.title, "url": line.url} for line in outcome.headlines],
    }
    if outcome.subscription:
        value["kind"] = "source"
    if with_text:
        value |= {"author": outcome.author, "text": outcome.text}
        if outcome.marks is not None:
            marks = outcome.marks
            value |= {"read": marks.read, "starred": marks.starred, "tags": marks.tags, "note": marks.note}
    return value


def row_line(row: Row) -> str:
    """One article as a line: id, time, marks, district, title, source."""
    from newstui.text.widths import pad

    marks = ("★" if row.starred else " ") + (" " if row.read else "●")
    place = pad(row.place_name, 8)
    source = f"  ({row.source})" if row.source else ""
    return f"{row.id}  {row.shown:%Y-%m-%d %H:%M}  {marks} {place} {row.title}{source}"
