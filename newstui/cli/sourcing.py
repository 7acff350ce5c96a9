"""add, remove, sources and opml: subscriptions."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from newstui.cli.asked import path_asked, place_asked
from newstui.cli.clock import clock
from newstui.cli.context import cache_for_reading, cache_for_writing, settings_and_paths
from newstui.cli.output import narrate, print_json, source_json
from newstui.cli.saving import write_whole
from newstui.errors import NewstuiError, UsageError
from newstui.text.clean import clean_line

if TYPE_CHECKING:
    from newstui.config import Paths
    from newstui.fetch.subscribing import Candidate
    from newstui.model import Source
    from newstui.store import Store


PRIVATE_HOSTS = "private_hosts"
"""Key of the cache's state: "host:port" entries that were allowed by hand, joined by commas."""


def add(arguments: argparse.Namespace) -> int:
    """`newstui add`: finds the feed behind an address and subscribes to it."""
    place = place_asked(arguments.district)
    try:
        candidate, allowed = _found(arguments)
    except NewstuiError as error:
        if arguments.json:
            print_json(_refusal(arguments.address, error))
        raise
    with cache_for_writing() as store:
        known = store.sources.by_url(candidate.url) is not None
        title = clean_line(arguments.title) or candidate.title
        source = store.sources.add(
            candidate.url, candidate.kind, title=title, site=candidate.site, place=place, at=clock()
        )
        if allowed:
            store.state.set(PRIVATE_HOSTS, ",".join(sorted({*allowed_by_hand(store), *allowed})))
    if arguments.json:
        print_json(source_json(source))
    else:
        narrate(f"{'already there: ' if known else ''}{source.id}  {source.title}  {source.url}")
    return 0


def _refusal(address: str, error: NewstuiError) -> dict[str, object]:
    """Why an address was not added, with what the asker may say yes to or choose from."""
    from newstui.fetch.subscribing import PrivateAddressError, SeveralFeeds

    private = error.__cause__ if isinstance(error.__cause__, PrivateAddressError) else error
    candidates = error.candidates if isinstance(error, SeveralFeeds) else ()
    return {
        "url": address,
        "status": "failed",
        "error": str(error),
        "private": private.endpoint if isinstance(private, PrivateAddressError) else "",
        "candidates": [{"url": one.url, "title": one.title} for one in candidates],
    }


def allowed_by_hand(store: Store) -> tuple[str, ...]:
    """The private "host:port" entries that `add` was told to allow."""
    return tuple(filter(None, (store.state.get(PRIVATE_HOSTS) or "").split(",")))


def _found(arguments: argparse.Namespace) -> tuple[Candidate, tuple[str, ...]]:
    """What the address leads to, and the private endpoints that were allowed on the way."""
    from newstui.fetch.subscribing import PrivateAddressError, find_source

    settings, where = settings_and_paths()
    allowed: tuple[str, ...] = ()
    before = _allowed_before(where)
    while True:
        try:
            known = (*before, *allowed)
            return find_source(arguments.address, settings, kind=arguments.kind, allow_private=known), allowed
        except PrivateAddressError as error:
            # A redirect may lead to a second one; the same one again would mean that allowing did not help.
            if error.endpoint in known:
                raise
            if not (arguments.allow_private or _agreed(error)):
                raise NewstuiError(f"{error}, or say --allow-private") from error
            allowed = (*allowed, error.endpoint)


def _allowed_before(where: Paths) -> tuple[str, ...]:
    """What earlier `add`s were told to allow: a person is asked once. Nothing is made when there is no cache."""
    if not where.cache.exists():
        return ()
    with cache_for_reading() as store:
        return allowed_by_hand(store) if store is not None else ()


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
    if source.error and not health:
        health = f"unreadable: {source.error}"
    line = f"{source.id:>4}  {pad(source.title or source.url, 28)} {source.unread:>6} / {source.total:<6} {source.url}"
    return f"{line}  {health}" if health else line


def opml(arguments: argparse.Namespace) -> int:
    """`newstui opml import|export`; - is stdin or stdout."""
    from newstui.sync.opml import export_opml, import_opml

    if arguments.action == "export":
        if arguments.json:
            raise UsageError("opml export writes OPML; `newstui sources --json` prints subscriptions as JSON")
        with cache_for_reading() as store:
            data = export_opml(store.sources.all() if store is not None else ())
        if arguments.path == "-":
            sys.stdout.buffer.write(data)
        else:
            write_whole(path_asked(arguments.path), (data,))
        return 0
    data = sys.stdin.buffer.read() if arguments.path == "-" else _load(arguments.path)
    with cache_for_writing() as store:
        outcome = import_opml(store, data, at=clock())
    if arguments.json:
        print_json({"added": outcome.added, "known": outcome.known, "skipped": outcome.skipped})
        return 0
    narrate(f"{outcome.added} added, {outcome.known} already there, {outcome.skipped} without a usable address")
    return 0


def _load(name: str) -> bytes:
    path = path_asked(name)
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from error
