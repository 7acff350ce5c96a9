"""Writes newstui/cli/completions/newstui.SHELL from the command line's grammar (needs shtab, a development tool)."""

from __future__ import annotations

from pathlib import Path

import shtab

from newstui.cli.parser import build_parser

SHELLS = ("bash", "zsh", "tcsh")
FOLDER = Path(__file__).resolve().parents[1] / "newstui" / "cli" / "completions"


def script(shell: str) -> str:
    """The completion script for one shell."""
    text: str = shtab.complete(build_parser(), shell=shell)
    return text.rstrip() + "\n"


def main() -> None:
    """Write them all."""
    for shell in SHELLS:
        (FOLDER / f"newstui.{shell}").write_text(script(shell), encoding="utf-8")


if __name__ == "__main__":
    main()
