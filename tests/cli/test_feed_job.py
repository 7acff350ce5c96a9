"""Subscriptions from the command line: a feed in a file, refetched, removed, carried over by OPML."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>样例日报</title><link>https://news.example/</link>
{items}
</channel></rss>
"""
ITEM = """<item><title>{title}</title><guid>{guid}</guid><link>https://news.example/{guid}.htm</link>
<pubDate>Tue, 01 Mar 2016 20:39:00 +0800</pubDate><description>{text}</description></item>
"""


def write_feed(path: Path, *items: tuple[str, str, str]) -> None:
    """A feed of (guid, title, text) items."""
    body = "".join(ITEM.format(guid=guid, title=title, text=text) for guid, title, text in items)
    path.write_text(FEED.format(items=body), encoding="utf-8")


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """A feed file with two items."""
    path = tmp_path / "feed.xml"
    write_feed(path, ("1", "第一条", "一些文字"), ("2", "第二条", "另一些文字"))
    return path


def test_add_fetch_refetch_edit(run: Run, feed: Path) -> None:
    added = run("add", str(feed), "--district", "新都", "--json")
    assert added.code == 0
    assert (added.objects[0]["kind"], added.objects[0]["title"]) == ("feed", "样例日报")
    first = run("fetch", "--json").objects[0]
    assert set(first) == {
        "source", "url", "status", "added", "updated", "error", "http_status", "bytes", "seconds",
    }  # fmt: skip
    assert (first["status"], first["added"]) == ("ok", 2)
    run("mark", "--all", "--read")
    assert run("fetch", "--all", "--json").objects[0]["status"] == "unchanged"
    write_feed(feed, ("1", "第一条", "改过的文字"), ("2", "第二条", "另一些文字"), ("3", "第三条", "新的"))
    third = run("fetch", "--all", "--json").objects[0]
    assert (third["added"], third["updated"]) == (1, 1)
    listed = run("list", "--json", "--district", "新都").objects
    assert {str(item["title"]): item["read"] for item in listed} == {"第一条": True, "第二条": True, "第三条": False}


def test_fetch_is_quiet_unless_it_failed(run: Run, feed: Path) -> None:
    run("add", str(feed))
    done = run("fetch", "--all")
    assert (done.code, done.out, done.err) == (0, "", "")
    feed.unlink()
    failed = run("fetch", "--all")
    assert failed.code == 1
    assert failed.out == ""
    assert str(feed) in failed.err
    assert len(run("list", "--json").objects) == 2
    assert run("sources", "--json").objects[0]["errors"] == 1


def test_sources_and_remove(run: Run, feed: Path) -> None:
    run("add", str(feed), "--title", "我的来源")
    run("fetch", "--all")
    again = run("add", str(feed))
    assert "already there" in again.err
    source = run("sources", "--json").objects[0]
    assert (source["title"], source["total"], source["unread"]) == ("我的来源", 2, 2)
    listed = run("list", "--json").objects
    run("mark", str(listed[0]["id"]), "--star")
    assert run("remove", "我的来源").code == 0
    assert run("sources", "--json").out == ""
    kept = run("list", "--json").objects
    assert [item["id"] for item in kept] == [listed[0]["id"]]
    assert run("show", str(kept[0]["id"])).code == 0


def test_opml_there_and_back(run: Run, feed: Path, tmp_path: Path) -> None:
    run("add", str(feed))
    target = tmp_path / "subscriptions.opml"
    assert run("opml", "export", str(target)).code == 0
    run("remove", "1")
    assert "1 added" in run("opml", "import", str(target)).err
    assert "1 already there" in run("opml", "import", str(target)).err
    assert len(run("sources", "--json").objects) == 1


def test_what_is_no_feed_is_refused_with_the_way_out(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body><p>只是一页</p></body></html>", encoding="utf-8")
    refused = run("add", str(page), "--kind", "feed")
    assert refused.code != 0
    assert "page.html" in refused.err
    assert run("add", str(tmp_path / "none.xml")).code != 0
    assert run("add", "http://127.0.0.1:9/feed").code != 0
    assert run("sources", "--json").out == ""


def test_progress_as_json_lines(run: Run, feed: Path) -> None:
    run("add", str(feed))
    lines = run("fetch", "--all", "--progress", "json").objects
    assert {"event": "progress", "done": 1, "total": 1, "rate": 0.0, "left": 0} in lines
    assert [line["status"] for line in lines if "status" in line] == ["ok"]


def test_a_list_of_subscriptions_with_the_option_before_the_path(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "list.opml"
    path.write_text('<opml version="2.0"><body><outline xmlUrl="https://a.example/"/></body></opml>')
    ran = run("opml", "import", "--json", str(path))
    assert (ran.code, ran.objects) == (0, [{"added": 1, "known": 0, "skipped": 0}])


def test_what_adding_stopped_at_is_told_in_json(run: Run) -> None:
    ran = run("add", "--json", "http://127.0.0.1:9/feed")
    (told,) = ran.objects
    assert ran.code == 1 and "127.0.0.1:9 is a private address" in str(told["error"])
    assert (told["status"], told["private"], told["candidates"]) == ("failed", "127.0.0.1:9", [])
