"""A cache and a feed in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newstui.model import Source
from newstui.store.facade import Store
from tests.store.builders import NOW, new_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty cache; what is left in it at the end is sound."""
    opened = new_store(tmp_path)
    yield opened
    assert opened.health.check() == []
    opened.close()


@pytest.fixture
def feed(store: Store) -> Source:
    """A subscribed feed."""
    return store.sources.add("https://news.example/feed.xml", "feed", "新都新闻", at=NOW)
