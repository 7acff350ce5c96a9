"""Getting articles from the main screen: refresh, import, add, OPML, the welcome; all by child processes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from textual.worker import Worker

from newstui.screens.jobs import Job, JobName, Tally, run_job

if TYPE_CHECKING:
    from newstui.screens.main import MainScreen


class Getting:
    """Starts one child at a time and says how it fares."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._worker: Worker[None] | None = None

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The commands that this noun carries out."""
        return {
            "refresh": lambda: self.start(Job("refresh", ("fetch", "--progress", "json"))),
            "add-feed": self.add_feed,
            "import": self.import_path,
            "welcome": self.welcome,
        }

    @property
    def running(self) -> bool:
        """Whether a child is at work."""
        return self._worker is not None and not self._worker.is_finished

    def start(self, job: Job) -> None:
        """Run a job, unless one is running."""
        screen = self._screen
        if self.running:
            screen.say(screen.desk.words("job.running"))
            return
        # The app's worker, not the screen's: it must outlive dialogs, and it ends with the app.
        self._worker = screen.app.run_worker(self._run(job), group="job", exit_on_error=True)

    async def _run(self, job: Job) -> None:
        words = self._screen.desk.words
        name = words(f"job.{job.name}")
        self._screen.say(words("job.started", job=name))

        def report(tally: Tally) -> None:
            if tally.total:
                self._screen.say(words("job.progress", job=name, done=tally.done, total=tally.total))

        try:
            code, tally = await run_job(job, report)
        except OSError as error:
            self._screen.say(words("job.failed", job=name, reason=error.strerror or str(error)), error=True)
            return
        self._tell(job, name, code, tally)
        self._screen.listing.changed()

    def _tell(self, job: Job, name: str, code: int, tally: Tally) -> None:
        words, reason = self._screen.desk.words, tally.reason
        if code and not tally.failed:
            self._screen.say(words("job.failed", job=name, reason=reason or f"exit {code}"), error=True)
        elif tally.failed:
            text = words("job.done-failed", job=name, added=tally.added, failed=tally.failed, reason=reason)
            self._screen.say(text, error=True)
        elif job.name == "add":
            self._screen.say(words("job.added", title=tally.title))
            self.start_after(Job("refresh", ("fetch", "--progress", "json")))
        elif job.name == "opml":
            self._screen.say(words("job.sources", job=name, added=tally.added))
            self.start_after(Job("refresh", ("fetch", "--progress", "json")))
        else:
            self._screen.say(words("job.done", job=name, added=tally.added, updated=tally.updated))

    def start_after(self, job: Job) -> None:
        """Start a job once this one has ended: new sources are fetched at once."""
        self._screen.call_later(self._start_next, job)

    async def _start_next(self, job: Job) -> None:
        if self._worker is not None:
            await self._worker.wait()
        self.start(job)

    def add_feed(self) -> None:
        """Ask for an address and subscribe to it."""
        self._ask("prompt.feed", "add", ("add", "--json"))

    def import_path(self) -> None:
        """Ask for a path and import it."""
        self._ask("prompt.import", "import", ("import", "--progress", "json"))

    def import_opml(self) -> None:
        """Ask for an OPML file and take its subscriptions in."""
        self._ask("prompt.opml", "opml", ("opml", "import", "--json"))

    def _ask(self, question: str, name: JobName, arguments: tuple[str, ...]) -> None:
        def answered(text: str) -> None:
            if text:
                # "--": a path that begins with a dash is a path.
                self.start(Job(name, (*arguments, "--", _home(text) if name != "add" else text)))
            else:
                self._again()

        self._screen.ask(self._screen.desk.words(question), answered, cancelled=self._again)

    def _again(self) -> None:
        """Nothing was chosen: an empty cache offers the welcome again."""
        if not self._screen.listing.tabs or not any(tab.number for tab in self._screen.listing.tabs):
            self._screen.work(self._welcome_if_empty(), "welcome")

    async def _welcome_if_empty(self) -> None:
        total = (await self._screen.desk.cache.ask(lambda store: store.places.totals())).total
        if not total and not self.running:
            self.welcome()

    def welcome(self) -> None:
        """Offer the four ways to something to read."""
        from newstui.screens.welcome import WelcomeScreen

        choices: dict[str, Callable[[], None]] = {
            "starter": lambda: self.start(Job("starter", ("import", "--starter", "--progress", "json"))),
            "import": self.import_path,
            "add": self.add_feed,
            "opml": self.import_opml,
        }

        def chosen(choice: str | None) -> None:
            if choice is not None:
                choices[choice]()

        self._screen.app.push_screen(WelcomeScreen(self._screen.desk), chosen)


def _home(path: str) -> str:
    """A path as a shell would take it: ~ is the home; quotes round it, as file managers paste them, are taken off."""
    if len(path) > 1 and path[0] == path[-1] and path[0] in "'\"":
        path = path[1:-1]
    try:
        return str(Path(path).expanduser())
    except RuntimeError:  # ~name of a user that there is not: such a file name may still exist
        return path
