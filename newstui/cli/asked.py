"""What words of the command line mean: districts, times and paths; what means nothing is a UsageError."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from newstui.cli.clock import clock
from newstui.errors import UsageError


def place_asked(text: str) -> str:
    """The place code that --district means, "" for ""."""
    if not text:
        return ""
    from newstui.districts.placing import parse_district

    try:
        return parse_district(text)
    except ValueError as error:
        raise UsageError(str(error)) from error


def time_asked(text: str) -> datetime:
    """The time from which --since or --older-than counts, e.g. 2016-03-01, 昨天, 3d."""
    from newstui.text.dates import parse_since

    try:
        return parse_since(text, clock())
    except ValueError as error:
        raise UsageError(str(error)) from error


def path_asked(text: str) -> Path:
    """`text` as an absolute path, without following it."""
    if not text:
        raise UsageError("an empty path; name a file or folder")
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError as error:
        raise UsageError(f"{text}: there is no such user here") from error


def fields_asked(pairs: list[str]) -> dict[str, str]:
    """What --map title=FIELD … says: newstui's name of a part of an article to its field's name in a dump."""
    from newstui.sources.field_names import FIELDS

    asked: dict[str, str] = {}
    for pair in pairs:
        name, _, field = pair.partition("=")
        if name not in FIELDS or not field:
            raise UsageError(f"--map {pair}: write NAME=FIELD, where NAME is one of {', '.join(FIELDS)}")
        asked[name] = field
    return asked
