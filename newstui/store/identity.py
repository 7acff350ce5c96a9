"""By what an article is recognised, and the short id made of it.

Within a feed: its guid, else its canonical link, else title and date. Among archives, which share one scope: its guid
within its site, else canonical link, else title, day and place. Keys are hashes, so an article of any shape costs the
same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from newstui.model import Article
from newstui.text.zones import SHANGHAI

ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
"""Base 32 without i, l, o and u (Crockford's): nothing in an id can be misread."""
SHORTEST: Final = 8
_LOOKALIKES: Final = str.maketrans("ilo", "110")
_TRACKING: Final = re.compile(r"utm_\w+|spm|from|fr|ref|share_?\w*|isappinstalled|wfr|gclid|fbclid", re.IGNORECASE)
_BLANKS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one article, 12 bytes each, None where it has no such trait."""

    guid: bytes | None
    link: bytes | None
    title: bytes | None

    def all(self) -> tuple[bytes, ...]:
        """Those that it has, the surest first."""
        return tuple(key for key in (self.guid, self.link, self.title) if key is not None)


def keys(article: Article, *, shared: bool, site: str = "") -> Keys:
    """The keys of an article; shared: it is from an archive, so where it stood belongs to its title.

    site: for shared ones, what tells their source from others: every other feed has an entry called "1".
    """
    link = canonical_link(article.url)
    name = plain(article.title) or plain(article.text)[:200]
    dated = article.published or article.updated
    guid = _key("guid", *((site, article.guid) if shared else (article.guid,))) if article.guid else None
    where = _key("link", link) if link and not is_front(link) else None
    title = None
    if name or (guid is None and where is None):
        title = _key("title", name, day(dated) if dated else "", article.place if shared else "")
    return Keys(guid, where, title)


def _key(kind: str, *parts: str) -> bytes:
    return blake2b("\0".join((kind, *parts)).encode("utf-8", "surrogatepass"), digest_size=12).digest()


def day(moment: datetime) -> str:
    """The day in China, YYYY-MM-DD."""
    try:
        return moment.astimezone(SHANGHAI).date().isoformat()
    except OverflowError:  # the first or last hours that datetime knows
        return moment.date().isoformat()


def plain(text: str) -> str:
    """Letters and digits only, case folded: what two copies of one title have in common."""
    return _BLANKS.sub("", text).casefold()


def canonical_link(url: str) -> str:
    """One spelling for addresses that lead to the same page; "" for what is no web address.

    The scheme counts for nothing, host case, default port, fragment and well-known tracking parameters go; a fragment
    that is a route ("#!/a", "#/a") stays.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return url.strip() if parts.scheme.lower() in ("file", "urn", "tag") else ""
    host = parts.hostname.rstrip(".")
    if port not in (None, 80, 443):
        host = f"{host}:{port}"
    query = parts.query
    if query:
        pairs = [(name, value) for name, value in parse_qsl(query, True) if not _TRACKING.fullmatch(name)]
        # A query that is no list of pairs ("?8848") is the page's name and stays as it is.
        if pairs or parse_qsl(query, True):
            query = urlencode(pairs)
    fragment = f"#{parts.fragment}" if parts.fragment.startswith(("!", "/")) else ""
    return f"//{host}{parts.path or '/'}{'?' + query if query else ''}{fragment}"


def is_front(link: str) -> bool:
    """Whether a canonical link is a site's front page, which says nothing about which article it is."""
    host, _, rest = link.removeprefix("//").partition("/")
    return bool(host) and re.fullmatch(r"(index\.\w+|default\.\w+)?", rest) is not None


def id_letters(scope: str, key: bytes) -> str:
    """Up to 26 letters of the article's id, of which the first 8 are used unless another article has them.

    scope: the address its source was added with, "" for archives.
    """
    salt = blake2b(scope.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    number = int.from_bytes(blake2b(key, digest_size=17, key=salt).digest(), "big")
    letters = []
    for _ in range(26):
        number, rest = divmod(number, 32)
        letters.append(ALPHABET[rest])
    return "".join(letters)


def typed(text: str) -> str:
    """An id as a person typed it, look-alikes put right."""
    return text.strip().lower().translate(_LOOKALIKES)
