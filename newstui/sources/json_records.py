"""JSON documents, JSON Lines and JSON values one after the other, as records; what cannot be read is named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from newstui.sources.field_names import WRAPPERS
from newstui.sources.json_cutter import Cutter, TooLongError, depth_of

Value = tuple[str, Any, str]
"""A record's place ("line 7", "record 3"), the record, and why it cannot be read ("" when it can)."""
SEPARATOR: Final = "\x1e"
"""Between records that are no lines (RFC 7464: no JSON text has it in itself)."""
_LISTS: Final = (
    "data", "items", "records", "articles", "list", "results", "rows", "docs", "hits", "news", "entries", "bookmarks",
    "starred", "posts", "result", "response",
)  # fmt: skip
_DEPTH: Final = 4
_LONGEST_INTEGER: Final = 400


def loaded(text: str) -> Any:
    """A JSON value; integers of any length are read, control characters in texts too. Raises ValueError."""
    try:
        return json.loads(text, strict=False, parse_int=_integer)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _integer(digits: str) -> int | float:
    """Python refuses to read integers of thousands of digits; no field of an article is one."""
    return int(digits) if len(digits) <= _LONGEST_INTEGER else float("inf")


def lines_of(text: str, first: int) -> Iterator[Value]:
    """The records of JSON Lines, a piece that begins with line `first`."""
    for number, line in enumerate(text.split("\n"), first):
        if line.strip():
            yield _read(f"line {number}", line)


def parts_of(text: str, first: int) -> Iterator[Value]:
    """The records of a piece of JSON that SEPARATOR stands between, the first of which has the number `first`."""
    for number, part in enumerate(text.split(SEPARATOR), first):
        if part.strip():
            yield _read(f"record {number}", part)


def document(text: str) -> Any:
    """The whole JSON document as one value; raises ValueError for a broken one and for several in a row."""
    return loaded(text)


def records_of(value: Any) -> list[Any]:
    """The records of a document: its list of objects, wherever it stands, else the document itself."""
    found = _list_in(value)
    return found if found is not None else [value]


def pieces_of(text: str) -> Iterator[Value]:
    """The records of JSON that is no single sound document: lines, values in a row, or an array that breaks off."""
    data = text.encode("utf-8", "surrogatepass")
    depth = depth_of(data)
    if depth is None:
        yield from lines_of(text, 1)
        return
    cutter = Cutter(depth, len(data) + 1)
    number = 0
    try:
        for number, part in enumerate(cutter.feed(data), 1):  # the last number is told below
            yield _read(f"record {number}", part.decode("utf-8", "replace"))
    except TooLongError as error:
        raise AssertionError("no part is longer than the whole") from error
    if cutter.unfinished:
        yield f"record {number + 1}", None, "the file breaks off or is no JSON from here on"


def _read(place: str, text: str) -> Value:
    try:
        value = loaded(text)
    except ValueError as error:
        why = str(error) if "nested" in str(error) else "broken JSON"
        return place, None, f"it cannot be read ({why})"
    return (place, value, "") if isinstance(value, dict) else (place, None, "it is no object with fields")


def _list_in(value: Any, depth: int = 0) -> list[Any] | None:
    """The list of objects that a value is or holds, those under well-known names first."""
    if isinstance(value, list):
        return value if any(isinstance(each, dict) for each in value[:100]) else None
    if not isinstance(value, dict) or depth >= _DEPTH:
        return None
    ranked = sorted(value.items(), key=lambda item: _rank(str(item[0])))
    for _, inner in ranked[:200]:
        found = _list_in(inner, depth + 1) if isinstance(inner, list) else None
        if found is not None:
            return found
    for key, inner in ranked[:200]:
        if isinstance(inner, dict) and (_rank(str(key)) < len(_LISTS) or str(key).casefold() in WRAPPERS):
            found = _list_in(inner, depth + 1)
            if found is not None:
                return found
    if depth == 0 and len(value) > 1 and all(isinstance(inner, dict) for inner in value.values()):
        return list(value.values())  # objects by their id
    return None


def _rank(key: str) -> int:
    name = key.casefold()
    return _LISTS.index(name) if name in _LISTS else len(_LISTS)
