"""A picture for a terminal, drawn in a process of its own: `python -m newstui.drawing PATH COLUMNS ROWS`.

Decoders of pictures are slow to import, and what they are given is foreign: here a picture that breaks one, or fills
the memory, costs itself only, and neither the app's start nor its keys wait. Prints one JSON object:
{"rows": [[[text, upper colour, lower colour], …], …]}, each row `COLUMNS` half blocks (U+2580) in runs of equal
colours "#rrggbb"; or {"error": why}. Needs the extra `newstui[pictures]`.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.segment import Segment
    from rich.style import Style

_MEMORY: Final = 1 << 30
_SECONDS: Final = 20
_PIXELS: Final = 100_000_000

Run = tuple[str, str, str]


def half_blocks(path: str, columns: int, rows: int) -> list[list[Run]]:
    """A picture in `rows` lines of `columns` cells, each cell two pixels; raises what the decoder raises."""
    from PIL import Image, ImageOps
    from rich.console import Console
    from rich.segment import Segment
    from textual_image.renderable import HalfcellImage

    Image.MAX_IMAGE_PIXELS = _PIXELS // 2  # Pillow refuses what has twice as many
    with Image.open(path) as opened:
        opened.draft("RGB", (columns * 2, rows * 4))  # a JPEG is decoded at a fraction of its size
        picture = ImageOps.exif_transpose(opened) or opened
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture.convert("RGB"), mask=picture.convert("RGBA").getchannel("A"))
        small = ground.resize((columns, rows * 2), Image.Resampling.LANCZOS)
    console = Console(width=columns, height=rows, color_system="truecolor", legacy_windows=False)
    segments = console.render(HalfcellImage(small, width=columns, height=rows))
    lines = Segment.split_lines(segment for segment in segments if not segment.control)
    return [_runs(line) for line in lines]


def _runs(line: Iterable[Segment]) -> list[Run]:
    cells = [(segment.text, _hex(segment.style, "color"), _hex(segment.style, "bgcolor")) for segment in line]
    runs = []
    for (upper, lower), same in groupby(cells, key=lambda cell: cell[1:]):
        runs.append(("".join(cell[0] for cell in same), upper, lower))
    return runs


def _hex(style: Style | None, ground: str) -> str:
    colour = getattr(style, ground)
    return str(colour.get_truecolor().hex)


def main(arguments: list[str]) -> int:
    """Draw what the arguments say; 1 when it cannot be drawn, 2 for wrong arguments."""
    try:
        path, columns, rows = arguments[0], int(arguments[1]), int(arguments[2])
    except (IndexError, ValueError):
        print(__doc__, file=sys.stderr)
        return 2
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    try:
        print(json.dumps({"rows": half_blocks(path, columns, rows)}, separators=(",", ":")))
    except ImportError as error:
        print(json.dumps({"error": f"the extra is not installed ({error.name})"}))
        return 1
    except Exception as error:  # noqa: BLE001 - a decoder may raise anything for foreign bytes
        print(json.dumps({"error": f"{type(error).__name__}: {error}"[:300]}))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
