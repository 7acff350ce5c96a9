"""What commands share: paths, settings, the open cache."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from newstui.cli.clock import clock
from newstui.cli.output import narrate
from newstui.config import Paths, Settings, load_settings, paths
from newstui.errors import DamagedCacheError, NoCacheError
from newstui.locale import Catalogue, catalogue, language

if TYPE_CHECKING:
    from newstui.store import Store


def settings_and_paths() -> tuple[Settings, Paths]:
    """This environment's settings and paths; raises ConfigError."""
    where = paths()
    return load_settings(where.config), where


def words_spoken() -> Catalogue:
    """The catalogue of this environment's language; raises ConfigError."""
    settings, _ = settings_and_paths()
    return catalogue(language(settings, os.environ))


@contextmanager
def cache_for_writing() -> Iterator[Store]:
    """The cache, made when there is none; what was salvaged from a damaged one is said on stderr."""
    from newstui.store import open_store

    where = paths().cache
    store = open_store(where, now=clock())
    try:
        _tell_salvage(store)
        yield store
    finally:
        store.close()


@contextmanager
def cache_for_reading() -> Iterator[Store | None]:
    """The cache as it is; None, said on stderr, when there is none yet: reading creates nothing.

    A damaged one is put right first, as by any other command.
    """
    from newstui.store import open_store

    where = paths().cache
    try:
        store = open_store(where, now=clock(), write=False)
    except NoCacheError:
        narrate(f"newstui: no cache yet at {where}; fill it with newstui import PATH or newstui add URL")
        yield None
        return
    except DamagedCacheError:
        store = open_store(where, now=clock())
    try:
        _tell_salvage(store)
        yield store
    finally:
        store.close()


def _tell_salvage(store: Store) -> None:
    if store.salvaged is not None:
        narrate(f"newstui: {store.salvaged.words}")
