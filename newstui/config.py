"""Settings from config.toml and the program's paths; reading a path never creates it.

Every mistake in the file is a `ConfigError` that names file, line and column and what would fit. Keys that this
version does not know are mistakes too: a misspelt key that is silently ignored is a setting lost.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Final, cast

from newstui.errors import ConfigError

THEMES: Final = ("auto", "dark", "light", "contrast", "ansi", "mono")
LANGUAGES: Final = ("auto", "zh", "en")
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "theme": THEMES,
    "language": LANGUAGES,
    "paragraphs": ("indent", "space"),
    "slow_link": ("auto", "on", "off"),
    "script": ("original", "hans", "hant", "hant-tw", "hant-hk"),
    "keep_pictures": ("starred", "off"),
    "ambiguous": ("auto", "narrow", "wide"),
}

_MIB: Final = 1 << 20
RANGES: Final[Mapping[str, tuple[int, int]]] = {
    "workers": (1, 256),
    "feed_bytes": (1024, 1 << 30),
    "keep_days": (0, 100_000),
    "measure": (8, 120),
}


@dataclass(frozen=True, slots=True)
class Paths:
    """Where things are kept: XDG through platformdirs, or all under NEWSTUI_HOME."""

    config: Path
    """config.toml"""
    cache: Path
    """cache.db"""


@dataclass(frozen=True, slots=True)
class Settings:
    """What config.toml may say, with the defaults."""

    language: str = "auto"
    """"zh", "en", or "auto": by LC_ALL, LC_MESSAGES, LANG; Chinese unless those ask for English."""
    theme: str = "auto"
    measure: int = 38
    """Hanzi of the longest line of an article."""
    paragraphs: str = "indent"
    """"indent" or "space" between them."""
    punctuation: bool = False
    """Whether half-width punctuation between hanzi is shown full-width."""
    spacing: bool = False
    """Whether a blank is shown between hanzi and Latin letters or digits."""
    script: str = "original"
    """"hans", "hant", or "original"."""
    hanging: bool = False
    """Whether closing punctuation may stand beyond the right edge."""
    ambiguous: str = "auto"
    """Cells of ambiguous characters: "narrow" (one), "wide" (two), or "auto": as the terminal has them."""
    contact: str = ""
    """Address or URL put into the User-Agent, so that a site can reach who fetches from it."""
    allow_private: tuple[str, ...] = ()
    """"host:port" pairs that may be fetched although their address is private or loopback."""
    timeout: float = 30.0
    """Seconds for one source, from first byte sent to last byte read, redirects included."""
    workers: int = 16
    """Sources asked at once."""
    feed_bytes: int = 8 * _MIB
    """Largest decoded feed or page taken from the network, in bytes."""
    pictures: bool = True
    """Whether kept pictures are drawn in the text, where the terminal can."""
    keep_pictures: str = "starred"
    """Pictures kept for reading without a network: those of "starred" articles, or "off"."""
    keep_days: int = 0
    """`newstui prune` removes read, unmarked articles older than this; 0 means it must be told."""
    slow_link: str = "auto"
    """Whether the line to the terminal is slow: "auto" measures its round trip."""
    mouse: bool = True
    animations: bool = False
    keys: Mapping[str, str] = field(default_factory=dict)
    """Command id to its keys, comma separated, in place of the default ones."""


def paths(environ: Mapping[str, str] = os.environ) -> Paths:
    """The program's paths for this environment; nothing is created. Raises ConfigError for a NEWSTUI_HOME of nobody."""
    home = environ.get("NEWSTUI_HOME", "")
    if home:
        try:
            base = Path(home).expanduser().absolute()
        except RuntimeError as error:
            raise ConfigError(f"NEWSTUI_HOME={home}: there is no such user here") from error
        return Paths(base / "config.toml", base / "cache.db")
    from platformdirs import PlatformDirs

    dirs = PlatformDirs("newstui", appauthor=False)
    return Paths(Path(dirs.user_config_dir) / "config.toml", Path(dirs.user_data_dir) / "cache.db")


def load_settings(config: Path, environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from `config` (defaults when it does not exist) and NEWSTUI_ALLOW_PRIVATE; raises ConfigError."""
    try:
        data = config.read_bytes()
    except FileNotFoundError:
        settings = Settings()
    except OSError as error:
        raise ConfigError(f"{config}: cannot be read ({error.strerror}); fix its permissions or move it") from error
    else:
        settings = parse_settings(data, str(config))
    extra = tuple(part.strip() for part in environ.get("NEWSTUI_ALLOW_PRIVATE", "").split(",") if part.strip())
    for entry in extra:
        problem = _bad_host(entry)
        if problem:
            raise ConfigError(f"NEWSTUI_ALLOW_PRIVATE: {problem}")
    return replace(settings, allow_private=settings.allow_private + extra)


def parse_settings(data: bytes, name: str) -> Settings:
    """Settings from the bytes of a config.toml called `name` in messages; raises ConfigError."""
    import tomllib

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{name}, line {line}: not UTF-8; save the file as UTF-8") from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name}, {_toml_place(str(error), text)}") from error
    values: dict[str, object] = {}
    known = {item.name for item in fields(Settings)}
    for key, value in table.items():
        if key not in known:
            from difflib import get_close_matches

            near = get_close_matches(key, known, 1)
            hint = f"did you mean {near[0]}?" if near else f"known keys: {', '.join(sorted(known))}"
            raise ConfigError(f"{name}, {_place(text, key)}: no setting is called {key!r}; {hint}")
        values[key] = checked(key, value, f"{name}, {_place(text, key)}")
    return replace(Settings(), **values)  # type: ignore[arg-type]  # checked has held each value to its field


def checked(key: str, value: object, where: str) -> object:
    """`value` as the setting `key` has it; raises ConfigError, which names `where`, when it does not fit."""

    def wrong(what: str) -> ConfigError:
        return ConfigError(f"{where}: {key} must be {what}, not {value!r}")

    match key:
        case "slow_link" | "theme" | "language" | "paragraphs" | "script" | "keep_pictures" | "ambiguous":
            choices = CHOICES[key]
            if value not in choices:
                raise wrong("one of " + ", ".join(f'"{choice}"' for choice in choices))
        case "contact":
            if not isinstance(value, str) or any(ord(char) < 32 or ord(char) > 126 for char in value):
                raise wrong("printable ASCII text")
        case "mouse" | "animations" | "pictures" | "punctuation" | "spacing" | "hanging":
            if not isinstance(value, bool):
                raise wrong("true or false")
        case "timeout":
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not 1 <= value <= 3600:
                raise wrong("a number of seconds from 1 to 3600")
            return float(value)
        case "workers" | "feed_bytes" | "keep_days" | "measure":
            low, high = RANGES[key]
            if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
                raise wrong(f"a whole number from {low} to {high}")
        case "allow_private":
            if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
                raise wrong('a list of "host:port"')
            for entry in value:
                problem = _bad_host(entry)
                if problem:
                    raise ConfigError(f"{where}: {problem}")
            return tuple(value)
        case "keys":
            if not isinstance(value, dict) or not all(isinstance(entry, str) for entry in value.values()):
                raise wrong('a table of command = "key,key"')
            return cast("dict[str, str]", value)
    return value


def _bad_host(entry: str) -> str:
    host, colon, port = entry.rpartition(":")
    if colon and host and port.isascii() and port.isdigit() and 0 < int(port) < 65536:
        return ""
    return f'{entry!r} is not "host:port"'


def _toml_place(message: str, text: str) -> str:
    """tomllib's "Invalid value (at line 1, column 9)" with the place in front."""
    what, _, place = message.removesuffix(")").rpartition(" (at ")
    if place == "end of document":
        place = f"line {text.count(chr(10)) + 1}, column {len(text) - text.rfind(chr(10))}"
    return f"{place}: {what}; see TOML's rules at https://toml.io"


def _place(text: str, key: str) -> str:
    """Line and column of a top-level key or table, as far as its text shows it."""
    found = re.search(rf"^[ \t]*\[?[ \t]*[\"']?({re.escape(key)})[\"']?[ \t]*[\]=.]", text, re.MULTILINE)
    if found is None:
        return "line ?"
    line = text.count("\n", 0, found.start(1)) + 1
    column = found.start(1) - (text.rfind("\n", 0, found.start(1)) + 1) + 1
    return f"line {line}, column {column}"
