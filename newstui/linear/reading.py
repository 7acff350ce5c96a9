"""An article read part by part: the cursor stands on the line that is read, and what was read stays above it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from newstui.linear.article import Text, set_article
from newstui.linear.roll import said
from newstui.linear.views import View
from newstui.text.matching import literal
from newstui.widgets.document import Anchor
from newstui.widgets.text_search import Search

if TYPE_CHECKING:
    from newstui.linear.program import Program
    from newstui.model import Stored
    from newstui.rows import Row


class Reading(View):
    """One article."""

    def __init__(self, program: Program, article: Stored, place: Anchor | None) -> None:
        super().__init__(program)
        self.article = article
        self._width = 0
        self._text = Text(iter(()))
        self._at = 0
        """The line that is read."""
        self._rows: dict[int, int] = {}
        """Lines of the text in the block written last, each with its place in it."""
        self._end = 0
        """The line after those that were written last."""
        self._written = -1
        self._query = ""
        self._finding = False
        """Whether the next and former place of what was looked for are gone to, not unread articles."""
        self._told_end = False
        self._set(place)

    def _set(self, place: Anchor | None) -> None:
        """Set the text for the present width and stand where a place is in it."""
        self._width = self.program.paper.width
        self._text = set_article(self.article, self._width, self.program.desk.words, self.program.choosing.typography)
        self._at = self._text.line_of(place) if place is not None and place.part else 0
        self._rows, self._end = {}, self._at + 1

    def set_anew(self) -> None:
        """The text is to be shown otherwise."""
        self._set(self.place)

    @property
    def place(self) -> Anchor:
        """Where in the article one is."""
        return self._text[self._at].anchor

    def row(self) -> Row | None:
        """The article itself."""
        return self.article.row

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Reading on and back."""
        return {
            "open": self.next_part,
            "next-page": self._next_page,
            "page-down": self.next_part,
            "page-up": self.previous_part,
            "down": lambda: self._line(1),
            "up": lambda: self._line(-1),
            "top": lambda: self._write(0),
            "bottom": lambda: self._write(self._text.last_start()),
            "next-heading": lambda: self._heading(backwards=False),
            "previous-heading": lambda: self._heading(backwards=True),
            "next-unread": lambda: self._unread(backwards=False),
            "previous-unread": lambda: self._unread(backwards=True),
            "tab-right": lambda: self._heading(backwards=False),
            "tab-left": lambda: self._heading(backwards=True),
            "find": self._ask_find,
            "back": self._back,
        }

    def enter(self) -> None:
        """The title, and the line at which the article was left before."""
        if not self._at:
            self._write(0)
            return
        title = self._text.texts(0, self._text.end(0, self.program.paper.height))
        self._write(self._at, title)

    def again(self) -> None:
        """From the line that is read to the end of its part."""
        if self._width != self.program.paper.width:
            self._set(self.place)
        self._write(self._at)

    def _write(self, line: int, lead: list[str] | None = None) -> None:
        """From a line to the end of its part, as far as the window holds it."""
        paper, height = self.program.paper, self.program.paper.height
        if self._width != paper.width:
            place = self._text[line].anchor
            self._set(place)
            line = self._at
        self._show(line, self._text.end(line, height), lead or [])

    def _show(self, line: int, end: int, lead: list[str]) -> None:
        """Lines from `line` to before `end`, below as many of `lead` as the window has room for."""
        paper = self.program.paper
        room = paper.height - (end - line)
        lead = lead[len(lead) - room :] if room < len(lead) else lead
        paper.show([*lead, *self._text.texts(line, end)], len(lead))
        self._rows = {each: len(lead) + each - line for each in range(line, end)}
        self._at, self._end, self._written = line, end, paper.written
        self._told_end = False

    def _line(self, step: int) -> None:
        """To the line beside: the cursor moves while that line stands in the last block, else the line is written."""
        paper, line = self.program.paper, self._at + step
        if self._width != paper.width:
            self.again()
        elif not self._text.has(line):
            self._edge(step)
        elif self._written == paper.written and line in self._rows and paper.move(self._rows[line]):
            self._at = line
        else:
            self._show(line, line + 1, [])

    def _edge(self, step: int) -> None:
        key = self.program.desk.key
        words = self.program.desk.words
        self.program.say(words("linear.end", key=key("next-page")) if step > 0 else words("linear.beginning"))

    def next_part(self) -> None:
        """What comes after what was written last."""
        if self._text.has(self._end):
            self._write(self._end)
        else:
            self._edge(1)
            self._told_end = True

    def _next_page(self) -> None:
        """As `next_part`; after the end has been said, on to the next unread article."""
        if self._told_end:
            self.program.next_article()
        else:
            self.next_part()

    def previous_part(self) -> None:
        """To the beginning of this part, or of the one before, a window back at most."""
        start = self._text.start(self._at)
        if start == self._at and start:
            start = self._text.start(start - 1)
        # Of a part longer than the window no more than a window back.
        start = max(start, self._at - self.program.paper.height)
        if self._at:
            self._write(start)
        else:
            self._edge(-1)

    def _heading(self, *, backwards: bool) -> None:
        found = self._text.heading(self._at, backwards=backwards)
        if found is None:
            self.program.say(self.program.desk.words("linear.no-heading"))
        else:
            self._write(found)

    def _unread(self, *, backwards: bool) -> None:
        if self._finding:
            self._seek(backwards=backwards)
        else:
            self.program.next_article(backwards=backwards)

    def _back(self) -> None:
        if self._finding:
            self._finding = False
            self.program.say(self.program.desk.words("linear.find-over", query=self._query))
        else:
            self.program.up()

    def _ask_find(self) -> None:
        words = self.program.desk.words
        question = words("linear.find-again", query=self._query) if self._query else words("find.prompt")
        self.program.prompt(question, self.find, empty=True)

    def find(self, query: str) -> None:
        """To the next line that holds `query`; "" is what was looked for before."""
        self._query = query or self._query
        if self._query:
            self._seek(backwards=False)
        else:
            self.again()

    def _seek(self, *, backwards: bool) -> None:
        """To the next or former line that holds what is looked for, round the ends."""
        words = self.program.desk.words
        search = Search(self.article, literal(self._query))
        while not search.done:
            search.step()
        lines = sorted({self._text.line_of(Anchor(hit.part, hit.start)) for hit in search.hits})
        self._finding = bool(lines)
        if not lines:
            self.program.say(words("find.text-nothing", query=self._query))
            return
        beyond = [line for line in lines if (line < self._at if backwards else line > self._at)]
        if beyond:
            self._write(beyond[-1 if backwards else 0])
        else:
            round_the_end = words("find.round-up" if backwards else "find.round")
            self._write(lines[-1 if backwards else 0], said(self.program.paper, round_the_end))

    def say_done(self, text: str) -> None:
        """The sentence, below it the line that is read."""
        paper = self.program.paper
        if paper.height == 1:
            paper.show(said(paper, text))
        else:
            end = self._end
            self._show(self._at, self._at + 1, said(paper, text))
            self._end = end

    def left(self) -> None:
        """Keep the place."""
        self.program.keep_place(self.article.row, self.place)
