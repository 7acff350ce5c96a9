"""What a page says of itself in its head: title, address, times, author, source, column.

HTML meta by the names that Chinese content systems give it (ArticleTitle, PubDate, ContentSource and ColumnName are
government sites', 国办发〔2017〕47号; then OpenGraph, Dublin Core, Weibo's and ByteDance's), JSON-LD, and the scripts
of WeChat articles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml import etree

from newstui.sources.canonical import believed
from newstui.sources.json_ld import linked_data
from newstui.sources.page_scripts import wechat
from newstui.sources.people import names_in
from newstui.sources.urls import web_url
from newstui.text.clean import clean_line
from newstui.text.dates import parse_date

_PUBLISHED: Final = (
    *("article:published_time", "og:article:published_time", "og:published_time", "og:release_date", "og:pubdate"),
    *("firstpublishedtime", "pubdate", "publishdate", "publish_date", "publish-date", "publishtime", "publish_time"),
    *("datepublished", "dc.date.issued", "dcterms.created", "dcterms.issued", "dc.date", "_pubtime", "pubtime"),
    *("apub:time", "weibo:article:create_at", "bytedance:published_time", "createdate", "publication-date"),
    *("releasedate", "releasetime", "article:create_at", "sailthru.date", "parsely-pub-date"),
)
_MADE: Final = ("maketime", "date", "others")
"""When a page was made, which may be long after its article was: the last resort."""
_MODIFIED: Final = (
    *("article:modified_time", "og:updated_time", "og:article:modified_time", "bytedance:updated_time"),
    *("weibo:article:update_at", "datemodified", "lastmodified", "lastmodifiedtime", "updatetime", "apub:updatetime"),
)
_TITLE: Final = ("articletitle", "og:title", "weibo:article:title", "twitter:title")
_AUTHOR: Final = (
    *(
        "author",
        "article:author",
        "og:article:author",
        "og:author",
        "dc.creator",
        "contentauthor",
        "weibo:article:author",
    ),
    *("byline", "reporter", "sailthru.author", "parsely-author"),
)
_SOURCE: Final = (
    *("contentsource", "source", "og:article:source", "article:source", "dc.source", "mediaid", "weibo:article:source"),
    *("media_source", "originsource", "copyrightsource"),
)
_COLUMN: Final = ("columnname", "article:section", "og:article:section", "channelname", "catalogname", "channel")
_TEMPLATE: Final = re.compile(r"[{}$%#]|^(?:null|undefined|none|无|暂无|true|false)$", re.IGNORECASE)
"""What a content system leaves when it has nothing to fill in."""
_SAVED: Final = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meta:
    """The head's own words, each "" or None when it does not say."""

    title: str = ""
    """ArticleTitle or og:title, else the <title>, with whatever the site adds to it."""
    page_title: str = ""
    """The <title>."""
    url: str = ""
    base: str = ""
    """Address against which links are resolved, when a <base> gives one."""
    published: datetime | None = None
    updated: datetime | None = None
    made: datetime | None = None
    """When the page was made, by its own word; its article may be older."""
    author: str = ""
    source: str = ""
    column: str = ""


def read_meta(root: etree._Element, html: str, url: str) -> Meta:
    """What the head of the page says; `url` is where it came from, "" when that is not known."""
    named: dict[str, str] = {}
    title = canonical = base = ""
    for element in root.iter("meta", "title", "link", "base"):
        tag = element.tag
        if tag == "meta":
            key = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
            value = clean_line(element.get("content", "")[:2000])
            if key and value and not _TEMPLATE.search(value[:60]):
                named.setdefault(key, value)
        elif tag == "title" and not title:
            title = clean_line("".join(map(str, element.itertext()))[:2000])
        elif tag == "link" and "canonical" in element.get("rel", "").lower() and not canonical:
            canonical = web_url(element.get("href", ""), url)
        elif tag == "base" and not base:
            base = web_url(element.get("href", ""), url)
    linked = linked_data(root)
    scripted = wechat(html)
    saved = _SAVED.search(html[:4096])
    stated = (one for one in (canonical, web_url(named.get("og:url", ""), url)) if one and believed(one, url))
    address = next(stated, "") or url or (web_url(saved.group(1), "") if saved else "")
    return Meta(
        title=scripted.title or _first(named, _TITLE) or title or linked.get("headline", ""),
        page_title=title,
        url=address,
        base=base or address,
        published=scripted.published or _date(_first(named, _PUBLISHED)) or _date(linked.get("datePublished", "")),
        updated=_date(_first(named, _MODIFIED)) or _date(linked.get("dateModified", "")),
        made=_date(_first(named, _MADE)),
        author=_names(_first(named, _AUTHOR)) or _names(linked.get("author", "")),
        source=scripted.source or _source(_first(named, _SOURCE)),
        column=_first(named, _COLUMN)[:20],
    )


def _first(named: dict[str, str], keys: Sequence[str]) -> str:
    return next((named[key] for key in keys if named.get(key)), "")


def _date(text: str) -> datetime | None:
    """The time of a meta; gov.cn joins day and clock by a hyphen (2016-03-01-20:39:00)."""
    return parse_date(_JOINED.sub(r"\1 \2", text)) if text else None


_JOINED: Final = re.compile(r"^(\d{4}-\d\d?-\d\d?)-(\d\d?:\d\d)")


def _source(text: str) -> str:
    """A meta's source: a name, and no address or number."""
    name = text.strip("来源:： ")
    return name if len(name) <= 40 and re.search("[\u3400-\u9fff]", name) else ""


def _names(text: str) -> str:
    """Names of a meta author; addresses and house names that the site writes on every page are none."""
    if not text or "://" in text or "@" in text or len(text) > 60:
        return ""
    names = [name for name in names_in(text) if not _HOUSE.search(name)]
    return " ".join(names)


_HOUSE: Final = re.compile(
    r"(?:网|报|新闻|频道|中心|公司|集团|平台|在线|编辑部|站|社|局|委|政府|网络|科技|贡献者|项目|客户端|发布)$"
    r"|^(?:admin|administrator|editor|author|root|webmaster|网易|新浪|搜狐|腾讯|凤凰|百度|今日头条|人民|新华|央视|大汉\w*)$"
    r"|\.(?:com|cn|net|org)",
    re.IGNORECASE,
)
