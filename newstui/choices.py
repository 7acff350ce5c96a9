"""What is chosen in the program, over what config.toml says.

config.toml is the person's file and is never written. A choice is kept with the setting it took the place of, and
counts only as long as config.toml still says that: whoever edits the file later has the last word.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from newstui.config import Settings, checked
from newstui.errors import ConfigError

CHOSEN: Final = ("theme", "measure", "paragraphs", "punctuation", "spacing", "script", "hanging", "pictures")
"""Settings that can be chosen in the program, in the order in which they are shown."""
STATE: Final = "choices"
"""Key in `store.state` of the choices, as JSON {setting: [choice, what config.toml said]}."""


def with_choices(config: Settings, kept: str | None) -> Settings:
    """`config` with what is kept of earlier choices over it; what is no choice, or no longer one, is passed over."""
    if not kept:
        return config
    import json

    try:
        found = json.loads(kept)
        pairs = {name: (new, old) for name, (new, old) in found.items() if name in CHOSEN}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return config
    values: dict[str, Any] = {}
    for name, (new, old) in pairs.items():
        if old == getattr(config, name):
            try:
                values[name] = checked(name, new, STATE)
            except ConfigError:
                continue  # a choice of another version
    return replace(config, **values)


def kept_choices(config: Settings, chosen: Settings) -> str:
    """What is to be kept of the choices in `chosen`."""
    import json

    pairs = {name: (getattr(chosen, name), getattr(config, name)) for name in CHOSEN}
    return json.dumps({name: pair for name, pair in pairs.items() if pair[0] != pair[1]})
