"""prune, doctor and completion: keeping the cache and the installation well."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from newstui.cli.asked import time_asked
from newstui.cli.clock import clock
from newstui.cli.context import cache_for_writing, settings_and_paths
from newstui.cli.output import narrate, print_json
from newstui.config import Paths
from newstui.errors import DamagedCacheError, NewstuiError, UsageError

if TYPE_CHECKING:
    from newstui.model import Source


def prune(arguments: argparse.Namespace) -> int:
    """`newstui prune`: removes old read articles without a mark; prints how many."""
    settings, _ = settings_and_paths()
    if arguments.older_than:
        before = time_asked(arguments.older_than)
    elif settings.keep_days:
        before = clock() - timedelta(days=settings.keep_days)
    else:
        raise UsageError("say how old: --older-than 90d, or keep_days = 90 in config.toml")
    with cache_for_writing() as store:
        removed = store.retention.prune(before, dry_run=arguments.dry_run)
        if not arguments.dry_run:
            store.ledger.forget(before)
            store.pictures.prune({url for one in store.pictures.starred() for url in one.urls})
    if arguments.json:
        print_json({"removed": removed, "dry_run": arguments.dry_run})
    else:
        narrate(f"{removed} {'would be removed' if arguments.dry_run else 'removed'}")
    return 0


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing that doctor looked at."""

    check: str
    status: Literal["ok", "warn", "bad"]
    detail: str
    advice: str = ""


def doctor(arguments: argparse.Namespace) -> int:
    """`newstui doctor`: 1 when anything is bad."""
    bad = False
    for finding in _examine(arguments.repair):
        bad = bad or finding.status == "bad"
        if arguments.json:
            print_json(
                {
                    "check": finding.check,
                    "status": finding.status,
                    "detail": finding.detail,
                    "advice": finding.advice,
                }
            )
        else:
            advice = f" → {finding.advice}" if finding.advice else ""
            print(f"{finding.status:<5} {finding.check}: {finding.detail}{advice}")
    return 1 if bad else 0


def _examine(repair: bool) -> Iterator[Diagnosis]:
    try:
        settings, where = settings_and_paths()
    except NewstuiError as error:
        yield Diagnosis("config", "bad", str(error), "mend the file or move it away")
        from newstui.config import paths

        where = paths()
    else:
        made = "" if where.config.exists() else " (not there: defaults hold)"
        yield Diagnosis("config", "ok", f"{where.config}{made}")
        yield from _script(settings.script)
    yield from _cache(where, repair)
    yield _disk(where.cache)
    yield _encoding()


def _cache(where: Paths, repair: bool) -> Iterator[Diagnosis]:
    if not where.cache.exists():
        yield Diagnosis("cache", "warn", f"none yet at {where.cache}", "newstui import PATH, or newstui add URL")
        return
    again = False
    failing: list[Source] = []
    try:
        with cache_for_writing() as store:
            if store.salvaged is not None:
                yield Diagnosis("cache", "warn", store.salvaged.words, "look through the file that was moved aside")
            if store.read_only:
                yield Diagnosis("cache", "warn", store.read_only, "free space, or mend the folder's permissions")
            findings = store.health.check()
            if repair and any(finding.kind == "damage" for finding in findings):
                store.health.condemn()
                raise DamagedCacheError("found by the check")
            if repair and any(finding.kind == "counts" for finding in findings):
                store.health.recount()
                findings = store.health.check()
            for finding in findings:
                yield Diagnosis("cache", "bad", f"{finding.where}: {finding.what}", _ADVICE[finding.kind])
            if not findings:
                yield Diagnosis("cache", "ok", f"{where.cache}, {store.places.totals().total} articles")
            failing = [source for source in store.sources.all() if source.errors]
    except DamagedCacheError as error:
        if not repair:
            yield Diagnosis("cache", "bad", str(error), _ADVICE["damage"])
            return
        again = True
    except NewstuiError as error:
        yield Diagnosis("cache", "bad", str(error))
        return
    if again:
        # Opened anew, the cache is salvaged.
        yield from _cache(where, repair=False)
        return
    for source in failing:
        yield Diagnosis("source", "warn", f"{source.title or source.url} failed ×{source.errors}: {source.error}")


_ADVICE: Final = {
    "damage": "newstui doctor --repair keeps the file aside and saves what can be read of it",
    "counts": "newstui doctor --repair counts afresh",
    "content": "newstui import or fetch again; marks are kept",
}


def _script(script: str) -> Iterator[Diagnosis]:
    """Whether the script that config.toml asks for can be had."""
    from newstui.text.scripts import CONFIGS, ScriptError, converter

    if script not in CONFIGS:
        return
    try:
        converter(script)
    except ScriptError as error:
        yield Diagnosis("script", "warn", f'"{script}" needs OpenCC ({error})', "pipx inject newstui opencc")
    else:
        yield Diagnosis("script", "ok", f'"{script}" by OpenCC')


def _disk(cache: Path) -> Diagnosis:
    folder = next((parent for parent in cache.parents if parent.exists()), Path("/"))
    free = shutil.disk_usage(folder).free
    status: Literal["ok", "warn"] = "ok" if free >= 100 << 20 else "warn"
    return Diagnosis("disk", status, f"{free >> 20} MiB free at {folder}", "" if status == "ok" else "free some space")


def _encoding() -> Diagnosis:
    from newstui.terminal.codeset import UTF8, usable

    codeset = usable(sys.stdout.encoding)
    # Python itself puts C.UTF-8 into LC_CTYPE where the locale of LANG is not there (PEP 538).
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    wanted = next((name for name in names if name not in ("", "C.UTF-8", "C.utf8", "UTF-8")), "")
    if usable(wanted.partition(".")[2].partition("@")[0]) not in (UTF8, codeset):
        advice = "install it (Debian: dpkg-reconfigure locales), or have the terminal in UTF-8"
        return Diagnosis("terminal", "warn", f"the locale {wanted} is not installed, so text is UTF-8", advice)
    if codeset == UTF8:
        return Diagnosis("terminal", "ok", "UTF-8")
    return Diagnosis("terminal", "ok", f"{codeset}: what it has no characters for is shown as ?")


def completion(arguments: argparse.Namespace) -> int:
    """`newstui completion SHELL`: the script that ships for that shell."""
    script = Path(__file__).parent / "completions" / f"newstui.{arguments.shell}"
    sys.stdout.write(script.read_text(encoding="utf-8"))
    if sys.stdout.isatty():
        narrate(f"# put it where your shell looks, e.g. newstui completion {arguments.shell} >> ~/.{arguments.shell}rc")
    return 0
