"""list, show, search and districts: the cache's queries as text or JSON lines."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newstui.cli.asked import place_asked, time_asked
from newstui.cli.context import cache_for_reading, words_spoken
from newstui.cli.output import article_json, iso, narrate, place_json, print_json, row_line
from newstui.errors import UsageError
from newstui.model import Row, Stored, View
from newstui.text.clean import clean_line

if TYPE_CHECKING:
    from newstui.store import Store

_PAGE = 200
_WIDEST = 76


def view_of(arguments: argparse.Namespace) -> View:
    """The view that --district, --unread, --starred and --since ask for; raises UsageError."""
    since = time_asked(arguments.since) if arguments.since else None
    return View(place_asked(arguments.district), arguments.starred, arguments.unread, since=since)


def query_of(text: str) -> str:
    """What to look for; raises UsageError when nothing is left of it, since that would be found everywhere."""
    query = clean_line(text).strip()
    if not query:
        raise UsageError("the query is empty; give a word to look for")
    return query


def rows_of(store: Store, view: View, limit: int | None = None) -> Iterator[Row]:
    """The rows of `view`, newest first, read a page at a time."""
    after = None
    left = limit
    while left is None or left > 0:
        size = _PAGE if left is None else min(_PAGE, left)
        rows = store.views.window(view, after=after, limit=size)
        yield from rows
        if len(rows) < size:
            return
        after = rows[-1].key
        left = None if left is None else left - len(rows)


def list_articles(arguments: argparse.Namespace) -> int:
    """`newstui list`."""
    view = view_of(arguments)
    with cache_for_reading() as store:
        if store is not None:
            _print_rows(store, view, arguments)
    return 0


def search_articles(arguments: argparse.Namespace) -> int:
    """`newstui search`; 0 when nothing matches: 1 means that something failed."""
    view = view_of(arguments)._replace(query=query_of(arguments.query))
    with cache_for_reading() as store:
        if store is not None:
            _print_rows(store, view, arguments)
    return 0


def _print_rows(store: Store, view: View, arguments: argparse.Namespace) -> None:
    from newstui.text.snippet import snippet

    for row in rows_of(store, view, arguments.limit):
        if not arguments.json and not view.query:
            print(row_line(row))
            continue
        stored = store.articles.by_row(row.key.row)
        if stored is None:  # pruned by another process since the window was read
            continue
        found = snippet(stored.text, view.query) if view.query else ""
        if arguments.json:
            value = article_json(stored)
            if view.query:
                value["snippet"] = found
            print_json(value)
        else:
            print(row_line(row))
            print(f"    {found}")


def show(arguments: argparse.Namespace) -> int:
    """`newstui show`; with --revisions the texts that the article had before, in JSON beside its own."""
    if arguments.revisions and arguments.format != "text":
        raise UsageError(f"--revisions are shown as text or --json, not as {arguments.format}")
    with cache_for_reading() as store:
        if store is None:
            raise UsageError(f"no article {arguments.id!r}: the cache is empty")
        stored = store.articles.get(arguments.id)
        earlier = store.articles.revisions(stored.row.key.row) if arguments.revisions else []
        related = store.articles.related(stored) if arguments.json else []
    if arguments.json:
        value = _whole_json(stored, related)
        if arguments.revisions:
            value["earlier"] = [
                {
                    "title": each.title,
                    "captured": iso(each.captured),
                    "replaced": iso(each.replaced),
                    "text": each.text,
                }
                for each in earlier
            ]
        print_json(value)
        return 0
    from newstui.text import render

    words = words_spoken()
    match arguments.format:
        case _ if arguments.revisions:
            if not earlier:
                narrate("newstui: no earlier texts of it are kept")
            said = "\n".join(render.earlier_text(each, _measure(), words) for each in earlier)
        case "markdown":
            said = render.to_markdown(stored, words)
        case "html":
            said = render.to_html(stored, words)
        case _:
            said = render.to_text(stored, _measure(), words)
    print(said, end="")
    return 0


def _measure() -> int:
    """Cells of a line of text: the terminal's, but no more than reads well; 0, unbroken, where there is none."""
    if not sys.stdout.isatty():
        return 0
    return max(2, min(_WIDEST, shutil.get_terminal_size().columns))


def _whole_json(stored: Stored, related: Sequence[str]) -> dict[str, object]:
    value = article_json(stored)
    value["text"] = stored.text
    value["blocks"] = [
        {
            "kind": block.kind,
            "text": block.text,
            "level": block.level,
            "marker": block.marker,
            "url": block.url,
            "rows": block.rows,
            "links": [{"start": link.start, "end": link.end, "url": link.url} for link in block.links],
        }
        for block in stored.blocks
    ]
    value["images"] = [{"url": block.url, "caption": block.text} for block in stored.blocks if block.kind == "image"]
    value["links"] = list(dict.fromkeys(link.url for block in stored.blocks for link in block.links))
    value["tags"] = stored.tags
    value["note"] = stored.note
    value["related"] = [
        {"title": item.title, "url": item.url, "group": item.group, **({"id": short} if short else {})}
        for item, short in zip(stored.related, related, strict=True)
    ]
    value["revisions"] = stored.revisions
    return value


def districts(arguments: argparse.Namespace) -> int:
    """`newstui districts`."""
    from newstui.text.widths import pad

    with cache_for_reading() as store:
        places = store.places.all() if store is not None else []
    for place in places:
        if arguments.json:
            print_json(place_json(place))
        else:
            print(f"{pad(place.code, 12)} {pad(place.path, 32)} {place.unread:>7} / {place.total}")
    return 0
