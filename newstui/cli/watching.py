"""import --watch: folders and archive files become sources, are read now and again at each fetch."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from newstui.cli.clock import clock
from newstui.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from newstui.config import Settings
    from newstui.fetch.subscribing import Candidate
    from newstui.fetch.watching import Telling
    from newstui.model import Source
    from newstui.store import Store


def refuse_what_cannot_be_watched(arguments: argparse.Namespace) -> None:
    """Raise UsageError for what does not go with --watch."""
    for given, name in (
        (arguments.starter, "--starter"),
        (arguments.dry_run, "--dry-run"),
        (bool(arguments.map), "--map"),
        ("-" in arguments.path, "- (standard input)"),
    ):
        if given:
            raise UsageError(f"--watch does not go with {name}: it follows folders and files as they lie")


def candidates_of(targets: list[Path], settings: Settings) -> list[Candidate]:
    """What the targets are as sources; raises UsageError for what cannot be read."""
    from newstui.fetch.subscribing import find_source

    return [find_source(str(target), settings, kind="archive") for target in targets]


def watch(store: Store, candidates: list[Candidate], place: str, telling: Telling) -> list[Source]:
    """Subscribe to archives, as `newstui add` does, and read them now; a place that is given holds for old ones too."""
    from newstui.fetch.watching import watch_archives

    sources = []
    for each in candidates:
        source = store.sources.add(each.url, "archive", title=each.title, place=place, at=clock())
        if place and source.place != place:
            store.sources.set_place(source.id, place)
        sources.append(store.sources.get(source.id))
    watch_archives(store, sources, now=clock, telling=telling)
    return sources
