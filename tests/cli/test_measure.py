"""What the settings say of widths holds for every way to open the program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newstui.cli import main
from newstui.text.widths import ambiguous, set_ambiguous


@pytest.fixture(autouse=True)
def narrow() -> Iterator[None]:
    """Other tests have a terminal of the usual kind."""
    yield
    set_ambiguous(1)


@pytest.mark.parametrize(("said", "cells"), [("wide", 2), ("narrow", 1), ("auto", 1)])
def test_the_linear_mode_measures_as_told(
    said: str, cells: int, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home.mkdir()
    (home / "config.toml").write_text(f'ambiguous = "{said}"\n')
    seen: list[int] = []

    def run(*_: object, **__: object) -> int:
        seen.append(ambiguous())
        return 0

    monkeypatch.setattr("newstui.linear.run", run)
    assert main(["--linear"]) == 0
    assert seen == [cells]
