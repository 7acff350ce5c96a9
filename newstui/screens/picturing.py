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
from typing import TYPE_CHECKING, Final

from newstui.screens.jobs import Job
from newstui.screens.snapshots import read_pictures
from newstui.terminal.colours import depth
from newstui.widgets.drawn_pictures import BlockRun
from newstui.widgets.picture_layout import Drawing, Pictures

if TYPE_CHECKING:
    from newstui.screens.main import MainScreen
    from newstui.screens.snapshots import Opened

_PATIENCE: Final = 30.0
"""Seconds that a drawing may take."""


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

    @property
    def drawn(self) -> bool:
        """Whether pictures are drawn."""
        return self._screen.typesetting.chosen.pictures and not self._obstacle()

    def _obstacle(self) -> str:
        if self._screen.desk.painter.palette.name == "mono":
            return "pictures.colours"
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
        screen, article = self._screen, self._screen.reader.article
        if reason := self._obstacle():
            screen.say(screen.desk.words(reason), error=True)
        elif article is not None and not screen.read_only:
            wanted = {block.url for block in article.blocks if block.kind == "image" and block.url}
            if wanted - screen.reader.pictures.kept.keys():
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
            child = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "newstui.drawing", str(picture.path), str(drawing.columns), str(drawing.rows),
                stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL, start_new_session=True, limit=1 << 24,
            )  # fmt: skip
            try:
                output, _ = await asyncio.wait_for(child.communicate(), _PATIENCE)
            finally:
                with contextlib.suppress(ProcessLookupError):
                    child.kill()
        reader, rows = self._screen.reader, _rows(output)
        if not rows or not reader.take_drawing(drawing, rows):
            # Its caption stays.
            reader.set_pictures(reader.pictures._replace(broken=reader.pictures.broken | {drawing.url}))


def _rows(output: bytes) -> list[list[BlockRun]]:
    """What a child has drawn; nothing when it failed, or broke off."""
    try:
        found = json.loads(output)["rows"]
        return [[(str(text), str(upper), str(lower)) for text, upper, lower in row] for row in found]
    except (ValueError, TypeError, LookupError):
        return []
