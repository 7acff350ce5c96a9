"""export: articles with their marks as JSON lines."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newstui.cli.asked import path_asked
from newstui.cli.context import cache_for_reading
from newstui.cli.output import article_json, json_line
from newstui.cli.reading import query_of, rows_of
from newstui.cli.saving import write_whole
from newstui.cli.streams import results_in_utf8
from newstui.errors import UsageError
from newstui.model import Stored, View

if TYPE_CHECKING:
    from newstui.store import Store


def export(arguments: argparse.Namespace) -> int:
    """`newstui export`; with -o the file is replaced only when the whole export was written."""
    if sum((bool(arguments.id), arguments.starred, arguments.query is not None, arguments.all)) != 1:
        raise UsageError("name what to export: IDs, --starred, --query Q or --all (one of them)")
    with cache_for_reading() as store:
        lines = _lines(store, arguments) if store is not None else iter(())
        if arguments.output == "-":
            results_in_utf8()
            for line in lines:
                sys.stdout.write(line)
        else:
            write_whole(path_asked(arguments.output), (line.encode() for line in lines))
    return 0


def _lines(store: Store, arguments: argparse.Namespace) -> Iterator[str]:
    for stored in _chosen(store, arguments):
        value = article_json(stored)
        value["source_url"] = stored.source_url
        value["source_title"] = stored.source_title
        value["text"] = stored.text
        value["tags"] = stored.tags
        value["note"] = stored.note
        yield json_line(value)
    if arguments.all:
        for source in store.sources.all():
            if source.total == 0:
                yield json_line({"source_url": source.url, "source_title": source.title})


def _chosen(store: Store, arguments: argparse.Namespace) -> Iterator[Stored]:
    if arguments.id:
        yield from [store.articles.get(reference) for reference in arguments.id]
        return
    view = View(starred=arguments.starred)
    if arguments.query is not None:
        view = view._replace(query=query_of(arguments.query))
    for row in rows_of(store, view):
        stored = store.articles.by_row(row.key.row)
        if stored is not None:
            yield stored
