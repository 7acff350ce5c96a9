"""Private addresses a person allowed by adding a source there: kept with the cache, beside allow_private."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Final

from newstui.config import Settings
from newstui.fetch.addresses import host_port
from newstui.fetch.locations import locate
from newstui.store import Store

_KEY: Final = "allow_private"


def permit(store: Store, url: str) -> None:
    """Remember that the host and port of `url` may be fetched although private; raises UsageError for no http URL."""
    entry = entry_of(url)
    known = permitted(store)
    if entry not in known:
        store.state.set(_KEY, json.dumps([*known, entry]))


def permitted(store: Store) -> tuple[str, ...]:
    """The "host:port" entries remembered so far."""
    kept = json.loads(store.state.get(_KEY) or "[]")
    return tuple(entry for entry in kept if isinstance(entry, str))


def with_permitted(store: Store, settings: Settings) -> Settings:
    """The settings with what was permitted by hand added to allow_private."""
    extra = permitted(store)
    return replace(settings, allow_private=settings.allow_private + extra) if extra else settings


def entry_of(url: str) -> str:
    """The "host:port" of a URL as allow_private spells it; raises UsageError when it is no http(s) URL."""
    location = locate(url)
    host, port = host_port(location.host, location.port)
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
