"""Parser processes: work done, and what each kind of accident costs."""

from __future__ import annotations

import asyncio
import os
import time

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
