"""What is passed over for its name alone, in every container alike (pure)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final, Protocol

from newstui.fetch.filenames import is_hidden, is_page_name, leads_outside, may_hold_assets, page_of_assets, shown
from newstui.fetch.found import Found, Spot
from newstui.fetch.shells import is_shell

_MOST: Final = 100_000
_WAITING: Final = 16 << 20
"""Bytes held of what may belong to a page that comes later."""


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


class Assets:
    """What may be a saved page's pictures and frames, until the page comes: a tar file may have the folder first."""

    def __init__(self) -> None:
        self._held: deque[tuple[str, Found]] = deque()
        self._bytes = 0
        self.shells: set[str] = set()
        """Pages that are only frames."""

    def take(self, name: str, found: Found) -> Iterator[Found]:
        """One more; what need not wait, or cannot any longer."""
        folders = name.split("/")[:-1]
        if found.reason or not any(map(may_hold_assets, folders)):
            if found.data and is_page_name(name) and is_shell(found.data) and len(self.shells) < _MOST:
                self.shells.add(name)
            yield found
            return
        self._held.append((name, found))
        self._bytes += len(found.data)
        while self._bytes > _WAITING:
            _, oldest = self._held.popleft()
            self._bytes -= len(oldest.data)
            yield oldest

    def page(self, name: str) -> Iterator[Found]:
        """The page called `name` has come: what waited for it."""
        if not self._held or not is_page_name(name):
            return
        above, own = name.rpartition("/")[::2]
        kept: deque[tuple[str, Found]] = deque()
        for member, found in self._held:
            folder = member.removeprefix(f"{above}/" if above else "").partition("/")[0]
            if not member.startswith(f"{above}/" if above else "") or not page_of_assets(folder, own.__eq__):
                kept.append((member, found))
                continue
            self._bytes -= len(found.data)
            if name in self.shells and is_page_name(member):
                yield found
            else:
                yield Found(found.path, found.member, reason=f"belongs to the saved page {shown(own)}")
        self._held = kept

    def rest(self) -> Iterator[Found]:
        """Whose page did not come."""
        yield from (found for _, found in self._held)
        self._held.clear()


def judged(at: Spot, name: str, listed: Names, framed: Callable[[str], bool] = lambda _: False) -> Found | None:
    """What is told of a member that is passed over for its name; None when its content is to be looked at.

    framed: whether the saved page of that path is only a frame round another one, which lies among its pictures.
    """
    if leads_outside(name):
        return at.failed("its name leads out of the archive")
    parts = name.split("/")
    if any(is_hidden(part) for part in parts):
        return at.skipped("hidden")
    for depth, part in enumerate(parts[:-1]):
        stands_beside: Callable[[str], bool] = partial(_is_beside, listed, parts[:depth])
        page = page_of_assets(part, stands_beside)
        if page and not (is_page_name(parts[-1]) and framed("/".join((*parts[:depth], page)))):
            return at.skipped(f"belongs to the saved page {shown(page)}")
    return None


def _is_beside(listed: Names, above: Sequence[str], name: str) -> bool:
    return "/".join((*above, name)) in listed
