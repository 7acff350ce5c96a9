"""config.toml: what it may say, and how each mistake is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from newstui.config import Settings, load_settings, parse_settings, paths
from newstui.errors import ConfigError


def test_missing_file_gives_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "config.toml", {}) == Settings()
    assert list(tmp_path.iterdir()) == []


def test_values_are_read() -> None:
    text = """
theme = "light"
timeout = 5
allow_private = ["127.0.0.1:8080"]
[keys]
star = "s,f"
"""
    settings = parse_settings(text.encode(), "config.toml")
    assert settings.theme == "light"
    assert settings.timeout == 5.0
    assert settings.allow_private == ("127.0.0.1:8080",)
    assert settings.keys == {"star": "s,f"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("theme = 3", "c.toml, line 1, column 1: theme must be one of"),
        ("\n  them = 'dark'", "c.toml, line 2, column 3: no setting is called 'them'; did you mean theme?"),
        ("timeout = true", "timeout must be a number of seconds from 1 to 3600, not True"),
        ("workers = 0", "workers must be a whole number from 1 to 256, not 0"),
        ("feed_bytes = 'x'", "feed_bytes must be a whole number"),
        ('allow_private = ["localhost"]', "'localhost' is not \"host:port\""),
        ('allow_private = ["h:70000"]', 'is not "host:port"'),
        ("keys = 1", "keys must be a table"),
        ("\n[keys]\nstar = 1", "c.toml, line 2, column 2: keys must be a table"),
        ("measure = 7", "c.toml, line 1, column 1: measure must be a whole number from 8 to 120, not 7"),
        ("measure = true", "measure must be a whole number from 8 to 120, not True"),
        (
            "\nparagraphs = 'both'",
            'c.toml, line 2, column 1: paragraphs must be one of "indent", "space", not \'both\'',
        ),
        ("punctuation = 1", "punctuation must be true or false"),
        ("spacing = 'thin'", "spacing must be true or false"),
        ("script = 'zh'", 'script must be one of "original", "hans", "hant"'),
        ("hanging = 0", "hanging must be true or false"),
        ("ambiguous = 2", 'ambiguous must be one of "auto", "narrow", "wide"'),
        ("mouse = 'no'", "mouse must be true or false"),
        ('contact = "é"', "printable ASCII"),
        ("theme = ", "line 1, column 9"),
    ],
)
def test_mistakes_name_place_and_way_out(text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_settings(text.encode(), "c.toml")
    assert message in str(caught.value)
    assert caught.value.exit_code == 2


def test_not_utf8_names_the_line() -> None:
    with pytest.raises(ConfigError, match="line 2: not UTF-8"):
        parse_settings("theme = 'dark'\ncontact = '新'".encode("gbk"), "c.toml")


def test_environment_adds_private_hosts(tmp_path: Path) -> None:
    settings = load_settings(tmp_path / "none", {"NEWSTUI_ALLOW_PRIVATE": "127.0.0.1:80, [::1]:81"})
    assert settings.allow_private == ("127.0.0.1:80", "[::1]:81")
    with pytest.raises(ConfigError, match="NEWSTUI_ALLOW_PRIVATE"):
        load_settings(tmp_path / "none", {"NEWSTUI_ALLOW_PRIVATE": "nothing"})


def test_paths_follow_home_and_are_not_created(tmp_path: Path) -> None:
    found = paths({"NEWSTUI_HOME": str(tmp_path / "h")})
    assert found.cache == tmp_path / "h" / "cache.db"
    assert not (tmp_path / "h").exists()
