"""fetch and import: bytes into the cache, with progress on stderr or as JSON lines."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from newstui.cli.asked import fields_asked, path_asked, place_asked
from newstui.cli.clock import clock
from newstui.cli.context import cache_for_writing, settings_and_paths
from newstui.cli.output import fetch_json, import_json, narrate, print_json
from newstui.cli.progress import Progress
from newstui.cli.streams import abandon_results
from newstui.errors import NewstuiError, UsageError
from newstui.model import FetchOutcome, ImportOutcome

if TYPE_CHECKING:
    from newstui.config import Settings
    from newstui.store import Store

_ORDER = ("added", "updated", "known", "skipped", "failed")


def fetch(arguments: argparse.Namespace) -> int:
    """`newstui fetch`: what is due, the named sources, or all; 1 when any failed. Quiet when nothing failed."""
    from newstui.cli.sourcing import allowed_by_hand
    from newstui.fetch.fetching import fetch_sources
    from newstui.fetch.lock import writer_lock

    settings, where = settings_and_paths()
    failed = 0
    done = 0
    with cache_for_writing() as store, writer_lock(where.cache, "newstui fetch"), whole_output():
        if arguments.source:
            found = [store.sources.find(reference) for reference in arguments.source]
            sources = list({source.id: source for source in found}.values())
        elif arguments.all:
            sources = [source for source in store.sources.all() if source.fetchable]
        else:
            sources = store.sources.due(clock())
        settings = replace(settings, allow_private=settings.allow_private + allowed_by_hand(store))
        if not sources and sys.stderr.isatty() and not store.sources.all():
            narrate("nothing is subscribed to; newstui add URL")
        with Progress(arguments.progress, len(sources)) as progress:

            def report(outcome: FetchOutcome) -> None:
                nonlocal failed, done
                done += 1
                if arguments.json or arguments.progress == "json":
                    print_json(fetch_json(outcome))
                if outcome.status in {"failed", "gone"}:
                    failed += 1
                    progress.say(f"{outcome.source}: {outcome.error} ({outcome.url})")
                progress.show(done, len(sources))

            progress.show(0, len(sources))
            fetch_sources(store, sources, settings, now=clock, report=report)
            if settings.keep_pictures == "starred" and not arguments.source:
                _fetch_pictures(store, settings, progress)
    return 1 if failed else 0


def _fetch_pictures(store: Store, settings: Settings, progress: Progress) -> None:
    """The pictures of starred articles; what cannot be had is told, and is no failure of a source."""
    from newstui.fetch.pictures import fetch_pictures

    try:
        outcome = fetch_pictures(store, settings, now=int(clock().timestamp() * 1000))
    except OSError as error:
        problem = f"{store.pictures.folder}: pictures cannot be kept ({error.strerror})"
        progress.say(problem + '; make room there, or set keep_pictures = "off" in config.toml')
        return
    for lost in outcome.lost:
        progress.say(f"picture {lost.url}: {lost.reason}")


def pictures(arguments: argparse.Namespace) -> int:
    """`newstui pictures`: fetches the pictures of these articles; 1 when one cannot be had.

    Those of articles without a star are kept until `newstui prune`.
    """
    from newstui.cli.sourcing import allowed_by_hand
    from newstui.fetch.pictures import fetch_pictures_of
    from newstui.store.pictures import Illustrated, pictures_in

    settings, _ = settings_and_paths()
    with cache_for_writing() as store, whole_output():
        settings = replace(settings, allow_private=settings.allow_private + allowed_by_hand(store))
        articles = [store.articles.get(reference) for reference in arguments.id]
        wanted = [Illustrated(0, article.row.url, pictures_in(article.blocks)) for article in articles]
        outcome = fetch_pictures_of(store, settings, wanted)
        if arguments.json:
            print_json({"added": outcome.kept, "known": outcome.known, "failed": 0})
        for lost in outcome.lost:
            if arguments.json:
                print_json({"url": lost.url, "status": "failed", "error": lost.reason})
            else:
                narrate(f"picture {lost.url}: {lost.reason}")
        if not arguments.json:
            narrate(f"{outcome.kept} pictures kept, {outcome.known} were kept before")
    return 1 if outcome.lost else 0


def import_archives(arguments: argparse.Namespace) -> int:
    """`newstui import`: says of every file what became of it; 1 when any failed."""
    from newstui.cli.watching import candidates_of, refuse_what_cannot_be_watched, watch
    from newstui.fetch.importing import import_paths
    from newstui.fetch.lock import writer_lock
    from newstui.fetch.watching import Telling

    if bool(arguments.path) == arguments.starter:
        raise UsageError("name what to import: a file, a folder, a ZIP, - for stdin, or --starter alone")
    if arguments.watch:
        refuse_what_cannot_be_watched(arguments)
    place = place_asked(arguments.district)
    mapping = fields_asked(arguments.map)
    targets = [starter_library()] if arguments.starter else [_target(text) for text in arguments.path]
    settings, where = settings_and_paths()
    candidates = candidates_of(targets, settings) if arguments.watch else []
    counts: Counter[str] = Counter()
    sources: Counter[str] = Counter()
    with (
        # A dry run touches nothing, so it needs neither.
        nullcontext() if arguments.dry_run else cache_for_writing() as store,
        nullcontext() if arguments.dry_run else writer_lock(where.cache, "newstui import"),
        whole_output(),
        Progress(arguments.progress) as progress,
    ):

        def report(outcome: ImportOutcome) -> None:
            counts[outcome.status] += 1
            sources[outcome.status] += outcome.subscription
            if arguments.json or arguments.progress == "json":
                print_json(import_json(outcome, with_text=arguments.dry_run))
            elif not arguments.starter:
                print(_import_line(outcome))
            if outcome.status == "failed":
                progress.say(f"{_member(outcome)}: {outcome.error}")

        if arguments.watch and store is not None:
            for source in watch(store, candidates, place, Telling(report, progress.show, progress.say)):
                progress.say(f"watched from now on: {source.id}  {source.title}  {source.url}")
        else:
            import_paths(
                store,
                targets,
                place=place,
                dry_run=arguments.dry_run,
                now=clock,
                report=report,
                progress=progress.show,
                notice=progress.say,
                mapping=mapping,
            )
    if arguments.progress != "json":
        said = ", ".join(_counted(status, counts[status], sources[status]) for status in _ORDER if counts[status])
        narrate(("would be: " if arguments.dry_run else "") + (said or "nothing found to import"))
    return 1 if counts["failed"] else 0


def _counted(status: str, count: int, sources: int) -> str:
    """E.g. "8 added", "8 added (3 of them sources)", "3 sources added"."""
    if sources == count:
        return f"{count} {'source' if count == 1 else 'sources'} {status}"
    return f"{count} {status} ({sources} of them sources)" if sources else f"{count} {status}"


@contextmanager
def whole_output() -> Iterator[None]:
    """Says that a command was cut short because nobody reads its results any more: the work itself is not done."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError as error:
        abandon_results()
        raise NewstuiError("nobody reads the results, so it stopped; what was done is kept, run it again") from error


def starter_library() -> Path:
    """The folder of sample pages that comes with the program."""
    import newstui

    return Path(newstui.__file__).parent / "starter"


def _target(text: str) -> Path:
    if text == "-":
        return Path("-")
    path = path_asked(text)
    if not path.exists():
        raise UsageError(f"{path}: no such file or folder")
    return path


def _member(outcome: ImportOutcome) -> str:
    return f"{outcome.path}!{outcome.member}" if outcome.member else outcome.path


def _import_line(outcome: ImportOutcome) -> str:
    source = outcome.source if outcome.subscription else ""
    what = outcome.error or "  ".join(filter(None, (outcome.id, outcome.district, outcome.title, source)))
    if outcome.headlines:
        what += f" ({len(outcome.headlines)} headlines)"
    return f"{outcome.status:<8} {_member(outcome)}  {what}"
