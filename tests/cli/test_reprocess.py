"""Kept pages read again: better text, the same article with the same marks."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import apsw

from tests.cli.conftest import DUMP, Run


def spoiled(home: Path) -> None:
    """Make the cache as an older extractor would have left it: another title, an older version."""
    connection = apsw.Connection(str(home / "cache.db"))
    connection.execute("UPDATE articles SET title = '旧标题', digest = x'00', text_digest = x'00'")
    connection.execute("UPDATE copies SET extractor = 1")
    connection.close()


def test_articles_get_the_new_text_and_keep_id_marks_and_revisions(run: Run, archive: Path, home: Path) -> None:
    run("import", str(archive))
    before = run("list", "--json").objects
    first = str(before[0]["id"])
    run("mark", first, "--star", "--read", "--tag", "留", "--note", "看")
    before = run("list", "--json").objects
    spoiled(home)
    assert run("reprocess", "--dry-run", "--json").objects == [{"waiting": 3}]
    again = run("reprocess", "--json")
    assert again.code == 0
    assert [each["status"] for each in again.objects] == ["updated"] * 3
    assert run("list", "--json").objects == before
    whole = run("show", first, "--json").objects[0]
    assert (whole["tags"], whole["note"], whole["revisions"]) == (["留"], "看", 0)
    assert run("reprocess", "--json").objects == []
    assert run("doctor").code == 0


def test_a_page_that_is_no_article_any_more_stays_and_is_told_once(run: Run, archive: Path, home: Path) -> None:
    import zlib

    run("import", str(archive / "0.txt"))
    spoiled(home)
    connection = apsw.Connection(str(home / "cache.db"))
    connection.execute("UPDATE originals SET content = ?", (zlib.compress(b"404 not found"),))
    connection.close()
    (told,) = run("reprocess", "--json").objects
    assert told["status"] == "skipped" and "stays as it is" in str(told["error"])
    assert [each["title"] for each in run("list", "--json").objects] == ["旧标题"]
    assert run("reprocess", "--json").objects == []


def test_only_what_a_query_finds(run: Run, archive: Path, home: Path) -> None:
    run("import", str(archive))
    connection = apsw.Connection(str(home / "cache.db"))
    connection.execute("UPDATE articles SET digest = x'00'")
    connection.execute("UPDATE copies SET extractor = 1")
    connection.close()
    assert run("reprocess", "--query", "没有这个词", "--json").objects == []
    assert run("reprocess", "--query", "茶馆", "--dry-run", "--json").objects == [{"waiting": 1}]
    assert [each["title"] for each in run("reprocess", "--query", "茶馆", "--json").objects] == ["老街茶馆重新挂牌"]
    assert run("reprocess", "--query", " ").code == 2
    assert run("reprocess", "--dry-run", "--json").objects == [{"waiting": 2}]


def test_one_that_is_cut_off_goes_on_where_it_stopped(run: Run, tmp_path: Path, home: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(300):
        text = DUMP.format(tab="新都", title=f"第{number}号通告", date="2016-03-01 20:39")
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    run("import", str(folder))
    spoiled(home)
    command = [sys.executable, "-m", "newstui", "reprocess", "--json"]
    environ = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environ) as process:
        assert process.stdout is not None
        told = [process.stdout.readline()]
        process.send_signal(signal.SIGINT)
        told += process.stdout.read().splitlines()
        assert process.wait(30) == 130
    done = sum(json.loads(line)["status"] == "updated" for line in told if line.rstrip().endswith(b"}"))
    (left,) = run("reprocess", "--dry-run", "--json").objects
    assert 0 < done <= 300 - int(str(left["waiting"])) < 300
    rest = run("reprocess", "--json").objects
    assert [each["status"] for each in rest] == ["updated"] * int(str(left["waiting"]))
    assert all(str(each["title"]).startswith("第") for each in run("list", "--limit", "999", "--json").objects)


def test_a_title_that_only_the_container_knew_stays(run: Run, tmp_path: Path, home: Path) -> None:
    letter = tmp_path / "letter.eml"
    letter.write_text(
        "From: paper@news.example\nTo: reader@news.example\nSubject: =?utf-8?b?6Iqx5biC5bu26ZW/6JCl5Lia?=\n"
        "Date: Tue, 1 Mar 2016 20:39:00 +0800\nContent-Type: text/html; charset=utf-8\n\n"
        "<html><head><title>news</title></head><body><p>news.example</p>"
        + "<p>近日，新都花市开业，市民前来选购鲜花，商户们准备了充足的货源。</p>" * 4
        + "</body></html>",
        encoding="utf-8",
    )
    run("import", str(letter))
    (before,) = run("list", "--json").objects
    assert before["title"] == "花市延长营业"
    connection = apsw.Connection(str(home / "cache.db"))
    connection.execute("UPDATE articles SET digest = x'00'")
    connection.execute("UPDATE copies SET extractor = 1")
    connection.close()
    assert run("reprocess", "--json").code == 0
    assert run("list", "--json").objects == [before]
