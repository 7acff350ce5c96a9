"""The feeds that a web page says it has (autodiscovery by <link rel="alternate">)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from newstui.sources.html_tree import html_root
from newstui.sources.urls import web_url
from newstui.text.charset import declared_in, decode
from newstui.text.clean import clean_line

_TYPES: Final = frozenset(
    (
        "application/rss+xml application/atom+xml application/rdf+xml application/feed+json text/xml application/xml"
    ).split()
)
_MOST: Final = 50


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed a page names."""

    title: str
    url: str
    """Absolute http(s)."""


def feed_links(data: bytes, url: str) -> tuple[FeedLink, ...]:
    """The feeds named in the page `data` that came from `url`, in its order, each address once.

    rel="alternate" with a feed's media type, or rel="feed" (WHATWG HTML §4.6.7.1).
    """
    root = html_root(decode(data, declared_in(data)).text)
    if root is None:
        return ()
    base = url
    for element in root.iter("base"):
        base = web_url(element.get("href", ""), url) or url
        break
    found: dict[str, FeedLink] = {}
    for element in root.iter("link", "a"):
        relations = element.get("rel", "").lower().split()
        media = element.get("type", "").partition(";")[0].strip().lower()
        if not ("feed" in relations or ("alternate" in relations and media in _TYPES)):
            continue
        target = web_url(element.get("href", ""), base)
        if target.startswith("http") and target not in found and len(found) < _MOST:
            found[target] = FeedLink(clean_line(element.get("title", "")), target)
    return tuple(found.values())
