"""The registry and the catalogues: nothing unnamed, nothing bound twice."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import cast, get_args

import pytest
from textual.binding import Binding

import newstui
from newstui.app.application import NewstuiApp
from newstui.commands import COMMANDS, DEFAULT_KEYMAP, key_name, keymap, keys_of, shown_key
from newstui.config import Settings
from newstui.errors import ConfigError
from newstui.locale import catalogue, language
from newstui.screens.jobs import JobName
from newstui.screens.main import MainScreen
from newstui.screens.welcome import CHOICES


def test_no_default_key_is_bound_twice() -> None:
    for pane in ("list", "reader"):
        own = [command for command in COMMANDS if command.pane in (None, pane)]
        keys = [key for command in own for key in command.keys.split(",") if key]
        assert len(keys) == len(set(keys))


def test_every_command_is_named_and_explained_in_both_languages() -> None:
    for tongue in ("zh", "en"):
        words = catalogue(tongue)
        for command in COMMANDS:
            assert words(f"command.{command.id}") and words(f"command.{command.id}.help")


def test_the_catalogues_say_the_same_things_with_the_same_blanks() -> None:
    zh, en = catalogue("zh").texts, catalogue("en").texts
    assert set(zh) == set(en)
    for key in zh:
        assert set(re.findall(r"{(\w+)}", zh[key])) == set(re.findall(r"{(\w+)}", en[key])), key


def test_no_sentence_is_unused() -> None:
    named = {f"command.{command.id}{part}" for command in COMMANDS for part in ("", ".help")}
    named |= {f"welcome.{choice}{part}" for choice in CHOICES for part in ("", ".help")}
    named |= {f"job.{job}" for job in get_args(JobName)}
    for path in Path(newstui.__file__).parent.rglob("*.py"):
        if path.parent.name != "locale":
            constants = (node for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.Constant))
            named |= {node.value for node in constants if isinstance(node.value, str)}
    assert sorted(set(catalogue("zh").texts) - named) == []


def test_every_key_is_bound_under_its_command() -> None:
    bound = {cast("Binding", binding).id for binding in (*MainScreen.BINDINGS, *NewstuiApp.BINDINGS)}
    assert bound == {command.id for command in COMMANDS if command.keys}


def test_language_follows_setting_then_environment() -> None:
    assert language(Settings(language="en"), {}) == "en"
    assert language(Settings(), {}) == "zh"
    assert language(Settings(), {"LANG": "en_GB.UTF-8"}) == "en"
    assert language(Settings(), {"LC_ALL": "zh_CN.UTF-8", "LANG": "en_GB.UTF-8"}) == "zh"
    assert language(Settings(), {"LANG": "C.UTF-8"}) == "zh"


def test_keys_of_config_replace_the_default_ones() -> None:
    keys = keymap({"star": "S, ctrl+d", "help": "?"})
    assert keys["star"] == "S,ctrl+d"
    assert keys["help"] == "question_mark"
    assert keys["down"] == DEFAULT_KEYMAP["down"]


def test_a_key_taken_for_one_command_leaves_its_old_one() -> None:
    assert keymap({"next-unread": "j"})["down"] == "down"


def test_an_unknown_command_names_the_nearest() -> None:
    with pytest.raises(ConfigError, match="next-unread"):
        keymap({"next-unraed": "n"})


def test_a_key_for_two_commands_is_named() -> None:
    with pytest.raises(ConfigError, match=r"x .*star.*read"):
        keymap({"star": "x", "read": "x"})


def test_taking_the_only_key_of_a_command_is_named() -> None:
    with pytest.raises(ConfigError, match=r"'read'.*'star'"):
        keymap({"read": "s"})


def test_an_unknown_key_is_named() -> None:
    with pytest.raises(ConfigError, match="hyperspace"):
        keymap({"star": "hyperspace"})


def test_keys_are_shown_as_they_are_typed() -> None:
    assert keys_of("page-down") == ("PgDn", "^F")
    for command in COMMANDS:
        for key in command.keys.split(","):
            if key and len(shown_key(key)) == 1 and shown_key(key).isascii():
                assert key_name(shown_key(key)) == key


def test_the_layouts_that_the_splash_uses_import_neither_textual_nor_rich() -> None:
    code = (
        "import sys, newstui.widgets.row_layout, newstui.widgets.tab_layout, newstui.widgets.footer_layout, "
        "newstui.styles.palette; print({'textual','rich','apsw'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
