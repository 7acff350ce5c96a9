"""From an archive folder to list, show, search, marks and export, as a script would do it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from newstui.text.scripts import converter
from tests.cli.conftest import Run

LIST_KEYS = {
    "id", "title", "source", "byline", "author", "published", "district", "url", "read", "starred", "captured",
    "same_story",
}  # fmt: skip
IMPORT_KEYS = {
    "path", "member", "status", "id", "title", "byline", "source", "published", "district", "error",
    "headlines",
}  # fmt: skip


def test_import_names_every_file_and_is_idempotent(run: Run, archive: Path) -> None:
    (archive / "note.bin").write_bytes(bytes(range(256)) * 8)
    first = run("import", str(archive), "--json")
    assert first.code == 0
    assert len(first.objects) == 4
    assert all(set(item) == IMPORT_KEYS for item in first.objects)
    added = [item for item in first.objects if item["status"] == "added"]
    assert {item["district"] for item in added} == {"四川/成都/新都", "四川/成都/温江"}
    assert {item["byline"] for item in added} == {"样例日报"}
    assert added[0]["published"] == "2016-03-01T20:39:00+08:00"
    skipped = [item for item in first.objects if item["status"] == "skipped"]
    assert [Path(str(item["path"])).name for item in skipped] == ["note.bin"]
    assert skipped[0]["error"]
    again = run("import", str(archive), "--json")
    assert [item["status"] for item in again.objects].count("known") == 3
    assert len(run("list", "--json").objects) == 3


def test_dry_run_stores_nothing_and_shows_the_text(run: Run, archive: Path) -> None:
    shown = run("import", str(archive / "0.txt"), "--dry-run", "--json")
    assert set(shown.objects[0]) == IMPORT_KEYS | {"author", "text"}
    text = str(shown.objects[0]["text"])
    assert text.startswith("近日") and text.endswith("文/图")
    assert run("list", "--json").out == ""


def test_list_filters(run: Run, archive: Path) -> None:
    run("import", str(archive))
    listed = run("list", "--json").objects
    assert [item["title"] for item in listed] == ["花市周末延长营业", "老街茶馆重新挂牌", "社区图书角开门第一周"]
    assert all(set(item) == LIST_KEYS for item in listed)
    assert len(run("list", "--json", "--district", "新都").objects) == 2
    assert len(run("list", "--json", "--district", "四川").objects) == 3
    assert len(run("list", "--json", "--since", "2016-03-02").objects) == 2
    assert len(run("list", "--json", "--limit", "1").objects) == 1
    plain = run("list").out
    assert plain.count("\n") == 3 and "花市周末延长营业" in plain


def test_show_in_every_form(run: Run, archive: Path) -> None:
    run("import", str(archive))
    article = str(run("list", "--json", "--limit", "1").objects[0]["id"])
    whole = run("show", article, "--json").objects[0]
    assert LIST_KEYS | {"text", "blocks", "images", "links", "tags", "note", "related", "revisions"} == set(whole)
    assert len(json.loads(json.dumps(whole["blocks"]))) == 3
    assert "\u3000\u3000近日" in run("show", article).out
    assert run("show", article, "--format", "markdown").out.startswith("# 花市")
    assert run("show", article, "--format", "html").out.startswith("<article>")
    missing = run("show", "zzzzzzz")
    assert missing.code == 2 and "zzzzzzz" in missing.err


def test_related_headlines_name_their_articles(run: Run, archive: Path) -> None:
    page = (archive / "0.txt").read_text(encoding="utf-8").replace("菜市场换了新招牌", "老街茶馆重新挂牌")
    (archive / "0.txt").write_text(page, encoding="utf-8")
    run("import", str(archive))
    ids = {str(item["title"]): item["id"] for item in run("list", "--json").objects}
    shown = run("show", str(ids["社区图书角开门第一周"]), "--json").objects[0]["related"]
    assert isinstance(shown, list)
    found = {item["title"]: item.get("id") for item in shown}
    assert found["老街茶馆重新挂牌"] == ids["老街茶馆重新挂牌"]
    assert found["公交线路调整通告"] is None


def test_search_gives_snippets(run: Run, archive: Path) -> None:
    run("import", str(archive))
    found = run("search", "流动书箱", "--json").objects
    assert len(found) == 3
    assert set(found[0]) == LIST_KEYS | {"snippet"}
    assert "流动书箱" in str(found[0]["snippet"])
    assert len(run("search", "茶馆", "--json").objects) == 1
    assert run("search", "没有这个词", "--json").out == ""
    assert run("search", " ").code == 2


def test_marks_by_id_query_and_all(run: Run, archive: Path) -> None:
    run("import", str(archive))
    article = str(run("list", "--json", "--limit", "1").objects[0]["id"])
    assert run("mark", article, "--star", "--tag", "周末", "--note", "值得去", "--json").objects == [{"changed": 1}]
    shown = run("show", article, "--json").objects[0]
    assert (shown["starred"], shown["tags"], shown["note"]) == (True, ["周末"], "值得去")
    run("mark", "--query", "茶馆", "--read")
    assert len(run("list", "--unread", "--json").objects) == 2
    run("mark", "--all", "--read")
    assert run("list", "--unread", "--json").out == ""
    run("mark", "--all", "--unread")
    assert len(run("list", "--unread", "--json").objects) == 3
    assert run("mark", article).code == 2
    assert run("mark", "--all", article, "--read").code == 2
    assert len(run("list", "--starred", "--json").objects) == 1


def test_export_whole_and_starred(run: Run, archive: Path, tmp_path: Path) -> None:
    run("import", str(archive))
    article = str(run("list", "--json", "--limit", "1").objects[0]["id"])
    run("mark", article, "--star")
    assert len(run("export", "--all").objects) == 3
    starred = run("export", "--starred").objects
    assert set(starred[0]) == LIST_KEYS | {"source_url", "source_title", "text", "tags", "note"}
    target = tmp_path / "out.jsonl"
    assert run("export", "--starred", "-o", str(target)).code == 0
    assert json.loads(target.read_text(encoding="utf-8")) == starred[0]
    assert run("export", "--all", "-o", str(tmp_path / "none" / "out.jsonl")).code == 1
    assert run("export").code == 2


def test_prune_spares_stars_and_keeps_marks(run: Run, archive: Path) -> None:
    run("import", str(archive))
    listed = run("list", "--json").objects
    run("mark", "--all", "--read")
    run("mark", str(listed[0]["id"]), "--star")
    assert run("prune").code == 2
    assert run("prune", "--older-than", "2020-01-01", "--dry-run", "--json").objects[0]["removed"] == 2
    assert run("prune", "--older-than", "2020-01-01", "--json").objects[0]["removed"] == 2
    assert [item["id"] for item in run("list", "--json").objects] == [listed[0]["id"]]
    run("import", str(archive))
    again = run("list", "--json").objects
    assert len(again) == 3
    assert all(item["read"] for item in again)


def test_districts_count_what_lies_under_them(run: Run, archive: Path) -> None:
    run("import", str(archive))
    counts = {str(item["path"]): item["total"] for item in run("districts", "--json").objects}
    assert counts["四川/成都/新都"] == 2
    assert counts["四川/成都"] == 3
    assert counts["四川"] == 3


def test_nothing_is_created_by_reading(run: Run, home: Path) -> None:
    for command in (["list"], ["districts"], ["sources"], ["search", "甲"], ["export", "--all"]):
        assert run(*command).code == 0
    assert not home.exists()


def test_usage_errors_end_with_two(run: Run) -> None:
    assert run("import").code == 2
    assert run("import", "/no/such/place").code == 2
    assert run("list", "--district", "火星区").code == 2
    assert run("list", "--since", "someday").code == 2
    assert run("nonsense").code == 2
    assert run("remove", "7").code == 2


def test_doctor_is_content_with_a_sound_cache(run: Run, archive: Path) -> None:
    run("import", str(archive))
    examined = run("doctor", "--json")
    assert examined.code == 0
    assert {item["check"] for item in examined.objects} >= {"config", "cache", "disk", "terminal"}


def test_doctor_says_whether_the_script_can_be_had(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home.mkdir(parents=True, exist_ok=True)
    (home / "config.toml").write_text('script = "hant"\n')
    assert 'ok    script: "hant" by OpenCC' in run("doctor").out
    monkeypatch.setitem(sys.modules, "opencc", None)
    converter.cache_clear()
    assert "pipx inject newstui opencc" in run("doctor").out


def test_doctor_names_a_broken_config(run: Run, home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text("them = 1", encoding="utf-8")
    examined = run("doctor")
    assert examined.code == 1
    assert "config.toml, line 1, column 1" in examined.out


def test_a_folder_can_be_followed(run: Run, archive: Path) -> None:
    assert run("add", str(archive), "--json").objects[0]["kind"] == "archive"
    first = run("fetch", "--json").objects
    assert [(item["status"], item["added"]) for item in first] == [("ok", 3)]
    assert [item["status"] for item in run("fetch", "--json").objects] == ["unchanged"]
    page = (archive / "0.txt").read_text(encoding="utf-8")
    (archive / "9.txt").write_text(page.replace("社区图书角", "广场图书车"), encoding="utf-8")
    assert [item["added"] for item in run("fetch", "--json").objects] == [1]
