"""Writes the tables of keys in README.md from the registry of commands: `python tools/readme_keys.py`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from newstui.commands import COMMANDS, keys_of
from newstui.locale import Language, catalogue

README: Final = Path(__file__).parent.parent / "README.md"
_BETWEEN: Final = re.compile(r"(<!-- keys(?: (zh))? -->\n).*?(<!-- /keys -->)", re.DOTALL)
_HEADS: Final[dict[Language, tuple[str, str, str]]] = {
    "en": ("Key", "What it does", "Command"),
    "zh": ("键", "作用", "命令"),
}
_TABS: Final[dict[Language, str]] = {"en": "To that tab", "zh": "直接去第几个标签"}


def table(language: Language) -> str:
    """Every command that has a key, in the registry's order; the nine tab keys share one row."""
    say = catalogue(language)
    rows = [_HEADS[language], ("---", "---", "---")]
    for command in COMMANDS:
        keys = " ".join(_code(key) for key in keys_of(command.id))
        if command.id == "tab-1":
            rows.append(("`1` … `9`", _TABS[language], "tab-1 … tab-9"))
        elif keys and not re.fullmatch(r"tab-\d", command.id):
            rows.append((keys, say(f"command.{command.id}.help").replace("|", r"\|"), command.id))
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _code(key: str) -> str:
    return f"`{key}`" if key != "`" else "`` ` ``"


def filled(readme: str) -> str:
    """`readme` with the text between its markers made anew."""
    return _BETWEEN.sub(lambda found: found[1] + table("zh" if found[2] else "en") + found[3], readme)


if __name__ == "__main__":
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
