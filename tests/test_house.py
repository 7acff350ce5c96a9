"""The house rules that a linter does not keep: light imports, small files, scripts that agree with the grammar."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from newstui.cli.parser import build_parser
from tools.build_completions import FOLDER, SHELLS, script

HOUSE = Path(__file__).resolve().parents[1]
HEAVY = ("textual", "rich", "httpx", "feedparser", "lxml")


def modules_after(code: str) -> set[str]:
    """Top-level names loaded in a fresh interpreter once `code` has run."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print('\\n'.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.partition(".")[0] for name in done.stdout.splitlines()}


def test_the_command_line_loads_nothing_heavy() -> None:
    loaded = modules_after("import newstui.cli, newstui.cli.parser, newstui.cli.reading")
    assert loaded.isdisjoint(HEAVY)


def test_listing_loads_no_textual_and_no_parser() -> None:
    code = "from newstui.cli import main; main(['list']); main(['districts', '--json'])"
    assert modules_after(code).isdisjoint(HEAVY)


def test_the_app_loads_no_network_and_no_parser() -> None:
    loaded = modules_after("import newstui.app, newstui.screens.main, newstui.splash")
    assert loaded.isdisjoint({"httpx", "feedparser", "lxml"})
    assert "textual" in loaded


def test_the_linear_mode_loads_no_textual_no_network_and_no_parser() -> None:
    assert modules_after("import newstui.linear, newstui.linear.program").isdisjoint(HEAVY)


def test_importing_loads_no_network_and_leaves_parsing_to_its_processes() -> None:
    assert modules_after("import newstui.cli.getting, newstui.fetch.importing").isdisjoint(HEAVY)


def python_files() -> list[Path]:
    return [
        path for folder in ("newstui", "tests", "tools", "bench") for path in sorted((HOUSE / folder).rglob("*.py"))
    ]


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(HOUSE)))
def test_files_are_small_and_say_what_they_hold(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.count("\n")
    assert lines <= 400, f"{path.name} has {lines} lines: split it by noun"
    assert ast.get_docstring(ast.parse(text)) or not text, "a module begins with a sentence on what it holds"


@pytest.mark.parametrize("shell", SHELLS)
def test_shipped_completion_agrees_with_the_grammar(shell: str) -> None:
    shipped = (FOLDER / f"newstui.{shell}").read_text(encoding="utf-8")
    assert shipped == script(shell), "run python -m tools.build_completions"


def test_every_command_of_the_contract_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    commands = [
        "add",
        "remove",
        "sources",
        "fetch",
        "import",
        "list",
        "show",
        "search",
        "districts",
        "mark",
        "export",
        "opml",
        "prune",
        "doctor",
        "completion",
    ]
    for command in commands:
        with pytest.raises(SystemExit) as ended:
            build_parser().parse_args([command, "--help"])
        assert ended.value.code == 0
        assert f"usage: newstui {command}" in capsys.readouterr().out
