"""The bottom line as spans: key hints, or a message in their place; pure, shared by the app and the splash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from newstui.commands import DEFAULT_KEYMAP, Place, footer_commands, keys_of
from newstui.locale import Catalogue
from newstui.styles.palette import Role, Span
from newstui.text.widths import cell_width, clip, pad

_STEP: Final = 4
"""Hints begin at multiples of this, so that those that two panes share stay where they are on the terminal."""


def hints(where: Place, words: Catalogue, keymap: Mapping[str, str] = DEFAULT_KEYMAP) -> list[tuple[str, str]]:
    """(key, label) of the commands to name in a pane, the most needed first; commands without a key are left out."""
    found: list[tuple[str, str]] = []
    for command in footer_commands(where):
        names = [command.id] if not command.pair else [command.pair, command.id]
        keys = [keys_of(name, keymap)[0] for name in names if keys_of(name, keymap)]
        if keys:
            found.append(("/".join(keys), words(f"command.{command.id}")))
    return found


def layout_footer(
    pairs: Sequence[tuple[str, str]], width: int, *, message: str = "", error: bool = False, right: str = ""
) -> list[Span]:
    """The line of exactly `width` cells: as many whole hints as fit, or the message; `right` (progress) at the end.

    `right` gives way when the line is too narrow for it beside anything else.
    """
    if width <= 0:
        return []
    tail = _tail(right, width)
    room = width - cell_width(tail)
    spans: list[Span] = []
    if message:
        role: Role = "error" if error else "message"
        spans.append(Span(pad(" " + clip(message, max(room - 2, 0)), room), role))
    else:
        used = 0
        for key, label in pairs:
            least = cell_width(key) + cell_width(label) + 3
            if used + least > room:
                break
            cells = min(least + -least % _STEP, room - used)
            spans.append(Span(f" {key}", "key"))
            spans.append(Span(f" {label} {' ' * (cells - least)}", "label"))
            used += cells
        spans.append(Span(" " * (room - used), "bar"))
    if tail:
        spans.append(Span(tail, "progress"))
    return [span for span in spans if span.text]


def layout_message(message: str, width: int, limit: int, *, error: bool = False, right: str = "") -> list[list[Span]]:
    """A message too long for the bottom line on up to `limit` lines of `width` cells; [] when `layout_footer` will do.

    What it says last is what to do, so it must not be cut short; `right` gives way to it.
    """
    fits = cell_width(message) + 2 <= width - cell_width(_tail(right, width))
    if limit < 2 or width < 8 or not message or fits:
        return []
    from newstui.text.wrap import wrap  # not before the first long message: every start would pay for it

    role: Role = "error" if error else "message"
    lines = wrap(message, width - 2)
    shown = [message[line.start : line.end] for line in lines[:limit]]
    if len(lines) > limit:
        shown[-1] = clip(message[lines[limit - 1].start :], width - 2)
    return [[Span(pad(f" {text}", width), role)] for text in shown]


def _tail(right: str, width: int) -> str:
    return f" {right} " if right and cell_width(right) + 2 <= width // 2 else ""
