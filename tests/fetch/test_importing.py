"""Importing end to end: files on disk, real parser processes, a real cache."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from newstui.config import Settings
from newstui.fetch.fetching import fetch_sources
from newstui.fetch.importing import import_paths
from newstui.model import FetchOutcome, ImportOutcome, View
from newstui.store import Store, open_store
from tests.fetch.conftest import NOW
from tests.fetch.feeds import rss
from tests.sources import portal

PAGE = """\
成都新闻 新都新闻 温江新闻 双流新闻 郫都新闻
地方网 > 四川 > 成都市 > {district}新闻 > 正文

{district}区第{number}小学今日开学

来源:成都日报 2016-03-01 20:{minute:02}   https://www.yybnet.net/

近日,{district}区第{number}小学举行开学典礼,全校师生参加了升旗仪式,校长在国旗下作了讲话,勉励同学们好好学习。

典礼结束后,同学们回到教室,领取了新的课本。本报记者 王小明 文/图

新闻推荐

“新消费我做主”企业更重用户体验

2016年消费维权年主题——“新消费,我做主”,是消费者对新消费的支持和肯定,而企业在不断迎合消费者的同时...
"""


def page(number: int, district: str = "新都") -> bytes:
    """A portal page of its own."""
    return PAGE.format(number=number, minute=number % 60, district=district).encode()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty cache."""
    with open_store(tmp_path / "cache.db", now=NOW) as opened:
        yield opened


def take(store: Store | None, *paths: Path | str, place: str = "", dry_run: bool = False) -> list[ImportOutcome]:
    """Import once; what was told."""
    told: list[ImportOutcome] = []
    steps: list[tuple[int, int, int, int]] = []
    import_paths(
        store,
        paths,
        place=place,
        dry_run=dry_run,
        now=lambda: NOW,
        report=told.append,
        progress=lambda *step: steps.append(step),
    )
    assert [done for done, *_ in steps] == list(range(1, len(steps) + 1))
    assert all(done <= known and read <= size for done, known, read, size in steps)
    return told


def statuses(told: list[ImportOutcome]) -> Counter[str]:
    """How often each status was told."""
    return Counter(one.status for one in told)


def total(store: Store) -> int:
    """Articles in the cache."""
    return store.views.count(View()).total


def test_a_folder_is_taken_in_told_and_known_the_second_time(store: Store, tmp_path: Path) -> None:
    root = tmp_path / "archive"
    for number in range(230):
        path = root / f"{number % 7}" / f"{number:03}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page(number))
    (root / "readme.css").write_text("body { color: red }")
    told = take(store, root)
    assert statuses(told) == {"added": 230, "skipped": 1}
    assert [one.path for one in told] == sorted(one.path for one in told)
    first = told[0]
    assert (first.title, first.byline, first.source, first.district, first.text) == (
        "新都区第0小学今日开学",
        "成都日报",
        "地方网",
        "四川/成都/新都",
        "",
    )
    assert first.published is not None and first.published.isoformat() == "2016-03-01T20:00:00+08:00"
    assert store.articles.get(first.id).row.title == first.title
    again = take(store, root)
    assert statuses(again) == {"known": 230, "skipped": 1}
    assert [one.id for one in again] == [one.id for one in told]
    assert total(store) == 230
    assert [source.url for source in store.sources.all()] == ["archive:地方网"]


def test_zip_standard_input_feeds_and_lists(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "papers.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("新都/1.txt", page(1))
        archive.writestr("新都/feed.xml", rss([("a", "甲"), ("b", "乙")]))
        archive.writestr("list.opml", b'<opml version="2.0"><body><outline xmlUrl="http://a.example/"/></body></opml>')
        archive.writestr("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(100))
        archive.writestr("noise.bin", bytes(range(256)) * 10)
        archive.writestr("broken.xml", b"<rss><channel>")
    told = take(store, path)
    assert [(one.member, one.status) for one in told] == [
        ("新都/1.txt", "added"),
        ("新都/feed.xml", "added"),
        ("新都/feed.xml", "added"),
        ("list.opml", "added"),
        ("picture.png", "skipped"),
        ("noise.bin", "skipped"),
        ("broken.xml", "skipped"),
    ]
    assert {one.path for one in told} == {str(path)}
    assert (told[3].subscription, told[3].source) == (True, "http://a.example/")
    assert all(one.error for one in told[4:])
    assert {source.url: source.title for source in store.sources.all()} == {
        "archive:地方网": "地方网",
        "archive:news.example": "新都新闻",
        "http://a.example/": "",
    }
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
    assert statuses(take(store, "-")) == {"known": 4, "skipped": 3}


def test_a_district_is_given_to_pages_that_have_none(store: Store, tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_bytes(page(1, "温江"))
    (tmp_path / "none.xml").write_bytes(rss([("a", "甲")]))
    told = take(store, tmp_path / "none.xml", tmp_path / "own.txt", place="510114")
    assert [one.district for one in told] == ["四川/成都/新都", "四川/成都/温江"]


def test_a_dry_run_stores_nothing_and_shows_the_text(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_bytes(page(1))
    (one,) = take(None, tmp_path / "1.txt", dry_run=True)
    assert (one.status, one.id, one.source, one.district) == ("added", "", "地方网", "四川/成都/新都")
    assert one.text.startswith("近日,新都区第1小学") and "新消费" not in one.text
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["1.txt"]


def test_a_mark_survives_importing_again_and_an_edit(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "1.txt"
    path.write_bytes(page(1))
    (one,) = take(store, path)
    row = store.articles.get(one.id).row.key.row
    store.marks.set("starred", True, [row], NOW)
    path.write_bytes(page(1).replace("好好学习".encode(), "天天向上".encode()))
    (again,) = take(store, path)
    assert (again.status, again.id) == ("updated", one.id)
    stored = store.articles.get(one.id)
    assert stored.row.starred and "天天向上" in stored.text


def test_hostile_pages_do_not_stop_it(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a-deep.html").write_bytes(b"<html><body>" + b"<div>" * 300_000 + "新闻".encode())
    (tmp_path / "b-wide.html").write_bytes(b"<html><body><p " + b"a=1 " * 300_000 + b">x")
    (tmp_path / "c-bomb.xml").write_bytes(
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
        + b"]><rss><channel><title>&j;</title></channel></rss>"
    )
    (tmp_path / "d-escapes.txt").write_bytes(page(1).replace("小学".encode(), b"\x1b]52;c;x\x07\xe2\x80\xae"))
    (tmp_path / "e-good.txt").write_bytes(page(2))
    told = {Path(one.path).name[0]: one for one in take(store, tmp_path)}
    assert told["e"].status == "added"
    assert all(one.status in ("added", "skipped", "failed") for one in told.values())
    assert "\x1b" not in told["d"].title and "\u202e" not in told["d"].title


_CHILD = """
import sys
from datetime import UTC, datetime
from newstui.fetch.importing import import_paths
from newstui.store import open_store
now = datetime.now(UTC)
with open_store(sys.argv[1], now=now) as store:
    try:
        import_paths(store, sys.argv[2:], now=lambda: now, report=lambda one: print(one.status, flush=True))
    except KeyboardInterrupt:
        print("interrupted", flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_an_import_that_was_cut_off_goes_on_when_run_again(
    store: Store, tmp_path: Path, number: signal.Signals
) -> None:
    path = tmp_path / "papers.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for count in range(1500):
            archive.writestr(f"{count:04}.txt", page(count))
    command = [sys.executable, "-c", _CHILD, str(tmp_path / "cache.db"), str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "added\n"
        process.send_signal(number)
        rest = process.stdout.read().split()
        assert process.wait(20) == (-number if number is signal.SIGKILL else 0)
    assert (rest[-1:] == ["interrupted"]) is (number is signal.SIGTERM)
    kept = total(store)
    assert 0 < kept < 1500
    told = statuses(take(store, path))
    assert told == {"known": kept, "added": 1500 - kept}
    assert total(store) == 1500


def test_a_folder_as_a_source_is_read_again_when_it_changes(store: Store, tmp_path: Path) -> None:
    root = tmp_path / "papers"
    root.mkdir()
    (root / "1.txt").write_bytes(page(1))
    source = store.sources.add(str(root), "archive", "本地", at=NOW)

    def fetch() -> FetchOutcome:
        told: list[FetchOutcome] = []
        fetch_sources(store, [store.sources.get(source.id)], Settings(), now=lambda: NOW, report=told.append)
        (one,) = told
        return one

    assert (fetch().status, total(store)) == ("ok", 1)
    assert fetch().status == "unchanged"
    (root / "2.txt").write_bytes(page(2))
    again = fetch()
    assert (again.status, again.added, again.updated) == ("ok", 1, 0)
    assert len(store.sources.all()) == 1
    store.retention.prune(NOW, dry_run=False)
    (root / "2.txt").unlink()
    (root / "1.txt").unlink()
    root.rmdir()
    gone = fetch()
    assert gone.status == "failed" and "No such file" in gone.error
    assert store.sources.get(source.id).errors == 1


@pytest.mark.corpora
def test_the_portal_page_that_the_project_began_from(store: Store, seed_page: Path) -> None:
    (one,) = take(store, seed_page)
    assert one.status == "added"
    assert one.title.startswith("关联部门资源")
    assert (one.byline, one.district) == ("成都日报", "四川/成都/新都")
    assert one.published is not None and one.published.isoformat() == "2016-03-01T20:39:00+08:00"
    stored = store.articles.get(one.id)
    assert len(stored.blocks) == 15
    assert stored.blocks[0].text.startswith("近日,市委")
    assert stored.blocks[-1].text.endswith("本报记者 卢海燕 文/图")
    assert [line.group for line in stored.related].count("频道推荐") == 5


@pytest.mark.corpora
def test_outside_files_of_every_kind_go_through(store: Store, corpora: Path) -> None:
    told = take(store, *(corpora / name for name in ("archives", "hostile", "pages", "pagetexts")))
    assert all(one.error for one in told if one.status in ("skipped", "failed"))
    assert not [one for one in told if "parser failed" in one.error or "crash" in one.error]
    assert statuses(told)["added"] > 80
    again = take(store, corpora / "pages" / "cwced")
    assert statuses(again)["added"] == 0


def test_progress_tells_how_much_of_the_bytes_on_disk_is_behind(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with zipfile.ZipFile(tmp_path / "in" / "a.zip", "w") as archive:
        for number in range(40):
            archive.writestr(f"{number}.html", page(number))
    (tmp_path / "in" / "b.html").write_bytes(page(40))
    (tmp_path / "in" / ".git").mkdir()
    (tmp_path / "in" / ".git" / "hidden").write_bytes(b"x" * 100_000)
    steps: list[tuple[int, int, int, int]] = []
    import_paths(
        None,
        [tmp_path / "in"],
        dry_run=True,
        now=lambda: NOW,
        report=lambda _: None,
        progress=lambda *step: steps.append(step),
    )
    whole = sum((tmp_path / "in" / name).stat().st_size for name in ("a.zip", "b.html"))
    read = [step[2] for step in steps]
    assert {step[3] for step in steps} == {whole}
    assert read[0] < whole / 4
    assert read == sorted(read)
    assert read[-1] == whole


def test_a_text_of_many_pages_is_many_articles(store: Store, tmp_path: Path) -> None:
    texts = [
        portal.page(
            *portal.STANDARD, title=f"温江区今年第{number}所小学开学了", byline=f"来源:成都日报 2016-03-0{number} 09:05"
        )
        for number in (1, 2, 3)
    ]
    path = tmp_path / "portal.txt"
    path.write_bytes(("\n" + "=" * 40 + "\n").join(texts).encode("gb18030"))
    told: list[ImportOutcome] = []
    import_paths(store, [path], now=lambda: NOW, report=told.append)
    assert [one.title for one in told] == [f"温江区今年第{number}所小学开学了" for number in (1, 2, 3)]
    assert [one.member for one in told] == ["line 1", "line 40", "line 79"]
    assert all(store.articles.get(one.id).row.published for one in told)
    again: list[ImportOutcome] = []
    import_paths(store, [path], now=lambda: NOW, report=again.append)
    assert [(one.status, one.id) for one in again] == [("known", one.id) for one in told]
