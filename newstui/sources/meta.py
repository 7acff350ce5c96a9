"""What a page says of itself in its head: title, address, date, author, source (HTML meta, OpenGraph, JSON-LD)."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from lxml import etree

from newstui.sources.people import names_in
from newstui.sources.urls import web_url
from newstui.text.clean import clean_line
from newstui.text.dates import parse_date

_PUBLISHED: Final = (
    *("article:published_time", "og:published_time", "og:release_date", "pubdate", "publishdate", "publish_date"),
    *("publish-date", "datepublished", "dc.date.issued", "dcterms.created", "firstpublishedtime", "apub:time"),
    *("weibo:article:create_at", "bytedance:published_time", "createdate", "publication-date", "releasedate"),
)
_MODIFIED: Final = (
    "article:modified_time",
    "og:updated_time",
    "bytedance:updated_time",
    "datemodified",
    "lastmodified",
)
_AUTHOR: Final = ("author", "article:author", "og:article:author", "mediaid", "dc.creator", "contentauthor")
_SOURCE: Final = ("contentsource", "source", "og:article:source", "article:source", "dc.source")
_SAVED: Final = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->", re.IGNORECASE)
_LD_MAX: Final = 200_000


@dataclass(frozen=True, slots=True)
class Meta:
    """The head's own words, each "" or None when it does not say."""

    title: str = ""
    """The og:title, else the <title>, with whatever the site adds to it."""
    page_title: str = ""
    """The <title>."""
    url: str = ""
    base: str = ""
    """Address against which links are resolved, when a <base> gives one."""
    published: datetime | None = None
    updated: datetime | None = None
    author: str = ""
    source: str = ""


def read_meta(root: etree._Element, html: str, url: str) -> Meta:
    """What the head of the page says; `url` is where it came from, "" when that is not known."""
    named: dict[str, str] = {}
    title = canonical = base = ""
    for element in root.iter("meta", "title", "link", "base"):
        tag = element.tag
        if tag == "meta":
            key = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
            value = clean_line(element.get("content", "")[:2000])
            if key and value:
                named.setdefault(key, value)
        elif tag == "title" and not title:
            title = clean_line("".join(map(str, element.itertext()))[:2000])
        elif tag == "link" and "canonical" in element.get("rel", "").lower() and not canonical:
            canonical = web_url(element.get("href", ""), url)
        elif tag == "base" and not base:
            base = web_url(element.get("href", ""), url)
    linked = _json_ld(root)
    saved = _SAVED.search(html[:4096])
    address = (
        canonical or web_url(named.get("og:url", ""), url) or url or (web_url(saved.group(1), "") if saved else "")
    )
    return Meta(
        title=named.get("og:title") or title or linked.get("headline", ""),
        page_title=title,
        url=address,
        base=base or address,
        published=_date(_first(named, _PUBLISHED)) or _date(linked.get("datePublished", "")),
        updated=_date(_first(named, _MODIFIED)) or _date(linked.get("dateModified", "")),
        author=_names(_first(named, _AUTHOR)) or _names(linked.get("author", "")),
        source=_first(named, _SOURCE)[:40],
    )


def _first(named: dict[str, str], keys: Sequence[str]) -> str:
    return next((named[key] for key in keys if named.get(key)), "")


def _date(text: str) -> datetime | None:
    return parse_date(text) if text else None


def _names(text: str) -> str:
    """Names of a meta author; addresses and house names that the site writes on every page are none."""
    if not text or "://" in text or "@" in text or len(text) > 60:
        return ""
    names = [name for name in names_in(text) if not _HOUSE.search(name)]
    return " ".join(names)


_HOUSE: Final = re.compile(
    r"(?:网|报|新闻|频道|中心|公司|集团|平台|在线|编辑部|站|社)$|^(?:admin|editor|author|root|webmaster)$"
    r"|\.(?:com|cn|net)",
    re.IGNORECASE,
)


def _json_ld(root: etree._Element) -> dict[str, str]:
    """Headline, dates and author of the first JSON-LD object that has a date of publication."""
    for script in root.iter("script"):
        if "ld+json" not in script.get("type", ""):
            continue
        text = script.text or ""
        if len(text) > _LD_MAX:
            continue
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things(data):
            if isinstance(thing.get("datePublished") or thing.get("pubDate"), str):
                return {
                    "headline": _text(thing.get("headline") or thing.get("title")),
                    "datePublished": _text(thing.get("datePublished") or thing.get("pubDate")),
                    "dateModified": _text(thing.get("dateModified") or thing.get("upDate")),
                    "author": _author(thing.get("author")),
                }
    return {}


def _things(data: Any) -> list[dict[str, Any]]:
    if isinstance(data, dict):
        graph = data.get("@graph")
        return [data, *(_things(graph) if isinstance(graph, list) else [])]
    if isinstance(data, list):
        return [thing for thing in data[:50] if isinstance(thing, dict)]
    return []


def _text(value: Any) -> str:
    return clean_line(value[:2000]) if isinstance(value, str) else ""


def _author(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        return " ".join(_author(one) for one in value[:8] if isinstance(one, (dict, str)))
    return _text(value)
