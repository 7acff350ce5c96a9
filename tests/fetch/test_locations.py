"""Addresses taken apart, made ASCII and joined."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.errors import UsageError
from newstui.fetch.locations import Location, follow, locate
from newstui.text.clean import clean

URLS = st.one_of(
    st.text(max_size=60),
    st.builds("{}://{}/{}".format, st.sampled_from(["http", "HTTPS"]), st.text(max_size=30), st.text(max_size=30)),
)


@pytest.mark.parametrize(
    ("given_url", "url"),
    [
        ("HTTP://News.Example", "http://news.example/"),
        ("http://a.example:80/x?y#z", "http://a.example/x?y"),
        ("https://a.example:8443/a b/新?q=都&r=%E9", "https://a.example:8443/a%20b/%E6%96%B0?q=%E9%83%BD&r=%E9"),
        ("http://新华网.中国/首页", "http://xn--xkrr14bows.xn--fiqs8s/%E9%A6%96%E9%A1%B5"),
        ("http://[2001:db8::1]:81/", "http://[2001:db8::1]:81/"),
        ("http://u:p@a.example/", "http://a.example/"),
    ],
)
def test_spellings_come_to_one_form(given_url: str, url: str) -> None:
    assert locate(given_url).url == url


@given(URLS)
def test_any_text_is_an_ascii_address_or_an_error_that_can_be_shown(text: str) -> None:
    try:
        found = locate(text)
    except UsageError as error:
        assert clean(str(error)) == str(error)
        return
    assert found.url.isascii() and found.url.isprintable() and " " not in found.url
    again = locate(found.url)
    assert (again.scheme, again.host, again.port, again.target) == (found.scheme, found.host, found.port, found.target)


@given(st.text(alphabet=st.characters(max_codepoint=255), max_size=60))
def test_any_location_header_leads_somewhere_or_is_an_error(header: str) -> None:
    base = Location("https", "a.example", 443, "/feeds/x?y", "me:secret")
    try:
        found = follow(base, header)
    except UsageError:
        return
    assert found.scheme in ("http", "https")
    assert found.user == ("me:secret" if found.host == "a.example" and found.port == 443 else "")
