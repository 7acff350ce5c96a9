"""A parser's process that does what hostile files make real parsers do."""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import Any

from newstui.errors import NewstuiError
from newstui.fetch.wire import Message


def answer(kind: str, asked: dict[str, str], data: bytes) -> Message:
    """Misbehave as `kind` says; "echo" behaves."""
    match kind:
        case "echo":
            return Message({"said": asked, "pid": os.getpid()}, (data,))
        case "note":
            return Message(str(time.monotonic()))
        case "fail":
            raise NewstuiError("it is no good")
        case "bug":
            raise ZeroDivisionError
        case "deep":
            return _deeper(0)
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "exit":
            os._exit(3)
        case "loop":
            while True:
                time.sleep(0.01)
        case "bomb":
            held: list[Any] = []
            while True:
                held.append(bytearray(32 << 20))
        case "chatter":
            print("not a frame " * 1000, flush=True)
            sys.stderr.write("noise")
            return Message("quiet")
    return Message(None)


def _deeper(level: int) -> Message:
    return _deeper(level + 1)
