"""Values of data fields as text, times and lists: JSON's own, MongoDB's extended JSON, spreadsheets' and databases'.

MongoDB: {"$oid": …}, {"$date": ISO text, ms or {"$numberLong"}}, {"$numberLong"/"$numberInt"/"$numberDouble": "…"}
(MongoDB Extended JSON v2). Databases write NULL as \\N (MySQL) or the word; spreadsheets write times as days since
1899-12-30 (ECMA-376 part 1, 18.17.4).
"""

from __future__ import annotations

import ast
import json
import math
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from newstui.text.dates import parse_date
from newstui.text.relative_dates import find_relative
from newstui.text.zones import SHANGHAI

Record = Mapping[str, Any]
"""One article's fields by (dotted) name."""

_DEPTH: Final = 4
"""Levels of objects inside one another whose fields get names of their own."""
_MANY: Final = 300
"""Fields of a record that are looked at."""
_NULLS: Final = frozenset(("\\N", "NULL", "null", "nan", "NaN", "None", "undefined", "N/A", "#N/A"))
_SERIAL: Final = re.compile(r"[2-5]\d{4}(?:\.\d+)?")
_EPOCH_DAY: Final = datetime(1899, 12, 30, tzinfo=SHANGHAI)
_DIGITS: Final = re.compile(r"\d{9,19}(?:\.\d*)?")
_SPLIT: Final = re.compile(r"\s*[,，、;；|]\s*")


def flattened(value: Mapping[str, Any]) -> dict[str, Any]:
    """An object's fields with those of the objects inside it under dotted names; extended JSON as plain values."""
    fields: dict[str, Any] = {}
    waiting: list[tuple[str, Any, int]] = [(str(key), inner, 1) for key, inner in reversed(list(value.items()))]
    while waiting and len(fields) < _MANY:
        name, inner, depth = waiting.pop()
        inner = plain_value(inner)
        if isinstance(inner, dict) and depth < _DEPTH:
            waiting.extend((f"{name}.{key}", each, depth + 1) for key, each in reversed(inner.items()))
        else:
            fields[name] = inner
    return fields


def plain_value(value: Any) -> Any:
    """What an extended JSON object stands for; other values as they are."""
    for _ in range(3):
        if not isinstance(value, dict) or len(value) != 1:
            break
        ((key, inner),) = value.items()
        if key not in ("$oid", "$date", "$numberLong", "$numberInt", "$numberDouble", "$numberDecimal"):
            break
        value = inner
    return value


def text_of(value: Any) -> str:
    """A value as text; a list's parts one a line, objects by their name, label or text; "" for nothing."""
    if isinstance(value, str):
        return "" if value.strip() in _NULLS else value
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, int):
        return str(value) if value.bit_length() < 200 else ""
    if isinstance(value, float):
        return (str(int(value)) if value.is_integer() else str(value)) if math.isfinite(value) else ""
    if isinstance(value, list):
        return "\n".join(filter(None, (text_of(part) for part in value[:2000] if not isinstance(part, list))))
    if isinstance(value, dict):
        for key in ("name", "label", "title", "text", "content", "value", "url", "term"):
            if isinstance(value.get(key), str) and value[key]:
                return str(value[key])
    return ""


def time_of(value: Any) -> datetime | None:
    """The time that a value names: a date's text, seconds or ms since 1970, a spreadsheet's day number."""
    text = text_of(value).strip()
    if not text or len(text) > 200:
        return None
    if _SERIAL.fullmatch(text):
        return _EPOCH_DAY + timedelta(seconds=round(float(text) * 86_400))
    made = parse_date(text)
    if made is None and _DIGITS.fullmatch(text) and len(text.partition(".")[0]) == 11:
        return None
    return made


def is_relative(value: Any) -> bool:
    """Whether a value is a time that counts from when it was read (3小时前), or a day without a year, and no more."""
    text = text_of(value).strip()
    found = find_relative(text) if len(text) <= 40 else None
    return found is not None and found[0] == text


def list_of(value: Any) -> tuple[str, ...]:
    """The words of a list: a list of texts or of objects, JSON or Python in a text, or words with signs between."""
    if isinstance(value, str) and value.strip().startswith("["):
        value = _written(value.strip())
    if isinstance(value, list):
        found = [text_of(part).strip() for part in value[:200]]
    else:
        found = _SPLIT.split(text_of(value).strip())
    return tuple(dict.fromkeys(filter(None, found)))


def _written(text: str) -> Any:
    """The list that a text spells as JSON or Python; the text itself when it is neither."""
    if len(text) > 20_000:
        return text
    for read in (json.loads, ast.literal_eval):
        try:
            return read(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
    return text.strip("[]").replace("'", "").replace('"', "")


def is_true(value: Any) -> bool:
    """Whether a value says yes: true, a number that is not 0, or the word."""
    if isinstance(value, str):
        return value.strip().casefold() in ("true", "1", "yes", "t", "y", "on")
    return isinstance(value, int | float) and value != 0
