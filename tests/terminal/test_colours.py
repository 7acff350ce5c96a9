"""The splash's colours are Rich's, whatever the terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color
from rich.console import Console
from rich.style import Style
from textual.strip import Strip

from newstui.terminal.colours import Depth, depth, sgr

SYSTEMS: dict[str, Depth] = {"truecolor": "truecolor", "256": "256", "standard": "16"}
colours = st.integers(0, 255).map(lambda number: f"color({number})")


@pytest.mark.parametrize("system", ["truecolor", "256", "standard"])
@given(fg=colours, bg=colours, bold=st.booleans(), underline=st.booleans(), reverse=st.booleans())
def test_same_sequence_as_textual(system: str, fg: str, bg: str, bold: bool, underline: bool, reverse: bool) -> None:
    console = Console(color_system=system, force_terminal=True)  # type: ignore[arg-type]
    style = Style(color=fg, bgcolor=bg, bold=bold, underline=underline, reverse=reverse)
    assert console._color_system is not None
    theirs = Strip.render_ansi(style, console._color_system)
    assert sgr(SYSTEMS[system], fg, bg, bold=bold, underline=underline, reverse=reverse) == f"\x1b[{theirs}m"


def test_default_colours_are_the_terminals_own() -> None:
    style = Style(color=Color.default(), bgcolor=Color.default(), bold=True)
    console = Console(color_system="256", force_terminal=True)
    assert console._color_system is not None
    assert sgr("256", bold=True) == f"\x1b[{Strip.render_ansi(style, console._color_system)}m"


@pytest.mark.parametrize(
    "environ",
    [
        {"TERM": "xterm"},
        {"TERM": "linux"},
        {"TERM": "xterm-256color"},
        {"TERM": "tmux-256color", "COLORTERM": "24bit"},
        {"TERM": "screen", "COLORTERM": " TrueColor "},
        {"TERM": "xterm-kitty"},
        {"TERM": "rxvt-16color"},
        {"TERM": "vt100", "COLORTERM": "yes"},
        {},
    ],
)
def test_depth_is_what_rich_finds(environ: dict[str, str]) -> None:
    console = Console(force_terminal=True, _environ=environ, legacy_windows=False)
    assert console.color_system is not None
    assert depth(environ) == SYSTEMS[console.color_system]
