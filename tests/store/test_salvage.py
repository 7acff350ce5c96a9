"""Damaged caches: moved aside, never deleted, and what the reader made comes through."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import apsw
import pytest

from newstui.errors import DamagedCacheError
from newstui.model import View
from newstui.store import Store, open_store
from newstui.store.raw_pages import records
from tests.store.builders import NOW, article, new_store

STARRED = range(0, 300, 10)
BODY = "近日，市委召开会议。" * 400


def filled(folder: Path) -> Path:
    """A closed cache: 300 articles, 30 starred, 60 read, tags, notes, a tab, long texts."""
    with new_store(folder) as store:
        source = store.sources.add("https://news.example/feed.xml", "feed", "新都新闻", place="510114", at=NOW)
        batch = [article(n, text=f"{n} {BODY}", place="tab:导览" if n % 7 == 0 else "510114") for n in range(300)]
        store.articles.ingest(source.id, batch, at=NOW)
        rows = [row.key.row for row in store.views.window(View(), limit=300)]
        store.marks.set("starred", True, [rows[n] for n in STARRED], NOW)
        store.marks.set("read", True, rows[::5], NOW)
        store.marks.tag("留", rows[:3], NOW)
        store.marks.note("看过", rows[1:2], NOW)
        store.positions.put({row.id: (1, 3) for row in store.views.window(View(), limit=300)}, NOW)
        store.state.set("tab", "510114")
    return folder / "cache.db"


def treasure(store: Store) -> dict[str, object]:
    """What must never be lost."""
    starred = store.views.window(View(starred=True), limit=100)
    return {
        "starred": [(row.id, row.title, store.articles.get(row.id).text) for row in starred],
        "marks": store._database.rows("SELECT * FROM marks ORDER BY id"),
        "tags": store._database.rows("SELECT * FROM tags ORDER BY id"),
        "notes": store._database.rows("SELECT * FROM notes ORDER BY id"),
        "positions": store._database.rows("SELECT * FROM positions ORDER BY id"),
        "sources": [(source.id, source.url, source.title, source.place) for source in store.sources.all()],
        "tab": store.state.get("tab"),
    }


def garbage(seed: int, size: int) -> bytes:
    return random.Random(seed).randbytes(size)


def spoil_header(path: Path) -> None:
    with path.open("r+b") as handle:
        handle.write(garbage(1, 100))


def spoil_first_page(path: Path) -> None:
    with path.open("r+b") as handle:
        handle.write(garbage(2, 4096))


def spoil_root(path: Path, table: str) -> None:
    connection = apsw.Connection(str(path))
    root: Any = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchall()[0][0]
    connection.close()
    with path.open("r+b") as handle:
        handle.seek((root - 1) * 4096)
        handle.write(garbage(root, 4096))


def spoil_roots(path: Path) -> None:
    """The root pages of articles and of the list's index, so that the first reading fails."""
    spoil_root(path, "articles")
    spoil_root(path, "all_articles")


@pytest.mark.parametrize("spoil", [spoil_header, spoil_first_page, spoil_roots])
def test_everything_of_the_readers_comes_through(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    path = filled(tmp_path)
    with open_store(path, now=NOW) as store:
        before, rows = treasure(store), store.views.window(View(), limit=300)
    spoil(path)
    damaged = path.read_bytes()
    with open_store(path, now=NOW) as store:
        assert treasure(store) == before
        assert store.salvaged is not None
        assert store.salvaged.aside.name == "cache.db.corrupt-20261124-120000"
        assert store.salvaged.aside.read_bytes() == damaged
        assert (store.salvaged.sources, store.salvaged.starred, store.salvaged.read) == (1, 30, 60)
        assert "30 bookmarks" in store.salvaged.words
        assert store.health.check() == []
        assert store.views.window(View(), limit=300) == rows
        again = store.articles.ingest(
            1,
            [article(n, text=f"{n} {BODY}", place="tab:导览" if n % 7 == 0 else "510114") for n in range(300)],
            at=NOW,
        )
        assert {done.status for done in again} == {"known"}
    with open_store(path, now=NOW) as store:
        assert store.salvaged is None
        assert treasure(store) == before


def test_a_truncated_file_keeps_what_is_left(tmp_path: Path) -> None:
    path = filled(tmp_path)
    size = path.stat().st_size
    for share in (0.9, 0.5, 0.1, 0.01):
        folder = tmp_path / str(share)
        folder.mkdir()
        cut = folder / "cache.db"
        cut.write_bytes(path.read_bytes()[: int(size * share)])
        with open_store(cut, now=NOW) as store:
            assert store.salvaged is not None
            assert store.health.check() == []
            assert len(list(folder.glob("cache.db.corrupt-*[0-9]"))) == 1


@pytest.mark.parametrize("seed", range(25))
def test_flipped_pages_never_crash_and_lose_only_what_they_held(tmp_path: Path, seed: int) -> None:
    path = filled(tmp_path)
    rng = random.Random(seed)
    pages = path.stat().st_size // 4096
    with path.open("r+b") as handle:
        for _ in range(rng.randint(1, 6)):
            handle.seek(rng.randrange(pages) * 4096 + rng.choice([0, 0, 8, 1000]))
            handle.write(rng.randbytes(rng.choice([4, 64, 3000])))
    with open_store(path, now=NOW) as store:
        damaged = store.salvaged is not None
        try:
            for row in store.views.window(View(), limit=300):
                store.articles.by_row(row.key.row)
            treasure(store)
            store.marks.mark_all(View(), NOW)
        except DamagedCacheError:
            damaged = True
    with open_store(path, now=NOW) as store:
        if damaged:
            assert store.health.check() == []
        assert len(treasure(store)["marks"]) >= 20  # type: ignore[arg-type]  # a list


def test_damage_found_while_running_is_put_right_at_the_next_start(tmp_path: Path) -> None:
    path = filled(tmp_path)
    spoil_root(path, "bodies")
    with open_store(path, now=NOW) as store:
        assert store.salvaged is None
        row = store.views.window(View(), limit=1)[0]
        with pytest.raises(DamagedCacheError, match="start newstui again"):
            store.articles.by_row(row.key.row)
    with open_store(path, now=NOW) as store:
        assert store.salvaged is not None
        assert store.articles.get(row.id).text.endswith(BODY)
        assert store.health.check() == []


def test_a_false_alarm_changes_nothing(tmp_path: Path) -> None:
    path = filled(tmp_path)
    (tmp_path / "cache.db.damaged").touch()
    with open_store(path, now=NOW) as store:
        assert store.salvaged is None
    assert sorted(each.name for each in tmp_path.iterdir()) == ["cache.db"]


def test_marks_that_are_only_in_the_log_come_through(tmp_path: Path) -> None:
    path = filled(tmp_path)
    store = open_store(path, now=NOW)
    row = store.views.window(View(), limit=2)[1]
    store.marks.set("starred", True, [row.key.row], NOW)
    folder = tmp_path / "killed"
    folder.mkdir()
    for suffix in ("", "-wal"):
        (folder / f"cache.db{suffix}").write_bytes((tmp_path / f"cache.db{suffix}").read_bytes())
    store.close()
    killed = folder / "cache.db"
    spoil_first_page(killed)
    with open_store(killed, now=NOW) as store:
        assert store.salvaged is not None
        assert store.salvaged.starred == 31
        assert store.articles.get(row.id).row.starred
    assert {each.name.removeprefix("cache.db") for each in folder.iterdir()} >= {
        ".corrupt-20261124-120000",
        ".corrupt-20261124-120000-wal",
    }


def test_an_emptied_file_beside_a_live_log(tmp_path: Path) -> None:
    path = filled(tmp_path)
    store = open_store(path, now=NOW)
    store.marks.note("新写的", [store.views.window(View(), limit=1)[0].key.row], NOW)
    log = (tmp_path / "cache.db-wal").read_bytes()
    store.close()
    path.write_bytes(b"")
    (tmp_path / "cache.db-wal").write_bytes(log)
    with open_store(path, now=NOW) as store:
        assert store.salvaged is not None
        assert store.salvaged.notes >= 1


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_salvage_killed_on_its_way_is_finished_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    path = filled(tmp_path)
    with open_store(path, now=NOW) as store:
        before = treasure(store)
    spoil_roots(path)

    class KilledError(BaseException):
        pass

    def killed(*_: object) -> None:
        raise KilledError

    from newstui.store import salvage

    with monkeypatch.context() as patch:
        patch.setattr(salvage, {1: "settle", 2: "_move_aside", 3: "finish_salvage"}[step], killed)
        with pytest.raises(KilledError):
            open_store(path, now=NOW)
    with open_store(path, now=NOW) as store:
        assert treasure(store) == before
    assert len(list(tmp_path.glob("cache.db.corrupt-*[0-9]"))) == 1
    assert not list(tmp_path.glob("*.salvag*"))


def test_pages_read_what_sqlite_reads(tmp_path: Path) -> None:
    path = filled(tmp_path)
    connection = apsw.Connection(str(path))
    bodies: list[Any] = connection.execute("SELECT row, author, editor, topic, content FROM bodies").fetchall()
    marks: list[Any] = connection.execute("SELECT * FROM marks").fetchall()
    connection.close()
    found = list(records(path))
    by_row = {record.row: record.values for record in found if len(record.values) == 5 and record.row is not None}
    assert len(bodies) == 300
    assert all(by_row[row] == (None, *rest) for row, *rest in bodies)
    assert set(marks) <= {record.values for record in found if record.row is None}


@pytest.mark.parametrize("seed", range(10))
def test_pages_of_garbage_give_nothing_and_end(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "x"
    rng = random.Random(seed)
    data = bytearray(rng.randbytes(4096 * 8))
    for page in range(8):
        data[page * 4096 + (100 if page == 0 else 0)] = rng.choice([13, 10, 2])
    path.write_bytes(bytes(data))
    for record in records(path):
        assert isinstance(record.values, tuple)
