"""Settings as what they settle; no Textual, so that the linear mode has it too."""

from __future__ import annotations

from dataclasses import fields

from newstui.config import Settings
from newstui.text.widths import ambiguous
from newstui.widgets.typography import Typography


def typography_of(settings: Settings) -> Typography:
    """What the settings say of how articles are set."""
    said = {item.name: getattr(settings, item.name) for item in fields(Typography)}
    if settings.ambiguous == "auto":
        said["ambiguous"] = "wide" if ambiguous() > 1 else "narrow"
    return Typography(**said)
