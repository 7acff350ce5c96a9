"""One feed as it stood at 24 successive polls, through the real fetcher: nothing doubled, lost or stale."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from newstui.config import Settings
from newstui.fetch.fetching import fetch_sources
from newstui.fetch.importing import import_paths
from newstui.model import FetchOutcome, ImportOutcome, View
from newstui.sources.feeds import parse_feed
from newstui.store import Store, open_store
from tests.fetch.server import Site, serving

pytestmark = pytest.mark.corpora

START = datetime(2024, 9, 22, 6, 0, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    """A server that serves nothing yet."""
    with serving() as served:
        yield served


@pytest.fixture
def polls(corpora: Path) -> list[bytes]:
    """The feed's bytes in order."""
    folder = corpora / "cnfeeds" / "poll-series" / "ifengculture"
    return [path.read_bytes() for path in sorted(folder.glob("*.xml"))]


def _replay(
    store: Store, site: Site, polls: list[bytes], start: datetime, *, reading: bool = True
) -> list[FetchOutcome]:
    settings = Settings(allow_private=(site.host,))
    told: list[FetchOutcome] = []
    for number, body in enumerate(polls):
        site.serve("/feed", body, kind="application/atom+xml", zipped=number % 2 == 1)
        now = start + timedelta(hours=12 * number)
        fetch_sources(store, store.sources.all(), settings, now=partial(_same, now), report=told.append)
        if reading and number == len(polls) // 2:
            # A reader in the middle of it: everything so far read, every third starred.
            rows = [row.key.row for row in store.views.window(View(), limit=1000)]
            store.marks.set("read", True, rows, now)
            store.marks.set("starred", True, rows[::3], now)
    return told


def _same(moment: datetime) -> datetime:
    return moment


def _state(store: Store) -> dict[str, tuple[object, ...]]:
    found: dict[str, tuple[object, ...]] = {}
    for row in store.views.window(View(), limit=1000):
        stored = store.articles.by_row(row.key.row)
        assert stored is not None
        found[row.id] = (row.title, stored.text, row.url, row.read, row.starred, stored.revisions, row.published)
    return found


def test_polls_in_order_end_with_forty_articles_newest_text_and_every_mark(
    tmp_path: Path, site: Site, polls: list[bytes]
) -> None:
    assert len(polls) == 24
    newest = {article.url: article for body in polls for article in parse_feed(body).articles}
    with open_store(tmp_path / "cache.db", now=START) as store:
        store.sources.add(site.url("/feed"), "feed", at=START)
        told = _replay(store, site, polls, START)
        assert {one.status for one in told} <= {"ok", "unchanged"}
        assert sum(one.added for one in told) == 40
        first = _state(store)
        assert len(first) == 40
        texts = {state[2]: state[1] for state in first.values()}
        assert texts == {url: article.text for url, article in newest.items()}
        marked = {ref for ref, state in first.items() if state[3]}
        early = {article.url for body in polls[: len(polls) // 2 + 1] for article in parse_feed(body).articles}
        assert {first[ref][2] for ref in marked} == early
        assert sum(bool(state[4]) for state in first.values()) == -(-len(early) // 3)

        # Polling on when nothing changes: no bytes, no change.
        quiet = _replay(store, site, [polls[-1]] * 2, START + timedelta(days=30))
        assert [(one.status, one.added, one.updated) for one in quiet][-1] == ("unchanged", 0, 0)


def test_a_second_replay_changes_nothing(tmp_path: Path, site: Site, polls: list[bytes]) -> None:
    with open_store(tmp_path / "cache.db", now=START) as store:
        store.sources.add(site.url("/feed"), "feed", at=START)
        _replay(store, site, polls, START)
        before = _state(store)
        again = _replay(store, site, polls, START + timedelta(days=30), reading=False)
        assert sum(one.added + one.updated for one in again) == 0
        assert _state(store) == before


def test_a_folder_of_the_polls_ends_the_same(tmp_path: Path, corpora: Path, polls: list[bytes]) -> None:
    newest = {article.url: article for body in polls for article in parse_feed(body).articles}
    folder = corpora / "cnfeeds" / "poll-series" / "ifengculture"
    told: list[ImportOutcome] = []
    with open_store(tmp_path / "cache.db", now=START) as store:
        import_paths(store, sorted(folder.glob("*.xml")), now=lambda: START, report=told.append)
        first = _state(store)
        assert len(told) == 551
        assert sum(one.status == "added" for one in told) == len(first) == 40
        assert {state[2]: state[1] for state in first.values()} == {url: new.text for url, new in newest.items()}
        import_paths(store, [folder], now=lambda: START, report=told.append)
        assert _state(store) == first
