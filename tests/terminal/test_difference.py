"""What is written instead of a frame makes the same screen, whatever was there before; and it is short."""

from __future__ import annotations

import pyte
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from newstui.terminal.canvas import Canvas
from newstui.terminal.kinds import terminal_of
from newstui.terminal.pen import Terminal
from newstui.text.widths import cell_width

WIDTH, HEIGHT = 30, 9
TERMINALS = {name: terminal_of({"TERM": name}) for name in ("xterm-256color", "screen", "vt100")}
_TEXTS = st.lists(
    st.sampled_from(["a", "b", " ", " ", "12", "。，", "“", "…●", "新都区", "居民", "活", "e\u0301", "𠮷", "　", "|"]),
    max_size=12,
).map("".join)
_STYLES = st.sampled_from(
    ["", "1;38;5;188;48;5;16", "38;5;109;48;5;16", "4;34", "7;1", "31;44", "2;3;9;38;2;1;2;3", "48;5;17", "48;5;16"]
)
_PIECES = st.lists(st.tuples(_TEXTS, _STYLES), max_size=5)


def strip(pieces: list[tuple[str, str]], width: int) -> str:
    """A line as Textual's strips make it: exactly `width` cells."""
    parts, used = [], 0
    for text, style in pieces:
        text = text.lstrip("\u0301")
        while cell_width(text) > width - used:
            text = text[:-1]
        used += cell_width(text)
        parts.append(f"\x1b[{style}m{text}\x1b[0m" if style else text)
    return "".join(parts) + f"\x1b[48;5;16m{' ' * (width - used)}\x1b[0m"


@st.composite
def frames(draw: st.DrawFn) -> str:
    """A frame that paints some lines, or the left or right half of them."""
    left, width = draw(st.sampled_from([(0, WIDTH), (0, 12), (12, WIDTH - 12)]))
    lines = draw(st.lists(st.integers(0, HEIGHT - 1), min_size=1, max_size=HEIGHT, unique=True))
    # No wide character ever stands across the border of two widgets.
    parts = (12, WIDTH - 12) if width == WIDTH else (width,)
    painted = [
        f"\x1b[{y + 1};{left + 1}H{''.join(strip(draw(_PIECES), part) for part in parts)}" for y in sorted(lines)
    ]
    return "\n".join(painted) + "\x1b[1;1H"


@st.composite
def scrolled(draw: st.DrawFn) -> list[str]:
    """A text of many lines on all but the first and the last line of the screen, at several places of it."""
    text = [strip(draw(_PIECES), WIDTH) for _ in range(14)]
    made = []
    for top in draw(st.lists(st.integers(0, 7), min_size=2, max_size=5)):
        lines = [strip([(f"{top} of 7", "1")], WIDTH), *text[top : top + HEIGHT - 2], strip([("foot", "7")], WIDTH)]
        made.append("\n".join(f"\x1b[{y};1H{line}" for y, line in enumerate(lines, 1)))
    return made


def seen(screen: pyte.Screen) -> list[list[tuple[object, ...]]]:
    """Every cell as far as it can be told from another by looking at it."""

    def cell(char: pyte.screens.Char) -> tuple[object, ...]:
        looks = (char.bg, char.underscore, char.reverse, char.strikethrough)
        if char.data in (" ", "\u3000", "") and not any(looks[1:]):
            return (char.data, char.bg)
        return (char.data, char.fg, char.bold, char.italics, *looks)

    return [[cell(screen.buffer[y][x]) for x in range(screen.columns)] for y in range(screen.lines)]


def shows_the_same(painted: list[str], terminal: Terminal, dirt: str = "") -> None:
    plain, thin = pyte.Screen(WIDTH, HEIGHT), pyte.Screen(WIDTH, HEIGHT)
    streams = pyte.Stream(plain), pyte.Stream(thin)
    canvas = Canvas(WIDTH, HEIGHT, terminal)
    blank = "".join(f"\x1b[{y};1H{strip([], WIDTH)}" for y in range(1, HEIGHT + 1))
    for stream in streams:
        stream.feed(f"\x1b[?7l{dirt}")
    for frame in (blank, *painted):
        streams[0].feed(frame.replace("\n", ""))
        assert canvas.take(frame)
        written = canvas.changes()
        streams[1].feed(written)
        assert seen(thin) == seen(plain), repr(written)


@pytest.mark.parametrize("name", TERMINALS)
@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(painted=st.lists(frames(), max_size=6))
def test_any_frames_make_the_screen_that_they_make_themselves(name: str, painted: list[str]) -> None:
    shows_the_same(painted, TERMINALS[name], dirt="\x1b[3;5H\x1b[31;42m新旧旧")


@pytest.mark.parametrize("name", TERMINALS)
@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(painted=scrolled())
def test_scrolled_text_is_the_same_text(name: str, painted: list[str]) -> None:
    shows_the_same(painted, TERMINALS[name])


def written(*painted: str) -> list[str]:
    """What is sent for each frame, after a blank screen."""
    canvas = Canvas(WIDTH, HEIGHT, TERMINALS["xterm-256color"])
    canvas.take("".join(f"\x1b[{y};1H{strip([], WIDTH)}" for y in range(1, HEIGHT + 1)))
    canvas.changes()
    sent = []
    for frame in painted:
        assert canvas.take(frame)
        sent.append(canvas.changes())
    return sent


def test_a_frame_that_changes_nothing_sends_nothing() -> None:
    frame = f"\x1b[2;1H{strip([('新都区', '1')], WIDTH)}\x1b[1;1H"
    assert written(frame, frame)[1] == ""


def test_a_marker_that_goes_down_a_line_costs_a_few_bytes() -> None:
    titles = ["新都区开展便民服务", "温江区居民称好", "双流区"]

    def frame(cursor: int) -> str:
        lines = [[("    ", "48;5;16"), (" >"[index == cursor], "38;5;115;48;5;16"), (title, "1;38;5;188;48;5;16")]
                 for index, title in enumerate(titles)]  # fmt: skip
        return "\n".join(f"\x1b[{y};1H{strip(line, WIDTH)}" for y, line in enumerate(lines, 2))

    sent = written(frame(0), frame(1), frame(2))
    assert sent[2] == "\b \x1b[B\b>"
    assert len(sent[1]) < 40


def test_scrolling_by_a_line_moves_the_lines_that_are_there() -> None:
    lines = [f"{number}{'新都区居民活动'[number % 7 :]}便民服务" for number in range(20)]

    def frame(top: int) -> str:
        shown = [("", ""), *((line, "") for line in lines[top : top + HEIGHT - 2]), ("", "")]
        return "\n".join(f"\x1b[{y};1H{strip([piece], WIDTH)}" for y, piece in enumerate(shown, 1))

    sent = written(frame(0), frame(1), frame(4), frame(2))
    assert "\x1b[M" in sent[1] and len(sent[1].encode()) < 90
    assert "\x1b[3M" in sent[2]
    assert "\x1b[2L" in sent[3]
