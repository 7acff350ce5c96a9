"""Tables as text (CSV, TSV and their kin, RFC 4180 and what Excel and MySQL make of it): signs, header, records."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from newstui.sources.field_names import NAMES, plain_name

_DELIMITERS: Final = (",", "\t", ";", "|")
_SEP: Final = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)
"""The line by which Excel is told the delimiter."""
_DOUBLED: Final = re.compile(r'[^,;|\t\r\n"]""[^,;|\t\r\n"]')
_KNOWN: Final = frozenset(name for names in NAMES.values() for name in names)
_ENOUGH: Final = 4
"""Rows of one width by which a table without a known name is told."""
_HEADER: Final = 60
"""Characters of a column's name."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is written."""

    delimiter: str
    escaped: bool
    r"""Quotes inside a field are written \" (MySQL) rather than "" (RFC 4180)."""
    names: tuple[str, ...]
    """Of its columns; their numbers where it has no header."""
    head: int
    """Lines before its first record."""


def layout_of(text: str) -> Layout | None:
    """How the table is written whose beginning is `text`; None when that is no table.

    A table has a header with names that articles have, or several rows of one width.
    """
    sep = _SEP.match(text)
    body = text[sep.end() :] if sep else text.removeprefix("\ufeff")
    escaped = '\\"' in body and _DOUBLED.search(body) is None
    found: list[tuple[int, int, Layout]] = []
    for delimiter in (sep[1],) if sep else _DELIMITERS:
        if delimiter not in body[:20_000]:
            continue
        rows = [row for _, row in _rows(body, delimiter, escaped) if row]
        if len(rows) > 1 and not _ends(body, delimiter, escaped):
            rows.pop()  # cut off in the middle
        made = _judged(rows, delimiter)
        if made is None:
            continue
        known, header = made
        width = len(rows[0])
        names = _unique(rows[0]) if header else tuple(str(number) for number in range(1, width + 1))
        first = next((end for end, row in _rows(body, delimiter, escaped) if row), 0) if header else 0
        found.append((known, width, Layout(delimiter, escaped, names, first + (1 if sep else 0))))
    return max(found, key=lambda one: one[:2])[2] if found else None


def _ends(text: str, delimiter: str, escaped: bool) -> bool:
    """Whether a text ends where a row does, not at a line's end within quotes."""
    data = text.encode("utf-8", "replace")
    return text.endswith("\n") and cut_point(data, delimiter.encode(), escaped=escaped) == len(data)


def _judged(rows: Sequence[Sequence[str]], delimiter: str) -> tuple[int, bool] | None:
    """How many known names the first row has, and whether it is a header; None when the rows are no table."""
    if not rows or len(rows[0]) < 2:
        return None
    header, width = rows[0], len(rows[0])
    known = sum(plain_name(cell) in _KNOWN for cell in header)
    short = all(len(cell) <= _HEADER and "\n" not in cell for cell in header)
    same = sum(len(row) == width for row in rows[1:])
    if short and known and (known >= 2 or same) and same * 2 >= len(rows) - 1:
        return known, True
    if len(rows) >= _ENOUGH and same == len(rows) - 1 and width >= (2 if delimiter == "\t" else 3):
        named = short and len(set(header)) == width and not any(re.search(r"\d{4}|://|[。，]", cell) for cell in header)
        return 0, named and all(cell.strip() for cell in header)
    return None


def _unique(cells: Sequence[str]) -> tuple[str, ...]:
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = cell.strip().strip("\ufeff") or str(number)
        names.append(name if name not in names else f"{name} ({number})")
    return tuple(names)


def rows_of(text: str, layout: Layout) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """The records of a piece of a table, each with its line (from 0), or with the reason why it is none."""
    width = len(layout.names)
    begins = 0
    for ends, row in _rows(text, layout.delimiter, layout.escaped):
        line, begins = begins, ends
        if not any(cell.strip() for cell in row):
            continue
        if any(cell.strip() for cell in row[width:]):
            yield line, f"it has {len(row)} fields, the table has {width} columns"
        else:
            yield line, dict(zip(layout.names, row, strict=False))


def _rows(text: str, delimiter: str, escaped: bool) -> Iterator[tuple[int, list[str]]]:
    """Rows, each with the number of lines up to its end."""
    limit = csv.field_size_limit(len(text) + 1)
    try:
        reader = csv.reader(
            io.StringIO(text, newline=""),
            delimiter=delimiter,
            doublequote=not escaped,
            escapechar="\\" if escaped else None,
        )
        for row in reader:
            yield reader.line_num, row
    finally:
        csv.field_size_limit(limit)


def cut_point(data: bytes, delimiter: bytes, *, escaped: bool) -> int:
    r"""Where the last whole row of `data` ends, 0 when none does: at a line's end outside of quoted fields.

    `data` begins at a row's beginning. A quote opens a field at its beginning only. escaped: \" closes none.
    """
    inner = rb'(?:[^"\\]|\\.)*+' if escaped else rb'(?:[^"]|"")*+'
    token = re.compile(rb"(?:\A|(?<=[\n" + re.escape(delimiter) + rb']))"' + inner + rb'("|\Z)|\n', re.DOTALL)
    end = 0
    for found in token.finditer(data):
        if found[0] == b"\n":
            end = found.end()
        elif not found[1]:
            break
    return end
