"""The process: runs the command line and turns its ending into an exit code."""

from __future__ import annotations

import sys


def run() -> None:
    """Entry point of the `newstui` command."""
    from newstui.cli import main

    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    run()
