"""argv to command: exit codes, broken pipes, interrupts; every command imports what it needs and no more.

Exit codes: 0 done, 1 some of it failed, 2 usage or configuration error, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from newstui.cli.streams import abandon_results, prepare
from newstui.errors import NewstuiError


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code; expected failures are one line on stderr."""
    prepare()
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
        abandon_results()
        return 0
    except OSError as error:
        from newstui.text.clean import clean_line

        # A full disk under stdout, a folder that vanished: the machine's doing, told in its own words.
        abandon_results()
        where = os.fsdecode(error.filename) if error.filename else "the output"
        print(f"newstui: {clean_line(where)}: {error.strerror or error}", file=sys.stderr)
        return 1


def _dispatch(argv: Sequence[str]) -> int:
    if not argv or list(argv) == ["--linear"]:
        from newstui.cli.opening import open_app

        return open_app(linear=bool(argv))
    from newstui.cli.parser import build_parser

    arguments = build_parser().parse_args(argv)
    handler = arguments.handler
    code: int = handler(arguments)
    return code
