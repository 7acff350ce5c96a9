"""Colours as a terminal gets them: how many it has, and a theme's brought down to those, by the same rules as Rich.

The splash paints with these what the app paints through Rich a moment later, so both must choose the same colour.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import sqrt
from typing import Final, Literal

from newstui.styles.palette import number_of, rgb

Depth = Literal["truecolor", "256", "16"]

_DEPTHS: Final[Mapping[str, Depth]] = {"kitty": "256", "256color": "256", "16color": "16"}
# The sixteen colours as Rich takes them to be.
_SIXTEEN: Final = (
    (0, 0, 0), (170, 0, 0), (0, 170, 0), (170, 85, 0), (0, 0, 170), (170, 0, 170), (0, 170, 170), (170, 170, 170),
    (85, 85, 85), (255, 85, 85), (85, 255, 85), (255, 255, 85), (85, 85, 255), (255, 85, 255), (85, 255, 255),
    (255, 255, 255),
)  # fmt: skip


def depth(environ: Mapping[str, str]) -> Depth:
    """How many colours the environment promises: TEXTUAL_COLOR_SYSTEM, COLORTERM, then the end of TERM."""
    asked = environ.get("TEXTUAL_COLOR_SYSTEM", "auto")
    if asked in ("truecolor", "256"):
        return "truecolor" if asked == "truecolor" else "256"
    if asked == "standard":
        return "16"
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return "truecolor"
    return _DEPTHS.get(environ.get("TERM", "").strip().lower().rpartition("-")[2], "16")


@cache
def sgr(
    colours: Depth, fg: str = "", bg: str = "", *, bold: bool = False, underline: bool = False, reverse: bool = False
) -> str:
    """The SGR sequence (ECMA-48 8.3.117) for a paint; fg and bg are "color(N)", or "" for the terminal's own."""
    codes = [code for code, on in (("1", bold), ("4", underline), ("7", reverse)) if on]
    codes.append(_code(fg, colours, 0) if fg else "39")
    codes.append(_code(bg, colours, 10) if bg else "49")
    return f"\x1b[{';'.join(codes)}m"


def _code(colour: str, colours: Depth, ground: int) -> str:
    number = number_of(colour)
    if number > 15:
        if colours != "16":
            return f"{38 + ground};5;{number}"
        red, green, blue = rgb(number)
        number = min(range(16), key=lambda index: _distance(index, red, green, blue))
    return str((30 if number < 8 else 82) + ground + number)


def _distance(index: int, red: int, green: int, blue: int) -> float:
    """How far a colour is from one of the sixteen, weighted for the eye (the "redmean" formula)."""
    red2, green2, blue2 = _SIXTEEN[index]
    mean = (red + red2) // 2
    red, green, blue = red - red2, green - green2, blue - blue2
    # The root is kept: it makes near ties fall as they fall in Rich.
    return sqrt((((512 + mean) * red * red) >> 8) + 4 * green * green + (((767 - mean) * blue * blue) >> 8))
