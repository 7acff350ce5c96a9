"""Pictures of starred articles, fetched so that they can be seen without a network.

Each `newstui fetch` takes up where the last one ended: articles starred since then, and those of which a picture could
not be had for a reason that may pass. What is no picture is not kept: only what tells its size in pixels by its first
bytes is one, and only in the forms that a terminal program can draw.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final, NamedTuple

from newstui.config import Settings
from newstui.errors import UsageError
from newstui.fetch.addresses import Allowance
from newstui.fetch.http import Session
from newstui.fetch.interrupts import run
from newstui.fetch.locations import locate
from newstui.fetch.replies import FetchError
from newstui.store import Store
from newstui.store.pictures import Illustrated, Pictures

_SINCE: Final = "pictures.since"
"""Key of the time (ms since the epoch) of the first star whose article may want pictures."""
_ACCEPT: Final = "image/webp, image/png, image/jpeg, image/gif;q=0.9, image/*;q=0.5"
_LARGEST: Final = 8 << 20
"""Bytes of one picture."""
_PIXELS: Final = 100_000_000
"""More of them could fill the memory of what draws them."""
_PASSING: Final = frozenset({403, 408, 425, 429, 500, 502, 503, 504})
"""Answers that may be others another day; many sites refuse pictures to those who ask for too many."""
_TRIES_FOR: Final = 7 * 86_400_000
"""Milliseconds after its star for which a picture is asked for again."""
_PER_HOST: Final = 2
_RASTER: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM")


class Lost(NamedTuple):
    """A picture that could not be had, and why."""

    url: str
    reason: str


@dataclass
class PicturesOutcome:
    """What a round brought."""

    kept: int = 0
    known: int = 0
    """Pictures that were kept before."""
    lost: list[Lost] = field(default_factory=list)


def fetch_pictures(store: Store, settings: Settings, *, now: int) -> PicturesOutcome:
    """Fetch what pictures starred articles want, at `now` (ms since the epoch).

    Raises KeyboardInterrupt when told to end, what was fetched is kept then; OSError when the folder cannot be written.
    """
    pictures = store.pictures
    since = int(store.state.get(_SINCE) or 0)
    wanted = list(pictures.starred(since))
    if not wanted:
        return PicturesOutcome()
    round_ = _Round(pictures, settings)
    run(round_.all(wanted))
    waiting = [one.starred for one in wanted if not round_.passing.isdisjoint(one.urls)]
    waiting = [starred for starred in waiting if now - starred < _TRIES_FOR]
    # The very last star is looked at again: another may have been given in the same millisecond.
    store.state.set(_SINCE, str(min(waiting, default=wanted[-1].starred)))
    return round_.outcome


def fetch_pictures_of(store: Store, settings: Settings, wanted: Sequence[Illustrated]) -> PicturesOutcome:
    """Fetch what pictures these articles want; raises as `fetch_pictures` does."""
    round_ = _Round(store.pictures, settings)
    run(round_.all(wanted))
    return round_.outcome


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a picture in a raster form; None when it is none, or absurdly large."""
    if not data.startswith(_RASTER) and not (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return None
    import imagesize  # type: ignore[import-untyped]

    width, height = map(int, imagesize.get(BytesIO(data)))
    return (width, height) if width > 0 and height > 0 and width * height <= _PIXELS else None


class _Round:
    def __init__(self, pictures: Pictures, settings: Settings) -> None:
        self._pictures = pictures
        self._settings = settings
        self._allowance = Allowance(settings.allow_private)
        self._places = asyncio.Semaphore(settings.workers)
        self.outcome = PicturesOutcome()
        self.passing: set[str] = set()
        """Addresses that are worth another try."""

    async def all(self, wanted: Iterable[Illustrated]) -> None:
        """Fetch what is not kept yet, hosts side by side."""
        pages: dict[str, str] = {}
        for one in wanted:
            for url in one.urls:
                pages.setdefault(url, one.page)
        queues: dict[str, list[tuple[str, str]]] = {}
        for url, page in pages.items():
            if self._pictures.find(url) is not None:
                self.outcome.known += 1
            else:
                try:
                    queues.setdefault(locate(url).host, []).append((url, page))
                except UsageError as error:
                    self.outcome.lost.append(Lost(url, str(error)))
        async with asyncio.TaskGroup() as tasks:
            for queue in queues.values():
                for _ in range(min(_PER_HOST, len(queue))):
                    tasks.create_task(self._drain(queue))

    async def _drain(self, queue: list[tuple[str, str]]) -> None:
        async with self._places:
            session = Session(self._settings, self._allowance)
            try:
                while queue:
                    url, page = queue.pop()
                    await self._one(url, page, session)
            finally:
                await session.close()

    async def _one(self, url: str, page: str, session: Session) -> None:
        try:
            reply = await session.get(url, limit=_LARGEST, accept=_ACCEPT, referer=_referer(page, url))
        except FetchError as error:
            self.passing.add(url)
            self.outcome.lost.append(Lost(url, str(error)))
            return
        except Exception as error:  # noqa: BLE001 - what a server sends must not end the run for the others
            self.outcome.lost.append(Lost(url, f"the connection failed ({type(error).__name__}: {error})"[:300]))
            return
        if reply.status not in (200, 203):
            if reply.status in _PASSING:
                self.passing.add(url)
            self.outcome.lost.append(Lost(url, f"the server answered {reply.status}"))
            return
        size = size_of(reply.body)
        if size is None:
            self.outcome.lost.append(Lost(url, "what came is no PNG, JPEG, GIF, WebP or BMP picture"))
            return
        self._pictures.keep(url, reply.body, *size)
        self.outcome.kept += 1


def _referer(page: str, url: str) -> str:
    """The page's address as a browser would give it: never from https to http, no user, no fragment."""
    try:
        here, there = locate(page), locate(url)
    except UsageError:
        return ""
    return "" if here.scheme == "https" and there.scheme == "http" else here.url
