"""The three standard streams, whatever the caller left of them."""

from __future__ import annotations

import io
import os
import sys


def prepare() -> None:
    """Make sure that all three are there and that nothing printed can fail for its characters.

    A closed one (`>&-`, some cron jobs and services) becomes the null device: otherwise the next file to be opened gets
    its number, and `print` sends what was meant for a missing stderr to stdout.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            # The lowest free number is what open gives, so this is `number` itself.
            os.open(os.devnull, os.O_RDONLY if number == 0 else os.O_WRONLY)
            os.set_inheritable(number, True)
        if getattr(sys, name) is None:
            stream = open(number, "r" if number == 0 else "w", encoding="utf-8", closefd=False)  # noqa: SIM115
            setattr(sys, name, stream)
    for printed in (sys.stdout, sys.stderr):
        if isinstance(printed, io.TextIOWrapper):
            printed.reconfigure(errors="replace")


def results_in_utf8() -> None:
    """Write stdout in UTF-8 from here on, whatever the locale: what programs read has one encoding."""
    stream = sys.stdout
    if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower().replace("-", "") != "utf8":
        stream.reconfigure(encoding="utf-8")


def abandon_results() -> None:
    """Nothing more can be written to stdout: let what Python still holds for it go nowhere at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
