"""One parser process, seen from ours: jobs go in, answers come out in the same order."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import sys
from typing import Final, Self

from newstui.fetch.wire import HEAD, LONGEST, Message, unpack

_START: Final = (
    "import sys; sys.path[:] = {path!r}; from newstui.fetch.worker import main; main({jobs!r}, {memory}, {seconds})"
)
_PIPE: Final = 1 << 20
"""Bytes that a pipe is to hold: jobs and answers go on while our side is busy."""


class ParserProcess:
    """A process that runs `newstui.fetch.worker`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, jobs: str, memory: int, seconds: int) -> Self:
        """Start one, as `worker.main` takes the arguments; raises OSError."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-c",
            _START.format(path=sys.path, jobs=jobs, memory=memory, seconds=seconds),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            # Out of the terminal's group: Ctrl-C must not kill it in the middle of what is still wanted.
            process_group=0,
        )
        if sys.platform == "linux" and process.stdin is not None:
            with contextlib.suppress(OSError, AttributeError):  # the system may allow no more, or take no pipe
                fcntl.fcntl(process.stdin.transport.get_extra_info("pipe").fileno(), fcntl.F_SETPIPE_SZ, _PIPE)
        return cls(process)

    def send(self, packed: bytes) -> None:
        """Hand it a job, as `Message.pack` makes it; what the pipe does not take at once is kept."""
        writer = self._process.stdin
        assert writer is not None
        writer.write(packed)

    async def answer(self) -> Message:
        """Its next answer; EOFError or OSError when it died, ValueError and such when it talks nonsense."""
        reader = self._process.stdout
        assert reader is not None
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
