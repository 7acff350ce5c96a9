"""The prompt: a question and an input on the bottom line, with the terminal's own cursor in the input.

Input methods and braille displays follow the real cursor, so it must stand where the next character goes.
"""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Input, Static

from newstui.text.clean import clean


class PromptLine(Horizontal):
    """Asks for one line; calls `answered` with the cleaned text, or `cancelled`."""

    BINDINGS = [Binding("escape", "cancel", show=False)]  # noqa: RUF012  # Textual's own declaration of it

    def __init__(
        self,
        question: str,
        answered: Callable[[str], None],
        cancelled: Callable[[], None],
        *,
        hint: str = "",
        value: str = "",
        changed: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__()
        self._question = question
        self._answered = answered
        self._cancelled = cancelled
        self._hint = hint
        self._value = value
        self._changed = changed

    def compose(self) -> ComposeResult:
        """The question and the input."""
        yield Static(Text(self._question), markup=False)
        yield Input(self._value, self._hint, compact=True, select_on_focus=False)

    def on_mount(self) -> None:
        """Type into it at once."""
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._changed is not None:
            self._changed(clean(event.value).strip())

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._answered(clean(event.value).strip())

    def action_cancel(self) -> None:
        """Leave without an answer."""
        self._cancelled()

    def on_click(self, event: events.Click) -> None:
        """A click beside the input leaves the focus in it."""
        event.stop()
        self.query_one(Input).focus()
