"""What the main screen asks: a line of text, yes or no, one of several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newstui.screens.main import MainScreen


class Asking:
    """One question at a time."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self.typing = False
        """Whether a prompt stands in place of the status line."""
        self.awaited = False
        """Whether a prompt has been asked for that cannot be typed into yet."""

    def line(
        self,
        question: str,
        answered: Callable[[str], None],
        *,
        hint: str = "",
        cancelled: Callable[[], object] | None = None,
        value: str = "",
        changed: Callable[[str], None] | None = None,
    ) -> None:
        """Ask for a line of text in place of the status line; `hint` stands there until something is typed."""
        from newstui.widgets.prompt_line import PromptLine

        screen = self._screen

        def close() -> None:
            self.awaited = self.typing = False
            screen.set_focus(None)
            screen.query(PromptLine).remove()
            screen.fit()

        def answer(text: str) -> None:
            close()
            answered(text)

        def cancel() -> None:
            close()
            if cancelled is not None:
                cancelled()

        if not self.typing:
            self.awaited = self.typing = True
            screen.fit()
            screen.mount(PromptLine(question, answer, cancel, hint=hint, value=value, changed=changed))

    def confirm(self, question: str, confirmed: Callable[[], None]) -> None:
        """Ask yes or no; anything but yes is no."""
        from newstui.screens.confirm import ConfirmScreen

        def answer(yes: bool | None) -> None:
            if yes:
                confirmed()

        self._screen.app.push_screen(ConfirmScreen(self._screen.desk, question), answer)

    def choose(self, question: str, choices: Sequence[str], chosen: Callable[[int], None]) -> None:
        """Ask for one of up to nine; `chosen` gets its index, unless none is."""
        from newstui.screens.confirm import ChoiceScreen

        def answer(number: int | None) -> None:
            if number is not None:
                chosen(number)

        self._screen.app.push_screen(ChoiceScreen(self._screen.desk, question, choices), answer)
