"""The short way to an absolute address gives what RFC 3986 as the standard library resolves it gives."""

from __future__ import annotations

from urllib.parse import urljoin

from hypothesis import given
from hypothesis import strategies as st

from newstui.sources.urls import absolute

_BASES = st.sampled_from(
    ["http://www.example.com", "https://news.example.cn:8080/a/b.html", "http://example.com/a/b/?x=1#y", "HTTP://a.b/c"]
)
_PIECES = st.sampled_from(
    ["/", "//", ".", "..", "a", "news", "1.html", "?", "=", "&", "#", ";", ":", "%20", "~", "新", "@"]
)


@given(_BASES, st.lists(_PIECES, max_size=8).map("".join))
def test_absolute_is_urljoin(base: str, path: str) -> None:
    for url in (path, f"/{path}"):
        try:
            want = urljoin(base, url)
        except ValueError:
            continue
        assert absolute(url, base) == want
