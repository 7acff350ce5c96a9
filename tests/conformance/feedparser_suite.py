"""Reading the expectations of feedparser's test files: a Python expression in a comment at the top of each."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from newstui.text.dates import parse_date
from tests.conformance.comparing import Expectation, FieldName

_EXPECT: Final = re.compile(r"Expect:\s*(.*?)\s*(?:\r?\n|-->)", re.DOTALL)
_HEADER: Final = re.compile(r"^\s*Header:\s*([A-Za-z\-]+):\s*(.*?)\s*$", re.MULTILINE)
_ENCODINGS: Final = ("utf-8", "utf-16", "utf-32", "utf-16-be", "utf-32-be", "utf-16-le", "utf-32-le", "cp037")
_NAMES: Final[dict[str, FieldName]] = {
    "title": "title",
    "link": "link",
    "id": "id",
    "guid": "id",
    "author": "author",
    "published": "date",
    "updated": "date",
    "created": "date",
    "summary": "summary",
    "description": "summary",
    "subtitle": "summary",
    "tagline": "summary",
    "info": "summary",
    "content": "content",
}
_EMAIL_IN_BRACKETS: Final = re.compile(r"^(.+?)\s*\([^()]*@[^()]*\)$")


def headers(data: bytes) -> dict[str, str]:
    """The HTTP headers that a test file says it came with, names in lower case."""
    return {name.lower(): value for name, value in _HEADER.findall(data[:8192].decode("latin-1"))}


def expectations(data: bytes) -> Iterator[Expectation]:
    """What the file expects of title, link, id, date, author, summary and content."""
    expression = _expression(data)
    if expression is None:
        return
    tree = ast.parse(expression, mode="eval").body
    parts = tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]
    for part in parts:
        if isinstance(part, ast.Compare) and all(isinstance(op, ast.Eq) for op in part.ops):
            sides = [part.left, *part.comparators]
            value = _constant(sides[-1])
            if value is not None:
                for side in sides[:-1]:
                    yield from _expected(side, value)
        elif (match := re.fullmatch(r"not entries\[(\d+)\]\.has_key\('link'\)", ast.unparse(part))) is not None:
            yield Expectation("link", int(match.group(1)), "")


def _expression(data: bytes) -> str | None:
    for encoding in _ENCODINGS:
        try:
            match = _EXPECT.search(data.decode(encoding, "strict" if encoding != "utf-8" else "replace"))
        except UnicodeDecodeError:
            continue
        if match is not None:
            return match.group(1)
    return None


def _constant(node: ast.expr) -> str | tuple[int, ...] | None:
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return None
    return value if isinstance(value, str | tuple) else None


def _utc(parts: tuple[int, ...]) -> datetime:
    """The moment of a struct_time's fields in UTC."""
    year, month, day, hour, minute, second = parts[:6]
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def _expected(node: ast.expr, value: str | tuple[int, ...]) -> Iterator[Expectation]:
    path: list[str | int] = []
    while isinstance(node, ast.Subscript | ast.Attribute):
        if isinstance(node, ast.Attribute):
            path.append(node.attr)
        elif isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str | int):
            path.append(node.slice.value)
        node = node.value
    if not isinstance(node, ast.Name) or node.id not in ("feed", "entries"):
        return
    path.reverse()
    entry: int | None = None
    if node.id == "entries":
        first = path.pop(0) if path else None
        if not isinstance(first, int):
            return
        entry = first
    match path:
        case [str(key), "value"] if key.endswith("_detail"):
            key = key.removesuffix("_detail")
        case ["author_detail", "name" | "email" as part] | ["authors", 0, "name" | "email" as part]:
            # A name is shown where there is one; an address only where there is none, so it is checked by hand.
            if part == "name" and isinstance(value, str):
                yield Expectation("author", entry, value)
            return
        case ["content", 0, "value"]:
            key = "content"
        case [str(key)]:
            key = key.removesuffix("_parsed")
        case _:
            return
    name = _NAMES.get(key)
    if name is None:
        return
    if name == "date":
        moment = parse_date(value) if isinstance(value, str) else _utc(value)
        if moment is not None:
            yield Expectation("date", entry, moment, key)
        return
    if isinstance(value, str):
        if name == "author":
            value = _EMAIL_IN_BRACKETS.sub(r"\1", value)
        yield Expectation(name, entry, value)
