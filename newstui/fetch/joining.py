"""Pages of one article, met one after another in an archive, held back until they can be stored as one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar
from urllib.parse import urlsplit

from newstui.model import Article
from newstui.sources.parts import joined, without_page_mark
from newstui.text.clean import unspaced

_HELD: Final = 2000
"""Pages held back at most; then the article that has waited longest is let go with what there is of it."""
_HELD_BYTES: Final = 12 << 20
"""Bytes of memory that they take together at most, roughly: an import of any length has the same need of it."""
_OBJECT: Final = 400
"""Bytes of a block or headline besides its text, roughly."""
_TRAILING: Final = re.compile(r"(?:_|-|\(|page=|p=|/)(\d{1,3})\)?(?:\.\w{2,5})*$")

T = TypeVar("T")


@dataclass(slots=True)
class Whole(Generic[T]):
    """An article put together, with what was given beside each of its pages, in their order."""

    article: Article
    given: list[T]


@dataclass(slots=True)
class _Page(Generic[T]):
    article: Article
    given: T
    name: str
    """The last part of its address or of its file's path, which other pages link to."""
    number: int

    @property
    def size(self) -> int:
        """Bytes of memory that it takes, roughly."""
        article = self.article
        said = sum(len(block.text) for block in article.blocks) + sum(len(line.title) for line in article.related)
        objects = len(article.blocks) + len(article.related) + 1
        return len(article.original) + len(article.original_zlib) + 2 * said + _OBJECT * objects


class Joiner(Generic[T]):
    """Takes articles in, gives them out: whole ones at once, pages of one article together, the first page leading."""

    def __init__(self) -> None:
        self._groups: dict[tuple[str, str], list[_Page[T]]] = {}
        self._held = self._bytes = 0

    def offer(self, article: Article, given: T, *, where: str) -> Iterator[Whole[T]]:
        """Take one in; what is complete now. `where` is its path in the archive."""
        part = article.part
        if part is None:
            yield Whole(article, [given])
            return
        address = article.url or where
        page = _Page(article, given, address.rpartition("/")[2], part.number)
        # The title and the site or folder: what the pages of one article have in common.
        key = (unspaced(without_page_mark(article.title)), _site(article.url) or where.rpartition("/")[0])
        group = self._groups.setdefault(key, [])
        if not self._fits(group, page):
            yield self._let_go(key)
            group = self._groups.setdefault(key, [])
        group.append(page)
        self._held += 1
        self._bytes += page.size
        if part.of and len(group) >= part.of:
            yield self._let_go(key)
        while self._held > _HELD or self._bytes > _HELD_BYTES:
            yield self._let_go(next(iter(self._groups)))

    def rest(self) -> Iterator[Whole[T]]:
        """What has waited for pages that did not come."""
        while self._groups:
            yield self._let_go(next(iter(self._groups)))

    def _fits(self, group: list[_Page[T]], page: _Page[T]) -> bool:
        """Whether a page is a further one of these: no number twice, not another day's article of the same title."""
        for other in group:
            if page.number and page.number == other.number:
                return False
            if page.article.url and page.article.url == other.article.url and page.name == other.name:
                return page.number != other.number
            one, two = page.article.published, other.article.published
            if one and two and one.date() != two.date() and one != page.article.captured:
                return False
        return True

    def _let_go(self, key: tuple[str, str]) -> Whole[T]:
        pages = self._groups.pop(key)
        self._held -= len(pages)
        self._bytes -= sum(page.size for page in pages)
        _number(pages)
        pages.sort(key=lambda page: page.number)
        numbered = [_numbered(page.article, page.number) for page in pages]
        article = joined(numbered) if len(pages) > 1 else pages[0].article
        return Whole(article, [page.given for page in pages])


def _number(pages: list[_Page[T]]) -> None:
    """Find the numbers that pages do not tell: from links of the others, their own names, else as they came."""
    listed = {
        url.rpartition("/")[2]: number for page in pages if page.article.part for number, url in page.article.part.pages
    }
    taken = {page.number for page in pages if page.number}
    for page in pages:
        if page.number:
            continue
        number = listed.get(page.name, 0)
        if not number and (match := _TRAILING.search(page.name)) is not None:
            number = int(match.group(1))
        if not number or number in taken:
            number = next(free for free in range(1, len(pages) + len(taken) + 2) if free not in taken)
        page.number = number
        taken.add(number)


def _numbered(article: Article, number: int) -> Article:
    return article if article.part is None else replace(article, part=replace(article.part, number=number))


def _site(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""
