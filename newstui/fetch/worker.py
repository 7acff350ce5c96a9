"""The parser's own process: takes jobs on stdin, answers on stdout, one at a time, until stdin ends.

It is a process, not a thread, because what it reads is hostile: it may loop, exhaust memory or crash the C code of a
parser, and then only this process, and the source it was busy with, is lost.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from typing import BinaryIO

from newstui.errors import NewstuiError
from newstui.fetch.wire import HEAD, Message, unpack

Answer = Callable[[str, dict[str, str], bytes], Message]


def main(jobs: str, memory: int, seconds: int) -> None:
    """Serve jobs with `jobs`.answer, in at most `memory` bytes of address space and `seconds` a job."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us when it has finished
    for kind, limit in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):  # macOS knows no RLIMIT_AS
            resource.setrlimit(kind, (limit, limit))
    incoming, outgoing = _pipes()
    answer: Answer = import_module(jobs).answer
    while True:
        head = incoming.read(HEAD.size)
        if len(head) < HEAD.size:
            return
        length, rest = HEAD.unpack(head)
        message = unpack(incoming.read(length), incoming.read(rest))
        # The parent ends a job that takes too long; the alarm does so when the parent itself was killed.
        signal.alarm(seconds)
        reply, usable = _work(answer, message)
        signal.alarm(0)
        outgoing.write(reply.pack())
        outgoing.flush()
        if not usable:
            return


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """stdin and stdout as binary files; afterwards nothing a library prints can reach the answers."""
    outgoing = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), 1)
    return sys.stdin.buffer, outgoing


def _work(answer: Answer, message: Message) -> tuple[Message, bool]:
    """The reply to one job, and whether this process can go on."""
    kind, asked = message.value
    try:
        done = answer(kind, asked, message.blobs[0])
    except NewstuiError as error:
        return Message({"failed": str(error)}), True
    except MemoryError:
        return Message({"failed": "reading it needs too much memory", "leaving": True}), False
    except RecursionError:
        return Message({"failed": "it is nested too deeply"}), True
    except Exception as error:  # noqa: BLE001  # whatever a foreign file provokes costs that file only
        return Message({"failed": f"the parser failed on it ({_where(error)})"}), True
    return Message({"done": done.value}, done.blobs), True


def _where(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    name = type(error).__name__
    if trace is None:
        return name
    return f"{name} at {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"  # noqa: PTH119
