"""What the last job could not read and what it passed over, each with its reason."""

from __future__ import annotations

from newstui.locale import Catalogue
from newstui.screens.desk import Desk
from newstui.screens.jobs import JobName, Tally, Trouble
from newstui.screens.scrolling import ScrollingScreen
from newstui.styles.palette import Span
from newstui.text.wrap import wrapped
from newstui.widgets.document import Document, ready
from newstui.widgets.lines_pane import LinesPane
from newstui.widgets.painting import Painter


def trouble_lines(job: JobName, tally: Tally, width: int, words: Catalogue) -> list[list[Span]]:
    """The lines for a width: failures first, each place with its reason below it."""
    title = words("troubles.title", job=words(f"job.{job}"))
    lines = [[Span(f" {line}", "group")] for line in wrapped(title, max(width - 2, 1))]
    for name, told, count in (
        ("troubles.failed", tally.failures, tally.failed),
        ("troubles.skipped", tally.skips, tally.skipped),
    ):
        if not told:
            continue
        lines += [[], [Span(f" {words(name, count=f'{count:,}')}", "heading")]]
        for each in told:
            lines += _one(each, width)
        if count > len(told):
            more = words("troubles.more", count=f"{count - len(told):,}")
            lines += [[Span(f" {line}", "muted")] for line in wrapped(more, max(width - 2, 1))]
    return lines


def _one(trouble: Trouble, width: int) -> list[list[Span]]:
    where = [[Span(f" {line}", "text")] for line in wrapped(trouble.where, max(width - 2, 1))]
    return where + [[Span(f"   {line}", "muted")] for line in wrapped(trouble.reason, max(width - 4, 1))]


class TroublesPane(LinesPane):
    """The lines of what went wrong."""

    def __init__(self, words: Catalogue, painter: Painter, job: JobName, tally: Tally) -> None:
        super().__init__(painter)
        self._words = words
        self._job = job
        self._tally = tally

    def document_at(self, width: int) -> Document:
        """The list at a width."""
        return ready(trouble_lines(self._job, self._tally, width, self._words))


class TroublesScreen(ScrollingScreen):
    """The list of what went wrong, to be scrolled and closed."""

    def __init__(self, desk: Desk, job: JobName, tally: Tally) -> None:
        super().__init__(desk, TroublesPane(desk.words, desk.painter, job, tally))
