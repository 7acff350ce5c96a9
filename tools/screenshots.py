"""Writes the README's pictures from the program itself: the starter library at two sizes, as SVG.

Rich's SVG export measures text in code points (`textLength = len(text)`), which sets Chinese at half its width; the
widths are put right here, in cells.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

from newstui.app.application import NewstuiApp
from newstui.cli.getting import starter_library
from newstui.commands import keymap
from newstui.fetch.importing import import_paths
from newstui.locale import catalogue
from newstui.screens.cache import Cache
from newstui.screens.desk import Desk
from newstui.screens.snapshots import read_opening
from newstui.store import Store, open_store
from newstui.styles.palette import palette
from newstui.text.widths import cell_width
from newstui.widgets.painting import Painter

FOLDER = Path(__file__).resolve().parents[1] / "docs"
NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
SHOTS = {
    "list": ((80, 24), ()),
    "wide": ((120, 36), ("4", "j", "j", "enter")),
    "typography": ((80, 24), ("j", "j", "enter", "T", "j", "j", "right", "j", "j", "j", "right", "right")),
}
"""Picture to screen size and the keys that lead there."""

_TEXT = re.compile(r'(<text [^>]*?textLength=")([\d.]+)("[^>]*>)([^<]*)(</text>)')
_FONT_FACES = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def in_cells(svg: str) -> str:
    """The picture with the width of each run in cells and without fonts from elsewhere."""

    def mend(found: re.Match[str]) -> str:
        text = unescape(found[4])
        each = float(found[2]) / len(text) if text else 0.0
        return f"{found[1]}{each * cell_width(text):.1f}{found[3]}{found[4]}{found[5]}"

    svg = _FONT_FACES.sub("", svg).replace("Fira Code", "monospace")
    # It would turn digits and Latin letters into their full-width forms.
    svg = re.sub(r"\s*font-variant-east-asian: full-width;", "", svg)
    return _TEXT.sub(mend, svg)


async def shoot(cache: Cache, size: tuple[int, int], keys: tuple[str, ...]) -> str:
    """One picture."""
    words = catalogue("zh")
    desk = Desk(cache, words, Painter(palette("dark")), keymap({}), lambda: NOW)
    app = NewstuiApp(desk, cache.submit(lambda store: read_opening(store, words, 50)).result())
    async with app.run_test(size=size) as pilot:
        for key in keys:
            await pilot.press(key)
            # Not wait_for_complete: a worker that a newer one has taken the place of is no failure.
            while any(not worker.is_finished for worker in app.workers):
                await pilot.pause(0.05)
            await pilot.pause(0.2)
        await pilot.pause(0.5)
        return app.export_screenshot(title="newstui", simplify=True)


def main() -> int:
    """Write them all into docs/."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cache.db"

        def opener() -> Store:
            return open_store(path, now=NOW)

        with opener() as store:
            import_paths(store, [starter_library()], now=lambda: NOW, report=lambda outcome: None)
        for name, (size, keys) in SHOTS.items():
            cache = Cache(opener)
            try:
                svg = in_cells(asyncio.run(shoot(cache, size, keys)))
            finally:
                cache.close()
            (FOLDER / f"{name}.svg").write_text(svg, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
