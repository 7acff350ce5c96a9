"""Many subscriptions at once."""

from __future__ import annotations

from datetime import timedelta

import apsw

from newstui.model import Fetched, Source
from newstui.store.facade import Store
from newstui.store.sources import New
from tests.store.builders import NOW


def test_a_list_of_a_thousand_is_one_transaction(store: Store) -> None:
    store.sources.remove(store.sources.add("https://n.example/7", "feed", "旧名", at=NOW).id)
    commits = 0

    def count() -> bool:
        nonlocal commits
        commits += 1
        return False

    connection: apsw.Connection = store._database.connection
    connection.set_commit_hook(count)
    store.sources.add_all([New(f"https://n.example/{n}", "feed", f"源 {n}\n") for n in range(1000)], at=NOW)
    connection.set_commit_hook(None)
    assert commits == 1
    assert len(store.sources.all()) == 1000
    back = store.sources.by_url("https://n.example/7")
    assert back is not None and (back.id, back.title) == (1, "源 7")


def test_a_clock_that_was_ahead_does_not_put_a_source_off_for_years(store: Store, feed: Source) -> None:
    ahead = NOW + timedelta(days=4000)
    store.sources.record(feed.id, Fetched("failed", ahead, error="x", due=ahead + timedelta(hours=1)))
    assert [source.id for source in store.sources.due(NOW)] == [feed.id]
    store.sources.record(feed.id, Fetched("failed", NOW, error="x", due=NOW + timedelta(days=7)))
    assert store.sources.due(NOW) == []
