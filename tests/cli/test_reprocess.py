"""Kept pages read again: better text, the same article with the same marks."""

from __future__ import annotations

from pathlib import Path

import apsw

from tests.cli.conftest import Run


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
