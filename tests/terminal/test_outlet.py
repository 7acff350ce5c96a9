"""The writer keeps order, never blocks whoever writes, and tells when a stalled line moves again."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import pytest

from newstui.terminal.outlet import Outlet

PATIENCE = 15.0


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    reading, writing = os.pipe()
    yield reading, writing
    for descriptor in (reading, writing):
        os.close(descriptor)


def _read_all(descriptor: int, size: int) -> bytes:
    data = b""
    while len(data) < size:
        data += os.read(descriptor, 1 << 16)
    return data


def test_everything_arrives_in_order(pipe: tuple[int, int]) -> None:
    outlet = Outlet(pipe[1], lambda: None)
    outlet.start()
    for number in range(1000):
        outlet.put(f"{number}新\n")
    expected = "".join(f"{number}新\n" for number in range(1000)).encode()
    assert _read_all(pipe[0], len(expected)) == expected
    outlet.stop()
    assert not outlet.is_alive()


def test_a_stalled_line_has_no_room_for_frames_until_all_is_written(pipe: tuple[int, int]) -> None:
    moving = threading.Event()
    outlet = Outlet(pipe[1], moving.set)
    outlet.start()
    assert outlet.has_room()
    outlet.put("x" * 500_000)  # more than the pipe takes
    assert not outlet.has_room()
    outlet.put("\x1b[?1049l")
    seen = _read_all(pipe[0], 200_000)
    assert not moving.is_set()
    assert _read_all(pipe[0], 500_008 - len(seen)).endswith(b"\x1b[?1049l")
    assert moving.wait(PATIENCE)
    assert outlet.has_room()
    outlet.put("after")
    assert _read_all(pipe[0], 5) == b"after"
    outlet.stop()


def test_stop_gives_up_on_a_line_that_stays_stalled(pipe: tuple[int, int]) -> None:
    outlet = Outlet(pipe[1], lambda: None)
    outlet.start()
    outlet.put("x" * (1 << 20))
    outlet.stop(patience=0.05)
    assert outlet.is_alive()
    _read_all(pipe[0], 1 << 20)
    outlet.join(PATIENCE)
    assert not outlet.is_alive()


def test_a_terminal_that_has_gone_swallows_the_rest() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    outlet = Outlet(writing, lambda: None)
    outlet.start()
    outlet.put("x")
    outlet.put("y")
    outlet.stop()
    assert not outlet.is_alive()
    os.close(writing)
