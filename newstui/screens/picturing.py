"""Pictures in the reader: whether they are drawn, getting those that are not kept, and drawing them in children.

Nothing of this happens before a picture comes on screen. A drawing is made by `newstui.drawing` in a process of its
own, a picture is fetched by `newstui pictures`: what breaks them breaks a child.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from newstui.screens.jobs import Job
from newstui.screens.snapshots import read_pictures
from newstui.terminal.colours import depth
from newstui.terminal.graphics import Protocol, is_sixel, kitty_picture, protocol_of, sixel_picture
from newstui.terminal.modes import cell_pixels
from newstui.text.widths import ambiguous
from newstui.widgets.drawn_pictures import BlockRun
from newstui.widgets.picture_layout import Drawing, Pictures

if TYPE_CHECKING:
    from newstui.screens.main import MainScreen
    from newstui.screens.snapshots import Opened
    from newstui.widgets.reader_pane import ReaderPane

_PATIENCE: Final = 30.0
"""Seconds that a drawing may take."""
_FIRST: Final = 16
"""Of the numbers that are colours (1 to 255), the first that no terminal paints as one of its own sixteen."""
_USUAL: Final = (10, 20)
"""Pixels of a cell where a terminal does not tell."""


def obstacle(environ: Mapping[str, str]) -> str:
    """Why this terminal shows no pictures, as the key of a sentence; "" when it does."""
    if find_spec("textual_image") is None:
        return "pictures.not-installed"
    if depth(environ) == "16" or environ.get("NO_COLOR"):
        return "pictures.colours"
    return ""


class Picturing:
    """Carries out what is about pictures."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._drawing = asyncio.Semaphore(1)
        self._number = 0
        """Of the last picture that a kitty was sent."""

    @property
    def drawn(self) -> bool:
        """Whether pictures are drawn."""
        return self._screen.typesetting.chosen.pictures and not self._obstacle()

    def _obstacle(self) -> str:
        if self._screen.desk.painter.palette.name == "mono":
            return "pictures.colours"
        if self._screen.thin:
            return "pictures.slow"
        if ambiguous() > 1:  # half blocks and kitty's placeholders are such characters
            return "pictures.wide"
        return obstacle(self._screen.desk.environ)

    def of(self, opened: Opened) -> Pictures:
        """What the layout of an article needs to know."""
        return Pictures(opened.pictures, bool(opened.pictures) and self.drawn)

    def show(self) -> None:
        """Draw the pictures of the article on screen, or not."""
        reader = self._screen.reader
        reader.set_pictures(Pictures(reader.pictures.kept, bool(reader.pictures.kept) and self.drawn))

    def get(self) -> None:
        """Fetch the pictures of the article on screen that are not kept, or say why none are drawn."""
        from newstui.store.pictures import pictures_in

        screen, article = self._screen, self._screen.reader.article
        if reason := self._obstacle():
            screen.say(screen.desk.words(reason), error=True)
        elif article is None or screen.read_only:
            return
        elif not screen.reader.pictures.kept.keys() >= set(pictures_in(article.blocks)):
            screen.getting.start(Job("pictures", ("pictures", "--json", article.row.id)))

    def renew(self) -> None:
        """Take in what has been fetched for the article on screen."""
        self._screen.work("pictures", self._renew)

    async def _renew(self) -> None:
        article = self._screen.reader.article
        if article is not None:
            kept = await self._screen.desk.cache.ask(lambda store: read_pictures(store, article))
            if self._screen.reader.article is article:
                self._screen.reader.set_pictures(Pictures(kept, bool(kept) and self.drawn))

    def draw(self, drawing: Drawing) -> None:
        """Have a picture drawn that has come on screen."""
        self._screen.work_on("drawing", self._draw, drawing)

    async def _draw(self, drawing: Drawing) -> None:
        async with self._drawing:
            picture = await self._screen.desk.cache.ask(lambda store: store.pictures.find(drawing.url))
            if picture is None:
                return
            answer = await _drawn(picture.path, drawing, self._protocol())
        reader, driver = self._screen.reader, self._screen.app._driver
        if answer.protocol == "kitty" and driver is not None:
            self._number = self._number % 255 + 1 if self._number >= _FIRST else _FIRST
            for sequence in kitty_picture(self._number, answer.data, drawing.columns, drawing.rows):
                driver.write(sequence)
            reader.take_placeholders(drawing, self._number)
        elif not answer.rows or not reader.take_drawing(drawing, answer.rows, answer.data):
            # Its caption stays.
            reader.set_pictures(reader.pictures._replace(broken=reader.pictures.broken | {drawing.url}))

    def _protocol(self) -> tuple[Protocol, tuple[int, int]]:
        """How this terminal shows pictures, and the pixels of its cells; half blocks where it does not tell them."""
        protocol, pixels = protocol_of(self._screen.desk.environ), cell_pixels(1)
        if protocol == "kitty":
            return protocol, pixels or _USUAL
        return (protocol, pixels) if pixels is not None else ("blocks", _USUAL)

    def place(self, event: ReaderPane.Placed) -> None:
        """Send a sixel picture, unless a dialog stands over it."""
        driver = self._screen.app._driver
        if driver is not None and self._screen.app.screen is self._screen:
            driver.write(sixel_picture(event.sixel, event.x, event.y))


class _Answer(NamedTuple):
    """What a child has drawn; nothing when it failed, or broke off."""

    protocol: Protocol
    rows: list[list[BlockRun]]
    data: str = ""


_NOTHING: Final = _Answer("blocks", [])


async def _drawn(path: Path, drawing: Drawing, form: tuple[Protocol, tuple[int, int]]) -> _Answer:
    protocol, (width, height) = form
    asked = [path, drawing.columns, drawing.rows, *((protocol, width, height) if protocol != "blocks" else ())]
    command = [sys.executable, "-m", "newstui.drawing", *map(str, asked)]
    child = await asyncio.create_subprocess_exec(
        *command, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL, start_new_session=True
    )
    try:
        output, _ = await asyncio.wait_for(child.communicate(), _PATIENCE)
    except TimeoutError:
        return _NOTHING
    finally:
        with contextlib.suppress(ProcessLookupError):
            child.kill()
    try:
        found = json.loads(output)
        rows = [[(str(text), str(upper), str(lower)) for text, upper, lower in row] for row in found["rows"]]
        data = str(found.get("data", ""))
    except (ValueError, TypeError, LookupError, AttributeError):
        return _NOTHING
    if protocol == "sixel" and not is_sixel(data):
        data = ""
    return _Answer(protocol if data else "blocks", rows, data)
