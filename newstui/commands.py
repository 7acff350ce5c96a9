"""The one registry of commands: ids, default keys and where each counts.

Bindings, the footer's hints, the help screen, the command palette and the README's table of keys are all made from
it. Labels and one-sentence help stand in the catalogues as `command.ID` and `command.ID.help`.
Key names are Textual's ("down", "ctrl+f", "question_mark"); several keys of a command are comma separated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final, Literal

from newstui.errors import ConfigError

Place = Literal["list", "reader"]

_BOTH: Final[tuple[Place, ...]] = ("list", "reader")


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can tell the app to do."""

    id: str
    keys: str
    """Default keys, comma separated; "" when it is only in the palette."""
    where: tuple[Place, ...] = _BOTH
    """The panes in which the footer names it; the keys work in both."""
    rank: int = 0
    """Place in the footer, 1 first; 0 keeps it out of the footer."""
    pair: str = ""
    """A command that the footer names together with this one: its key stands before this one's."""
    pane: Place | None = None
    """The one pane in which its keys count, if they do not in both: another command may have them in the other."""


COMMANDS: Final[tuple[Command, ...]] = (
    Command("open", "enter", ("list",), 1),
    Command("back", "escape", ("reader",), 1),
    Command("leave", "q", ("list",), 9),
    Command("next-page", "space", _BOTH, 2),
    Command("down", "j,down"),
    Command("up", "k,up"),
    Command("page-down", "pagedown,ctrl+f"),
    Command("page-up", "pageup,ctrl+b,b,shift+space"),
    Command("top", "g,home"),
    Command("bottom", "G,end"),
    Command("next-unread", "n", _BOTH, 7),
    Command("previous-unread", "p,N"),
    Command("next-heading", "right_square_bracket"),
    Command("previous-heading", "left_square_bracket"),
    Command("tab-left", "h,left"),
    Command("tab-right", "l,right", ("list",), 6, "tab-left"),
    *(Command(f"tab-{number}", str(number)) for number in range(1, 10)),
    Command("find", "slash", _BOTH, 5),
    Command("star", "s", _BOTH, 4),
    Command("read", "m", _BOTH, 6),
    Command("read-all", "A", ("list",), 11),
    Command("undo", "u", _BOTH, 10),
    Command("show-new", "full_stop"),
    Command("refresh", "r", ("list",), 8),
    Command("open-link", "o", ("reader",), 5),
    Command("hints", "f", ("reader",)),
    Command("select", "v", ("reader",)),
    Command("copy-link", "y", ("reader",), 8),
    Command("typography", "T"),
    Command("wider", "plus"),
    Command("narrower", "minus"),
    Command("zen", "z"),
    Command("paragraphs", ""),
    Command("punctuation", ""),
    Command("spacing", ""),
    Command("script", ""),
    Command("hanging", ""),
    Command("pictures", "i", ("reader",)),
    Command("theme", ""),
    Command("add-feed", "a", pane="list"),
    Command("mark-passage", "a", ("reader",), pane="reader"),
    Command("next-passage", "right_curly_bracket", ("reader",), pane="reader"),
    Command("previous-passage", "left_curly_bracket", ("reader",), pane="reader"),
    Command("remove-passage", "x,delete", ("reader",), pane="reader"),
    Command("import", "I"),
    Command("troubles", "e"),
    Command("reprocess", ""),
    Command("welcome", "w"),
    Command("palette", "colon,ctrl+p", _BOTH, 12),
    Command("help", "question_mark", _BOTH, 3),
    Command("suspend", "ctrl+z"),
    Command("quit", "ctrl+q,ctrl+c"),
)

BY_ID: Final[Mapping[str, Command]] = {command.id: command for command in COMMANDS}

_SHOWN: Final = {
    "question_mark": "?", "slash": "/", "colon": ":", "full_stop": ".", "comma": ",", "space": "Space",
    "enter": "Enter", "escape": "Esc", "up": "↑", "down": "↓", "left": "←", "right": "→", "pageup": "PgUp",
    "pagedown": "PgDn", "home": "Home", "end": "End", "tab": "Tab", "backspace": "Bksp", "delete": "Del",
    "insert": "Ins", "plus": "+", "minus": "-", "equals_sign": "=", "semicolon": ";", "apostrophe": "'",
    "asterisk": "*", "number_sign": "#", "dollar_sign": "$", "percent_sign": "%", "at": "@", "ampersand": "&",
    "exclamation_mark": "!", "underscore": "_", "tilde": "~", "vertical_line": "|", "backslash": "\\",
    "less_than_sign": "<", "greater_than_sign": ">", "left_square_bracket": "[", "right_square_bracket": "]",
    "left_parenthesis": "(", "right_parenthesis": ")", "left_curly_bracket": "{", "right_curly_bracket": "}",
    "quotation_mark": '"', "grave_accent": "`", "circumflex_accent": "^",
}  # fmt: skip
_NAMES: Final = {shown: name for name, shown in _SHOWN.items() if len(shown) == 1 and shown.isascii()}
_FUNCTION_KEYS: Final = frozenset(f"f{number}" for number in range(1, 25))


def shown_key(key: str) -> str:
    """One key as a person reads it: "ctrl+f" is "^F", "question_mark" is "?"."""
    if key.startswith("ctrl+"):
        return "^" + shown_key(key[5:]).upper()
    if key.startswith("shift+"):
        return "S-" + shown_key(key[6:])
    if key.startswith("alt+"):
        return "M-" + shown_key(key[4:])
    return _SHOWN.get(key, key.upper() if key in _FUNCTION_KEYS else key)


def key_name(text: str) -> str:
    """The key that `text` in config.toml names, e.g. "?", "ctrl+n", "F2"; raises ValueError."""
    word = text.strip()
    for modifier in ("ctrl+", "shift+", "alt+"):
        if word.lower().startswith(modifier) and len(word) > len(modifier):
            return modifier + key_name(word[len(modifier) :]).lower()
    if len(word) == 1 and word.isprintable():
        return _NAMES.get(word, word)
    lowered = word.lower()
    if lowered in _SHOWN or lowered in _FUNCTION_KEYS:
        return lowered
    raise ValueError(f"{text.strip()!r} is no key")


def keymap(wanted: Mapping[str, str]) -> dict[str, str]:
    """Command id to its keys in force, with `wanted` (config.toml's [keys]) over the defaults; raises ConfigError.

    An unknown command, an unknown key and a key given to two commands are errors that name the way out. A default
    key that the person gave to another command is taken away from its old one without complaint, as long as that
    one keeps a key.
    """
    chosen: dict[str, list[str]] = {}
    owner: dict[tuple[Place, str], str] = {}
    for name, text in wanted.items():
        if name not in BY_ID:
            from difflib import get_close_matches

            near = get_close_matches(name, BY_ID, 1, 0.4)
            hint = f"did you mean {near[0]!r}?" if near else "`?` in the app lists them"
            raise ConfigError(f"config.toml, [keys]: there is no command {name!r}; {hint}")
        try:
            keys = [key_name(part) for part in _split(text)]
        except ValueError as error:
            fits = 'write e.g. "j,down", "ctrl+n", "f2" or "?"'
            raise ConfigError(f"config.toml, [keys], {name}: {error}; {fits}") from error
        for pane, key in product(_panes(BY_ID[name]), keys):
            other = owner.setdefault((pane, key), name)
            if other != name:
                raise ConfigError(
                    f"config.toml, [keys]: {shown_key(key)} is given to both {other!r} and {name!r}; keep it for one"
                )
        chosen[name] = keys
    for command in COMMANDS:
        if command.id not in chosen:
            defaults = _split(command.keys)
            panes = _panes(command)
            chosen[command.id] = [key for key in defaults if not any((pane, key) in owner for pane in panes)]
            if defaults and not chosen[command.id]:
                taker = next(owner[pane, defaults[0]] for pane in panes if (pane, defaults[0]) in owner)
                raise ConfigError(
                    f"config.toml, [keys]: {taker!r} takes the only key of {command.id!r}; give {command.id!r} another"
                )
    return {command.id: ",".join(chosen[command.id]) for command in COMMANDS}


def _panes(command: Command) -> tuple[Place, ...]:
    """Where the keys of a command count."""
    return _BOTH if command.pane is None else (command.pane,)


def overrides(keys: Mapping[str, str]) -> dict[str, str]:
    """Of a `keymap` the commands whose keys differ from the default ones, and those that share a key with one.

    Textual takes a key away from whoever has it when it is given to a command.
    """
    found = {name for name in keys if keys[name] != DEFAULT_KEYMAP[name]}
    size = -1
    while size != len(found):
        size = len(found)
        taken = {key for name in found for key in (*_split(keys[name]), *_split(DEFAULT_KEYMAP[name]))}
        found |= {name for name in keys if taken.intersection(_split(keys[name]))}
    return {name: keys[name] for name in keys if name in found}


def _split(keys: str) -> list[str]:
    return [key.strip() for key in keys.split(",") if key.strip()]


DEFAULT_KEYMAP: Final[Mapping[str, str]] = {command.id: command.keys for command in COMMANDS}


def footer_commands(where: Place) -> tuple[Command, ...]:
    """The commands that the footer names in a pane, the most needed first."""
    return tuple(sorted((c for c in COMMANDS if c.rank and where in c.where), key=lambda c: c.rank))


def keys_of(command: str, keys: Mapping[str, str] = DEFAULT_KEYMAP) -> tuple[str, ...]:
    """The keys of a command as a person reads them."""
    return tuple(map(shown_key, _split(keys[command])))
