"""Plain substring search: a walk along a view's index in chunks that can be stopped between any two articles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from newstui.errors import InterruptedReadError
from newstui.rows import Key, View
from newstui.store.bodies import decode, unpack
from newstui.store.connection import Database
from newstui.store.listing import window
from newstui.store.queries import Walk, beyond
from newstui.text.clean import clean_line

_CHUNK: Final = 400
"""Articles in memory at once."""
_WIDE: Final = {0x3000: 0x20, **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}}
"""Full-width forms as their ASCII (Unicode, Halfwidth and Fullwidth Forms)."""
_HANZI: Final = ("\u3400", "\u9fff")


def fold(text: str) -> str:
    """Case folded, full-width letters as ASCII: 'ＧＤＰ' and 'gdp' are the same."""
    return text.translate(_WIDE).casefold()


def matches(database: Database, view: View, path: Walk, after: Key | None, backwards: bool) -> Iterator[Key]:
    """Keys of the articles that hold the view's query, from `after` on in the order of the walk.

    Raises InterruptedReadError when `Database.interrupt` was called since this began.
    """
    database.stopped = False
    needle = fold(clean_line(view.query))
    # Hanzi have no other spelling, so the packed text itself shows where they cannot be.
    sure = all(_HANZI[0] <= char <= _HANZI[1] for char in needle)
    for key, row in _walk(database, view, path, after, backwards):
        if database.stopped:
            raise InterruptedReadError("interrupted")
        if needle in fold(row[0]):
            yield key
        elif not view.title_only:
            _, byline, author, content = row
            if needle in fold(f"{byline}\n{author or ''}") or (
                content is not None and _in_text(database, needle, content, sure)
            ):
                yield key


def _in_text(database: Database, needle: str, content: str | bytes, sure: bool) -> bool:
    text = database.intact(unpack, content)
    if sure and needle not in text:
        return False
    body = database.intact(decode, text)
    return needle in fold(body.text) or needle in fold(body.summary)


def _walk(
    database: Database, view: View, path: Walk, after: Key | None, backwards: bool
) -> Iterator[tuple[Key, tuple[Any, ...]]]:
    way = "ASC" if backwards else "DESC"
    columns, joins = "a.sort, a.row, a.title", ""
    if not view.title_only:
        columns += ", a.byline, b.author, b.content"
        joins = "LEFT JOIN bodies AS b ON b.row = a.row"
    while True:
        last = after
        for condition, bindings in beyond(after, backwards):
            where = path.where(condition) if condition else path.where()
            found = database.rows(window(where, way, columns, joins), (*path.bindings, *bindings, _CHUNK, 0))
            for sort, row, *rest in found:
                last = Key(sort, row)
                yield last, tuple(rest)
            if found:
                break
        if last == after:
            return
        after = last
