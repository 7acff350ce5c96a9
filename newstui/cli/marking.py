"""mark: read marks, stars, tags and notes from the command line."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from newstui.cli.clock import clock
from newstui.cli.context import cache_for_writing
from newstui.cli.output import narrate, print_json
from newstui.cli.reading import query_of, rows_of
from newstui.errors import UsageError
from newstui.model import View
from newstui.text.clean import clean_line

if TYPE_CHECKING:
    from newstui.store import Store


def mark(arguments: argparse.Namespace) -> int:
    """`newstui mark`; with --json one object {"changed"}: how many articles."""
    _check(arguments)
    with cache_for_writing() as store:
        if arguments.all and not _other_than_read(arguments):
            changed = len(store.marks.mark_all(View(), clock()).rows)
            _report(arguments, changed)
            return 0
        rows = _selected(store, arguments)
        changed = _apply(store, arguments, rows)
    _report(arguments, changed)
    return 0


def _check(arguments: argparse.Namespace) -> None:
    ways = sum((bool(arguments.id), arguments.query is not None, arguments.all))
    if ways != 1:
        raise UsageError("name what to mark: IDs, --query Q or --all (one of them)")
    if not (arguments.read or _other_than_read(arguments)):
        raise UsageError("name the mark: --read, --unread, --star, --unstar, --tag T, --untag T or --note TEXT")
    arguments.tag, arguments.untag = [[_tag_name(tag) for tag in tags] for tags in (arguments.tag, arguments.untag)]


def _other_than_read(arguments: argparse.Namespace) -> bool:
    return bool(
        arguments.unread
        or arguments.star
        or arguments.unstar
        or arguments.tag
        or arguments.untag
        or arguments.note is not None
    )


def _selected(store: Store, arguments: argparse.Namespace) -> list[int]:
    if arguments.id:
        # All are looked up before any is marked: a mistyped id changes nothing.
        return [store.articles.get(reference).row.key.row for reference in arguments.id]
    view = View() if arguments.all else View(query=query_of(arguments.query))
    return [row.key.row for row in rows_of(store, view)]


def _apply(store: Store, arguments: argparse.Namespace, rows: list[int]) -> int:
    """Make the changes; how many articles the widest of them changed."""
    at = clock()
    changed = 0
    if arguments.read or arguments.unread:
        changed = len(store.marks.set("read", arguments.read, rows, at).rows)
    if arguments.star or arguments.unstar:
        changed = max(changed, len(store.marks.set("starred", arguments.star, rows, at).rows))
    for tag in arguments.tag:
        changed = max(changed, store.marks.tag(tag, rows, at))
    for tag in arguments.untag:
        changed = max(changed, store.marks.untag(tag, rows))
    if arguments.note is not None:
        changed = max(changed, store.marks.note(arguments.note, rows, at))
    return changed


def _tag_name(text: str) -> str:
    name = clean_line(text)
    if not name:
        raise UsageError("a tag needs a name")
    return name


def _report(arguments: argparse.Namespace, changed: int) -> None:
    if arguments.json:
        print_json({"changed": changed})
    else:
        narrate(f"{changed} changed")
