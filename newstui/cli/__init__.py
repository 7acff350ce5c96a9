"""argv to command: exit codes, broken pipes, interrupts; every command imports what it needs and no more.

Exit codes: 0 done, 1 some of it failed, 2 usage or configuration error, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from newstui.errors import NewstuiError


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code; expected failures are one line on stderr."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    try:
        code = _dispatch(argv)
        sys.stdout.flush()
        return code
    except NewstuiError as error:
        from newstui.text.clean import clean

        print(f"newstui: {clean(str(error))}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output went away (`newstui list | head`): not an error, and no more may be written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _dispatch(argv: Sequence[str]) -> int:
    if not argv:
        from newstui.cli.opening import open_app

        return open_app()
    from newstui.cli.parser import build_parser

    arguments = build_parser().parse_args(argv)
    handler = arguments.handler
    code: int = handler(arguments)
    return code
