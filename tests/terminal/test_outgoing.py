"""The last door lets the program's own sequences and plain text through, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.terminal.outgoing import cell_text, forbidden_points, is_cell_text, is_link, outgoing
from tests.pty.hostile import ATTACKS, foreign_controls

OWN = [
    "\x1b[?1049h\x1b[?25l\x1b[?2026h\x1b[?2026$p\x1b[>25u\x1b[<u",
    "\x1b[1;1H\x1b[1;38;2;1;2;3;48;5;7m新都 News\x1b[0m\n\x1b[2;1H ",
    "\x1b]52;c;5paw6Zey\x07",
    "\x1b]52;c;\x07",
    "\x1b]8;id=12-3;https://example.com/%E6%96%B0?a=1#x\x1b\\链接\x1b]8;;\x1b\\",
    "\x1b]22;pointer\x07",
]


@pytest.mark.parametrize("data", OWN)
def test_own_sequences_pass(data: str) -> None:
    assert outgoing(data) == data


@pytest.mark.parametrize(
    ("data", "left"),
    [
        ("a\x1b]52;c;not base64!\x07b", "ab"),
        ("a\x1b]52;c;bHMKCg==\x07b", "ab"),  # with a line feed: a shell would run it
        ("\x1b]52;c;5pawCumDvQ==\x07", "\x1b]52;c;5pawCumDvQ==\x07"),  # between two paragraphs
        ("a\x1b]52;c;bHMNcHdk\x07b", "ab"),  # with a carriage return
        ("a\x1b]52;c;G1swbQ==\x07b", "ab"),  # with ESC
        ("a\x1b]52;c;/w==\x07b", "ab"),  # no UTF-8
        ("a\x1b]8;;javascript:alert(1)\x1b\\b", "ab"),
        ("a\x1b]8;;https://x/\u202e\x1b\\b", "ab"),
        ("a\x1b]0;title\x07b", "ab"),
        ("a\x1bP$q\x1b\\b", "ab"),
        ("a\x1bcb", "acb"),
        ("a\x9b2Jb", "a2Jb"),
        ("a\x00\x07\x7f\u202e\ud800b", "ab"),
        ("a\x1b]never ends", "a"),
        ("a\x1b", "a"),
    ],
)
def test_foreign_sequences_go(data: str, left: str) -> None:
    assert outgoing(data) == left


@given(st.text(alphabet=st.characters() | st.sampled_from("\x1b[]0;52c8\\\x07\x9b\x9d\u202e\ud800hHmJ?")))
def test_what_leaves_passes_again_and_holds_no_control_of_its_own(data: str) -> None:
    out = outgoing(data)
    assert outgoing(out) == out
    assert "\ud800" not in out and "\x9b" not in out and "\u202e" not in out and "\x7f" not in out


@pytest.mark.parametrize("name", sorted(ATTACKS))
def test_cell_text_takes_every_attack_out(name: str) -> None:
    attack = ATTACKS[name]
    assert is_cell_text(attack) == (name == "markup")
    safe = cell_text(attack)
    assert is_cell_text(safe)
    assert foreign_controls(safe.encode()) == []


def test_the_strip_table_is_the_class_without_tab_and_line_feed() -> None:
    points = forbidden_points()
    for point in range(0x110000):
        expected = not is_cell_text(chr(point)) and point not in (9, 10) and cell_text(chr(point)) != "〓"
        assert (point in points) == expected, hex(point)


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://example.com/a?b=c#d", True),
        ("http://新都.cn/", False),
        ("file:///etc/passwd", False),
        ("https://x/\x1b]52;c;x\x07", False),
        ("https://x/ y", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_links_are_printable_http(url: str, good: bool) -> None:
    assert is_link(url) == good
