"""Links of an article: opened in a browser where there is one, else said and sent to the clipboard."""

from __future__ import annotations

import subprocess
from base64 import b64encode
from collections.abc import Callable
from typing import TYPE_CHECKING

from newstui.linear.reading import Reading
from newstui.screens.links import can_browse, opener
from newstui.screens.snapshots import read_related
from newstui.widgets.reader_targets import Target, targets

if TYPE_CHECKING:
    from newstui.linear.program import Program
    from newstui.model import Stored


class Links:
    """Opens and copies."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self.clipboard: Callable[[str], None] | None = None
        """Sends a sequence to the terminal (OSC 52); None where there is none that takes it."""

    def _article(self) -> Stored | None:
        view = self._program.view
        if isinstance(view, Reading):
            return view.article
        row = view.row()
        return None if row is None else self._program.ask(lambda store: store.articles.by_row(row.key.row))

    def choose(self) -> None:
        """Open the page or a numbered link of the current article."""
        article, words = self._article(), self._program.desk.words
        found = targets(article) if article is not None else ()
        if article is None or not found:
            self._program.say(words("link.none"))
        elif len(found) == 1 and found[0].related < 0:
            self._visit(found[0])
        else:
            hint = words("link.hint-page" if found[0].number == 0 else "link.hint", count=found[-1].number)
            self._program.say(hint)
            self._program.prompt(words("link.prompt"), lambda text: self._numbered(article, found, text), empty=True)

    def _numbered(self, article: Stored, found: tuple[Target, ...], text: str) -> None:
        chosen = [target for target in found if str(target.number) == (text or str(found[0].number))]
        if chosen and chosen[0].related >= 0:
            self._open_related(article, chosen[0])
        elif chosen:
            self._visit(chosen[0])
        else:
            self._program.say(self._program.desk.words("link.no-such", number=text[:12]))

    def _open_related(self, article: Stored, target: Target) -> None:
        """Read a related headline's article when the cache has it; otherwise its page, if it has one."""
        row = self._program.ask(lambda store: read_related(store, article, target.related))
        if row is not None:
            self._program.read(row)
        elif target.url:
            self._visit(target)
        else:
            self._program.say(self._program.desk.words("link.not-here", title=target.label))

    def _visit(self, target: Target) -> None:
        words, null = self._program.desk.words, subprocess.DEVNULL
        if can_browse(target.url):
            try:
                # Apart from our terminal; nobody waits for it, and it is not ours to end.
                subprocess.Popen([opener(), target.url], stdin=null, stdout=null, stderr=null, start_new_session=True)
            except OSError:
                self._copy(target.url, "link.remote")
            else:
                self._program.say(words("link.opened", url=target.url))
        else:
            self._copy(target.url, "link.remote")

    def copy(self) -> None:
        """Copy the address of the current article."""
        row = self._program.view.row()
        if row is None or not row.url:
            self._program.say(self._program.desk.words("link.none"))
        else:
            self._copy(row.url, "link.copied")

    def _copy(self, url: str, message: str) -> None:
        if self.clipboard is None:
            self._program.say(url)
            return
        self.clipboard(f"\x1b]52;c;{b64encode(url.encode()).decode()}\x07")
        self._program.say(self._program.desk.words(message, url=url))
