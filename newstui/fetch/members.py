"""What is passed over for its name alone, in every container alike (pure)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, Protocol

from newstui.fetch.filenames import is_hidden, leads_outside, page_of_assets, shown
from newstui.fetch.found import Found, Spot

_MOST: Final = 100_000


class Names(Protocol):
    """Names that a container is known to hold."""

    def __contains__(self, name: object, /) -> bool: ...


class Beside:
    """The names met so far in a container that is read from its beginning; at most so many, to stay small."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    def add(self, name: str) -> None:
        """One more was met."""
        if len(self._names) < _MOST:
            self._names.add(name)

    def __contains__(self, name: object, /) -> bool:
        return name in self._names


def judged(at: Spot, name: str, listed: Names) -> Found | None:
    """What is told of a member that is passed over for its name; None when its content is to be looked at."""
    if leads_outside(name):
        return at.failed("its name leads out of the archive")
    parts = name.split("/")
    if any(is_hidden(part) for part in parts):
        return at.skipped("hidden")
    for depth, part in enumerate(parts[:-1]):
        stands_beside: Callable[[str], bool] = partial(_is_beside, listed, parts[:depth])
        page = page_of_assets(part, stands_beside)
        if page:
            return at.skipped(f"belongs to the saved page {shown(page)}")
    return None


def _is_beside(listed: Names, above: Sequence[str], name: str) -> bool:
    return "/".join((*above, name)) in listed
