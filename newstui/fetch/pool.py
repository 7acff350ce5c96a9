"""A few parser processes, restarted when one dies; a job that kills its process fails alone."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final, Self

from newstui.errors import NewstuiError
from newstui.fetch.parser_process import ParserProcess
from newstui.fetch.wire import Message

_MEMORY: Final = 1 << 30
_JOBS_EACH: Final = 2000
"""Jobs after which a process is replaced, so that what a parser leaks stays bounded."""
_AHEAD: Final = 16
"""Jobs that a process holds at most: while we store, it has the next ones already."""
_AHEAD_BYTES: Final = 256 << 10
"""Bytes of jobs behind its present one that a process holds at most."""
_EACH: Final = 32 << 20
"""Bytes of memory that one parser has for itself, roughly."""
_TOGETHER: Final = 192 << 20
"""Bytes of memory that parsers may have for themselves together."""


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def parsers() -> int:
    """How many parsers an import keeps busy: one a processor, as long as memory stays within bounds."""
    return max(1, min(cores(), _TOGETHER // _EACH))


class ParseError(NewstuiError):
    """Something could not be read; the message says why, for people."""


@dataclass(slots=True, eq=False)
class _Job:
    """One job on its way."""

    packed: bytes
    done: asyncio.Future[Message]


@dataclass(slots=True, eq=False)
class _Place:
    """A process, started or about to be, with the jobs it was given, the present one first."""

    given: deque[_Job]
    wanted: asyncio.Event
    process: ParserProcess | None = None
    jobs: int = 0
    """How many it was given since it was started."""

    @property
    def room(self) -> bool:
        """Whether it may be given one more."""
        if self.jobs >= _JOBS_EACH or len(self.given) >= _AHEAD:
            return False
        return sum(len(job.packed) for job in self.given) - len(self.given[0].packed) < _AHEAD_BYTES

    def give(self, job: _Job) -> None:
        """Hand it a job."""
        self.given.append(job)
        self.jobs += 1
        self.wanted.set()
        if self.process is not None:
            self.process.send(job.packed)


class ParserPool:
    """Runs jobs in `size` processes; an async context, which ends them all.

    `jobs` names the module whose `answer` does the work, `seconds` is the wall time of one job, `memory` the address
    space of a process in bytes. A process is given jobs ahead of time, so that it need not wait for us.
    """

    def __init__(
        self, *, size: int = 0, seconds: float = 20.0, memory: int = _MEMORY, jobs: str = "newstui.fetch.jobs"
    ) -> None:
        self.size = size or min(os.cpu_count() or 1, 4)
        self._seconds = seconds
        self._memory = memory
        self._jobs = jobs
        self._queue: deque[_Job] = deque()
        self._places: dict[_Place, asyncio.Task[None]] = {}
        self._attending: set[asyncio.Task[None]] = set()
        self._ending: set[asyncio.Task[int]] = set()
        self._ended = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended = True
        self._queue.clear()
        attending = list(self._attending)
        for task in attending:
            task.cancel()
        await asyncio.gather(*attending, return_exceptions=True)
        await asyncio.gather(*self._ending, return_exceptions=True)

    async def run(self, kind: str, asked: dict[str, str], data: bytes) -> Message:
        """What the job answers; raises ParseError when it fails, takes too long or kills its process."""
        job = _Job(Message([kind, asked], (data,)).pack(), asyncio.get_running_loop().create_future())
        self._queue.append(job)
        self._hand_out()
        try:
            reply = await job.done
        except asyncio.CancelledError:
            for place, task in self._places.items():
                if place.given and place.given[0] is job:  # nobody else is to wait for it
                    task.cancel()
            raise
        if "done" not in reply.value:
            raise ParseError(str(reply.value.get("failed", "the parser gave no answer")))
        return Message(reply.value["done"], reply.blobs)

    def _hand_out(self) -> None:
        """Give waiting jobs to processes: to idle ones first, then to new ones, then ahead of time to the others."""
        while self._queue:
            if self._queue[0].done.done():
                self._queue.popleft()
                continue
            place = next((place for place in self._places if not place.given and place.jobs < _JOBS_EACH), None)
            if place is None and len(self._places) < self.size:
                place = _Place(deque(), asyncio.Event())
                self._places[place] = task = asyncio.create_task(self._attend(place))
                self._attending.add(task)
                task.add_done_callback(self._attending.discard)
            if place is None:
                free = [place for place in self._places if place.given and place.room]
                if not free:
                    return
                place = min(free, key=lambda each: len(each.given))
            place.give(self._queue.popleft())

    async def _attend(self, place: _Place) -> None:
        """Start the process of a place and hear its answers until it is used up, or breaks."""
        try:
            await self._served(place)
        except Exception as error:
            # A bug of ours: it belongs to whoever asked for the job.
            if not place.given or place.given[0].done.done():
                raise
            place.given.popleft().done.set_exception(error)
        finally:
            del self._places[place]
            # What it was given ahead of time is for others.
            self._queue.extendleft(job for job in reversed(place.given) if not self._ended)
            if place.process is not None:
                await asyncio.shield(self._end_later(place.process.end()))
            self._hand_out()

    def _end_later(self, ending: Coroutine[Any, Any, int]) -> asyncio.Task[int]:
        """End a process whatever is cancelled meanwhile; the pool waits for it."""
        task = asyncio.create_task(ending)
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)
        return task

    async def _served(self, place: _Place) -> None:
        start = asyncio.ensure_future(ParserProcess.start(self._jobs, self._memory, int(self._seconds) + 10))
        try:
            place.process = process = await asyncio.shield(start)
        except asyncio.CancelledError:
            self._end_later(_started_and_ended(start))  # asyncio leaves a process running whose start is cut short
            raise
        except OSError as error:
            _fail(place, f"the parser's process cannot be started ({error.strerror})")
            return
        for job in place.given:
            process.send(job.packed)
        while place.given or place.jobs < _JOBS_EACH:
            if not place.given:
                place.wanted.clear()
                await place.wanted.wait()
            if place.given[0].done.done():
                return
            try:
                async with asyncio.timeout(self._seconds):
                    reply = await process.answer()
            except TimeoutError:
                await process.end()
                _fail(place, f"reading it took more than {self._seconds:g} s")
                return
            except (EOFError, OSError, ValueError, KeyError, TypeError):
                status = await process.end()
                _fail(place, f"reading it made the parser crash ({_death(status)})")
                return
            job = place.given.popleft()
            if not job.done.done():
                job.done.set_result(reply)
            if "leaving" in reply.value:
                return
            self._hand_out()


async def _started_and_ended(start: asyncio.Future[ParserProcess]) -> int:
    """Let it start, then end it; its exit status, 0 when it could not be started."""
    with contextlib.suppress(OSError):
        return await (await start).end()
    return 0


def _fail(place: _Place, reason: str) -> None:
    """The present job is lost."""
    job = place.given.popleft()
    if not job.done.done():
        job.done.set_exception(ParseError(reason))


def _death(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"exit status {status}"
