"""add, remove, sources and opml: subscriptions."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from newstui.cli.context import cache_for_reading, cache_for_writing, clock, existing_path, settings_and_paths
from newstui.cli.output import narrate, print_json, source_json
from newstui.errors import NewstuiError, UsageError
from newstui.text.clean import clean_line

if TYPE_CHECKING:
    from newstui.fetch.subscribing import Candidate
    from newstui.model import Source


def add(arguments: argparse.Namespace) -> int:
    """`newstui add`: finds the feed behind an address and subscribes to it."""
    from newstui.districts.placing import parse_district
    from newstui.fetch.permitting import permit

    try:
        place = parse_district(arguments.district) if arguments.district else ""
    except ValueError as error:
        raise UsageError(str(error)) from error
    candidate, permitted = _found(arguments)
    with cache_for_writing() as store:
        known = store.sources.by_url(candidate.url) is not None
        title = clean_line(arguments.title) or candidate.title
        source = store.sources.add(
            candidate.url, candidate.kind, title=title, site=candidate.site, place=place, at=clock()
        )
        if permitted:
            permit(store, arguments.address)
    if arguments.json:
        print_json(source_json(source))
    else:
        narrate(f"{'already there: ' if known else ''}{source.id}  {source.title}  {source.url}")
    return 0


def _found(arguments: argparse.Namespace) -> tuple[Candidate, bool]:
    """What the address leads to, and whether a private address was permitted on the way."""
    from newstui.fetch.addresses import RefusedError
    from newstui.fetch.http import FetchError
    from newstui.fetch.subscribing import find_source

    settings, _ = settings_and_paths()
    permitted = False
    try:
        candidate = find_source(arguments.address, settings)
    except FetchError as error:
        if not isinstance(error.__cause__, RefusedError) or not (arguments.allow_private or _agreed(error)):
            raise
        permitted = True
        candidate = find_source(arguments.address, settings, allow_private=True)
    if arguments.kind == "archive" and candidate.url.startswith(("http:", "https:")):
        raise UsageError(f"{candidate.url}: an archive is a file or folder here, not an address")
    if arguments.kind == "feed" and candidate.kind != "feed":
        raise UsageError(f"{candidate.url}: no feed; add it without --kind to follow it as an archive")
    return (replace(candidate, kind=arguments.kind) if arguments.kind else candidate), permitted


def _agreed(error: NewstuiError) -> bool:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    print(f"{error}\nFetch from it all the same, now and later? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in {"y", "yes", "是"}


def remove(arguments: argparse.Namespace) -> int:
    """`newstui remove`."""
    with cache_for_writing() as store:
        source = store.sources.find(arguments.source)
        store.sources.remove(source.id)
    narrate(f"removed: {source.title or source.url}; starred articles and all marks stay")
    return 0


def show_sources(arguments: argparse.Namespace) -> int:
    """`newstui sources`."""
    with cache_for_reading() as store:
        found = store.sources.all() if store is not None else []
    for source in found:
        if arguments.json:
            print_json(source_json(source))
        else:
            print(_source_line(source))
    return 0


def _source_line(source: Source) -> str:
    from newstui.text.widths import pad

    health = "gone" if source.gone else f"failing ×{source.errors}: {source.error}" if source.errors else ""
    line = f"{source.id:>4}  {pad(source.title or source.url, 28)} {source.unread:>6} / {source.total:<6} {source.url}"
    return f"{line}  {health}" if health else line


def opml(arguments: argparse.Namespace) -> int:
    """`newstui opml import|export`; - is stdin or stdout."""
    from newstui.sync.opml import export_opml, import_opml

    if arguments.action == "export":
        with cache_for_writing() as store:
            data = export_opml(store)
        if arguments.path == "-":
            sys.stdout.buffer.write(data)
        else:
            _save(arguments.path, data)
        return 0
    data = sys.stdin.buffer.read() if arguments.path == "-" else _load(arguments.path)
    with cache_for_writing() as store:
        outcome = import_opml(store, data, at=clock())
    narrate(f"{outcome.added} added, {outcome.known} already there, {outcome.skipped} without a usable address")
    return 0


def _load(name: str) -> bytes:
    path = existing_path(name)
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from error


def _save(name: str, data: bytes) -> None:
    path = existing_path(name)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise NewstuiError(f"{path}: cannot be written ({error.strerror})") from error
