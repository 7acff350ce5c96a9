"""What every feed format shares: plain titles, the fullest body, and articles made of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape, unescape
from typing import Any, Final

from newstui.errors import NewstuiError
from newstui.model import Article, Block, block_text
from newstui.sources.blocks import html_blocks
from newstui.text.clean import clean, clean_line, unspaced

_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>|<!--|<!\[CDATA\[")
_SENTENCE: Final = re.compile(r"[。！？!?；;]+[”’」』）)]*|\.(?=\s)")
_NAME_SEPARATORS: Final = re.compile(r"\s*[、，；;|]\s*|\s*,\s+(?=[^\x00-\x7f])")
_TITLE_LIMIT: Final = 40
"""Characters of a title that is taken from the text."""
ENTRY_LIMIT: Final = 20_000
"""Entries of one document that are read; in the 5 MB that a fetch takes, more than that are no articles."""
_FIELD_LIMIT: Final = 2_000
"""Characters of any one-line field."""


class NotAFeed(NewstuiError):
    """The document is no feed; the message says what it looks like."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a feed as it stands there: its markup, whether it is HTML, what its links are relative to."""

    value: str
    html: bool = True
    base: str = ""

    def blocks(self) -> tuple[Block, ...]:
        """The text as blocks; lines of text without any tag are paragraphs."""
        if not self.value.strip():
            return ()
        if not self.html:
            return html_blocks(_lines_to_html(escape(self.value, quote=False)), self.base)
        if _TAG.search(self.value) is None:
            return html_blocks(_lines_to_html(self.value), self.base)
        return html_blocks(self.value, self.base)

    def line(self) -> str:
        """The text as one clean line."""
        value = self.value
        if self.html:
            if _TAG.search(value) is not None:
                value = plain(html_blocks(value, self.base))
            else:
                value = unescape(value)
        return clean_line(value)[:_FIELD_LIMIT]


def plain(blocks: Sequence[Block]) -> str:
    """Blocks as text, one a line."""
    return "\n".join(filter(None, map(block_text, blocks)))


def names(values: Iterable[str]) -> str:
    """People's names, each once, separated by one space."""
    seen: dict[str, None] = {}
    for value in values:
        for name in _NAME_SEPARATORS.split(clean_line(value)):
            if name:
                seen[name] = None
    return " ".join(seen)[:_FIELD_LIMIT]


def terms(values: Iterable[str]) -> str:
    """Category terms, each once, separated by one space; addresses that stand for terms are left out."""
    seen: dict[str, None] = {}
    for value in values:
        term = clean_line(value)
        if term and "://" not in term:
            seen[term] = None
    return " ".join(seen)[:_FIELD_LIMIT]


def field_text(value: str) -> str:
    """An identifier or other one-line field that is kept as given."""
    return clean_line(value)[:_FIELD_LIMIT]


def with_text(article: Article, contents: Sequence[Text], summary: Text | None) -> Article:
    """`article` with the fullest of its texts as body, and its summary where the body does not say it already."""
    summary_blocks = summary.blocks() if summary is not None else ()
    summary_text = plain(summary_blocks)
    body: tuple[Block, ...] = ()
    body_text = ""
    for content in contents:
        blocks = content.blocks()
        text = plain(blocks)
        if not body or len(text) > len(body_text):
            body, body_text = blocks, text
    if not body or (len(summary_text) > len(body_text) and not _is_in(body_text, summary_text)):
        body, body_text, summary_text = summary_blocks or body, summary_text or body_text, body_text
    if len(summary_text) > len(body_text) and _is_in(body_text, summary_text):
        body, body_text, summary_text = summary_blocks, summary_text, ""
    if _is_in(summary_text, body_text):
        summary_text = ""
    article = replace(article, blocks=body, summary=summary_text)
    if article.title:
        return article
    pictures = (block.url for block in body if block.url)
    title = _title_of(body_text or summary_text) or _short_address(article.url or next(pictures, ""))
    return replace(article, title=title)


def is_empty(article: Article) -> bool:
    """Whether an entry has nothing to show: neither title nor text nor link nor picture."""
    shown = any(block.kind != "rule" for block in article.blocks)
    return not (shown or article.title or article.url or article.summary)


def read_entries(
    entries: Sequence[Any], read: Callable[[Any], Article], notes: list[str], *, keep_empty: bool
) -> tuple[Article, ...]:
    """The articles of at most ENTRY_LIMIT entries; `notes` gets what was passed over, which `keep_empty` keeps."""
    if len(entries) > ENTRY_LIMIT:
        notes.append(f"only the first {ENTRY_LIMIT:,} of {len(entries):,} entries were read")
    every = [read(entry) for entry in entries[:ENTRY_LIMIT]]
    kept = [article for article in every if keep_empty or not is_empty(article)]
    left = len(every) - len(kept)
    if left:
        notes.append(f"{left} {'entry' if left == 1 else 'entries'} without title, text and link left out")
    return tuple(kept)


def _lines_to_html(text: str) -> str:
    return clean(text).strip().replace("\n", "<br>")


def _is_in(short: str, long: str) -> bool:
    """Whether `long` says all that `short` says; a cut-off mark at the end of `short` does not count."""
    short = unspaced(short).rstrip(".…[]>")
    return not short or short in unspaced(long)


def _short_address(url: str) -> str:
    """An address as a title of last resort: without scheme, at most 40 characters."""
    return _clipped(url.partition("://")[2].rstrip("/") or url)


def _clipped(line: str) -> str:
    return line if len(line) <= _TITLE_LIMIT else line[: _TITLE_LIMIT - 1].rstrip() + "…"


def _title_of(text: str) -> str:
    """The first sentence of a text, at most 40 characters."""
    line = clean_line(text[:400].split("\n", 1)[0])
    sentence = _SENTENCE.search(line)
    if sentence is not None and sentence.end() <= _TITLE_LIMIT:
        return line[: sentence.end()]
    return _clipped(line)
