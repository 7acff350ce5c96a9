"""The README says what the program does: keys, settings, commands."""

from __future__ import annotations

import argparse
import re
from dataclasses import fields
from pathlib import Path

from newstui.cli.parser import build_parser
from newstui.commands import keymap
from newstui.config import Settings, parse_settings
from tools.readme_keys import README, filled, table

TEXT = README.read_text(encoding="utf-8")


def test_its_keys_are_those_of_the_registry() -> None:
    assert TEXT.count("<!-- keys") == TEXT.count("<!-- /keys -->") == 2
    assert filled(TEXT) == TEXT


def test_the_table_has_every_key_that_the_issue_promises() -> None:
    for key in [*"hljksmAnpr/oyu?q←→↑↓", "Space", "Enter", "Esc"]:
        assert f"`{key}`" in table("en"), key


def test_every_setting_is_explained() -> None:
    for item in fields(Settings):
        assert f"`{item.name}`" in TEXT, item.name


def test_its_example_configuration_is_accepted() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    settings = parse_settings(example.encode(), "README.md")
    assert settings != Settings()
    assert keymap(settings.keys)["star"] == "s,b"


def test_every_command_line_in_it_is_understood() -> None:
    lines = re.findall(r"^(?:\S+ ){5}(newstui \w+.*)$|^newstui( [a-z].*)?$", TEXT, re.MULTILINE)
    commands = [(one or f"newstui{other}").split("  ")[0].split(" #")[0].strip() for one, other in lines]
    assert len(commands) >= 15
    parser = build_parser()
    for command in commands:
        words = [word.strip("\"'") for word in command.split()[1:]]
        if words:
            assert isinstance(parser.parse_args(words), argparse.Namespace), command


def test_the_changelog_names_the_version() -> None:
    from newstui import __version__

    changelog = Path(README.parent, "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{__version__}]" in changelog
