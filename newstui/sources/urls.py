"""Addresses found in feeds and pages, made absolute and safe to keep.

Only http, https and mailto leave this module: anything else (javascript:, data:, file:, feed readers' private schemes)
is of no use to a reader in a terminal and a risk when opened.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from newstui.text.clean import clean

_KEPT_SCHEMES: Final = ("http://", "https://", "mailto:")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_REMOVED: Final = re.compile(r"[\t\r\n\x00]")
_ESCAPED: Final = re.compile(r"[\x00-\x20\x7f-\xa0\u3000\"<>\\^`{|}]")
_ORIGIN: Final = re.compile(r"https?://[A-Za-z0-9.-]++(?::[0-9]{1,5})?+(?=[/?#]|$)")
_PLAIN_PATH: Final = re.compile(r"/(?:[\w~%+,=@&!*-][\w~%+,=@&!*.-]*+/?)*+(?:\?[\w/~%+,.=@&!*:-]++)?+", re.ASCII)
"""A path from the root without dots that have to be resolved, with or without a query."""
_WHOLE: Final = re.compile(rf"{_ORIGIN.pattern}[/?#][\w/~%+,.=@&!*:;?#-]*+", re.ASCII)
"""A whole address with nothing in it that has to be changed."""
_LIMIT: Final = 8192
"""Characters; a longer address is no address that a server takes (most stop at 8 KB)."""


def absolute(url: str, base: str = "") -> str:
    """`url` resolved against `base` (RFC 3986), unchecked; as given when it cannot be resolved.

    White space at the ends and line breaks inside are removed first, as browsers do (WHATWG URL §4.4).
    """
    url = _REMOVED.sub("", url).strip()
    if not base or url[:8].lower().startswith(("http://", "https://")):
        return url
    try:
        return urljoin(base, url)
    except ValueError:
        return url


def web_url(url: str, base: str = "") -> str:
    """The absolute http(s) or mailto address that `url` means at `base`, or "".

    Blanks, controls and characters that no URL may hold are percent-encoded; printable non-ASCII letters stay as they
    are (IRI, RFC 3987).
    """
    if len(url) > _LIMIT or not url.strip():
        return ""
    if _WHOLE.fullmatch(url) is not None:
        return url
    if _PLAIN_PATH.fullmatch(url) is not None and (origin := _ORIGIN.match(base)) is not None:
        return origin[0] + url  # what urljoin makes of it, too
    url = absolute(url, base)
    if url.startswith("//"):
        url = "https:" + url
    match = _SCHEME.match(url)
    if match is None:
        return ""
    url = match.group().lower() + url[match.end() :]
    if not url.startswith(_KEPT_SCHEMES) or url in _KEPT_SCHEMES:
        return ""
    if url.startswith("http") and not _has_host(url):
        return ""
    if url.isascii() and _ESCAPED.search(url) is None:
        return url
    url = _ESCAPED.sub(_percent, url)
    if clean(url) != url:
        url = "".join(char if clean(char) == char else _percent_char(char) for char in url)
    return url


def _has_host(url: str) -> bool:
    if _ORIGIN.match(url) is not None:
        return True
    try:
        return bool(urlsplit(url).netloc)
    except ValueError:
        return False


def has_scheme(url: str) -> bool:
    """Whether `url` is absolute, i.e. begins with a scheme."""
    return _SCHEME.match(url.strip()) is not None


def _percent(match: re.Match[str]) -> str:
    return _percent_char(match.group())


def _percent_char(char: str) -> str:
    return quote(char.encode("utf-8", "replace"), safe="")
