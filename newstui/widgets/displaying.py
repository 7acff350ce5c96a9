"""Text as the typography has it shown: punctuation, script, gaps. The original stays what offsets count in; pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Final, NamedTuple

from newstui.styles.palette import Role
from newstui.text.scripts import CONFIGS, converter
from newstui.widgets.typography import Typography

JOINER: Final = "\u2060"
"""Forbids a break (UAX #14, WJ): the number of a link begins no line. It is never shown."""
Show = Callable[[str], str]
"""Gives a clean text as it is shown, one character for one."""

_AS_IT_IS: Final[frozenset[Role]] = frozenset(("code",))
_MADE: Final[frozenset[Role]] = frozenset(("text", "meta", "path", "group", "related", "here"))
"""Roles of the setter's own runs that hold names and headlines; addresses and numbers of links are others."""


class Run(NamedTuple):
    """Text in one role. Its first code point is number `at` of its part; `made` text is the setter's own there."""

    text: str
    role: Role
    at: int = 0
    made: bool = False
    target: int = -1


@cache
def display(typography: Typography) -> Show | None:
    """How texts are shown; None when as they are. Raises `text.scripts.ScriptError` without the extra for scripts."""
    convert = converter(typography.script) if typography.script in CONFIGS else None
    if not typography.punctuation:
        return convert
    from newstui.text.restoring import restored  # its patterns are not for every start to pay for

    if convert is None:
        return restored
    return lambda text: convert(restored(text))


def shown_rows(rows: Sequence[Sequence[str]], typography: Typography) -> Sequence[Sequence[str]]:
    """The cells of a table as they are shown."""
    show = display(typography)
    return rows if show is None else [[show(cell) for cell in row] for row in rows]


def displayed(runs: Sequence[Run], typography: Typography) -> Sequence[Run]:
    """Runs as they are shown: of the same text by code points, with blanks of the setter's own between them.

    What belongs to the article is looked at as a whole: a link in a sentence ends neither it nor a phrase.
    """
    show = display(typography)
    if (show is None and not typography.spacing) or not runs or runs[0].role in _AS_IT_IS:
        return runs
    text = "".join([run.text for run in runs if not run.made])
    if show is not None and text:
        text = show(text)
    parted = _gaps(text) if typography.spacing else ()
    found: list[Run] = []
    start = index = 0
    for run in runs:
        if run.made:
            found.append(run._replace(text=show(run.text)) if show is not None and run.role in _MADE else run)
            continue
        at, end = start, start + len(run.text)
        while index < len(parted) and parted[index][0] < end:
            gap, blank = parted[index]
            index += 1
            if gap > at:
                found.append(run._replace(text=text[at:gap], at=run.at + at - start))
                at = gap
            if not (gap == start and found and found[-1].made):  # the number of a link parts them already
                found.append(Run(blank, run.role, run.at + gap - start, made=True))
        found.append(run._replace(text=text[at:end], at=run.at + at - start))
        start = end
    return found


def _gaps(text: str) -> list[tuple[int, str]]:
    """Where blanks are shown, and which: a line does not end at one that holds together."""
    from newstui.text.spacing import gaps, keeps_together  # see above

    return [(at, "\u00a0" if keeps_together(text, at) else " ") for at in gaps(text)]
