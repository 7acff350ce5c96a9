"""Parser processes: work done, and what each kind of accident costs."""

from __future__ import annotations

import asyncio
import os
import time
from collections import Counter

import pytest

from newstui.fetch.pool import ParseError, ParserPool


def bad_pool(**settings: float) -> ParserPool:
    """Two processes that misbehave when asked to."""
    return ParserPool(size=2, jobs="tests.fetch.bad_jobs", seconds=settings.get("seconds", 10.0), memory=256 << 20)


async def test_work_is_done_side_by_side_and_processes_are_used_again() -> None:
    async with bad_pool() as pool:
        data = bytes(range(256)) * 20_000
        replies = await asyncio.gather(*(pool.run("echo", {"n": str(n)}, data) for n in range(20)))
    assert [reply.value["said"] for reply in replies] == [{"n": str(n)} for n in range(20)]
    assert all(reply.blobs == (data,) for reply in replies)
    assert len({reply.value["pid"] for reply in replies}) == 2


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("fail", "it is no good"),
        ("bug", r"ZeroDivisionError at bad_jobs\.py:\d+"),
        ("deep", "nested too deeply"),
        ("crash", r"crash \(signal 11\)"),
        ("exit", r"crash \(exit status 3\)"),
        ("bomb", "too much memory"),
    ],
)
async def test_an_accident_costs_its_own_job_only(kind: str, words: str) -> None:
    async with bad_pool() as pool:
        for _ in range(3):
            with pytest.raises(ParseError, match=words):
                await pool.run(kind, {}, b"")
            assert (await pool.run("echo", {}, b"still here")).blobs == (b"still here",)


async def test_a_loop_is_ended_by_the_clock() -> None:
    async with bad_pool(seconds=0.5) as pool:
        await pool.run("echo", {}, b"")
        started = time.monotonic()
        with pytest.raises(ParseError, match=r"more than 0\.5 s"):
            await pool.run("loop", {}, b"")
        assert time.monotonic() - started < 3
        assert (await pool.run("echo", {}, b"on")).blobs == (b"on",)


async def test_what_a_library_prints_does_not_reach_the_answers() -> None:
    async with bad_pool() as pool:
        assert (await pool.run("chatter", {}, b"")).value == "quiet"


async def test_no_process_outlives_the_pool() -> None:
    async with bad_pool(seconds=30) as pool:
        number = (await pool.run("echo", {}, b"")).value["pid"]
        busy = asyncio.create_task(pool.run("loop", {}, b""))
        await asyncio.sleep(0)
        busy.cancel()
        with pytest.raises(asyncio.CancelledError):
            await busy
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


async def test_a_job_that_does_not_exist_is_a_bug_told() -> None:
    async with ParserPool(size=1) as pool:
        with pytest.raises(ParseError, match="ValueError"):
            await pool.run("nonsense", {}, b"")


async def test_jobs_handed_out_ahead_of_time_outlive_a_process_that_dies_or_is_ended() -> None:
    async with bad_pool(seconds=0.5) as pool:
        kinds = ["echo", "crash", "echo", "echo", "loop", "echo", "bomb", "echo", "exit", "echo"] * 2
        replies = await asyncio.gather(*(pool.run(kind, {}, b"x") for kind in kinds), return_exceptions=True)
    good = [not isinstance(reply, BaseException) for reply in replies]
    assert good == [kind == "echo" for kind in kinds]
    assert all(isinstance(reply, ParseError) for reply in replies if isinstance(reply, BaseException))


async def test_a_process_has_its_next_jobs_while_we_are_busy() -> None:
    async with bad_pool() as pool:
        await asyncio.gather(*(pool.run("echo", {}, b"") for _ in range(8)))
        jobs = [asyncio.create_task(pool.run("note", {}, b"")) for _ in range(20)]
        await asyncio.sleep(0)
        time.sleep(0.5)  # our side stores something
        replies = await asyncio.gather(*jobs)
        assert time.monotonic() - max(float(reply.value) for reply in replies) > 0.1


async def test_processes_are_replaced_before_what_they_leak_adds_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newstui.fetch.pool._JOBS_EACH", 5)
    async with bad_pool() as pool:
        replies = await asyncio.gather(*(pool.run("echo", {}, b"") for _ in range(30)))
    counts = Counter(reply.value["pid"] for reply in replies)
    assert max(counts.values()) <= 5


async def test_jobs_that_nobody_waits_for_any_more_hold_nobody_up() -> None:
    async with bad_pool() as pool:
        await pool.run("echo", {}, b"")
        unwanted = [asyncio.create_task(pool.run("loop", {}, b"")) for _ in range(100)]
        await asyncio.sleep(0)
        for task in unwanted:
            task.cancel()
        await asyncio.gather(*unwanted, return_exceptions=True)
        assert (await pool.run("echo", {}, b"on")).blobs == (b"on",)
