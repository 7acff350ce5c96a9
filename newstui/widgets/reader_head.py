"""The head of an article as it is read: title, paper, author, time, place, tags, note; pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newstui.locale import Catalogue
from newstui.text.clean import clean_line
from newstui.text.widths import cell_width
from newstui.widgets.displaying import Run
from newstui.widgets.text_setter import Setter

if TYPE_CHECKING:
    from newstui.model import Stored
    from newstui.styles.palette import Role


def set_head(setter: Setter, article: Stored, words: Catalogue) -> None:
    """Set the head and the blank line below it."""
    row = article.row
    setter.flow([Run(row.title, "headline")], balanced=True)
    for line in _packed(_facts(article, words), setter.measure):
        _line(setter, article, line, "meta")
    _line(setter, article, "  ".join(part for part in (article.district, article.column) if part), "path")
    if article.tags:
        _line(setter, article, words("reader.tags", tags=" ".join(article.tags)), "path")
    if article.note:
        _line(setter, article, words("reader.note", note=clean_line(article.note)), "path")
    setter.blank()


def _line(setter: Setter, article: Stored, text: str, role: Role) -> None:
    if text:
        setter.flow([Run(text, role, len(article.row.title), made=True)])


def _packed(facts: Sequence[str], cells: int) -> list[str]:
    """Facts side by side in lines of at most `cells`; one that is longer has a line to itself."""
    lines: list[str] = []
    for fact in facts:
        if lines and cell_width(lines[-1]) + 2 + cell_width(fact) <= cells:
            lines[-1] += f"  {fact}"
        else:
            lines.append(fact)
    return lines


def _facts(article: Stored, words: Catalogue) -> list[str]:
    row = article.row
    facts: list[str] = []
    if article.byline:
        facts.append(words("reader.byline", byline=article.byline))
    elif article.source_title:
        facts.append(words("reader.source", source=article.source_title))
    if article.author:
        facts.append(words("reader.author", author=article.author))
    if article.editor:
        facts.append(words("reader.editor", editor=article.editor))
    timed = (row.shown.hour, row.shown.minute) != (0, 0)
    time = f"{row.shown:%Y-%m-%d %H:%M}" if timed else f"{row.shown:%Y-%m-%d}"
    if article.undated:
        facts.append(words("reader.captured", time=f"{row.shown:%Y-%m-%d}"))
    else:
        facts.append(time if row.published is not None else words("reader.undated", time=time))
    if article.revisions:
        facts.append(words("reader.revised", count=article.revisions))
    return facts
