"""Talking with the person: sentences, and questions whose answers are waited for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from newstui.linear.prompts import Confirm, Prompt
from newstui.linear.roll import Paper, said
from newstui.text.clean import clean
from newstui.text.wrap import wrapped

if TYPE_CHECKING:
    from newstui.linear.desk import Desk
    from newstui.linear.keys import Key

_TYPED: Final = 4
"""Cells kept free behind a question for what is typed."""


class Talk:
    """Says one thing at a time; while a question is being answered, what else there is to say waits."""

    def __init__(self, desk: Desk, paper: Paper) -> None:
        self.desk = desk
        self.paper = paper
        self._question: Prompt | None = None
        self._rest: list[str] = []
        """Lines of the last sentence that the window had no room for."""
        self._waiting: list[str] = []
        """Sentences that came while a question was being answered."""

    @property
    def asking(self) -> bool:
        """Whether an answer is awaited."""
        return self._question is not None

    def again(self) -> None:
        """Write what is current once more: a question was left unanswered."""
        raise NotImplementedError

    def say(self, text: str) -> None:
        """Write a sentence; while a question is being answered it waits."""
        if self._question is not None:
            self._waiting.append(text)
        else:
            self._rest = said(self.paper, text)
            self._say_on()

    def _say_on(self) -> None:
        """Write as much of a sentence as the window holds."""
        height = self.paper.height
        self.paper.show(self._rest[:height])
        self._rest = self._rest[height:]

    def go_on(self) -> bool:
        """Write the rest of a sentence longer than the window; False when there is none."""
        if not self._rest:
            return False
        self._say_on()
        return True

    def wait(self, text: str) -> bool:
        """Keep a sentence until the question is answered; False when none is asked."""
        if self._question is None:
            return False
        self._waiting.append(text)
        return True

    def prompt(self, question: str, answered: Callable[[str], None], *, empty: bool = False) -> None:
        """Ask for a line of text."""
        self.put(Prompt(question, answered, empty=empty))

    def confirm(self, question: str, yes: Callable[[], None]) -> None:
        """Ask yes or no."""
        words = self.desk.words
        self.put(Confirm(f"{question} {words('ask.yes')} {words('ask.no')} ", yes, ("y", "yes", "是")))

    def put(self, question: Prompt) -> None:
        *before, last = wrapped(clean(question.question), max(self.paper.width - _TYPED, 2)) or [""]
        if before:
            self.paper.show(before)
        self._rest, self._question = [], question
        self.paper.ask(last + " " if question.question.endswith(" ") else last)
        if question.text:
            self.paper.typing(question.text)

    def answer_key(self, key: Key) -> bool:
        """Take a key as part of an answer; False when none is awaited."""
        if self._question is None:
            return False
        if self._question.key(key, self.paper):
            self._answered()
        return True

    def answer_line(self, text: str) -> bool:
        """Take a line as the answer; False when none is awaited."""
        if self._question is None:
            return False
        self._question.text = text
        self._answered()
        return True

    def _answered(self) -> None:
        question, self._question = self._question, None
        assert question is not None
        written = self.paper.written
        if not question.answer() and self._question is None and self.paper.written == written:
            self.again()
        if self._question is None:
            waiting, self._waiting = self._waiting, []
            for text in waiting:
                self.say(text)
