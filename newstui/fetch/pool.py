"""A few parser processes, restarted when one dies; a job that kills its process fails alone."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from types import TracebackType
from typing import Final, Self

from newstui.errors import NewstuiError
from newstui.fetch.wire import HEAD, LONGEST, Message, unpack

_MEMORY: Final = 1 << 30
_JOBS_EACH: Final = 2000
"""Jobs after which a process is replaced, so that what a parser leaks stays bounded."""
_START: Final = (
    "import sys; sys.path[:] = {path!r}; from newstui.fetch.worker import main; main({jobs!r}, {memory}, {seconds})"
)


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


class ParseError(NewstuiError):
    """Something could not be read; the message says why, for people."""


class ParserPool:
    """Runs jobs in `size` processes; an async context, which ends them all.

    `jobs` names the module whose `answer` does the work, `seconds` is the wall time of one job, `memory` the address
    space of a process in bytes.
    """

    def __init__(
        self, *, size: int = 0, seconds: float = 20.0, memory: int = _MEMORY, jobs: str = "newstui.fetch.jobs"
    ) -> None:
        self.size = size or min(os.cpu_count() or 1, 4)
        self._seconds = seconds
        self._memory = memory
        self._jobs = jobs
        self._places = asyncio.Semaphore(self.size)
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in list(self._all):
            await self._end(worker)

    async def run(self, kind: str, asked: dict[str, str], data: bytes) -> Message:
        """What the job answers; raises ParseError when it fails, takes too long or kills its process."""
        message = Message([kind, asked], (data,))
        async with self._places:
            worker = self._idle.pop() if self._idle else await self._start()
            try:
                async with asyncio.timeout(self._seconds):
                    reply = await worker.ask(message)
            except TimeoutError as error:
                await self._end(worker)
                raise ParseError(f"reading it took more than {self._seconds:g} s") from error
            except (EOFError, OSError, ValueError, KeyError, TypeError) as error:
                status = await self._end(worker)
                raise ParseError(f"reading it made the parser crash ({_death(status)})") from error
            except BaseException:
                await self._end(worker)
                raise
            if worker.jobs >= _JOBS_EACH or "leaving" in reply.value:
                await self._end(worker)
            else:
                self._idle.append(worker)
        if "done" not in reply.value:
            raise ParseError(str(reply.value.get("failed", "the parser gave no answer")))
        return Message(reply.value["done"], reply.blobs)

    async def _start(self) -> _Worker:
        code = _START.format(path=sys.path, jobs=self._jobs, memory=self._memory, seconds=int(self._seconds) + 10)
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-P",
                "-c",
                code,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                # Out of the terminal's group: Ctrl-C must not kill it in the middle of what is still wanted.
                process_group=0,
            )
        except OSError as error:
            raise ParseError(f"the parser's process cannot be started ({error.strerror})") from error
        worker = _Worker(process)
        self._all.add(worker)
        return worker

    async def _end(self, worker: _Worker) -> int:
        self._all.discard(worker)
        return await worker.end()


class _Worker:
    """One parser process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.jobs = 0

    async def ask(self, message: Message) -> Message:
        """Its reply to `message`; EOFError or OSError when it died, ValueError and such when it talks nonsense."""
        self.jobs += 1
        writer, reader = self._process.stdin, self._process.stdout
        assert writer is not None and reader is not None
        writer.write(message.pack())
        await writer.drain()
        length, rest = HEAD.unpack(await reader.readexactly(HEAD.size))
        if length > LONGEST or rest > LONGEST:
            raise ValueError("an answer beyond all bounds")
        return unpack(await reader.readexactly(length), await reader.readexactly(rest))

    async def end(self) -> int:
        """End it and collect it; its exit status."""
        if self._process.stdout is not None and self._process.stdout.at_eof():
            # It is dying by itself; asyncio loses the status of a process that is killed in that moment.
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), 1.0)
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
        status = await self._process.wait()
        writer = self._process.stdin
        assert writer is not None
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
        return status


def _death(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"exit status {status}"
