"""Subscription lists into the cache and out of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from newstui.districts.placing import parse_district, place_path
from newstui.model import Source
from newstui.sources.opml import NotOpmlError, Outline, parse_opml, parse_url_list, write_opml
from newstui.store import Store
from newstui.store.sources import New

_SCHEMES: Final = ("http://", "https://", "file://", "/")
_LONGEST: Final = 8192


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the subscriptions of a list."""

    added: int = 0
    known: int = 0
    """Already subscribed to, or twice in the list."""
    skipped: int = 0
    """Without an address that can be fetched."""


def import_opml(store: Store, data: bytes, *, at: datetime) -> Taken:
    """Subscribe to every feed of an OPML document (or a newsboat `urls` file); doing it again changes nothing.

    Raises NotOpmlError when `data` is neither.
    """
    try:
        outlines = parse_opml(data)
    except NotOpmlError:
        outlines = [line for line in parse_url_list(data) if _fetchable(line.url)]
        if not outlines:
            raise
    known = {source.url for source in store.sources.all()}
    new: list[New] = []
    again = skipped = 0
    for outline in outlines:
        url = address_of(outline)
        if not url:
            skipped += 1
        elif url in known:
            again += 1
        else:
            new.append(New(url, "feed", outline.title, outline.site, place_of_outline(outline)))
            known.add(url)
    if new:
        store.sources.add_all(new, at=at)
    return Taken(len(new), again, skipped)


def export_opml(sources: Iterable[Source]) -> bytes:
    """Those of the sources that can be fetched as an OPML 2.0 document, with their districts."""
    return write_opml(
        Outline(source.title, source.url, source.site, district=_district(source.place))
        for source in sources
        if source.kind != "archive"
    )


def _district(place: str) -> str:
    """A place as `place_of_outline` reads it back: a path by names, for a portal's own tab its code."""
    return place if place.startswith("tab:") or not place else place_path(place)


def address_of(outline: Outline) -> str:
    """The address that a list's subscription can be fetched from; "" when it has none."""
    url = outline.url.strip()
    if url.lower().startswith("feed:"):
        url = url[len("feed:") :].removeprefix("//")
        url = url if "://" in url else f"http://{url}"
    return url if _fetchable(url) else ""


def _fetchable(url: str) -> bool:
    return url.lower().startswith(_SCHEMES) and len(url) <= _LONGEST and not url.startswith("//")


def place_of_outline(outline: Outline) -> str:
    """The place code of what the list calls its district; "" when that is nothing newstui knows."""
    if not outline.district:
        return ""
    try:
        return parse_district(outline.district)
    except ValueError:
        return ""
