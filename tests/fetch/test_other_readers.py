"""What a person brings from another reader: newsboat's cache and list, OPML, reading lists, our own export."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apsw
import pytest

from newstui.fetch import databases, pieces
from newstui.fetch.importing import import_paths
from newstui.fetch.pool import ParserPool
from newstui.fetch.wire import Message
from newstui.model import Article, Block, ImportOutcome, View
from newstui.store import Store, open_store
from tests.fetch.conftest import NOW

FEED = "https://news.example/feed.xml"
SCHEMA = """
CREATE TABLE rss_feed (rssurl VARCHAR(1024) PRIMARY KEY NOT NULL, url VARCHAR(1024) NOT NULL,
    title VARCHAR(1024) NOT NULL, lastmodified INTEGER(11) NOT NULL DEFAULT 0, is_rtl INTEGER(1) NOT NULL DEFAULT 0,
    etag VARCHAR(128) NOT NULL DEFAULT "");
CREATE TABLE rss_item (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, guid VARCHAR(64) NOT NULL,
    title VARCHAR(1024) NOT NULL, author VARCHAR(1024) NOT NULL, url VARCHAR(1024) NOT NULL,
    feedurl VARCHAR(1024) NOT NULL, pubDate INTEGER NOT NULL, content VARCHAR(65535) NOT NULL,
    unread INTEGER(1) NOT NULL, enclosure_url VARCHAR(1024), enclosure_type VARCHAR(1024),
    enqueued INTEGER(1) NOT NULL DEFAULT 0, flags VARCHAR(52), deleted INTEGER(1) NOT NULL DEFAULT 0,
    base VARCHAR(128) NOT NULL DEFAULT "", content_mime_type VARCHAR(255) NOT NULL DEFAULT "");
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty cache."""
    with open_store(tmp_path / "own.db", now=NOW) as opened:
        yield opened


def newsboat(path: Path, items: int = 4) -> Path:
    """A cache as newsboat writes it."""
    connection = apsw.Connection(str(path))
    connection.execute(SCHEMA)
    connection.execute(
        "INSERT INTO rss_feed (rssurl, url, title) VALUES (?, 'https://news.example/', '新都新闻')", (FEED,)
    )
    connection.execute("INSERT INTO rss_feed (rssurl, url, title) VALUES ('exec:x.sh', '', '程序')")
    for n in range(items):
        url = f"https://news.example/{n}.html"
        # Without a guid of its own an item has its link and date together for one.
        guid = f"guid-{n}" if n % 2 == 0 else f"{url}Tue, 01 Mar 2016 20:39:00 +0800"
        connection.execute(
            "INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread, enqueued, flags, "
            "deleted) VALUES (?, ?, '张三', ?, ?, 1456835940, ?, ?, ?, ?, ?)",
            (guid, f"新都要闻第{n}号", url, FEED, f"<p>近日，市委召开会议（{n}）。</p>", n % 2, n == 2,
             {1: "s", 2: "ab"}.get(n, ""), n == 3),
        )  # fmt: skip
    connection.close()
    return path


def take(store: Store | None, *paths: Path) -> list[ImportOutcome]:
    told: list[ImportOutcome] = []
    import_paths(store, paths, dry_run=store is None, now=lambda: NOW, report=told.append)
    return told


def test_newsboats_cache_becomes_articles_marks_and_sources(store: Store, tmp_path: Path) -> None:
    told = take(store, newsboat(tmp_path / "cache.db"))
    assert [(one.status, one.subscription, one.title) for one in told] == [
        ("added", True, "新都新闻"),
        ("added", False, "新都要闻第0号"),
        ("added", False, "新都要闻第1号"),
        ("added", False, "新都要闻第2号"),
    ]
    first, second, third = (store.articles.get(one.id) for one in told[1:])
    assert [(each.row.read, each.row.starred, each.tags) for each in (first, second, third)] == [
        (True, False, ()),
        (False, True, ("flag-s",)),
        (True, False, ("enqueued", "flag-a", "flag-b")),
    ]
    assert first.author == "张三" and first.text == "近日，市委召开会议（0）。" and first.source_url == FEED
    assert [source.url for source in store.sources.all()] == [FEED]
    assert {one.status for one in take(store, tmp_path / "cache.db")} == {"known"}


def test_parts_of_a_large_cache_are_read_again_only_when_it_has_changed(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "_PART", 4096)
    path = newsboat(tmp_path / "cache.db", items=40)
    first = take(store, path)
    assert len({one.member for one in first}) > 20
    asked = counted(monkeypatch)
    assert {one.status for one in take(store, path)} == {"known"}
    assert len(asked) == 1  # the part with the subscriptions, which a person may have left since
    connection = apsw.Connection(str(path))
    connection.execute("UPDATE rss_item SET content = '<p>更正：会议改期。</p>' WHERE id = 40")
    connection.close()
    assert [one.status for one in take(store, path)].count("updated") == 1


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the parser's processes are asked from now on, kind by kind."""
    asked: list[str] = []
    run = ParserPool.run

    async def counting(pool: ParserPool, kind: str, *more: Any) -> Message:
        asked.append(kind)
        return await run(pool, kind, *more)

    monkeypatch.setattr(ParserPool, "run", counting)
    return asked


def test_pieces_of_a_large_dump_are_parsed_once(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "PIECE", 4096)
    monkeypatch.setattr(pieces, "_WHOLE", 8192)
    line = '{"title": "新都第%d小学开学", "content": "%s", "url": "http://n.example/%d"}\n'
    path = tmp_path / "news.jsonl"
    path.write_text("".join(line % (n, "近日，新都区举行开学典礼。" * 9, n) for n in range(100)), encoding="utf-8")
    assert [one.status for one in take(store, path)] == ["added"] * 100
    asked = counted(monkeypatch)
    again = take(store, path)
    assert [one.status for one in again] == ["known"] * 100 and again[99].member == "line 100"
    assert asked == []


def test_a_fetch_of_the_feed_finds_the_same_articles(store: Store, tmp_path: Path) -> None:
    take(store, newsboat(tmp_path / "cache.db"))
    (source,) = store.sources.all()
    fetched = [
        Article(f"新都要闻第{n}号", f"https://news.example/{n}.html", guid,
                blocks=(Block("paragraph", f"近日，市委召开会议（{n}）。"),))
        for n, guid in enumerate(("guid-0", "", "guid-2"))
    ]  # fmt: skip
    assert all(done.status != "added" for done in store.articles.ingest(source.id, fetched, at=NOW))
    assert store.views.count(View()).total == 3 and store.views.count(View(starred=True)).total == 1


def test_newsboats_cache_inside_a_zip_and_with_damaged_pages(store: Store, tmp_path: Path) -> None:
    path = newsboat(tmp_path / "cache.db", 400)
    with zipfile.ZipFile(tmp_path / "backup.zip", "w") as archive:
        archive.write(path, "newsboat/cache.db")
    told = take(None, tmp_path / "backup.zip")
    assert len(told) == 400 and {one.member.rpartition("/")[0] for one in told[1:]} == {"newsboat/cache.db"}
    data = bytearray(path.read_bytes())
    for at in range(len(data) // 2, len(data) // 2 + 4096 * 3):
        data[at] = 0xFF
    path.write_bytes(data)
    told = take(store, path)
    assert sum(one.status == "added" for one in told) > 50
    assert any(one.status == "failed" and "damaged" in one.error for one in told)


def test_hostile_and_other_databases(store: Store, tmp_path: Path) -> None:
    other = apsw.Connection(str(tmp_path / "other.db"))
    other.execute("CREATE TABLE t (x)")
    other.close()
    view = apsw.Connection(str(tmp_path / "view.db"))
    view.execute("CREATE TABLE rss_feed (rssurl, url, title); CREATE VIEW rss_item AS "
                 "WITH RECURSIVE c(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM c) SELECT * FROM c")  # fmt: skip
    view.close()
    (tmp_path / "noise.db").write_bytes(b"SQLite format 3\x00" + bytes(range(256)) * 64)
    told = take(store, *(tmp_path / f"{name}.db" for name in ("other", "view", "noise")))
    assert [one.status for one in told] == ["skipped", "skipped", "failed"]
    assert "not newsboat's cache" in told[0].error and "damaged" in told[2].error


def test_newsboats_urls(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "urls"
    path.write_text(
        '# 本地\nhttps://a.example/feed "~新都" 新都\n"query:未读:unread = \\"yes\\""\nhttps://b.example/feed !hidden\n'
        "exec:~/bin/feed.sh\n",
        encoding="utf-8",
    )
    told = take(store, path)
    assert [(one.member, one.status, one.source) for one in told] == [
        ("", "added", "https://a.example/feed"),
        ("", "added", "https://b.example/feed"),
        ("line 3", "skipped", ""),
        ("line 5", "skipped", ""),
    ]
    assert [(source.title, source.place) for source in store.sources.all()] == [("新都", "510114"), ("", "")]
    (tmp_path / "links.txt").write_text("https://a.example/1.html\nhttps://a.example/2.html\n")
    assert [one.status for one in take(store, tmp_path / "links.txt")] == ["skipped"]


READER = {
    "id": "user/1/state/com.google/starred",
    "title": "Starred",
    "items": [
        {
            "id": "tag:google.com,2005:reader/item/1",
            "title": "新都开学",
            "published": 1456835940,
            "canonical": [{"href": "https://news.example/1.html"}],
            "summary": {"content": "<p>近日，新都区举行开学典礼。</p>"},
            "categories": ["user/1/state/com.google/read", "user/1/state/com.google/starred", "user/1/label/教育"],
            "origin": {"streamId": f"feed/{FEED}", "title": "新都新闻", "htmlUrl": "https://news.example/"},
        }
    ],
}
WALLABAG = [
    {
        "id": 1, "title": "新都开学", "url": "https://news.example/1.html",
        "content": "<p>近日，新都区举行开学典礼。</p>",
        "is_archived": 1, "is_starred": 1, "tags": ["教育"], "annotations": [{"quote": "典礼", "text": "记下"}],
        "published_at": "2016-03-01T20:39:00+08:00", "created_at": "2020-01-01T00:00:00+00:00",
        "domain_name": "news.example",
    }
]  # fmt: skip
OWN = {
    "id": "x", "title": "新都开学", "source": "新都新闻", "byline": "成都日报", "author": "",
    "url": "https://news.example/1.html", "published": "2016-03-01T20:39:00+08:00", "district": "四川/成都/新都",
    "read": True, "starred": True, "same_story": None, "source_url": FEED, "source_title": "新都新闻",
    "text": "近日，新都区举行开学典礼。", "tags": ["教育"], "note": "记下",
}  # fmt: skip
BARE = {"source_url": "https://c.example/", "source_title": "丙"}


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (json.dumps(READER, ensure_ascii=False), ""),
        (json.dumps(WALLABAG, ensure_ascii=False), "“典礼”\n记下"),
        (json.dumps(OWN, ensure_ascii=False) + "\n" + json.dumps(BARE), "记下"),
        ("title,url,time_added,tags,status\n新都开学,https://news.example/1.html,1456835940,教育,archive\n", None),
        ("URL,Title,Selection,Folder,Timestamp\n"
         "https://news.example/1.html,新都开学,记下,Archive,1456835940\n", "记下"),
        ("Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\n"
         "新都开学,https://news.example/1.html,01g,['教育'],2016-03-01 12:39:00+00:00,0,archive,True\n", ""),
        ("id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n"
         "1,新都开学,记下,,https://news.example/1.html,Unsorted,教育,2016-03-01T12:39:00.000Z,,,true\n", "记下"),
    ],
    ids=["reader", "wallabag", "newstui", "pocket", "instapaper", "readwise", "raindrop"],
)  # fmt: skip
def test_exports_bring_their_marks(store: Store, tmp_path: Path, content: str, note: str | None) -> None:
    path = tmp_path / "export"
    path.write_text(content, encoding="utf-8")
    told = [one for one in take(store, path) if not one.subscription]
    assert [one.status for one in told] == ["added"]
    stored = store.articles.get(told[0].id)
    assert (stored.row.title, stored.row.url) == ("新都开学", "https://news.example/1.html")
    assert stored.row.published is not None and f"{stored.row.published:%Y-%m-%d %H:%M}" == "2016-03-01 20:39"
    assert stored.row.read or stored.row.starred
    assert stored.tags == ("教育",) or "Folder" in content
    assert note is None or stored.note == note
    assert [one.status for one in take(store, path) if not one.subscription] == ["known"]


def test_our_own_export_restores_sources_too(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in (OWN, BARE)))
    told = take(store, path)
    assert {source.url: source.kind for source in store.sources.all()} == {FEED: "feed", "https://c.example/": "feed"}
    assert [one.district for one in told if not one.subscription] == ["四川/成都/新都"]


@pytest.mark.corpora
def test_lists_in_the_wild_are_all_read(corpora: Path, store: Store) -> None:
    for path in sorted((corpora / "lists").iterdir()):
        told = take(None, path)
        assert any(one.subscription for one in told) or "piped" in path.name, (path.name, told)
        assert all(one.status != "failed" for one in told), path.name


LOCAL = (
    '<opml version="2.0"><body><outline text="钥匙" xmlUrl="file:///home/reader/.ssh/"/>'
    '<outline text="文件" xmlUrl="/etc/passwd"/><outline text="网上" xmlUrl="https://news.example/feed"/></body></opml>'
)


@pytest.mark.parametrize("inside", ["folder", "zip"])
def test_a_list_inside_an_archive_cannot_subscribe_to_this_machine(store: Store, tmp_path: Path, inside: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    given = folder
    if inside == "folder":
        (folder / "list.opml").write_text(LOCAL, encoding="utf-8")
    else:
        given = folder / "a.zip"
        line = {"url": "https://x.cn/1", "title": "题目", "text": "正文" * 50, "source_url": "/etc/passwd"}
        with zipfile.ZipFile(given, "w") as archive:
            archive.writestr("list.opml", LOCAL)
            archive.writestr("own.jsonl", "".join(json.dumps({**line, "id": f"a{n}"}) + "\n" for n in range(3)))
    told: list[ImportOutcome] = []
    import_paths(store, [given], now=lambda: NOW, report=told.append)
    refused = [each for each in told if "leads to this machine" in each.error]
    assert [each.status for each in refused] == ["skipped"] * 2
    assert [each.url for each in store.sources.all() if not each.url.startswith("archive:")] == [
        "https://news.example/feed"
    ]


def test_a_list_that_is_named_by_hand_can(store: Store, tmp_path: Path) -> None:
    (tmp_path / "list.opml").write_text(LOCAL, encoding="utf-8")
    import_paths(store, [tmp_path / "list.opml"], now=lambda: NOW, report=lambda _: None)
    assert [each.url for each in store.sources.all()] == [
        "file:///home/reader/.ssh/", "/etc/passwd", "https://news.example/feed"
    ]  # fmt: skip
