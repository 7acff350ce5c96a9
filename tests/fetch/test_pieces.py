"""Large files of data in pieces: nothing lost at their seams, memory bounded, bad lines named."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from newstui.fetch import pieces
from newstui.fetch.containers import Walk
from newstui.fetch.found import Found, Limits
from newstui.fetch.importing import import_paths
from newstui.model import ImportOutcome
from newstui.sources.tables import layout_of
from newstui.store import Store, open_store
from tests.fetch.conftest import NOW

TEXT = "近日，新都区举行开学典礼，\n全校师生参加了“升旗”仪式。" * 4


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of 4 KB, so that small files have many."""
    monkeypatch.setattr(pieces, "PIECE", 4096)
    monkeypatch.setattr(pieces, "_WHOLE", 8192)
    monkeypatch.setattr(pieces, "_SAMPLE", 2048)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty cache."""
    with open_store(tmp_path / "cache.db", now=NOW) as opened:
        yield opened


def records(count: int) -> list[dict[str, str]]:
    return [{"标题": f"新都第{n}小学", "正文": f"{TEXT}{n}", "链接": f"http://n.example/{n}"} for n in range(count)]


def written(form: str, rows: list[dict[str, str]]) -> bytes:
    """The rows as a file of that form."""
    if form == "csv":
        text = io.StringIO(newline="")
        table = csv.DictWriter(text, rows[0].keys())
        table.writeheader()
        table.writerows(rows)
        return text.getvalue().encode()
    if form == "jsonl":
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    if form == "wrapped":
        return json.dumps({"total": len(rows), "RECORDS": rows}, ensure_ascii=False, indent=2).encode()
    if form == "in a row":
        return "\n".join(json.dumps(row, ensure_ascii=False, indent=2) for row in rows).encode()
    return json.dumps(rows, ensure_ascii=False).encode()


def take(store: Store | None, path: Path, **more: object) -> tuple[list[ImportOutcome], list[str]]:
    told: list[ImportOutcome] = []
    said: list[str] = []
    import_paths(
        store,
        [path],
        dry_run=store is None,
        now=lambda: NOW,
        report=told.append,
        notice=said.append,
        **more,  # type: ignore[arg-type]  # the caller names parameters of import_paths
    )
    return told, said


@pytest.mark.parametrize("form", ["csv", "jsonl", "array", "wrapped", "in a row"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_record_is_read_whatever_the_form_and_encoding(tmp_path: Path, form: str, encoding: str) -> None:
    path = tmp_path / "dump"
    path.write_bytes(written(form, records(100)).decode().encode(encoding))
    told, said = take(None, path)
    assert [one.title for one in told] == [f"新都第{n}小学" for n in range(100)]
    assert [one.text.replace("\n", "") for one in told] == [f"{TEXT}{n}".replace("\n", "") for n in range(100)]
    assert len({one.member for one in told}) == 100
    assert said == [f"{path}: title=标题 url=链接 body=正文 (change with --map title=FIELD)"]


def test_bad_lines_are_named_and_the_rest_goes_on(store: Store, tmp_path: Path) -> None:
    lines = written("jsonl", records(60)).splitlines()
    lines[10] = lines[10][:-5]
    lines[40] = b'"no object"'
    path = tmp_path / "news.jsonl"
    path.write_bytes(b"\n".join(lines))
    told, _ = take(store, path)
    bad = {one.member: one.error for one in told if one.status == "failed"}
    assert set(bad) == {"line 11", "line 41"} and "broken JSON" in bad["line 11"]
    assert sum(one.status == "added" for one in told) == 58
    again, _ = take(store, path)
    assert {one.status for one in again} == {"known", "failed"}


def test_a_line_without_end_and_an_open_quote_cost_themselves_only(tmp_path: Path) -> None:
    limits = Limits(page=64_000)
    rows = written("jsonl", records(30)).splitlines(keepends=True)
    path = tmp_path / "long.jsonl"
    path.write_bytes(b"".join(rows[:20]) + b'{"x": "' + b"y" * 300_000 + b'"}\n' + b"".join(rows[20:]))
    found = list(Walk(limits).file(str(path)))
    assert [(one.member, one.failed) for one in found if one.reason] == [("line 21", True)]
    assert b"".join(data(one) for one in found).count("新都第".encode()) == 30
    assert max(len(one.data) for one in found) < 20_000
    table = written("csv", records(30)).splitlines(keepends=True)
    path.write_bytes(b"".join(table) + b'"open,x,y\r\n' + b"z,\n" * 20_000)
    found = list(Walk(limits).file(str(path)))
    assert [one.failed for one in found if one.reason] == [True]
    assert b"".join(data(one) for one in found).count("新都第".encode()) == 30


def data(found: Found) -> bytes:
    """A piece without the sample in front of it."""
    return found.data[int(found.asked.get("sample", "0")) :]


def test_json_that_breaks_off_or_never_begins_a_record(tmp_path: Path) -> None:
    path = tmp_path / "cut.json"
    path.write_bytes(written("array", records(60))[:-30])
    told, _ = take(None, path)
    assert [one.status for one in told] == ["added"] * 59 + ["failed"]
    assert told[-1].member == "record 60" and "breaks off" in told[-1].error
    path.write_bytes(b"[" * 1_000_000)
    told, _ = take(None, path)
    assert [one.status for one in told] == ["skipped"]
    path.write_bytes(b'{"a": [' + b'{"b":' * 300_000)
    told, _ = take(None, path)
    assert [one.status for one in told] == ["failed"]


def test_data_without_articles_is_said_once(tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_bytes(b"a,b,c\n" + b"1,2,3\n" * 3000)
    told, said = take(None, path)
    assert [(one.status, one.member) for one in told] == [("skipped", "")] and not said
    assert "fields: a, b, c" in told[0].error and "--map" in told[0].error


def test_a_table_whose_first_row_is_longer_than_the_sample_is_read(store: Store, tmp_path: Path) -> None:
    rows = records(6)
    rows[0]["正文"] = TEXT * 200
    path = tmp_path / "long.csv"
    path.write_bytes(written("csv", rows))
    told, _ = take(store, path)
    assert [one.status for one in told] == ["added"] * 6


def test_prose_whose_first_lines_look_like_a_table_is_a_text(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "PIECE", 1 << 20)
    monkeypatch.setattr(pieces, "_SAMPLE", 1 << 16)
    lines = [f"姓名{n}, 新都, 二等奖" for n in range(300)]
    prose = [f"近日,新都区举行开学典礼,全校师生参加了升旗仪式,第{n}次。" for n in range(400)]
    path = tmp_path / "names.txt"
    path.write_text("\n".join(lines + prose), encoding="utf-8")
    told, _ = take(store, path)
    assert len(told) == 1 and told[0].status != "failed"


@pytest.mark.parametrize("more", range(6))
def test_a_table_is_known_wherever_its_beginning_is_cut(more: int) -> None:
    rows = records(3)
    rows[0]["正文"] = TEXT * 200
    text = written("csv", rows).decode()
    end = text.index("\n", 2000) + more
    assert layout_of(text[:end]) is not None
