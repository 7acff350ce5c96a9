"""Mirrors of sites: the folder's name gives the address, and the address the day and the article's identity."""

from __future__ import annotations

from pathlib import Path

import pytest

from newstui.fetch.importing import import_paths
from newstui.fetch.mirrors import mirrored
from newstui.model import ImportOutcome, View
from newstui.store import open_store
from tests.fetch import letters
from tests.fetch.conftest import NOW
from tests.fetch.test_warc import http, record


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("/home/me/sites/www.xindu.gov.cn/2016/0301/1.html", "http://www.xindu.gov.cn/2016/0301/1.html"),
        ("a/News.Host.com.cn:8080/1.html", "http://news.host.com.cn:8080/1.html"),
        ("a/www.host.cn_8080/1.html", "http://www.host.cn:8080/1.html"),
        ("my.zip/www.host.cn+81/新闻/1.html", "http://www.host.cn:81/新闻/1.html"),
        ("host.cn/show.php?id=5.html", "http://host.cn/show.php?id=5"),
        ("example.com/export/www.host.cn/a.html", "http://www.host.cn/a.html"),
        ("www.host.cn", ""),
        ("www.host.cn/notes.txt", ""),
        ("docs/asp.net/1.html", ""),
        ("v1.2.3/1.html", ""),
        ("a/page.files/1.html", ""),
        ("backup.tar.gz/a/1.html", ""),
        ("./2016/1.html", ""),
    ],
)
def test_addresses_of_paths(path: str, url: str) -> None:
    assert mirrored(path) == url


def test_a_mirrored_page_is_the_crawled_one_and_has_its_day(tmp_path: Path) -> None:
    page = letters.page()
    undated = page.replace(b"2016-03-01 20:39 ", b"").replace("花市周末".encode(), "茶馆周末".encode())
    folder = tmp_path / "mirror" / "news.example.cn" / "xindu" / "2016" / "0301"
    folder.mkdir(parents=True)
    (folder / "1.html").write_bytes(page)
    (folder / "2.html").write_bytes(undated)
    own = page.replace(b"<head>", b'<head><link rel="canonical" href="http://www.other.cn/a/7.html">')
    (folder / "3.html").write_bytes(own.replace("花市周末".encode(), "书店周末".encode()))
    crawl = tmp_path / "crawl.warc"
    crawl.write_bytes(record(http(page, kind="text/html; charset=utf-8"), letters.URL))
    told: list[ImportOutcome] = []
    with open_store(tmp_path / "cache.db", now=NOW) as store:
        import_paths(store, [tmp_path / "mirror", crawl], now=lambda: NOW, report=told.append)
        urls = {row.title: row.url for row in store.views.window(View(), limit=10)}
    assert [one.status for one in told] == ["added", "added", "added", "known"]
    assert urls["新都花市周末延长营业"] == letters.URL
    assert urls["新都书店周末延长营业"] == "http://www.other.cn/a/7.html"
    assert told[1].published is not None and told[1].published.isoformat() == "2016-03-01T00:00:00+08:00"
    assert told[0].source == "news.example.cn" and told[2].source == "other.cn"
