"""What every test stands on: a home of its own, no network beyond loopback, the outside corpora when they are here."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

_LOCAL = ("127.", "::1", "localhost")
_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "corpora"


class NetworkRefusedError(AssertionError):
    """A test tried to reach an address that is not loopback."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty NEWSTUI_HOME, so that no test sees or touches a person's own cache."""
    directory = tmp_path / "home"
    monkeypatch.setenv("NEWSTUI_HOME", str(directory))
    monkeypatch.delenv("NEWSTUI_ALLOW_PRIVATE", raising=False)
    return directory


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Connections leave this machine in no test; loopback and Unix sockets are allowed."""
    connect = socket.socket.connect
    connect_ex = socket.socket.connect_ex

    def check(address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if isinstance(host, str) and host and not host.startswith(_LOCAL):
            raise NetworkRefusedError(f"a test tried to connect to {address!r}")

    def guarded(self: socket.socket, address: tuple[str, int]) -> None:
        check(address)
        connect(self, address)

    def guarded_ex(self: socket.socket, address: tuple[str, int]) -> int:
        check(address)
        return connect_ex(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_ex)
    yield


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The directory of outside corpora: NEWSTUI_CORPORA, else one beside the checkout; skips without it.

    A NEWSTUI_CORPORA that does not exist fails: where it is set, conformance is meant to be checked.
    """
    named = os.environ.get("NEWSTUI_CORPORA", "")
    if named:
        path = Path(named)
        if not path.is_dir():
            pytest.fail(f"NEWSTUI_CORPORA={named} is not a directory")
        return path
    if _BESIDE.is_dir():
        return _BESIDE
    pytest.skip("no corpora here (set NEWSTUI_CORPORA)")


@pytest.fixture(scope="session")
def seed_page(corpora: Path) -> Path:
    """The portal page that the project began from."""
    path = corpora.parent / "seed" / "000_9c77ba25bb40ecf6.txt"
    if not path.is_file():
        pytest.fail(f"{path} is missing")
    return path
