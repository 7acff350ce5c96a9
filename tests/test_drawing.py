"""Pictures drawn in half blocks, as the app's child does it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fetch.test_pictures import png

pytest.importorskip("textual_image")


def drawn(path: Path, columns: int, rows: int) -> tuple[int, dict[str, list[list[list[str]]] | str]]:
    """The child's exit code and answer."""
    command = [sys.executable, "-m", "newstui.drawing", str(path), str(columns), str(rows)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    return done.returncode, json.loads(done.stdout)


def test_a_picture_comes_in_the_cells_that_were_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(png(40, 30))
    code, answer = drawn(path, 8, 3)
    assert code == 0
    assert answer == {"rows": [[["▀" * 8, "#000000", "#000000"]]] * 3}


@pytest.mark.parametrize("data", [b"", b"not a picture", png(10, 10)[:40], png(1, 1)[:33] + b"\xff" * 99])
def test_what_cannot_be_drawn_is_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(data)
    code, answer = drawn(path, 8, 3)
    assert code == 1 and answer["error"]


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(
        png(20_000, 1).replace((1).to_bytes(4, "big") + b"\x08\x02", (20_000).to_bytes(4, "big") + b"\x08\x02")
    )
    code, answer = drawn(path, 8, 3)
    assert code == 1 and answer["error"]


def test_wrong_arguments(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "newstui.drawing", "x"], capture_output=True, check=False, timeout=60)
    assert done.returncode == 2 and b"COLUMNS" in done.stderr
