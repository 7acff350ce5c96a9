"""Every hot query walks an index in the order of the list: no scan, no sort. With statistics and without."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import apsw
import pytest

from bench.build_cache import build
from newstui.model import Key, View
from newstui.store import Store, open_store
from newstui.store.glance import glance
from tests.store.builders import NOW, article
from tests.store.test_views import VIEWS

PLAIN = [view for view in VIEWS if not view.query]


class Watched:
    """The statements that a store runs, as SQLite tells them, with their plans and how many rows they stepped over."""

    def __init__(self, store: Store) -> None:
        self._connection = store._database.connection
        self.statements: dict[str, int] = {}

    def __enter__(self) -> Watched:
        def tell(trace: dict[str, Any]) -> None:
            self.statements[trace["sql"]] = max(
                self.statements.get(trace["sql"], 0), trace["stmt_status"]["SQLITE_STMTSTATUS_VM_STEP"]
            )

        self._connection.trace_v2(apsw.SQLITE_TRACE_PROFILE, tell)
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.trace_v2(0, None)

    def plans(self) -> list[tuple[str, str]]:
        """(statement, step of its plan)."""
        found = []
        for sql in self.statements:
            if sql.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE", "INSERT")):
                named = [int(number) for number in re.findall(r"\?(\d)", sql)]
                nothing = (None,) * (max(named) if named else sql.count("?"))
                for _, _, _, detail in self._connection.execute(f"EXPLAIN QUERY PLAN {sql}", nothing):
                    found.append((sql, str(detail)))
        return found


@pytest.fixture(scope="module", params=["no statistics", "analysed"])
def big(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A cache of 20,000 articles."""
    path = tmp_path_factory.mktemp("big") / "cache.db"
    build(20_000, path)
    if request.param == "analysed":
        connection = apsw.Connection(str(path))
        connection.execute("ANALYZE")
        connection.close()
    store = open_store(path, now=NOW)
    yield store
    store.close()


def hot(view: View, middle: Key) -> dict[str, Callable[[Store], object]]:
    """What the app asks for while a person reads."""
    return {
        "first": lambda store: store.views.window(view, limit=30),
        "next": lambda store: store.views.window(view, after=middle, limit=30),
        "back": lambda store: store.views.window(view, after=middle, limit=30, backwards=True),
        "last": lambda store: store.views.window(view, limit=30, backwards=True),
        "unread": lambda store: store.views.next_unread(view, middle),
        "unread before": lambda store: store.views.previous_unread(view, middle),
    }


@pytest.mark.parametrize("view", PLAIN, ids=str)
def test_no_hot_query_scans_or_sorts(big: Store, view: View) -> None:
    middle = big.views.window(View(), limit=1, skip=10_000)[0].key
    for ask in hot(view, middle).values():
        with Watched(big) as watched:
            ask(big)
        plans = watched.plans()
        assert plans
        for sql, step in plans:
            assert "TEMP B-TREE" not in step, (sql, step)
            # A walk from one end of an index that stops at its limit; a star in a place is sought among the stars.
            walk = re.match(r"SCAN a USING (COVERING )?INDEX all_", step) is not None and "LIMIT" in sql
            assert not step.startswith("SCAN") or walk or step == "SCAN shown", (sql, step)


@pytest.mark.parametrize("view", [view for view in PLAIN if view != View(source=1, place="510114")], ids=str)
def test_a_window_reads_only_the_rows_it_shows(big: Store, view: View) -> None:
    middle = big.views.window(View(), limit=1, skip=10_000)[0].key
    for name, ask in hot(view, middle).items():
        with Watched(big) as watched:
            ask(big)
        steps = sum(watched.statements.values())
        # About 60 steps of SQLite's machine for a row; views that filter a rare star may look at some more.
        assert steps < 4_000 + (20_000 if view.starred else 0), (name, steps)


def test_marks_and_looks_use_keys(big: Store) -> None:
    row = big.views.window(View(), limit=1)[0]
    with Watched(big) as watched:
        change = big.marks.set("starred", not row.starred, [row.key.row], NOW)
        big.marks.undo(change, NOW)
        big.articles.get(row.id)
        big.views.refresh([row])
        big.views.count(View())
        big.views.count(View(place="510100", unread=True))
        big.places.totals()
        big.sources.get(1)
        big.articles.ingest(1, [article(5_000_000)], at=NOW)
    for sql, step in watched.plans():
        # carray is the list of rows that was handed over; the rest must be a search.
        assert not step.startswith("SCAN") or "VIRTUAL TABLE" in step or step == "SCAN CONSTANT ROW", (sql, step)
        assert "TEMP B-TREE" not in step, (sql, step)
    assert sum(watched.statements.values()) < 8_000


def test_plans_do_not_grow_with_the_cache(tmp_path: Path) -> None:
    steps = {}
    for size in (1_000, 30_000):
        path = tmp_path / f"{size}.db"
        build(size, path)
        with open_store(path, now=NOW) as store, Watched(store) as watched:
            for view in (
                View(),
                View(unread=True),
                View(place="510100"),
                View(place="510112", unread=True),
                View(source=3),
            ):
                store.views.window(view, limit=20)
                store.views.count(view)
                store.views.next_unread(view, None)
            store.places.tabs()
            steps[size] = sum(watched.statements.values())
    assert steps[30_000] < steps[1_000] * 1.2


def test_counts_of_a_built_cache_are_right(big: Store) -> None:
    assert big.health.check() == []
    assert big.places.totals().total >= 20_000
    seen = glance(big.path, limit=10)
    assert seen is not None
    assert len(seen.rows) == 10
