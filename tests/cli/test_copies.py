"""What `newstui show` says of an archive's copies and of an article's earlier texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run, web_archive


@pytest.fixture
def article(run: Run, tmp_path: Path) -> str:
    """The id of a page without a date, of which there are copies of three days with three texts."""
    path = tmp_path / "crawl.warc"
    copies = [("初稿", "2014-01-03T03:03:22Z"), ("二稿", "2014-02-03T03:03:22Z"), ("三稿", "2014-03-03T03:03:22Z")]
    path.write_bytes(b"".join(web_archive("几经修改的消息", text, date) for text, date in copies))
    run("import", str(path))
    (listed,) = run("list", "--json").objects
    return str(listed["id"])


def test_text_says_when_the_copy_was_made_and_how_often_it_changed(run: Run, article: str) -> None:
    lines = run("show", article).out.splitlines()
    assert lines[0] == "几经修改的消息"
    assert "2014" not in lines[1], "the page has no date of its own"
    assert lines[2] == "存档于 2014-03-03 11:03  改过 2 次"
    for form in ("markdown", "html"):
        assert "存档于 2014-03-03 11:03 · 改过 2 次" in run("show", article, "--format", form).out


def test_in_english_too(run: Run, article: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert "archived 2014-03-03 11:03  revised 2×" in run("show", article).out


def test_earlier_texts_oldest_first(run: Run, article: str) -> None:
    shown = run("show", article, "--revisions").out
    assert shown.index("存档于 2014-01-03 11:03") < shown.index("初稿") < shown.index("存档于 2014-02-03 11:03")
    assert "二稿" in shown and "三稿" not in shown
    whole = run("show", article, "--revisions", "--json").objects[0]
    assert whole["revisions"] == 2
    earlier = whole["earlier"]
    assert isinstance(earlier, list)
    assert [(each["captured"], each["text"][:2]) for each in earlier] == [
        ("2014-01-03T11:03:22+08:00", "初稿"),
        ("2014-02-03T11:03:22+08:00", "二稿"),
    ]
    assert all(set(each) == {"title", "captured", "replaced", "text"} for each in earlier)
    assert "earlier" not in run("show", article, "--json").objects[0]
    assert run("show", article, "--revisions", "--format", "html").code == 2


def test_a_page_that_never_changed_has_none(run: Run, archive: Path) -> None:
    run("import", str(archive))
    article = str(run("list", "--json").objects[0]["id"])
    assert run("show", article).out.splitlines()[2] == ""
    none = run("show", article, "--revisions")
    assert (none.code, none.out) == (0, "") and "no earlier texts" in none.err
