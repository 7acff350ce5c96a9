"""Questions: one line of text, or yes or no; the cursor stands where the answer is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from newstui.linear.keys import Key, plain
from newstui.text.clean import clean_line

if TYPE_CHECKING:
    from newstui.linear.roll import Paper


class Prompt:
    """Asks for a line of text; "" is a cancelled one unless `empty` is an answer too."""

    def __init__(self, question: str, answered: Callable[[str], None], *, empty: bool = False, text: str = "") -> None:
        self.question = question
        self.text = text
        self._answered = answered
        self._empty = empty

    def key(self, key: Key, paper: Paper) -> bool:
        """Take a key; True when the question is done with, before `answer` tells what came of it."""
        if key.name == "enter":
            return True
        if key.name == "escape":
            self.text, self._empty = "", False
            return True
        if key.name == "backspace":
            self.text = self.text[:-1]
        elif key.name == "ctrl+u":
            self.text = ""
        elif key.name == "ctrl+w":
            self.text = self.text.rstrip()[: self.text.rstrip().rfind(" ") + 1]
        elif key.text:
            self.text += clean_line(key.text) if key.name == "paste" else key.text
        else:
            return False
        paper.typing(self.text)
        return False

    def answer(self) -> bool:
        """Hand the answer over; False when there is none."""
        text = clean_line(self.text)
        if not text and not self._empty:
            return False
        self._answered(text)
        return True


class Number(Prompt):
    """Asks for a whole number of at most `last`; it is answered as soon as no further digit could follow."""

    def __init__(self, question: str, answered: Callable[[str], None], digit: str, last: int) -> None:
        super().__init__(question, answered, text=digit)
        self._last = last

    @property
    def complete(self) -> bool:
        """Whether every longer number is too large."""
        return self.text.isdigit() and int(self.text) * 10 > self._last

    def key(self, key: Key, paper: Paper) -> bool:
        """Digits, and what corrects them."""
        if key.text and not key.name.isdigit():
            return False
        return super().key(Key(key.name, plain(key.text)), paper) or self.complete


class Confirm(Prompt):
    """Asks yes or no; everything but yes is no."""

    def __init__(self, question: str, yes: Callable[[], None], words: tuple[str, ...]) -> None:
        """`words`: what means yes."""
        super().__init__(question, self._decide, empty=True)
        self._yes = yes
        self._words = words
        self._agreed = False

    def key(self, key: Key, paper: Paper) -> bool:
        """One key decides."""
        self.text = plain(key.text)
        return True

    def _decide(self, text: str) -> None:
        if plain(text).casefold() in self._words:
            self._yes()
            self._agreed = True

    def answer(self) -> bool:
        """Hand the decision over; False for no."""
        self._decide(clean_line(self.text))
        return self._agreed
