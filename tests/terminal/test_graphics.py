"""Sequences of pictures: they pass the last door as they are, and nothing that looks like them does."""

from __future__ import annotations

import pytest

from newstui.terminal.graphics import LARGEST, is_sixel, kitty_picture, kitty_row, protocol_of, sixel_picture
from newstui.terminal.outgoing import outgoing
from newstui.text.widths import cell_width

SIXEL = '\x1bP0;0;0q"1;1;10;6#0;2;0;0;0#0!10~-\x1b\\'


@pytest.mark.parametrize("size", [0, 1, 4096, 4097, 20_000])
def test_a_kitty_picture_passes_whole(size: int) -> None:
    sequences = kitty_picture(200, "A" * size, 10, 4)
    assert [outgoing(one) for one in sequences] == sequences
    assert "".join(one.partition(";")[2][:-2] for one in sequences[:-1]) == "A" * size
    assert [one.partition(";")[0][-1] for one in sequences[:-1]] == [*"1" * (len(sequences) - 2), "0"]


def test_a_row_of_placeholders_is_as_wide_as_it_says() -> None:
    assert cell_width(kitty_row(0, LARGEST)) == LARGEST
    assert outgoing(kitty_row(15, 76)) == kitty_row(15, 76)


def test_a_sixel_picture_passes_whole() -> None:
    assert is_sixel(SIXEL)
    assert outgoing(sixel_picture(SIXEL, 3, 4)) == f"\x1b7\x1b[5;4H{SIXEL}\x1b8"


@pytest.mark.parametrize(
    "foreign",
    [
        SIXEL,
        "\x1b_Ga=t,t=f,f=100,i=1;L2V0Yy9wYXNzd2Q=\x1b\\",
        "\x1b_Ga=d,d=A\x1b\\",
        "\x1b_Ga=p,U=1,i=1,c=1,r=1\x1b\\",
        "\x1bP+q544e\x1b\\",
        "\x1bP$qm\x1b\\",
        "\x1b7",
        "\x1b8",
        "\x1b7\x1b[1;1H\x1bPq\x1b]52;c;QQ==\x07\x1b\\\x1b8",
    ],
)
def test_what_is_none_of_ours_does_not_pass(foreign: str) -> None:
    assert "\x1bP" not in outgoing(foreign) and "\x1b_" not in outgoing(foreign)
    assert "\x1b7" not in outgoing(foreign) and "\x1b8" not in outgoing(foreign)


@pytest.mark.parametrize(
    ("environ", "protocol"),
    [
        ({"TERM": "xterm-kitty"}, "kitty"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, "kitty"),
        ({"TERM": "foot-extra"}, "sixel"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "sixel"),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/tmux"}, "blocks"),
        ({"TERM": "foot", "STY": "1.pts"}, "blocks"),
        ({"TERM": "xterm-256color"}, "blocks"),
        ({}, "blocks"),
    ],
)
def test_protocols(environ: dict[str, str], protocol: str) -> None:
    assert protocol_of(environ) == protocol
