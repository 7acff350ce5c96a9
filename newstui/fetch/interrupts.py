"""Runs the fetcher's loop so that Ctrl-C, SIGTERM and a lost terminal end it in order."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import threading
from collections.abc import Coroutine, Iterator
from typing import Any, Final, TypeVar

_ENDING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run `work` to its end; a signal to end cancels it, lets it clean up, and raises KeyboardInterrupt."""
    with asyncio.Runner() as runner:
        return runner.run(_interruptible(work))


async def _interruptible(work: Coroutine[Any, Any, T]) -> T:
    task = asyncio.ensure_future(work)
    asked: list[signal.Signals] = []
    with _handling(task, asked):
        try:
            return await task
        except asyncio.CancelledError:
            if asked:
                raise KeyboardInterrupt from None
            raise


@contextlib.contextmanager
def _handling(task: asyncio.Future[Any], asked: list[signal.Signals]) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()

    def end(number: signal.Signals) -> None:
        asked.append(number)
        task.cancel()

    before = {number: signal.getsignal(number) for number in _ENDING}
    for number in _ENDING:
        # nohup and background jobs ignore some of them on purpose.
        if before[number] is not signal.SIG_IGN:
            loop.add_signal_handler(number, end, number)
    try:
        yield
    finally:
        for number, handler in before.items():
            loop.remove_signal_handler(number)
            if handler is not None:
                signal.signal(number, handler)
