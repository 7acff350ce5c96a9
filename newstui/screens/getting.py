"""Getting articles from the main screen: refresh, import, add, OPML, the welcome; all by child processes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from textual.worker import Worker

from newstui.errors import NewstuiError
from newstui.screens.jobs import Job, JobName, Tally, run_job
from newstui.screens.outcomes import outcome, progress, typed_path

if TYPE_CHECKING:
    from newstui.screens.main import MainScreen


_FETCH: Final = ("fetch", "--progress", "json")


class Getting:
    """Starts one child at a time and says how it fares."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._worker: Worker[None] | None = None
        self._last: tuple[JobName, Tally] | None = None
        """The last job that had failures or skips, with them."""

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The commands that this noun carries out."""
        return {
            "refresh": self.refresh,
            "add-feed": self.add_feed,
            "import": self.import_path,
            "reprocess": self.reprocess,
            "troubles": self.show_troubles,
            "welcome": lambda: self.welcome(over=True),
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
        self._worker = screen.app.run_worker(partial(self._run, job), group="job")

    async def _run(self, job: Job) -> None:
        words = self._screen.desk.words
        name = words(f"job.{job.name}")
        self._screen.say(words("job.started", job=name))

        def report(tally: Tally) -> None:
            if tally.total:
                self._screen.say(progress(words, name, tally))

        try:
            code, tally = await run_job(job, report)
        except OSError as error:
            self._screen.say(words("job.failed", job=name, reason=error.strerror or str(error)), error=True)
            return
        if tally.failures or tally.skips:
            self._last = job.name, tally
        try:
            arrivals = await self._screen.listing.take_note()
        except NewstuiError as error:
            self._screen.say(words("store.failed", reason=str(error)), error=True)
            return
        self._tell(job, code, tally, arrivals)

    def _tell(self, job: Job, code: int, tally: Tally, arrivals: bool) -> None:
        screen, words = self._screen, self._screen.desk.words
        if job.name == "add" and (tally.private or tally.candidates):
            self._ask_back(job, tally)
            return
        if job.name == "pictures":
            screen.picturing.renew()
        text, error = outcome(words, job, code, tally)
        if arrivals and tally.added:
            text = words("job.show", text=text, key=screen.desk.key("show-new"))
        if (tally.failures or tally.skips) and (key := screen.desk.key("troubles")):
            text = words("job.troubles", text=text, key=key)
        screen.say(text, error=error)
        if job.name == "add" and not error:
            self.start_after(Job("refresh", (*_FETCH, "--", str(tally.source))))
        elif (job.name == "opml" or tally.subscribed) and not error:
            self.start_after(Job("refresh", _FETCH))

    def _ask_back(self, job: Job, tally: Tally) -> None:
        """Adding stopped at a question: whether to trust a private address, or which of a page's feeds to take."""
        asking, words = self._screen.asking, self._screen.desk.words
        *options, address = job.arguments
        if tally.private:
            question = words("ask.private", endpoint=tally.private)
            again = Job("add", ("add", "--allow-private", *options[1:], address))
            asking.confirm(question, lambda: self.start(again))
            return
        feeds = tally.candidates[:9]

        def chosen(number: int) -> None:
            self.start(Job("add", (*options, feeds[number].url)))

        asking.choose(words("ask.several"), [f"{feed.title}  {feed.url}".strip() for feed in feeds], chosen)

    def start_after(self, job: Job) -> None:
        """Start a job once this one has ended: new sources are fetched at once."""
        self._screen.call_later(self._start_next, job)

    async def _start_next(self, job: Job) -> None:
        if self._worker is not None:
            await self._worker.wait()
        self.start(job)

    def refresh(self) -> None:
        """Fetch what is due; without a source, say how to get one."""
        if self.running:
            self._screen.say(self._screen.desk.words("job.running"))
        else:
            self._screen.work("refresh", self._refresh)

    async def _refresh(self) -> None:
        desk = self._screen.desk
        if await desk.cache.ask(lambda store: any(source.fetchable for source in store.sources.all())):
            self.start(Job("refresh", _FETCH))
        else:
            self._screen.say(desk.words("job.no-sources", key=desk.key("add-feed")))

    def add_feed(self) -> None:
        """Ask for an address and subscribe to it."""
        self._ask("prompt.feed", "prompt.feed.hint", "add", ("add", "--json"))

    def import_path(self) -> None:
        """Ask for a path and import it."""
        self._ask("prompt.import", "prompt.import.hint", "import", ("import", "--progress", "json"))

    def reprocess(self) -> None:
        """Read the kept pages again with the present extractor."""
        self.start(Job("reprocess", ("reprocess", "--progress", "json")))

    def show_troubles(self) -> None:
        """List what the last job that had any could not read or passed over."""
        from newstui.screens.troubles import TroublesScreen

        screen = self._screen
        if self._last is None:
            screen.say(screen.desk.words("troubles.none"))
        else:
            screen.app.push_screen(TroublesScreen(screen.desk, *self._last))

    def import_opml(self) -> None:
        """Ask for an OPML file and take its subscriptions in."""
        self._ask("prompt.opml", "prompt.opml.hint", "opml", ("opml", "import", "--json"))

    def _ask(self, question: str, hint: str, name: JobName, arguments: tuple[str, ...]) -> None:
        words = self._screen.desk.words

        def answered(text: str) -> None:
            if text:
                self.start(Job(name, (*arguments, typed_path(text))))
            else:
                self._again()

        self._screen.asking.line(words(question), answered, hint=words(hint), cancelled=self._again)

    def _again(self) -> None:
        """Nothing was chosen: an empty cache offers the welcome again."""
        if not self._screen.listing.tabs or not any(tab.number for tab in self._screen.listing.tabs):
            self._screen.work("welcome", self._welcome_if_empty)

    async def _welcome_if_empty(self) -> None:
        total = (await self._screen.desk.cache.ask(lambda store: store.places.totals())).total
        if not total and not self.running:
            self.welcome()

    def welcome(self, *, over: bool = False) -> None:
        """Offer the four ways to something to read; `over` a list that q comes back to."""
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

        self._screen.app.push_screen(WelcomeScreen(self._screen.desk, over=over), chosen)
