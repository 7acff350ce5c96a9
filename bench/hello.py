"""The yardstick: the smallest Textual app, one label."""

from textual.app import App, ComposeResult
from textual.widgets import Label


class Hello(App[None]):
    """Shows one label; q quits."""

    def compose(self) -> ComposeResult:
        """One label."""
        yield Label("Hello, World!")

    def key_q(self) -> None:
        """Quit."""
        self.exit()


if __name__ == "__main__":
    Hello().run()
