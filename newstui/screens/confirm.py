"""A question that is answered by yes or no."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from newstui.screens.desk import Desk
from newstui.text.wrap import wrap


class ConfirmScreen(ModalScreen[bool], inherit_bindings=False):
    """Dismissed with True for y, False for anything that means no."""

    BINDINGS = [  # noqa: RUF012  # Textual's own declaration of it
        Binding("y,Y", "answer(True)", show=False),
        Binding("n,N,escape,q,enter", "answer(False)", show=False),
    ]

    def __init__(self, desk: Desk, question: str) -> None:
        super().__init__()
        self._desk = desk
        self._question = question

    def compose(self) -> ComposeResult:
        """The question and the two keys."""
        words, question = self._desk.words, self._question
        # Set by our own rules: Textual breaks Chinese at spaces only.
        lines = wrap(question, max(self.app.size.width - 4, 1))
        with Vertical():
            yield Static(Text("\n".join(question[line.start : line.end] for line in lines)), markup=False)
            yield Static(Text(f"{words('ask.yes')}   {words('ask.no')}"), markup=False)

    def action_answer(self, yes: bool) -> None:
        """Close with the answer."""
        self.dismiss(yes)
