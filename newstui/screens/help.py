"""The help: every command of the registry with the keys in force."""

from __future__ import annotations

from collections.abc import Mapping

from newstui.commands import COMMANDS, keys_of
from newstui.locale import Catalogue
from newstui.screens.desk import Desk
from newstui.screens.scrolling import ScrollingScreen
from newstui.styles.palette import Span
from newstui.text.widths import cell_width, pad
from newstui.text.wrap import wrapped
from newstui.widgets.document import Document, ready
from newstui.widgets.lines_pane import LinesPane
from newstui.widgets.painting import Painter


def help_entries(words: Catalogue, keymap: Mapping[str, str]) -> list[tuple[str, str]]:
    """Keys and sentence of every command; the numbered tabs are one entry while they have their numbers for keys."""
    numbered = {f"tab-{number}": str(number) for number in range(1, 10)}
    plain = all(keymap.get(name) == key for name, key in numbered.items())
    entries: list[tuple[str, str]] = []
    for command in COMMANDS:
        if not plain or command.id not in numbered:
            keys = " ".join(keys_of(command.id, keymap)) or words("help.no-key")
            entries.append((keys, words(f"command.{command.id}.help")))
        elif command.id == "tab-1":
            entries.append(("1–9", words("help.tabs")))
    return entries


def help_lines(width: int, words: Catalogue, keymap: Mapping[str, str]) -> list[list[Span]]:
    """The help's lines for a width: keys, label, and the sentence beside or below them."""
    entries = help_entries(words, keymap)
    column = min(max(cell_width(keys) for keys, _ in entries) + 2, max(width // 2, 1))
    lines: list[list[Span]] = [[Span(" " + words("help.title"), "group")], []]
    for keys, sentence in entries:
        room = max(width - column - 2, 1)
        for number, line in enumerate(wrapped(sentence, room)):
            shown = keys if number == 0 else ""
            lines.append([Span(" " + pad(shown, column), "heading"), Span(line, "text")])
    return lines


class HelpPane(LinesPane):
    """The lines of the help."""

    def __init__(self, words: Catalogue, painter: Painter, keymap: Mapping[str, str]) -> None:
        super().__init__(painter)
        self._words = words
        self._keymap = keymap

    def document_at(self, width: int) -> Document:
        """The help at a width."""
        return ready(help_lines(width, self._words, self._keymap))


class HelpScreen(ScrollingScreen):
    """The help, to be scrolled and closed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, HelpPane(desk.words, desk.painter, desk.keymap))
