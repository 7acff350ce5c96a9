"""Questions in a box over the main screen: yes or no, one of several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from newstui.screens.desk import Desk
from newstui.text.wrap import wrapped

T = TypeVar("T")

_FRAME = 4
"""Cells beside the text of a box."""


class BoxScreen(ModalScreen[T], inherit_bindings=False):
    """Paragraphs in a box, set by our own line rules at any width: Textual breaks Chinese at spaces only."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        super().__init__()
        self._paragraphs = tuple(paragraphs)
        self._shown = Static(markup=False)

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical():
            yield self._shown

    def on_mount(self) -> None:
        """Set the text for the first time."""
        self._set(self.app.size.width)

    def on_resize(self, event: events.Resize) -> None:
        """Set the text anew."""
        self._set(event.size.width)

    def _set(self, width: int) -> None:
        room = max(width - _FRAME, 1)
        lines = [line for text in self._paragraphs for line in wrapped(text, room)]
        self._shown.update(Text("\n".join(lines)))


class ConfirmScreen(BoxScreen[bool], inherit_bindings=False):
    """Dismissed with True for y, False for anything that means no."""

    BINDINGS = [  # noqa: RUF012  # Textual's own declaration of it
        Binding("y,Y", "answer(True)", show=False),
        Binding("n,N,escape,q,enter", "answer(False)", show=False),
    ]

    def __init__(self, desk: Desk, question: str) -> None:
        super().__init__((question, f"{desk.words('ask.yes')}   {desk.words('ask.no')}"))

    def action_answer(self, yes: bool) -> None:
        """Close with the answer."""
        self.dismiss(yes)


class ChoiceScreen(BoxScreen[int], inherit_bindings=False):
    """Dismissed with the index of one of up to nine choices, or None."""

    BINDINGS = [  # noqa: RUF012  # Textual's own declaration of it
        *(Binding(str(number), f"take({number - 1})", show=False) for number in range(1, 10)),
        Binding("escape,q", "take(-1)", show=False),
    ]

    def __init__(self, desk: Desk, question: str, choices: Sequence[str]) -> None:
        self._count = len(choices)
        numbered = (f"{number}  {choice}" for number, choice in enumerate(choices, 1))
        super().__init__((question, *numbered, desk.words("ask.choose-keys", count=self._count)))

    def action_take(self, number: int) -> None:
        """Close with a choice that there is."""
        if number < self._count:
            self.dismiss(number if number >= 0 else None)
