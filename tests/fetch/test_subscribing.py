"""From what a person gives to what can be subscribed to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from newstui.config import Settings
from newstui.errors import NewstuiError, UsageError
from newstui.fetch.replies import FetchError
from newstui.fetch.subscribing import Candidate, PrivateAddressError, SeveralFeeds, find_source
from tests.fetch.feeds import rss
from tests.fetch.server import Site
from tests.fetch.test_importing import page

FEED = rss([("1", "甲")])


def html(*links: str) -> bytes:
    """A page with these links in its head."""
    return f"<!doctype html><html><head><title>站</title>{''.join(links)}</head><body>新闻</body></html>".encode()


def link(href: str, title: str = "", kind: str = "application/rss+xml") -> str:
    """A link to a feed."""
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{href}">'


def test_a_feed_is_itself_and_one_that_moved_is_where_it_is(site: Site, settings: Settings) -> None:
    site.serve("/feed", FEED)
    expected = Candidate(site.url("/feed"), "feed", "新都新闻", "https://news.example/")
    assert find_source(f"  {site.url('/feed')} ", settings) == expected
    site.redirects("/old", "/feed", 301)
    assert find_source(site.url("/old"), settings) == expected
    site.redirects("/passing", "/feed", 302)
    assert find_source(site.url("/passing"), settings).url == site.url("/passing")


def test_a_page_gives_the_feed_it_names(site: Site, settings: Settings) -> None:
    site.serve("/deep/feed.xml", FEED)
    site.serve(
        "/deep/page", html(link("feed.xml", "要闻"), link("/c", "评论 feed"), link("feed.xml")), kind="text/html"
    )
    assert find_source(site.url("/deep/page"), settings).url == site.url("/deep/feed.xml")


def test_a_page_cannot_name_files_of_this_machine(site: Site, settings: Settings) -> None:
    links = (link("/a", "甲"), link("/b", "乙"), link("file:///home/reader/.ssh/", "丙"))
    site.serve("/", html(*links), kind="text/html")
    with pytest.raises(SeveralFeeds) as caught:
        find_source(site.url("/"), settings)
    assert [one.title for one in caught.value.candidates] == ["甲", "乙"]


def test_several_are_listed_and_none_is_guessed(site: Site, settings: Settings) -> None:
    site.serve("/", html(link("/a", "甲\x1b[31m"), link("/b", "乙", "application/atom+xml")), kind="text/html")
    with pytest.raises(SeveralFeeds) as caught:
        find_source(site.url("/"), settings)
    assert [(one.url, one.title) for one in caught.value.candidates] == [
        (site.url("/a"), "甲[31m"),
        (site.url("/b"), "乙"),
    ]
    assert site.url("/b") in str(caught.value) and "\x1b" not in str(caught.value)


def test_usual_places_are_the_last_resort(site: Site, settings: Settings) -> None:
    front = html()
    for path in ("/", "/feed", "/rss.xml"):
        site.serve(path, front, kind="text/html")
    site.serve("/atom.xml", FEED)
    assert find_source(site.url("/"), settings).url == site.url("/atom.xml")
    del site.scripts["/atom.xml"]
    with pytest.raises(UsageError, match="is no feed and names none"):
        find_source(site.url("/"), settings)


def test_what_cannot_be_had_is_told(site: Site, settings: Settings) -> None:
    with pytest.raises(FetchError, match="404"):
        find_source(site.url("/missing"), settings)
    site.serve("/named", html(link("/nothing")), kind="text/html")
    with pytest.raises(FetchError, match="that is no feed"):
        find_source(site.url("/named"), settings)
    site.endless("/slow", b"HTTP/1.1 200 OK\r\n\r\n", b"<", 0.05)
    with pytest.raises(FetchError, match=r"within 0\.2 s"):
        find_source(site.url("/slow"), replace(settings, timeout=0.2))


def test_a_private_address_asks_to_be_allowed(site: Site, settings: Settings) -> None:
    site.serve("/feed", FEED)
    bare = replace(settings, allow_private=())
    with pytest.raises(PrivateAddressError) as caught:
        find_source(site.url("/feed"), bare)
    assert caught.value.endpoint == site.host
    assert find_source(site.url("/feed"), bare, allow_private=[caught.value.endpoint]).title == "新都新闻"


def test_a_page_as_a_source(site: Site, settings: Settings) -> None:
    site.serve("/page.txt", page(1), kind="text/plain")
    found = find_source(site.url("/page.txt"), settings, kind="page")
    assert (found.kind, found.title) == ("page", "新都区第1小学今日开学")
    site.serve("/list", html(), kind="text/html")
    with pytest.raises(UsageError):
        find_source(site.url("/list"), settings, kind="page")


def test_files_and_folders(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = tmp_path / "a feed.xml"
    feed.write_bytes(FEED)
    assert find_source(str(feed), settings) == Candidate(str(feed), "feed", "新都新闻", "https://news.example/")
    assert find_source(feed.as_uri(), settings).url == feed.as_uri()
    monkeypatch.chdir(tmp_path)
    assert find_source("a feed.xml", settings).url == str(feed)
    assert find_source(".", settings) == Candidate(str(tmp_path), "archive", "")
    (tmp_path / "1.txt").write_bytes(page(1))
    assert find_source("1.txt", settings) == Candidate(str(tmp_path / "1.txt"), "archive", "1.txt")
    with pytest.raises(UsageError, match="no feed"):
        find_source("1.txt", settings, kind="feed")
    (tmp_path / "list.opml").write_bytes(b'<opml><body><outline xmlUrl="http://a.example/f"/></body></opml>')
    with pytest.raises(UsageError, match="opml import"):
        find_source("list.opml", settings)
    (tmp_path / "empty").write_bytes(b"")
    with pytest.raises(UsageError, match="empty file"):
        find_source("empty", settings)


@pytest.mark.parametrize(
    "address",
    ["", " ", "nothing.here/../x y", "./missing.xml", "/missing", "ftp://a.example/", "word", "file:///missing"],
)
def test_what_is_neither_address_nor_file(settings: Settings, address: str) -> None:
    with pytest.raises(NewstuiError):
        find_source(address, settings)
