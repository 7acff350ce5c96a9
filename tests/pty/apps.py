"""Small Textual apps on our driver, each showing one foreign text in one of Textual's own widgets.

Run as `python -m tests.pty.apps WIDGET HEX`, HEX being the text in UTF-8 with lone surrogates (surrogatepass).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import DataTable, Footer, Header, Input, Log, Markdown, OptionList, RichLog, Static, Tab, Tabs
from textual.widgets.option_list import Option

from newstui.widgets.driver import TerminalDriver
from newstui.widgets.hardening import harden


class _Raw(Widget):
    """A line-API widget that hands the text over as it is: nothing but the last doors stands behind it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def render_line(self, y: int) -> Strip:
        linked = Style(link="https://x/\x1b]52;c;UFdORUQ=\x07") + Style(bold=True)
        return Strip([Segment(self._text, Style(bold=True)), Segment("x", linked)]) if y == 0 else Strip([])


class _Broken(Widget):
    """A widget that fails with a foreign text in its message and in its variables."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def render_line(self, y: int) -> Strip:
        foreign = self._text
        raise ValueError(foreign)


def _table(text: str) -> Iterable[Widget]:
    table: DataTable[Text] = DataTable()
    table.add_column(Text(text))
    table.add_row(Text(text))
    yield table


def _log(text: str) -> Iterable[Widget]:
    log = Log()
    log.write_line(text)
    yield log


def _rich_log(text: str) -> Iterable[Widget]:
    log = RichLog(markup=False)
    log.write(text)
    log.write(Text(text))
    yield log


def _header(_text: str) -> Iterable[Widget]:
    yield Header()
    yield Footer()


WIDGETS: Final[dict[str, Callable[[str], Iterable[Widget]]]] = {
    "options": lambda text: [OptionList(Option(Content(text)), Option(Text(text)))],
    "table": _table,
    "static": lambda text: [Static(Content(text)), Static(Text(text)), Static(text, markup=False)],
    "tabs": lambda text: [Tabs(Tab(Content(text)), Tab(Content("另一个")))],
    "input": lambda text: [Input(text), Input(placeholder=text)],
    "notify": lambda text: [Static(text, markup=False)],
    "header": _header,
    "markdown": lambda text: [Markdown(text)],
    "log": _log,
    "richlog": _rich_log,
    "raw": lambda text: [_Raw(text)],
    "broken": lambda text: [_Broken(text)],
}


class HostileApp(App[None]):
    """Shows the text in one widget; quits on q."""

    BINDINGS: ClassVar[list[BindingType]] = [("q", "quit", "Quit"), ("ctrl+z", "suspend_process", "Suspend")]

    def __init__(self, widget: str, text: str) -> None:
        super().__init__(driver_class=TerminalDriver)
        self._widget = widget
        self._text = text

    def compose(self) -> ComposeResult:
        """The widget under test."""
        yield from WIDGETS[self._widget](self._text)

    def on_mount(self) -> None:
        """Titles and notifications are foreign too."""
        if self._widget == "header":
            self.title = self._text
        if self._widget == "notify":
            self.notify(self._text, title=self._text, markup=False, timeout=600)


if __name__ == "__main__":
    harden()
    app = HostileApp(sys.argv[1], bytes.fromhex(sys.argv[2]).decode("utf-8", "surrogatepass"))
    app.run()
    sys.exit(app.return_code or 0)
