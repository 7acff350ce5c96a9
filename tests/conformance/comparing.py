"""Comparing a parsed feed with what an outside suite expects of it, field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from newstui.model import Article, Block, Feed
from newstui.sources.feed_parts import Text, plain
from newstui.text.clean import clean_line

FieldName = Literal["title", "link", "id", "date", "author", "summary", "content"]
FIELDS: tuple[FieldName, ...] = ("title", "link", "id", "date", "author", "summary", "content")


@dataclass(frozen=True)
class Expectation:
    """One value that a suite expects: of the feed (entry None) or of its n-th entry."""

    name: FieldName
    entry: int | None
    value: str | datetime
    which: str = ""
    """For dates: "published" or "updated"."""


@dataclass
class Tally:
    """Checks met and missed, by field, with what was missed."""

    met: Counter[str] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, FieldName, str]] = field(default_factory=list)

    def check(self, file: str, feed: Feed | None, expectation: Expectation) -> None:
        """Count one expectation; a document that did not parse misses it."""
        name = expectation.name
        self.checks[name] += 1
        if feed is not None and meets(feed, expectation):
            self.met[name] += 1
        else:
            self.missed.append((file, name, f"expected {expectation.value!r}, got {found(feed, expectation)}"[:300]))

    @property
    def share(self) -> float:
        """Checks met among all."""
        return self.met.total() / self.checks.total()

    def report(self, suite: str, reasons: dict[str, str]) -> str:
        """Shares by field, then every missed check with its reason."""
        lines = [f"{suite}: {self.met.total()}/{self.checks.total()} = {self.share:.4f}"]
        lines += [f"  {name}: {self.met[name]}/{self.checks[name]}" for name in FIELDS if self.checks[name]]
        for file, name, what in self.missed:
            lines.append(f"  missed {file} {name}: {what}")
            lines.append(f"    because: {reasons.get(file, 'not explained')}")
        return "\n".join(lines)


def found(feed: Feed | None, expectation: Expectation) -> str:
    """Our value, for the report."""
    if feed is None:
        return "no feed"
    if expectation.entry is None:
        return repr((feed.title, feed.site_url, feed.guid, feed.author, feed.subtitle, feed.updated))
    if expectation.entry >= len(feed.articles):
        return f"{len(feed.articles)} entries"
    article = feed.articles[expectation.entry]
    if expectation.name in ("summary", "content"):
        return repr((article.summary, article.blocks))
    return repr((article.title, article.url, article.guid, article.author, article.published, article.updated))


def meets(feed: Feed, expectation: Expectation) -> bool:
    """Whether our value says what is expected."""
    value = expectation.value
    if expectation.entry is None:
        return _feed_meets(feed, expectation.name, value)
    if expectation.entry >= len(feed.articles):
        return False
    article = feed.articles[expectation.entry]
    if isinstance(value, datetime):
        ours = article.updated if expectation.which == "updated" and article.updated else article.published
        return ours == value
    if expectation.name == "title":
        return article.title in lines(value) or (lines(value) == {""} and article.title in plain(article.blocks))
    if expectation.name in ("summary", "content"):
        return _says(article, value)
    return {"link": article.url, "id": article.guid, "author": article.author}[expectation.name] == clean_line(value)


def _feed_meets(feed: Feed, name: FieldName, value: str | datetime) -> bool:
    if isinstance(value, datetime):
        return feed.updated == value
    if name == "title":
        return feed.title in lines(value)
    if name in ("summary", "content"):
        return feed.subtitle in lines(value)
    return {"link": feed.site_url, "id": feed.guid, "author": feed.author}[name] == clean_line(value)


def lines(value: str) -> set[str]:
    """What an expected value is as one line, read as text and as HTML (a suite's value does not say which)."""
    return {clean_line(value), Text(value, html=True).line()}


def _says(article: Article, value: str) -> bool:
    """Whether the article's body or summary is the expected text, with the same images and links."""
    for html in (True, False):
        expected = Text(value, html).blocks()
        if shown(expected) == shown(article.blocks) or (expected and plain(expected) == article.summary):
            return True
        if article.summary == "" and expected and plain(expected) in plain(article.blocks):
            return True
    return False


def shown(blocks: Sequence[Block]) -> tuple[str, list[str], list[str]]:
    """Text, image addresses and link addresses of blocks."""
    return (
        " ".join(plain(blocks).split()),
        [block.url for block in blocks if block.url],
        list(_link_urls(blocks)),
    )


def _link_urls(blocks: Sequence[Block]) -> Iterable[str]:
    return (link.url for block in blocks for link in block.links)
