"""What a person is in: tabs, a list, an article, a text; each answers to the commands that make sense there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from newstui.linear.roll import said

if TYPE_CHECKING:
    from newstui.linear.program import Program
    from newstui.rows import Row


class View:
    """One level of the program; `leave` of the registry goes up to the one before it."""

    def __init__(self, program: Program) -> None:
        self.program = program

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The commands that this view carries out, by id; a command it has not got is the program's."""
        return {}

    def enter(self) -> None:
        """Say where one is now, and what is current there."""
        raise NotImplementedError

    def again(self) -> None:
        """Write what is current once more, at the present width."""
        raise NotImplementedError

    @property
    def numbers(self) -> int:
        """The largest number that something here is written with."""
        return 0

    def pick(self, number: int) -> bool:
        """Go to something by the number it is written with; False when there is none."""
        return False

    def row(self) -> Row | None:
        """The article that marks and links are about."""
        return None

    def run(self, command: str) -> bool:
        """Carry out a command, if it is one of this view's."""
        act = self.commands().get(command)
        if act is None:
            return False
        act()
        return True

    def say_done(self, text: str) -> None:
        """A sentence on what was done, and what is current below it where there is room."""
        self.program.say(text)

    def left(self) -> None:
        """The view is being left for the one before it."""


class Items(View):
    """Numbered items, of which one is current."""

    def __init__(self, program: Program, at: int = 0) -> None:
        super().__init__(program)
        self.at = at
        self._first_line = 0
        """The current item's line at which the block begins, for one that is longer than the window."""
        self._written = -1
        self._starts: dict[int, int] = {}
        """Lines of the last block at which items begin, by item."""

    @property
    def total(self) -> int:
        """How many items there are."""
        raise NotImplementedError

    def item(self, index: int) -> str:
        """An item as a sentence."""
        raise NotImplementedError

    def nothing(self) -> str:
        """What is said when there are no items."""
        return self.program.desk.words("palette.none")

    def heading(self) -> str:
        """What is said on entering."""
        return ""

    def chosen(self) -> None:
        """Enter was pressed on the current item."""

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Moving about and choosing."""
        return {
            "down": lambda: self.step(1),
            "up": lambda: self.step(-1),
            "page-down": self.page_down,
            "page-up": self.page_up,
            "top": lambda: self.go(0),
            "bottom": lambda: self.go(self.total - 1),
            "open": self.chosen,
            "next-page": self.chosen,
        }

    def enter(self) -> None:
        """The heading and below it the current item."""
        heading = self.heading()
        self._write(said(self.program.paper, heading) if heading else ())

    def again(self) -> None:
        """The current item alone."""
        self._write(())

    def say_done(self, text: str) -> None:
        """The sentence, and the current item as it is now."""
        self._write(said(self.program.paper, text))

    def step(self, step: int) -> None:
        """To the item beside; at an end it is said again."""
        self.go(self.at + step)

    def go(self, index: int) -> None:
        """To an item: the cursor moves when it stands in the last block, else it is written."""
        self.at = max(0, min(index, self.total - 1))
        line = self._starts.get(self.at) if self._written == self.program.paper.written else None
        if line is None or not self.program.paper.move(line):
            self._write(())

    def page_down(self) -> None:
        """The rest of an item longer than the window, else as many next items as the window holds."""
        paper = self.program.paper
        if not self.total:
            self.again()
            return
        lines = said(paper, self.item(self.at))
        if self._written == paper.written and self._first_line + paper.height < len(lines):
            self._first_line += paper.height
            self._show(lines[self._first_line : self._first_line + paper.height], {self.at: 0})
            return
        shown = self._written == paper.written and self.at in self._starts
        first = (max(self._starts) + 1) if shown else self.at + 1
        if first >= self.total:
            self.go(self.total - 1)
            return
        self._page(first)

    def page_up(self) -> None:
        """As many items as the window holds before the current one."""
        paper, first, room = self.program.paper, self.at, self.program.paper.height
        room = min(room, 24)
        while first > 0:
            room -= len(said(paper, self.item(first - 1)))
            if room < 0 and first < self.at:
                break
            first -= 1
        self._page(first)

    def _page(self, first: int) -> None:
        """Items from `first` on, as many as the window holds, the cursor on the first of them."""
        paper = self.program.paper
        block: list[str] = []
        starts: dict[int, int] = {}
        for index in range(first, self.total):
            lines = said(paper, self.item(index))
            if block and len(block) + len(lines) > min(paper.height, 24):
                break
            starts[index] = len(block)
            block += lines
        self.at, self._first_line = first, 0
        self._show(_cut(block, paper.height), starts)

    def _write(self, lead: Sequence[str]) -> None:
        """The current item below some lines that lead to it."""
        paper = self.program.paper
        self._first_line = 0
        if not self.total:
            paper.show([*lead, *said(paper, self.nothing())], len(lead))
            self._written, self._starts = paper.written, {}
            return
        lines = _cut(said(paper, self.item(self.at)), paper.height)
        room = paper.height - len(lines)
        lead = lead[len(lead) - room :] if room < len(lead) else lead
        self._show([*lead, *lines], {self.at: len(lead)})

    def _show(self, lines: Sequence[str], starts: Mapping[int, int]) -> None:
        paper = self.program.paper
        paper.show(lines, starts[self.at])
        self._written, self._starts = paper.written, dict(starts)

    @property
    def numbers(self) -> int:
        """The last item's."""
        return self.total

    def pick(self, number: int) -> bool:
        """Go to an item by its number."""
        if not 1 <= number <= self.total:
            return False
        self.go(number - 1)
        return True


def _cut(lines: list[str], height: int) -> list[str]:
    """The lines that a window holds; one that does not hold all says so at the end."""
    if len(lines) <= height:
        return lines
    return [*lines[: height - 1], lines[height - 1][:-1] + "…"]


class Menu(Items):
    """A list of sentences, of which one may be chosen: the help, troubles, a choice of feeds."""

    def __init__(
        self, program: Program, heading: str, entries: Sequence[str], choose: Callable[[int], None] | None = None
    ) -> None:
        super().__init__(program)
        self._heading = heading
        self._entries = entries
        self._choose = choose

    @property
    def total(self) -> int:
        """How many entries there are."""
        return len(self._entries)

    def item(self, index: int) -> str:
        """An entry; numbered where it can be chosen."""
        return f"{index + 1} {self._entries[index]}" if self._choose else self._entries[index]

    def heading(self) -> str:
        """What it is a list of."""
        return self._heading

    def chosen(self) -> None:
        """Choose the current entry; of a text, go on."""
        if self._choose is None:
            self.step(1)
            return
        choose, at = self._choose, self.at
        self.program.up(silent=True)
        choose(at)

    def pick(self, number: int) -> bool:
        """Choose by number at once."""
        if self._choose is None or not 1 <= number <= self.total:
            return False
        self.at = number - 1
        self.chosen()
        return True
