"""One record of a dump to an article, with the marks that come along and the feed it was read from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from newstui.districts.placing import parse_district, place_of
from newstui.model import Article, Brought
from newstui.sources.detect import sniff_text
from newstui.sources.exports import Export
from newstui.sources.feed_parts import Text, field_text, names, terms, with_text
from newstui.sources.field_names import FieldName
from newstui.sources.field_values import Record, is_relative, list_of, text_of, time_of
from newstui.sources.mapping import Mapped
from newstui.sources.pages import Skipped, read_page
from newstui.sources.urls import web_url
from newstui.text.relative_dates import resolve

_PAGE: Final = re.compile(r"<(?:!doctype\s+html|html|head|body|title)[\s>]", re.IGNORECASE)
"""What a whole page has near its beginning, and the text of an article never."""
_BEGINNING: Final = 8192
"""Characters in which it stands: content systems and crawlers put comments and elements of their own before it."""
_LABEL: Final = re.compile(
    r"^(?:【?(?:来源|来自|稿源|出处|作者|记者|编辑|责任编辑|责编|文)】?\s*[:：/|]\s*|(?:本报|本网|通讯员)\s*记者\s+)"
)
_INDENTS: Final = re.compile(r"(?<=[。！？”’」）…])[\u3000\xa0]{2,}(?=\S)")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one record."""

    member: str
    """Its place in the file, e.g. "line 7"."""
    article: Article | None = None
    brought: Brought | None = None
    home: tuple[str, str, bool] | None = None
    """Address and title of the feed or archive that it was read from, and whether that is followed from now on."""
    reason: str = ""
    """Why it is no article."""
    failed: bool = False


@dataclass(slots=True)
class Dump:
    """What a dump, or a piece of one, holds."""

    taken: list[Taken] = field(default_factory=list)
    mapping: str = ""
    """How its fields were read, for a person."""
    subscriptions: list[tuple[str, str, str, str]] = field(default_factory=list)
    """Address, title, site and place of feeds that are followed."""


def read_record(record: Record, member: str, mapped: Mapped, export: Export | None) -> Taken:
    """The article of one record by a mapping of its fields; `export` says whose marks it carries."""
    values: dict[FieldName, Any] = {name: record.get(key) for name, key in mapped.items()}
    article = _article(values)
    if isinstance(article, Skipped):
        return Taken(member, reason=article.reason)
    if not (article.title or article.blocks or article.summary):
        return Taken(member, reason="it has neither title nor text")
    brought = export.marks(record) if export is not None else None
    if "tags" in mapped and export is None and not article.column:
        article = replace(article, column=terms(list_of(values.get("tags"))))
    feed = export.home(record) if export is not None else None
    home = (*feed, export.follows) if export is not None and feed is not None else None
    return Taken(member, article, brought, home)


def _article(values: Mapping[FieldName, Any]) -> Article | Skipped:
    url = _address(text_of(values.get("url")))
    body = text_of(values.get("body"))
    published, updated = time_of(values.get("published")), time_of(values.get("updated"))
    saved = time_of(values.get("saved"))
    if published is None and saved is not None and is_relative(values.get("published")):
        published = resolve(text_of(values.get("published")), saved)  # a crawler kept what its page showed
    article = Article(
        title=Text(text_of(values.get("title"))).line(),
        url=url,
        guid=field_text(text_of(values.get("guid"))),
        byline=_name(values.get("byline")),
        author=_people(values.get("author")),
        editor=_people(values.get("editor")),
        published=published or updated or saved,
        updated=updated if published is not None and updated != published else None,
        captured=saved,
        place=_place(text_of(values.get("district"))),
        column=terms(list_of(values.get("column"))),
    )
    summary = Text(text_of(values.get("summary")))
    whole = _PAGE.search(body[:_BEGINNING]) is not None
    if whole or (not article.title and sniff_text(body) == "html"):
        page = read_page(body.encode("utf-8", "replace"), url=url, content_type="text/html; charset=utf-8")
        if isinstance(page, Article):
            return _over(page, article)
        if whole and not article.title:
            return page
    return with_text(article, [Text(_INDENTS.sub("\n", body), base=url)], summary)


def _over(page: Article, said: Article) -> Article:
    """A whole page that was kept in a field, with what other fields say of it; it can be extracted anew."""
    known: dict[str, Any] = {
        name: value
        for name in ("title", "url", "guid", "byline", "author", "editor", "place", "column")
        if (value := getattr(said, name))
    }
    published: datetime | None = said.published
    if page.published and (published is None or published.date() == page.published.date()):
        published = page.published  # the page's own has the minute
    return replace(page, **known, published=published, captured=said.captured or page.captured)


def _address(value: str) -> str:
    value = value.strip()
    return web_url(f"http://{value}" if value.startswith("www.") else value)


def _name(value: Any) -> str:
    text = field_text(_LABEL.sub("", text_of(value).strip()))
    return "" if "://" in text or len(text) > 100 else text


def _people(value: Any) -> str:
    parts: Sequence[Any] = value if isinstance(value, list) else [value]
    return names(_LABEL.sub("", text_of(part).strip()) for part in parts)


@lru_cache(maxsize=4096)
def _place(value: str) -> str:
    """The place of what a record calls its district: a code, a path or a name; "" when it is none that is known."""
    value = value.strip()[:60]
    if not value:
        return ""
    if re.fullmatch(r"\d{6}", value):
        try:
            return parse_district(value)
        except ValueError:
            return ""
    return place_of([part for part in re.split(r"[\s/>·,，\-]+", value) if part])
