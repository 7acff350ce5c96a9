"""Child processes: fetching and importing run as `newstui` commands of their own and report in JSON lines.

So a slow server, a parser bomb or a huge archive can neither freeze nor end the screen. A line is
{"event": "progress", "done": n, "total": m, "rate": a second, "left": seconds} or a result object of the command line's
contract.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from newstui.text.clean import clean_line

JobName = Literal["refresh", "import", "opml", "starter", "add", "reprocess", "pictures"]

_LONGEST: Final = 1 << 20
"""Bytes of the longest line that is read; a longer one is no result of ours."""
_TROUBLES: Final = 1000
"""Failures, and skips, that are kept."""
_CLIPPED: Final = 1000
"""Characters of a place or reason that are kept."""
_PATIENCE: Final = 2.0
"""Seconds that a child gets to end after SIGTERM."""


class Job(NamedTuple):
    """A command to run in a child."""

    name: JobName
    arguments: tuple[str, ...]
    """What follows `newstui`."""


class Feed(NamedTuple):
    """A feed that a web page names."""

    url: str
    title: str


class Trouble(NamedTuple):
    """Something that a child could not read or passed over; clean."""

    where: str
    reason: str


@dataclass(slots=True)
class Tally:
    """What a child has reported so far."""

    done: int = 0
    total: int = 0
    rate: float = 0.0
    """Steps a second; 0 while that is not known."""
    left: int = 0
    """Seconds that it may still take; 0 while that is not known."""
    added: int = 0
    updated: int = 0
    known: int = 0
    skipped: int = 0
    failed: int = 0
    reason: str = ""
    """Why the first failure failed."""
    sources: int = 0
    """Sources told of."""
    subscribed: int = 0
    """Subscriptions that an import added."""
    listed: int = 0
    """Subscriptions that an import told of, known ones too."""
    skip_reason: str = ""
    """Why the first thing skipped was skipped."""
    title: str = ""
    """Title of the last thing named."""
    source: int = 0
    """Number of the last source named."""
    private: str = ""
    """A private "host:port" that would have to be allowed first."""
    candidates: tuple[Feed, ...] = ()
    """Feeds to choose from."""
    failures: list[Trouble] = field(default_factory=list)
    """What failed, the first thousand."""
    skips: list[Trouble] = field(default_factory=list)
    """What was skipped, the first thousand."""

    def take(self, line: bytes) -> None:
        """Count one line of the child's output; a line that is no object of ours says nothing."""
        try:
            found = json.loads(line)
        except ValueError:
            return
        if not isinstance(found, dict):
            return
        if found.get("event") == "progress":
            self.done, self.total = _number(found.get("done")), _number(found.get("total"))
            rate = found.get("rate")
            self.rate = float(rate) if isinstance(rate, (int, float)) else 0.0
            self.left = _number(found.get("left"))
            return
        title = found.get("title") or found.get("source") or ""
        self.title = clean_line(str(title))
        status = found.get("status")
        self.sources += "http_status" in found
        self.source = _number(found.get("source"))
        if found.get("kind") == "source":
            self.subscribed += status == "added"
            self.listed += 1
            return
        for name in ("added", "updated", "known", "skipped"):
            counted = found.get(name)
            more = _number(counted) if counted is not None else int(status == name)
            setattr(self, name, getattr(self, name) + more)
        error = found.get("error") or ""
        if status == "skipped":
            self.skip_reason = self.skip_reason or clean_line(str(error))
            _note(self.skips, found)
        if status in ("failed", "gone"):
            self.failed += 1
            _note(self.failures, found)
            self.reason = self.reason or clean_line(f"{title or found.get('path') or ''} {error}")
        self.private = clean_line(str(found.get("private") or ""))
        candidates = found.get("candidates")
        if isinstance(candidates, list):
            self.candidates = tuple(
                Feed(clean_line(str(each.get("url") or "")), clean_line(str(each.get("title") or "")))
                for each in candidates
                if isinstance(each, dict)
            )


def _note(troubles: list[Trouble], found: dict[str, object]) -> None:
    """Keep one more, as long as they are few enough to be read."""
    if len(troubles) < _TROUBLES:
        place = str(found.get("path") or found.get("title") or found.get("source") or "")
        member = str(found.get("member") or "")
        where = clean_line(f"{place}!{member}" if member else place)
        troubles.append(Trouble(where[:_CLIPPED], clean_line(str(found.get("error") or ""))[:_CLIPPED]))


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def command(arguments: Sequence[str]) -> tuple[str, ...]:
    """The child's whole command line: this very Python and program."""
    return (sys.executable, "-m", "newstui", *arguments)


async def run_job(job: Job, report: Callable[[Tally], None]) -> tuple[int, Tally]:
    """Run a job to its end; exit code and tally. Cancelling it ends the child."""
    process = await asyncio.create_subprocess_exec(*command(job.arguments), stdin=DEVNULL, stdout=PIPE, stderr=PIPE)
    tally = Tally()
    try:
        _, complaint = await asyncio.gather(_read_lines(process, tally, report), _last_line(process))
        code = await process.wait()
    finally:
        await _end(process)
    if code and not tally.reason:
        tally.reason = complaint.removeprefix("newstui: ")
    return code, tally


async def _read_lines(process: Process, tally: Tally, report: Callable[[Tally], None]) -> None:
    assert process.stdout is not None
    pending = b""
    while chunk := await process.stdout.read(1 << 16):
        *lines, pending = (pending + chunk).split(b"\n")
        for line in lines:
            tally.take(line)
        if lines:
            report(tally)
        if len(pending) > _LONGEST:
            pending = b""
    if pending:
        tally.take(pending)


async def _last_line(process: Process) -> str:
    """The last line on stderr, cleaned; everything is read, so that the child never waits for us."""
    assert process.stderr is not None
    tail = b""
    while chunk := await process.stderr.read(1 << 14):
        tail = (tail + chunk)[-4096:]
    lines = [line for line in tail.decode("utf-8", "replace").splitlines() if line.strip()]
    return clean_line(lines[-1])[:300] if lines else ""


async def _end(process: Process) -> None:
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(_PATIENCE):
            await process.wait()
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
