"""A picture for a terminal, drawn in a process of its own.

    python -m newstui.drawing PATH COLUMNS ROWS [kitty|sixel WIDTH HEIGHT]

Decoders of pictures are slow to import, and what they are given is foreign: here a picture that breaks one, or fills
the memory, costs itself only, and neither the app's start nor its keys wait. Prints one JSON object:
{"rows": [[[text, upper colour, lower colour], …], …]}, each row `COLUMNS` half blocks (U+2580) in runs of equal
colours "#rrggbb"; for a protocol also {"data": a PNG in base64, or a sixel sequence} of COLUMNS × WIDTH pixels by
ROWS × HEIGHT, the cell's size; or {"error": why}. Needs the extra `newstui[pictures]`.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image
    from rich.segment import Segment
    from rich.style import Style

_MEMORY: Final = 1 << 30
_SECONDS: Final = 20
_PIXELS: Final = 100_000_000

Run = tuple[str, str, str]


def opened(path: str, width: int, height: int) -> Image:
    """The picture in RGB on white at this size in pixels; raises what the decoder raises."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = _PIXELS // 2  # Pillow refuses what has twice as many
    with Image.open(path) as file:
        file.draft("RGB", (width, height))  # a JPEG is decoded at a fraction of its size
        picture = ImageOps.exif_transpose(file) or file
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture.convert("RGB"), mask=picture.convert("RGBA").getchannel("A"))
        return ground.resize((width, height), Image.Resampling.LANCZOS)


def half_blocks(picture: Image, columns: int, rows: int) -> list[list[Run]]:
    """A picture of `columns` × 2 `rows` pixels in lines of cells, each cell two pixels."""
    from rich.console import Console
    from rich.segment import Segment
    from textual_image.renderable import HalfcellImage

    console = Console(width=columns, height=rows, color_system="truecolor", legacy_windows=False)
    segments = console.render(HalfcellImage(picture, width=columns, height=rows))
    lines = Segment.split_lines(segment for segment in segments if not segment.control)
    return [_runs(line) for line in lines]


def png(picture: Image) -> str:
    """A PNG in base64."""
    from base64 import b64encode
    from io import BytesIO

    data = BytesIO()
    picture.save(data, "png")
    return b64encode(data.getvalue()).decode("ascii")


def sixel(picture: Image) -> str:
    """The sequence of a sixel picture."""
    from textual_image._sixel import image_to_sixels

    made = image_to_sixels(picture)
    return made if isinstance(made, str) else made.decode("ascii")


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
        protocol = arguments[3] if len(arguments) > 3 else "blocks"
        width, height = (int(arguments[4]), int(arguments[5])) if protocol != "blocks" else (0, 0)
        draw = {"blocks": None, "kitty": png, "sixel": sixel}[protocol]
    except (LookupError, ValueError):
        print(__doc__, file=sys.stderr)
        return 2
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    try:
        answer: dict[str, object] = {"rows": half_blocks(opened(path, columns, rows * 2), columns, rows)}
        if draw is not None:
            answer["data"] = draw(opened(path, columns * width, rows * height))
        print(json.dumps(answer, separators=(",", ":")))
    except ImportError as error:
        print(json.dumps({"error": f"the extra is not installed ({error.name})"}))
        return 1
    except Exception as error:  # noqa: BLE001 - a decoder may raise anything for foreign bytes
        print(json.dumps({"error": f"{type(error).__name__}: {error}"[:300]}))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
