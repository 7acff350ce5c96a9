"""Folders that are followed: `newstui import --watch`, then what each fetch takes in."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from newstui.fetch.containers import Walk
from newstui.fetch.found import Spot
from newstui.fetch.pool import ParseError, ParserPool
from newstui.fetch.wire import Message
from tests.cli.conftest import DUMP, Run, web_archive


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What was given to the parsers; what holds "BOOM" cannot be read."""
    given: list[bytes] = []
    parse = ParserPool.run

    async def counted(pool: ParserPool, kind: str, asked: dict[str, str], data: bytes) -> Message:
        given.append(data)
        if b"BOOM" in data:
            raise ParseError("it took too much memory")
        return await parse(pool, kind, asked, data)

    monkeypatch.setattr(ParserPool, "run", counted)
    return given


def page(title: str, text: str = "") -> str:
    """A dump of 温江."""
    return DUMP.format(tab="温江", title=title, date="2016-03-05 10:00").replace("近日,", f"近日,{text}")


def test_a_watched_folder_is_a_source_and_grows_with_each_fetch(run: Run, archive: Path, parsed: list[bytes]) -> None:
    first = run("import", "--watch", str(archive), "--json")
    assert (first.code, [each["status"] for each in first.objects]) == (0, ["added"] * 3)
    (source,) = run("sources", "--json").objects
    assert (source["kind"], source["url"], source["title"]) == ("archive", str(archive), "archive")
    assert (source["total"], source["error"]) == (3, "")
    assert str(archive) in run("sources").out
    assert [each["source"] for each in run("list", "--json").objects] == ["archive"] * 3
    assert [each["status"] for each in run("fetch", "--json").objects] == ["unchanged"]

    parsed.clear()
    (archive / "9.txt").write_text(page("广场图书车开来了"), encoding="utf-8")
    (archive / "crawl.warc").write_bytes(web_archive("抓取来的网页", "这是抓取来的网页"))
    (archive / "1.txt").write_text(page("老街茶馆又换了招牌"), encoding="utf-8")
    (archive / "0.txt").unlink()
    (again,) = run("fetch", "--json").objects
    assert (again["status"], again["added"], again["error"]) == ("ok", 3, "")
    assert len(parsed) == 3
    titles = {each["title"] for each in run("list", "--json").objects}
    assert {"社区图书角开门第一周", "抓取来的网页", "广场图书车开来了", "老街茶馆又换了招牌"} < titles
    assert [each["status"] for each in run("fetch", "--json").objects] == ["unchanged"]
    assert len(parsed) == 3


def test_a_changed_page_is_the_same_article_with_its_earlier_text(run: Run, archive: Path) -> None:
    run("import", "--watch", str(archive))
    (before,) = [each for each in run("list", "--json").objects if each["title"] == "花市周末延长营业"]
    changed = (archive / "2.txt").read_text(encoding="utf-8").replace("近日,", "四月,")
    (archive / "2.txt").write_text(changed, encoding="utf-8")
    (outcome,) = run("fetch", "--json").objects
    assert (outcome["status"], outcome["added"], outcome["updated"]) == ("ok", 0, 1)
    shown = run("show", str(before["id"]), "--json").objects[0]
    assert str(shown["text"]).startswith("四月") and shown["revisions"] == 1


def test_what_cannot_be_read_is_told_once_until_it_changes(run: Run, archive: Path, parsed: list[bytes]) -> None:
    run("import", "--watch", str(archive))
    (archive / "bad.txt").write_text("BOOM", encoding="utf-8")
    with zipfile.ZipFile(archive / "cut.zip", "w") as packed:
        packed.writestr("a.txt", page("压缩包里的消息"))
    whole = (archive / "cut.zip").read_bytes()
    (archive / "cut.zip").write_bytes(whole[: len(whole) - 30])
    first = run("fetch", "--json")
    assert first.code == 1
    (outcome,) = first.objects
    assert outcome["status"] == "failed"
    assert str(archive / "bad.txt") in str(outcome["error"]) and "too much memory" in str(outcome["error"])
    assert str(outcome["error"]).endswith("(and 1 more)") and str(archive / "bad.txt") in first.err
    (source,) = run("sources", "--json").objects
    assert (source["errors"], source["error"]) == (0, outcome["error"])
    assert f"unreadable: {outcome['error']}" in run("sources").out
    assert run("fetch").code == 0
    assert run("sources", "--json").objects[0]["error"] == outcome["error"]

    parsed.clear()
    (archive / "9.txt").write_text(page("广场图书车开来了"), encoding="utf-8")
    grown = run("fetch", "--json")
    assert (grown.code, grown.objects[0]["status"], grown.objects[0]["error"]) == (0, "ok", "")
    assert len(parsed) == 1
    assert run("sources", "--json").objects[0]["error"] == outcome["error"]

    (archive / "bad.txt").write_text("BOOM again", encoding="utf-8")
    assert run("fetch").code == 1
    (archive / "bad.txt").write_text(page("终于写好了"), encoding="utf-8")
    (archive / "cut.zip").write_bytes(whole)
    mended = run("fetch", "--json")
    assert (mended.code, mended.objects[0]["status"]) == (0, "ok")
    assert run("sources", "--json").objects[0]["error"] == ""


def test_an_import_by_hand_tries_again_what_a_fetch_leaves(run: Run, archive: Path, parsed: list[bytes]) -> None:
    (archive / "bad.txt").write_text("BOOM", encoding="utf-8")
    assert run("import", "--watch", str(archive)).code == 1
    assert run("fetch").code == 0
    parsed.clear()
    assert run("import", str(archive / "bad.txt")).code == 1
    assert parsed == [b"BOOM"]


def test_a_folder_that_vanished_fails_with_its_path_and_its_articles_stay(
    run: Run, archive: Path, parsed: list[bytes]
) -> None:
    (archive / "bad.txt").write_text("BOOM", encoding="utf-8")
    run("import", "--watch", str(archive))
    note = run("sources", "--json").objects[0]["error"]
    away = archive.with_name("elsewhere")
    archive.rename(away)
    for _ in range(2):
        gone = run("fetch", "--all", "--json")
        assert (gone.code, gone.objects[0]["status"]) == (1, "failed")
        assert str(gone.objects[0]["error"]).startswith(f"{archive}: ")
    assert run("sources", "--json").objects[0]["errors"] == 2
    assert len(run("list", "--json").objects) == 3
    away.rename(archive)
    parsed.clear()
    back = run("fetch", "--all", "--json")
    assert (back.code, back.objects[0]["status"], back.objects[0]["added"], parsed) == (0, "ok", 0, [])
    assert run("sources", "--json").objects[0]["error"] == note
    shutil.rmtree(archive)
    assert run("import", "--watch", str(archive)).code == 2


def test_the_district_is_the_sources(run: Run, archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    folder.mkdir()
    text = "".join(f"<p>第{number}段写的是这里的事情，别处没有这样的事情。</p>" for number in range(9))
    (folder / "a.html").write_text(
        f"<html><head><meta charset=utf-8><title>没有地名的消息</title></head><body><h1>没有地名的消息</h1>{text}",
        encoding="utf-8",
    )
    run("import", "--watch", str(folder), "--district", "新都")
    assert [each["district"] for each in run("list", "--json").objects] == ["四川/成都/新都"]
    run("import", "--watch", str(folder), "--district", "温江")
    assert [each["district"] for each in run("list", "--json").objects] == ["四川/成都/温江"]
    assert [each["district"] for each in run("sources", "--json").objects] == ["四川/成都/温江"]


def test_an_archive_file_can_be_watched(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(web_archive("抓取来的网页", "这是抓取来的网页"))
    assert run("import", "--watch", str(path), "--json").objects[0]["status"] == "added"
    path.write_bytes(path.read_bytes() + web_archive("又一页", "另有一页").replace(b"/a/1.html", b"/a/2.html"))
    assert [each["added"] for each in run("fetch", "--json").objects] == [1]


@pytest.mark.parametrize("wrong", [["-"], ["--starter"], ["--dry-run"], ["--map", "title=bt"], []])
def test_what_cannot_be_watched_is_a_usage_error(run: Run, archive: Path, home: Path, wrong: list[str]) -> None:
    paths = [] if wrong in (["--starter"], []) else [str(archive)]
    assert run("import", "--watch", *paths, *wrong).code == 2
    assert not home.exists()


def test_what_has_not_changed_is_not_opened_again(run: Run, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(archive / "much.zip", "w") as packed:
        packed.writestr("a.txt", page("压缩包里的消息"))
    (archive / "part.html").write_text(
        "<html><head><title>老街变迁(1)</title></head><body><h1>老街变迁(1)</h1>"
        "<div>2016-03-05 10:00 来源：成都日报</div>"
        + "<p>老街的茶馆开了三十年，街坊们天天来喝茶聊天，摆龙门阵。</p>" * 5
        + "<div class='page'><b>1</b> <a href='part_2.html'>2</a> <a href='part_2.html'>下一页</a></div></body></html>",
        encoding="utf-8",
    )
    run("import", "--watch", str(archive))
    opened: list[str] = []
    walk_open = Walk.open

    def counted(walk: Walk, at: Spot, *rest: Any) -> Any:
        opened.append(at.path.rpartition("/")[2])
        return walk_open(walk, at, *rest)

    monkeypatch.setattr(Walk, "open", counted)
    (archive / "9.txt").write_text(page("广场图书车开来了"), encoding="utf-8")
    run("fetch")
    # A page of a longer article is looked at again: its others may have come.
    assert set(opened) == {"9.txt", "part.html"}
    opened.clear()
    (archive / "8.txt").write_text(page("花市又开张了"), encoding="utf-8")
    (outcome,) = run("fetch", "--json").objects
    assert (outcome["status"], outcome["added"]) == ("ok", 1)
    assert set(opened) == {"8.txt", "part.html"}
    opened.clear()
    again = run("import", "--watch", str(archive), "--json")
    assert "much.zip" in opened and {"known"} == {each["status"] for each in again.objects}
