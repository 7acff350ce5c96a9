"""A terminal used as a roll: what is written, read back from the screen that it makes."""

from __future__ import annotations

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.linear.roll import Roll, Teletype


class Window:
    """A roll on a pyte screen."""

    def __init__(self, columns: int, rows: int) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.Stream(self.screen)
        self.written: list[str] = []
        self.roll = Roll(self._write, (columns, rows))

    def _write(self, text: str) -> None:
        self.written.append(text)
        self.stream.feed(text.replace("\n", "\r\n"))

    @property
    def line(self) -> str:
        return self.screen.display[self.screen.cursor.y].rstrip()


def test_a_block_is_written_below_wherever_the_cursor_was() -> None:
    window = Window(20, 6)
    window.roll.show(["a", "b", "c"])
    assert window.line == "a"
    window.roll.show(["d", "e"], 1)
    assert window.line == "e" and window.written[-1] == "\x1b[2B\nd\ne\r"
    assert [line.rstrip() for line in window.screen.display[:5]] == ["a", "b", "c", "d", "e"]


def test_the_cursor_walks_a_block_and_no_further() -> None:
    window = Window(20, 4)
    window.roll.show(["a", "b", "c"])
    assert window.roll.move(2) and window.line == "c" and window.written[-1] == "\x1b[2B\r"
    assert window.roll.move(1) and window.line == "b" and window.written[-1] == "\x1b[A\r"
    assert not window.roll.move(3) and not window.roll.move(-1) and window.line == "b"


@given(st.integers(1, 6), st.lists(st.tuples(st.integers(1, 9), st.integers(0, 8)), min_size=1, max_size=8))
def test_the_cursor_is_always_on_the_line_that_counts(rows: int, blocks: list[tuple[int, int]]) -> None:
    window = Window(12, rows)
    for number, (count, at) in enumerate(blocks):
        lines = [f"{number}-{line}" for line in range(count)]
        window.roll.show(lines, min(at, count - 1))
        assert window.line == lines[min(at, count - 1)] and window.screen.cursor.x == 0


@pytest.mark.parametrize("columns", [8, 14, 40])
@given(
    st.lists(
        st.sampled_from(["新", "都", "a", " ", "\b"]),
        max_size=40,
    )
)
def test_an_answer_is_shown_as_it_is_typed_and_corrected(columns: int, typed: list[str]) -> None:
    window = Window(columns, 3)
    window.roll.ask("查找：")
    text = ""
    for key in typed:
        text = text[:-1] if key == "\b" else text + key
        window.roll.typing(text)
        shown = "".join(cell.data for cell in (window.screen.buffer[0][at] for at in range(columns)))
        assert shown.rstrip().endswith(text.rstrip()[-1:])
        assert "\n" not in "".join(window.written)
    assert window.screen.cursor.y == 0


def test_controls_in_lines_never_reach_the_terminal() -> None:
    window = Window(20, 4)
    window.roll.show(["a\x1b[2Jb\x07\n"])
    assert window.written == ["\ra[2Jb\r"]


def test_a_teletype_writes_lines_and_invites_once() -> None:
    written: list[str] = []
    paper = Teletype(written.append, (80, 24), "> ")
    paper.show(["a", "b"], 1)
    paper.invite()
    paper.invite()
    paper.show(["c"])
    assert not paper.move(0)
    paper.ask("?")
    paper.taken()
    assert "".join(written) == "a\nb\n> \nc\n?"
