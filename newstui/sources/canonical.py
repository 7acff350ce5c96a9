"""Whether a page's own word on its address is believed against where it came from (pure).

Templates give the home page, a channel or another site as the canonical address of every page; believed, all pages of
such a site would be one article (RFC 6596 §3 wants the target to have the same content).
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

_SECOND: Final = frozenset(("com", "net", "org", "gov", "edu", "ac", "co"))
"""Labels under which a country's registry gives out names."""
_VARIANT: Final = re.compile(
    r"/?(?:(?:index|default)\.\w+|(?:amp|m|print|index)/?|\d{1,2}(?:\.\w+)?/?)?", re.IGNORECASE
)


def believed(stated: str, came_from: str) -> bool:
    """Whether `stated` may stand for the page at `came_from`: of the same site, and not merely a folder above it."""
    if not came_from.startswith("http") or not stated.startswith("http"):
        return True
    try:
        one, two = urlsplit(stated), urlsplit(came_from)
        if site(one.hostname or "") != site(two.hostname or ""):
            return False
    except ValueError:
        return False
    above = one.path.rstrip("/")
    if not two.path.startswith(above) or one.path == two.path:
        # The home page with a query is a page of its own (?id=5).
        return bool(above or not two.query or one.query)
    rest = two.path[len(above) :]
    return not rest.startswith("/") or _VARIANT.fullmatch(rest) is not None


def site(host: str) -> str:
    """The name that somebody registered, of a host: news.sina.com.cn is of sina.com.cn."""
    parts = host.lower().rstrip(".").split(".")
    count = 3 if len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in _SECOND else 2
    return ".".join(parts[-count:])
