"""Dumps of articles as data: JSON documents, JSON Lines, tables, and pieces of either, to articles with their marks.

A piece of a large file comes with the file's beginning, so that every piece is mapped alike. Texts go through the same
blocks as feed entries; the data itself is not kept, for no extractor ran over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from newstui.sources.exports import Export, export_of
from newstui.sources.feed_parts import field_text
from newstui.sources.field_values import Record, flattened, text_of
from newstui.sources.json_records import Value, document, lines_of, parts_of, pieces_of, records_of
from newstui.sources.mapping import SAMPLE, Mapped, UnmappedError, guess, told
from newstui.sources.records import Dump, Taken, read_record
from newstui.sources.tables import layout_of, rows_of
from newstui.sources.urls import web_url

__all__ = ["Dump", "UnmappedError", "read_document", "read_json_piece", "read_table", "read_values"]

Wanted = Mapping[str, str] | None
_OWN: Final = frozenset(("source_url", "source_title"))
"""All the fields of the line that newstui exports for a source without articles."""


def read_document(text: str, wanted: Wanted = None) -> Dump:
    """The articles of a whole JSON file of any kind; raises UnmappedError when it holds none."""
    try:
        whole = document(text)
    except ValueError:
        return read_values(pieces_of(text), wanted)
    if isinstance(whole, dict) and _is_article(whole):
        return read_values([("", whole, "")], wanted)
    found = records_of(whole)
    if found == [whole]:
        return read_values([("", whole, "")] if isinstance(whole, dict) else [], wanted)
    wrong = "it is no object with fields"
    return read_values(
        ((f"record {at}", one, "" if isinstance(one, dict) else wrong) for at, one in enumerate(found, 1)), wanted
    )


def _is_article(value: dict[str, Any]) -> bool:
    """Whether an object is an article itself rather than something round a list of them."""
    try:
        mapped = guess([flattened(value)])
    except UnmappedError:
        return False
    return "title" in mapped and "body" in mapped and "." not in mapped["body"]


def read_json_piece(sample: str, piece: str, *, first: int, lines: bool, wanted: Wanted = None) -> Dump:
    """The articles of a piece of a large JSON file that begins with `sample`.

    lines: it is JSON Lines, and the piece begins with line `first`; else records with SEPARATOR between them.
    """
    read = lines_of if lines else parts_of
    return read_values(read(piece, first), wanted, list(read(sample, 1)))


def read_table(sample: str, piece: str, *, first: int, wanted: Wanted = None) -> Dump:
    """The articles of a piece of a table that begins with `sample`; the piece begins with line `first` (from 1)."""
    layout = layout_of(sample)
    if layout is None:
        raise UnmappedError("it looks like a table, but has no columns that can be told apart")

    def records(text: str, line: int) -> Iterator[Value]:
        for at, row in rows_of(text, layout):
            if line + at > layout.head:
                place = f"line {line + at}"
                yield (place, None, row) if isinstance(row, str) else (place, row, "")

    return read_values(records(piece, first), wanted, list(records(sample, 1)))


def read_values(values: Iterable[Value], wanted: Wanted = None, sample: Sequence[Value] | None = None) -> Dump:
    """The articles of records that were read already; raises UnmappedError when they hold none.

    sample: the file's first records, by which fields are told; None when these are they.
    """
    dump = Dump()
    values = list(values)
    fields: list[tuple[str, Record | None, str]] = []
    for place, value, wrong in values:
        if wrong:
            dump.taken.append(Taken(place, reason=wrong, failed=True))
        elif set(value) <= _OWN:
            url = web_url(text_of(value.get("source_url")))
            if url:
                dump.subscriptions.append((url, field_text(text_of(value.get("source_title"))), "", ""))
        else:
            fields.append((place, flattened(value), ""))
    first = fields if sample is None else [
        (place, flattened(value), "") for place, value, wrong in sample if not wrong and not set(value) <= _OWN
    ]  # fmt: skip
    if not fields:
        if not dump.taken and not dump.subscriptions:
            raise UnmappedError("data without a record")
        return dump
    records = [record for _, record, _ in first[:SAMPLE] if record]
    mapped, export = mapping_of(records, wanted)
    dump.mapping = told(mapped, records)
    for place, record, _ in fields:
        prepared = export.prepared(dict(record or {})) if export is not None else record or {}
        dump.taken.append(read_record(prepared, place, mapped, export))
    return dump


def mapping_of(records: Sequence[Record], wanted: Wanted) -> tuple[Mapped, Export | None]:
    """How records that begin so are read: which field is what, and whose export they are."""
    export = export_of(records)
    if export is None:
        return guess(records, wanted), None
    prepared = [export.prepared(dict(record)) for record in records]
    return guess(prepared, wanted, export.mapped), export
