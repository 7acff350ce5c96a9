"""What must be written to make one screen another: as few bytes as the terminal allows.

Rows are compared first, and only those that differ are looked into. Changed cells become strokes; the strokes are
written line by line, or look by look when changing the rendition back and forth would cost more than moving the
cursor; and where lines have moved up or down together, they are moved on the terminal first. Whichever way is shortest
is taken.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from newstui.terminal.cells import UNSEEN_ON_BLANK, Look, Row, Screen, blank_row
from newstui.terminal.pen import Pen, Terminal
from newstui.terminal.shifting import Shift, find_shift, shifted

Rows = list["Row | None"]
"""The lines on the terminal; None where it is not known what stands there."""

_GAP: Final = 3
"""Unchanged cells that are written again rather than jumped over: a jump costs as much."""
_ERASED: Final = 10
"""Blank cells from which erasing and moving on costs less than blanks."""


class Stroke(NamedTuple):
    """Cells `x` to `end` of a line in one look; without text they are erased, to the line's end if `end` is that."""

    y: int
    x: int
    end: int
    look: Look
    text: str


def difference(before: Rows, after: Screen, pen: Pen) -> str:
    """What makes `before` look like `after`; `pen` is then where it ends."""
    ways = [_written(before, after, pen)]
    changed = sum(old is not None and old != new for old, new in zip(before, after.rows, strict=True))
    if changed > 3 and pen.terminal.scrolls:
        shift = find_shift(before, after.rows)
        if shift is not None:
            ways.append(_scrolled(before, after, pen, shift))
    written, end = min(ways, key=lambda way: len(way[0].encode()))
    pen.x, pen.y, pen.look = end.x, end.y, end.look
    return written


def _scrolled(before: Rows, after: Screen, pen: Pen, shift: Shift) -> tuple[str, Pen]:
    """The way by way of moving lines: the region is set, lines are deleted or inserted in it, and it is lifted."""
    begun = pen.copy()
    begun.margins(f"\x1b[{shift.top + 1};{shift.bottom + 1}r")
    begun.move(0, shift.top)
    count = abs(shift.lines) if abs(shift.lines) > 1 else ""
    begun.code(f"\x1b[{count}{'M' if shift.lines > 0 else 'L'}")
    begun.margins("\x1b[r")
    start = begun.take()
    written, end = _written(shifted(before, shift), after, begun)
    return start + written, end


def _written(before: Rows, after: Screen, pen: Pen) -> tuple[str, Pen]:
    """The shorter of line by line and look by look."""
    strokes: list[Stroke] = []
    for y, (old, new) in enumerate(zip(before, after.rows, strict=True)):
        if old is None or old != new:
            strokes += _strokes(y, old, new, pen.terminal)
    by_line, by_look = pen.copy(), pen.copy()
    _draw(strokes, by_line)
    ways = [(by_line.take(), by_line)]
    if len({stroke.look for stroke in strokes}) > 1:
        _draw(_grouped(strokes, pen.look), by_look)
        ways.append((by_look.take(), by_look))
    return min(ways, key=lambda way: len(way[0]))


def _grouped(strokes: list[Stroke], now: Look | None) -> list[Stroke]:
    """Strokes of one look together, those of the rendition that is on first; erasing a line comes before its text."""
    order: dict[Look, int] = {} if now is None else {now: -1}
    whole: list[Stroke] = []
    keyed: list[tuple[int, int, Stroke]] = []
    texts = {stroke.y for stroke in strokes if stroke.text}
    last: Stroke | None = None
    for stroke in strokes:
        if not stroke.text and not stroke.x and stroke.y in texts:
            whole.append(stroke)
        elif keyed and last is not None and _blank_after(stroke, last):
            keyed.append((keyed[-1][0], stroke.y, stroke))
        else:
            keyed.append((order.setdefault(stroke.look, len(order)), stroke.y, stroke))
        last = stroke
    return whole + [stroke for _, _, stroke in sorted(keyed, key=lambda entry: entry[:2])]


def _blank_after(stroke: Stroke, last: Stroke) -> bool:
    """Whether a stroke is of blanks for which the rendition of the one before will do."""
    return (not stroke.text or stroke.text.isspace()) and _goes_with(" ", stroke.look, last.look)


def _draw(strokes: list[Stroke], pen: Pen) -> None:
    for y, x, end, look, text in strokes:
        pen.move(x, y)
        if not text:
            pen.dress_blank(look)
            pen.code("\x1b[K" if end == pen.width else f"\x1b[{end - x}X")
        else:
            if text.isspace() and text.isascii():
                pen.dress_blank(look)
            else:
                pen.dress(look)
            pen.text(text, end - x)


def _strokes(y: int, old: Row | None, new: Row, terminal: Terminal) -> list[Stroke]:
    """The changes of one line, left to right."""
    width = len(new.chars)
    strokes: list[Stroke] = []
    if old is None:
        last = new.looks[-1]
        if new.chars[-1] == " " and _can_erase(last, terminal):
            strokes.append(Stroke(y, 0, width, last, ""))
            old = blank_row(width, last)
        else:
            old = Row(["\0"] * width, new.looks)
    chars, looks = new.chars, new.looks
    old_chars, old_looks = old.chars, old.looks
    changed = [x for x in range(width) if chars[x] != old_chars[x] or looks[x] != old_looks[x]]
    tail = _tail(new) if changed else width
    ending = [x for x in changed if x >= tail]
    if len(ending) > 3 and _can_erase(looks[-1], terminal):
        del changed[-len(ending) :]
        strokes_end = [Stroke(y, ending[0] if tail else 0, width, looks[-1], "")]
    else:
        strokes_end = []
    for start, stop in _runs(changed, new):
        strokes += _in_looks(y, start, stop, new, terminal)
    return strokes + strokes_end


def _tail(row: Row) -> int:
    """Where the blanks begin that end a line, all of one look."""
    at, last = len(row.chars), row.looks[-1]
    while at and row.chars[at - 1] == " " and row.looks[at - 1] == last:
        at -= 1
    return at


def _can_erase(look: Look, terminal: Terminal) -> bool:
    """Whether erasing leaves blanks of this look."""
    return not look.attrs and not look.link and (terminal.erases_coloured or not look.bg)


def _runs(changed: list[int], row: Row) -> list[tuple[int, int]]:
    """Changed cells as runs, half open, that never begin or end within a wide character."""
    chars, looks = row.chars, row.looks
    runs: list[tuple[int, int]] = []
    for x in changed:
        if runs and x < runs[-1][1]:
            continue
        start, stop = x, x + 1
        while start and chars[start] == "":
            start -= 1
        if (
            not runs
            and 0 < start <= _GAP
            and all(_goes_with(chars[at], looks[at], looks[start]) for at in range(start))
        ):
            # From the line's beginning, where a carriage return leads, blanks cost no more than the way over them.
            start = start if any(char != " " for char in chars[:start]) else 0
        while stop < len(chars) and chars[stop] == "":
            stop += 1
        if runs:
            first, last = runs[-1]
            gap = range(last, start)
            if start <= last or (
                len(gap) <= _GAP
                and all(chars[at].isascii() and chars[at] for at in gap)
                and all(_goes_with(chars[at], looks[at], looks[last - 1]) for at in gap)
            ):
                runs[-1] = (first, stop)
                continue
        runs.append((start, stop))
    return runs


def _goes_with(char: str, look: Look, other: Look) -> bool:
    """Whether a cell looks the same when it is written in another look."""
    return look == other or (
        char == " "
        and look.bg == other.bg
        and look.link == other.link
        and UNSEEN_ON_BLANK.issuperset(look.attrs)
        and UNSEEN_ON_BLANK.issuperset(other.attrs)
    )


def _in_looks(y: int, start: int, stop: int, row: Row, terminal: Terminal) -> list[Stroke]:
    """A run as strokes of one look each; blanks go with what stands beside them, many blanks are erased."""
    chars, looks = row.chars, row.looks
    strokes: list[Stroke] = []
    begun, look, parts = start, looks[start], [""]
    only_blanks = True

    def close(end: int) -> None:
        if end > begun:
            strokes.append(Stroke(y, begun, end, look, "".join(parts)))

    x = start
    while x < stop:
        char, now = chars[x], looks[x]
        if char == " " and terminal.columns and _can_erase(now, terminal):
            end = x
            while end < stop and chars[end] == " " and looks[end] == now:
                end += 1
            if end - x >= _ERASED:
                close(x)
                strokes.append(Stroke(y, x, end, now, ""))
                x = begun = end
                parts, only_blanks = [], True
                look = looks[x] if x < stop else look
                continue
        if now != look and not _goes_with(char, now, look):
            if only_blanks and _goes_with(" ", look, now):
                look = now
            else:
                close(x)
                begun, look, parts, only_blanks = x, now, [], True
        if char != " " and char:
            only_blanks = False
        parts.append(char)
        x += 1
    close(stop)
    return strokes
