"""The client against servers that behave and servers that do not."""

from __future__ import annotations

import asyncio
import gzip
import os
import socket
import time
import zlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from newstui import __version__
from newstui.config import Settings
from newstui.fetch.http import HOPS, Session
from newstui.fetch.replies import FetchError, Reply
from tests.fetch.server import Handler, Site

LIMIT = 1 << 20


def get(settings: Settings, url: str, *, etag: str = "", last_modified: str = "", limit: int = LIMIT) -> Reply:
    """One request as the fetcher makes it."""

    async def run() -> Reply:
        session = Session(settings)
        try:
            return await session.get(url, etag=etag, last_modified=last_modified, limit=limit)
        finally:
            await session.close()

    return asyncio.run(run())


def refused(settings: Settings, url: str, limit: int = LIMIT) -> str:
    """The message of the FetchError that `url` ends in."""
    with pytest.raises(FetchError) as caught:
        get(settings, url, limit=limit)
    return str(caught.value)


def test_body_headers_and_an_honest_name(site: Site, settings: Settings) -> None:
    site.serve("/feed", "新闻".encode(), kind="text/xml; charset=utf-8")
    reply = get(replace(settings, contact="mailto:reader@example.org"), site.url("/feed"))
    assert reply.body.decode() == "新闻"
    assert reply.content_type == "text/xml; charset=utf-8"
    assert (reply.status, reply.wire, reply.moved_to) == (200, 6, "")
    sent = site.asked[0].headers
    assert sent["User-Agent"] == f"newstui/{__version__} (+mailto:reader@example.org)"
    assert sent["Accept-Encoding"] == "gzip"
    assert sent["Host"] == site.host
    assert "Cookie" not in sent


def test_conditional_get_by_etag_and_by_date(site: Site, settings: Settings) -> None:
    site.serve("/tagged", b"one")
    first = get(settings, site.url("/tagged"))
    assert get(settings, site.url("/tagged"), etag=first.etag).status == 304
    site.serve("/tagged", b"two")
    assert get(settings, site.url("/tagged"), etag=first.etag).body == b"two"
    site.dated("/dated", b"three", datetime(2026, 11, 1, tzinfo=UTC))
    dated = get(settings, site.url("/dated"))
    assert (dated.etag, dated.last_modified) == ("", "Sun, 01 Nov 2026 00:00:00 GMT")
    assert get(settings, site.url("/dated"), last_modified=dated.last_modified).status == 304


def test_cookies_are_neither_kept_nor_sent(site: Site, settings: Settings) -> None:
    site.fails("/a", 302, Location="/b", Set_Cookie="id=1")
    site.serve("/b", b"x")
    assert get(settings, site.url("/a")).body == b"x"
    assert "Cookie" not in site.asked[1].headers


def test_gzip_whole_in_members_cut_and_damaged(site: Site, settings: Settings) -> None:
    site.serve("/zipped", b"a" * 5000, zipped=True)
    reply = get(settings, site.url("/zipped"))
    assert reply.body == b"a" * 5000
    assert reply.wire < 100
    members = gzip.compress(b"one ") + gzip.compress(b"two")
    site.fails("/members", 200, members, Content_Encoding="gzip")
    assert get(settings, site.url("/members")).body == b"one two"
    site.fails("/cut", 200, gzip.compress(b"b" * 5000)[:-9], Content_Encoding="gzip")
    assert "too early" in refused(settings, site.url("/cut"))
    site.fails("/damaged", 200, gzip.compress(b"c")[:10] + b"\xff" * 40, Content_Encoding="gzip")
    assert "damaged" in refused(settings, site.url("/damaged"))
    site.fails("/undeclared", 200, gzip.compress(b"<rss/>"))
    assert get(settings, site.url("/undeclared")).body == b"<rss/>"
    site.fails("/deflate", 200, zlib.compress(b"<rss/>"), Content_Encoding="deflate")
    assert get(settings, site.url("/deflate")).body == b"<rss/>"


def test_bombs_and_bodies_without_end_stop_at_the_limit(site: Site, settings: Settings) -> None:
    bomb = gzip.compress(gzip.compress(bytes(64 << 20), 9), 9)
    site.fails("/bomb", 200, gzip.compress(bytes(64 << 20), 9), Content_Encoding="gzip")
    assert "larger than 1 MiB" in refused(settings, site.url("/bomb"))
    site.fails("/double", 200, bomb, Content_Encoding="gzip")
    assert "larger than 1 MiB" in refused(settings, site.url("/double"))
    site.endless("/endless", b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536, 0)
    assert "larger than 1 MiB" in refused(settings, site.url("/endless"))
    site.fails("/brotli", 200, b"\x1b\x00", Content_Encoding="br")
    assert "not asked for" in refused(settings, site.url("/brotli"))


@pytest.mark.parametrize("status", [302, 404])
def test_an_endless_body_nobody_wants_is_left(site: Site, settings: Settings, status: int) -> None:
    head = f"HTTP/1.1 {status} X\r\nLocation: /end\r\n\r\n".encode()
    site.endless("/endless", head, b"x" * 65536, 0)
    site.serve("/end", b"end")
    reply = get(settings, site.url("/endless"))
    assert (reply.status, reply.body) == ((200, b"end") if status == 302 else (404, b""))
    assert reply.wire < 300_000


@pytest.mark.parametrize(
    ("head", "chunk"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
        (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
        (b"", b""),
    ],
    ids=["slow drip", "slow headers", "1xx for ever", "silence"],
)
def test_the_deadline_is_wall_clock(site: Site, settings: Settings, head: bytes, chunk: bytes) -> None:
    site.endless("/slow", head, chunk, 0.02)
    started = time.monotonic()
    with pytest.raises(FetchError):
        get(replace(settings, timeout=0.3), site.url("/slow"))
    assert time.monotonic() - started < 1.0


def test_fast_1xx_answers_do_not_hold_it_either(site: Site, settings: Settings) -> None:
    site.endless("/fast", b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 500, 0)
    started = time.monotonic()
    with pytest.raises(FetchError):
        get(replace(settings, timeout=0.3), site.url("/fast"))
    assert time.monotonic() - started < 2.0


def test_redirects_are_followed_counted_and_told(site: Site, settings: Settings) -> None:
    site.redirects("/old", "/new", 301)
    site.redirects("/new", "/now", 308)
    site.redirects("/now", site.url("/here?a=1#part"), 302)
    site.serve("/here", b"here")
    reply = get(settings, site.url("/old"))
    assert (reply.body, reply.url) == (b"here", site.url("/here?a=1"))
    assert reply.moved_to == site.url("/now")
    site.redirects("/temporary", "/old", 302)
    assert get(settings, site.url("/temporary")).moved_to == ""
    site.redirects("/loop", "/loop")
    assert f"more than {HOPS} redirects" in refused(settings, site.url("/loop"))
    assert sum(asked.path == "/loop" for asked in site.asked) == HOPS + 1


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "javascript:alert(1)", "//["])
def test_redirects_out_of_http_are_refused(site: Site, settings: Settings, target: str) -> None:
    site.redirects("/out", target)
    message = refused(settings, site.url("/out"))
    assert "address" in message


def test_a_chinese_redirect_target_in_raw_utf8(site: Site, settings: Settings) -> None:
    site.raw("/a", "HTTP/1.1 302 Found\r\nLocation: /新都?q=成都\r\nContent-Length: 0\r\n\r\n".encode())
    site.serve("/%E6%96%B0%E9%83%BD", b"x")
    assert get(settings, site.url("/a")).url == site.url("/%E6%96%B0%E9%83%BD?q=%E6%88%90%E9%83%BD")


def test_a_kept_connection_that_the_server_closed_is_made_anew(site: Site, settings: Settings) -> None:
    # The raw answer promises to keep the connection and then closes it.
    for number in range(20):
        site.raw(f"/{number}", f"HTTP/1.1 302 Found\r\nLocation: /x{number}\r\nContent-Length: 0\r\n\r\n".encode())
        site.serve(f"/x{number}", b"x")
        assert get(settings, site.url(f"/{number}")).body == b"x"


PRIVATE = [
    "http://127.0.0.1:{port}/",
    "http://localhost:{port}/",
    "http://2130706433:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://0x7f000001:{port}/",
    "http://127.1:{port}/",
    "http://0.0.0.0:{port}/",
    "http://0:{port}/",
    "http://[::1]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::127.0.0.1]:{port}/",
    "http://[64:ff9b::7f00:1]:{port}/",
    "http://example.org@127.0.0.1:{port}/",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://100.64.0.1/",
    "http://192.168.1.1/",
    "http://[fe80::1]/",
    "http://[fd00::1]/",
    "http://224.0.0.1/",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_refused_in_every_spelling(site: Site, settings: Settings, address: str) -> None:
    site.serve("/", b"secret")
    message = refused(replace(settings, allow_private=()), address.format(port=site.port))
    assert "private address" in message
    assert "allow_private" in message
    assert site.asked == []


@pytest.mark.parametrize("address", PRIVATE)
def test_and_behind_a_redirect(site: Site, settings: Settings, address: str) -> None:
    with_port = address.format(port=9)
    site.redirects("/out", with_port)
    assert "private address" in refused(settings, site.url("/out"))


def test_a_name_that_resolves_to_loopback_is_refused(
    site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lie(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", lie)
    site.serve("/", b"secret")
    # Even though 127.0.0.1 itself is allowed: whoever owns the name chooses the number.
    assert "it means 127.0.0.1" in refused(settings, f"http://news.example:{site.port}/")
    named = replace(settings, allow_private=(f"NEWS.example:{site.port}",))
    assert get(named, f"http://news.example:{site.port}/").body == b"secret"


def test_a_stuck_resolver_does_not_outlive_the_deadline(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    release = threading.Event()

    def stuck(*_: object, **__: object) -> list[object]:
        release.wait(20)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", stuck)
    started = time.monotonic()
    with pytest.raises(FetchError, match="no complete answer"):
        get(replace(settings, timeout=0.2), "http://news.example/")
    assert time.monotonic() - started < 1.5
    release.set()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"", "broke off"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "spoke no HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort", "broke off"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "broke off"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000, "broke off"),
    ],
    ids=["nothing", "no http", "short body", "bad chunks", "giant header"],
)
def test_broken_answers_are_told(site: Site, settings: Settings, answer: bytes, words: str) -> None:
    site.raw("/broken", answer)
    assert words in refused(settings, site.url("/broken"))


def test_a_reset_connection_is_told(site: Site, settings: Settings) -> None:
    def reset(handler: Handler) -> None:
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        os.close(handler.connection.detach())

    site.scripts["/reset"] = reset
    assert refused(settings, site.url("/reset")) == "the connection to 127.0.0.1 broke (Connection reset by peer)"


def test_nobody_listens(settings: Settings) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    allowed = replace(settings, allow_private=(f"127.0.0.1:{port}",))
    expected = f"cannot connect to 127.0.0.1:{port} (Connection refused)"
    assert refused(allowed, f"http://127.0.0.1:{port}/") == expected


def test_credentials_go_to_their_own_host_only(site: Site, settings: Settings) -> None:
    site.serve("/own", b"mine")
    url = site.url("/own").replace("http://", "http://reader:p%40ss@")
    reply = get(settings, url)
    assert site.asked[-1].headers["Authorization"] == "Basic cmVhZGVyOnBAc3M="
    assert "pass" not in reply.url and "@" not in reply.url
    site.redirects("/away", site.url("/own").replace("http://", "http://evil:x@"))
    get(settings, site.url("/away"))
    assert "Authorization" not in site.asked[-1].headers


def test_a_proxy_from_the_environment(site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", site.url("/"))
    site.scripts["http://93.184.216.34/feed"] = lambda handler: handler.answer(200, b"by proxy")
    assert get(settings, "http://93.184.216.34/feed").body == b"by proxy"
    assert "private address" in refused(settings, "http://127.1:99/")
    site.serve("/direct", b"direct")
    assert get(settings, site.url("/direct")).body == b"direct"


@pytest.mark.parametrize(
    "url", ["", "feed", "http://", "http:///x", "http://a b/", "http://x:99999/", "http://[x/", "\x1bhttp://x/"]
)
def test_bad_addresses_are_told(settings: Settings, url: str) -> None:
    assert "address" in refused(settings, url)
