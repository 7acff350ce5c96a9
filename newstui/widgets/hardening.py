"""Textual and Rich made safe for foreign text and foreign bytes.

Out of the box Textual lets ESC, CSI, C1, DEL and BiDi controls through to the terminal, and a key byte that is not
UTF-8 ends the app (Textual 8.2, its issue 6456). Every cell goes out through `Strip.render`, so that is the door that
holds for all widgets, ours and Textual's; the strip tables keep such characters from being measured and laid out.

What is private in Textual may change in any release. These names of it are leant on, here and elsewhere:
- `_CONTROL_STRIP_TRANSLATE` of textual.content and rich.control, the strip tables: here;
- `_position_to_cell` of Input: typing_cursor;
- the modules `_parser` and `_xterm_parser`, and of LinuxDriver `_app`, `_auto_restart`, `_debug`, `_get_terminal_size`,
  `_loop`, `_must_signal_resume`, `_sigcont_application`, `_sigtstp_application`: driver;
- `_SINGLE_CELLS` and `_is_single_cell_widths` of rich.cells, its short way for narrow text: measuring;
- `_driver` of App: the app.
"""

from __future__ import annotations

import codecs
from typing import Any

import rich.control
import textual.content
from rich.console import Console
from rich.segment import Segment
from textual.drivers import linux_driver
from textual.strip import Strip

from newstui.terminal.outgoing import cell_text, forbidden_points, is_cell_text, is_link

_textual_render = Strip.render


def harden() -> None:
    """Make Textual's and Rich's doors safe for the whole process; a second call changes nothing."""
    table = forbidden_points()
    for module in (textual.content, rich.control):
        module._CONTROL_STRIP_TRANSLATE.update(table)
    Strip.render = _render  # type: ignore[method-assign, assignment]
    linux_driver.getincrementaldecoder = _lenient_decoder  # type: ignore[attr-defined]


def _render(strip: Strip, console: Console) -> str:
    """`Strip.render` for cells that hold text only, and links that are http(s) only."""
    for text, style, _ in strip:
        if not is_cell_text(text) or (style is not None and style.link and not is_link(style.link)):
            return _textual_render(Strip([_safe(segment) for segment in strip]), console)
    return _textual_render(strip, console)


def _safe(segment: Segment) -> Segment:
    text, style, _ = segment
    if style is not None and style.link and not is_link(style.link):
        style = style.update_link(None)
    return Segment(cell_text(text), style)


def _lenient_decoder(encoding: str) -> Any:
    """A decoder class like `codecs.getincrementaldecoder` gives, that shows bad bytes as U+FFFD."""
    decoder = codecs.getincrementaldecoder(encoding)
    return lambda: decoder(errors="replace")
