"""Fixtures of the fetch room: a site on loopback and settings that allow it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from newstui.config import Settings
from tests.fetch.server import Site, serving

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """What proxies this machine uses is none of the tests' business."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def site() -> Iterator[Site]:
    """A server that serves nothing yet."""
    with serving() as served:
        yield served


@pytest.fixture
def settings(site: Site) -> Settings:
    """Settings that allow the site and wait a second at most."""
    return Settings(allow_private=(site.host,), timeout=1.0, feed_bytes=1 << 20)
