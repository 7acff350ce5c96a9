"""reprocess: kept pages read again by a newer extractor."""

from __future__ import annotations

import argparse
from collections import Counter

from newstui.cli.clock import clock
from newstui.cli.context import cache_for_writing, settings_and_paths
from newstui.cli.output import narrate, print_json
from newstui.cli.progress import Progress
from newstui.cli.reading import query_of, rows_of
from newstui.model import ImportOutcome, View


def reprocess(arguments: argparse.Namespace) -> int:
    """`newstui reprocess`: says of every article what became of it; 1 when any page could not be read."""
    from newstui.fetch.lock import writer_lock
    from newstui.fetch.reprocessing import reprocess_pages

    _, where = settings_and_paths()
    counts: Counter[str] = Counter()
    with (
        cache_for_writing() as store,
        writer_lock(where.cache, "newstui reprocess"),
        Progress(arguments.progress) as progress,
    ):
        source = store.sources.find(arguments.source).id if arguments.source else 0
        only = None
        if arguments.query is not None:
            only = [row.key.row for row in rows_of(store, View(query=query_of(arguments.query)))]
        if arguments.dry_run:
            waiting = store.originals.count(source, only)
            if arguments.json:
                print_json({"waiting": waiting})
            else:
                narrate(f"{waiting} kept pages were read by an older extractor")
            return 0

        def report(outcome: ImportOutcome) -> None:
            counts[outcome.status] += 1
            if arguments.json or arguments.progress == "json":
                print_json({"id": outcome.id, "title": outcome.title, "status": outcome.status, "error": outcome.error})
            elif outcome.error:
                progress.say(f"{outcome.status}: {outcome.id}  {outcome.title}: {outcome.error}")

        reprocess_pages(store, source=source, only=only, now=clock(), report=report, progress=progress.show)
    if arguments.progress != "json":
        narrate(", ".join(f"{count} {status}" for status, count in counts.items()) or "nothing to read again")
    return 1 if counts["failed"] else 0
