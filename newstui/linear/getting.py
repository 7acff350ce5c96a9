"""Getting articles: refresh, import, add, OPML, reprocess; by the app's very child processes."""

from __future__ import annotations

import contextlib
import os
import selectors
import subprocess
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Final

from newstui.linear.views import Menu
from newstui.screens.jobs import Job, JobName, Tally, command
from newstui.screens.outcomes import outcome, progress, typed_path
from newstui.text.clean import clean_line

if TYPE_CHECKING:
    from newstui.linear.program import Program

_FETCH: Final = ("fetch", "--progress", "json")
_EVERY: Final = 10.0
"""Seconds between two words on how far a job is: each interrupts what is being read."""
_LONGEST: Final = 1 << 20
"""Bytes of the longest line that is read; a longer one is no result of ours."""
_PATIENCE: Final = 2.0
"""Seconds that a child gets to end after SIGTERM."""


class Getting:
    """Runs one child at a time and says how it fares."""

    def __init__(self, program: Program, selector: selectors.BaseSelector) -> None:
        self._program = program
        self._selector = selector
        self._child: subprocess.Popen[bytes] | None = None
        self._job = Job("refresh", ())
        self._tally = Tally()
        self._pending = b""
        self._complaint = b""
        self._told = 0.0
        self._open = 0
        self._last: tuple[JobName, Tally] | None = None
        """The last job that had failures or skips, with them."""

    def start(self, job: Job) -> None:
        """Run a job, unless one is running."""
        words = self._program.desk.words
        if self._child is not None:
            self._program.say(words("job.running"))
            return
        name = words(f"job.{job.name}")
        pipe, null = subprocess.PIPE, subprocess.DEVNULL
        try:
            child = subprocess.Popen(command(job.arguments), stdin=null, stdout=pipe, stderr=pipe)
        except OSError as error:
            self._program.say(words("job.failed", job=name, reason=error.strerror or str(error)))
            return
        self._child, self._job, self._tally = child, job, Tally()
        self._pending = self._complaint = b""
        self._told, self._open = monotonic(), 2
        for stream, take in ((child.stdout, self._results), (child.stderr, self._complaints)):
            assert stream is not None
            os.set_blocking(stream.fileno(), False)
            self._selector.register(stream, selectors.EVENT_READ, partial(self._read, stream.fileno(), take))
        self._program.say(words("job.started", job=name))

    def _read(self, descriptor: int, take: Callable[[bytes], None]) -> None:
        """Take what a stream of the child has; the end of both is the end of the job."""
        try:
            data = os.read(descriptor, 1 << 16)
        except BlockingIOError:
            return
        if data:
            take(data)
            return
        self._selector.unregister(descriptor)
        self._open -= 1
        if not self._open:
            self._ended()

    def _results(self, data: bytes) -> None:
        *lines, self._pending = (self._pending + data).split(b"\n")
        for line in lines:
            self._tally.take(line)
        if len(self._pending) > _LONGEST:
            self._pending = b""
        if self._tally.total and monotonic() - self._told >= _EVERY and not self._program.asking:
            self._told = monotonic()
            words = self._program.desk.words
            self._program.say(progress(words, words(f"job.{self._job.name}"), self._tally))

    def _complaints(self, data: bytes) -> None:
        self._complaint = (self._complaint + data)[-4096:]

    def _ended(self) -> None:
        child, self._child = self._child, None
        assert child is not None
        code = child.wait()
        for stream in (child.stdout, child.stderr):
            assert stream is not None
            stream.close()
        tally, job = self._tally, self._job
        if self._pending:
            tally.take(self._pending)
        said = [line for line in self._complaint.decode("utf-8", "replace").splitlines() if line.strip()]
        if code and not tally.reason and said:
            tally.reason = clean_line(said[-1])[:300].removeprefix("newstui: ")
        if tally.failures or tally.skips:
            self._last = job.name, tally
        self._tell(job, code, tally)

    def _tell(self, job: Job, code: int, tally: Tally) -> None:
        program, words = self._program, self._program.desk.words
        if job.name == "add" and (tally.private or tally.candidates):
            self._ask_back(job, tally)
            return
        text, error = outcome(words, job, code, tally)
        if (tally.added or tally.updated) and (key := program.desk.key("show-new")):
            text = words("job.show", text=text, key=key)
        if (tally.failures or tally.skips) and (key := program.desk.key("troubles")):
            text = words("job.troubles", text=text, key=key)
        program.say(text)
        if job.name == "add" and not error:
            self.start(Job("refresh", (*_FETCH, "--", str(tally.source))))
        elif (job.name == "opml" or tally.subscribed) and not error:
            self.start(Job("refresh", _FETCH))

    def _ask_back(self, job: Job, tally: Tally) -> None:
        """Adding stopped at a question: whether to trust a private address, or which of a page's feeds to take."""
        program, words = self._program, self._program.desk.words
        *options, address = job.arguments
        if tally.private:
            again = Job("add", ("add", "--allow-private", *options[1:], address))
            program.confirm(words("ask.private", endpoint=tally.private), lambda: self.start(again))
            return
        feeds = tally.candidates
        names = [f"{feed.title}  {feed.url}".strip() for feed in feeds]

        def chosen(number: int) -> None:
            self.start(Job("add", (*options, feeds[number].url)))

        program.down(Menu(program, words("ask.several"), names, chosen))

    def refresh(self) -> None:
        """Fetch what is due; without a source, say how to get one."""
        program = self._program
        if program.ask(lambda store: any(source.fetchable for source in store.sources.all())):
            self.start(Job("refresh", _FETCH))
        else:
            program.say(program.desk.words("job.no-sources", key=program.desk.key("add-feed")))

    def add_feed(self) -> None:
        """Ask for an address and subscribe to it."""
        self._ask("prompt.feed", "prompt.feed.hint", "add", ("add", "--json"))

    def import_path(self) -> None:
        """Ask for a path and import it."""
        self._ask("prompt.import", "prompt.import.hint", "import", ("import", "--progress", "json"))

    def import_opml(self) -> None:
        """Ask for an OPML file and take its subscriptions in."""
        self._ask("prompt.opml", "prompt.opml.hint", "opml", ("opml", "import", "--json"))

    def _ask(self, question: str, hint: str, name: JobName, arguments: tuple[str, ...]) -> None:
        words = self._program.desk.words
        self._program.say(words(hint))
        self._program.prompt(words(question), lambda text: self.start(Job(name, (*arguments, typed_path(text)))))

    def reprocess(self) -> None:
        """Read the kept pages again with the present extractor."""
        self.start(Job("reprocess", ("reprocess", "--progress", "json")))

    def show_troubles(self) -> None:
        """List what the last job that had any could not read or passed over."""
        program, words = self._program, self._program.desk.words
        if self._last is None:
            program.say(words("troubles.none"))
            return
        name, tally = self._last
        lines = [f"{each.where}  {each.reason}" for each in (*tally.failures, *tally.skips)]
        program.down(Menu(program, words("troubles.title", job=words(f"job.{name}")), lines))

    def welcome(self) -> None:
        """Offer the four ways to something to read."""
        program, words = self._program, self._program.desk.words
        ways: tuple[tuple[str, Callable[[], None]], ...] = (
            ("starter", lambda: self.start(Job("starter", ("import", "--starter", "--progress", "json")))),
            ("import", self.import_path),
            ("add", self.add_feed),
            ("opml", self.import_opml),
        )
        comma = words("linear.comma")
        entries = [f"{words(f'welcome.{way}')}{comma}{words(f'welcome.{way}.help')}" for way, _ in ways]
        heading = f"{words('welcome.title')}{comma}{words('welcome.about')}"
        program.down(Menu(program, heading, entries, lambda number: ways[number][1]()))

    def end(self) -> None:
        """End the child, if one is running."""
        child, self._child = self._child, None
        if child is None:
            return
        with contextlib.suppress(ProcessLookupError):
            child.terminate()
        try:
            child.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
