"""The command line's grammar; handlers are imported only when their command runs."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from typing import TypeAlias

from newstui import __version__

Handler = Callable[[argparse.Namespace], int]

_EPILOG = """\
exit codes: 0 done; 1 some of it failed (named on stderr and in the JSON); 2 usage or configuration error;
130 interrupted. Results go to stdout, narration to stderr; --json prints one object a line.
Without a command, newstui opens the app; with no terminal on stdout it prints the newest headlines.
NEWSTUI_HOME=DIR keeps config.toml and cache.db under DIR. NEWSTUI_LINEAR=1 is --linear on every terminal.
"""


def build_parser() -> argparse.ArgumentParser:
    """The whole grammar, also what shell completion is made from."""
    parser = argparse.ArgumentParser(
        prog="newstui",
        description="An offline-first terminal reader for local Chinese news.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"newstui {__version__}")
    parser.add_argument(
        "--linear",
        action="store_true",
        help="open the program one plain line at a time: for braille displays, screen readers, tiny terminals",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_sources(commands)
    _add_getting(commands)
    _add_reading(commands)
    _add_marks(commands)
    _add_upkeep(commands)
    return parser


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _command(commands: Commands, name: str, handler: str, summary: str) -> argparse.ArgumentParser:
    module, function = handler.split(":")

    def handle(arguments: argparse.Namespace) -> int:
        run: Handler = getattr(import_module(f"newstui.cli.{module}"), function)
        return run(arguments)

    said = f"{summary[0].upper()}{summary[1:]}."
    command = commands.add_parser(name, help=summary, description=said, allow_abbrev=False)
    command.set_defaults(handler=handle)
    return command


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="one JSON object a line on stdout")


def _add_sources(commands: Commands) -> None:
    add = _command(commands, "add", "sourcing:add", "subscribe to a feed: its URL, a page that names it, or a file")
    add.add_argument("address", metavar="URL|PATH", help="http(s) URL, file: URL or path")
    add.add_argument("--district", metavar="D", default="", help="default district of its articles, e.g. 新都")
    add.add_argument("--title", metavar="T", default="", help="name to show for it")
    add.add_argument("--kind", choices=["feed", "page", "archive"], help="what it is (default: found out)")
    add.add_argument("--allow-private", action="store_true", help="allow a private or loopback address")
    _json(add)
    remove = _command(commands, "remove", "sourcing:remove", "unsubscribe; starred articles and all marks stay")
    remove.add_argument("source", metavar="SOURCE", help="number, URL or title from `newstui sources`")
    sources = _command(commands, "sources", "sourcing:show_sources", "list subscriptions and how they fare")
    _json(sources)
    opml = _command(commands, "opml", "sourcing:opml", "take in or write out a subscription list")
    # Commands of their own: argparse gives up on two positional arguments with an option between them.
    actions = opml.add_subparsers(title="actions", dest="action", metavar="import|export", required=True)
    for name, summary in (("import", "take a list in"), ("export", "write the list out")):
        action = actions.add_parser(name, help=summary)
        action.add_argument(
            "path", nargs="?", default="-", metavar="PATH", help="file, or - for stdin/stdout (default)"
        )
        _json(action)


def _add_getting(commands: Commands) -> None:
    fetch = _command(commands, "fetch", "getting:fetch", "fetch the sources that are due")
    fetch.add_argument("source", nargs="*", metavar="SOURCE", help="only these (number, URL or title)")
    fetch.add_argument("--all", action="store_true", help="all sources, due or not")
    fetch.add_argument("--progress", choices=["auto", "json", "none"], default="auto", help="how to show progress")
    _json(fetch)
    pictures = _command(commands, "pictures", "getting:pictures", "fetch the pictures of articles for reading offline")
    pictures.add_argument("id", nargs="+", metavar="ID", help="its id, or the beginning of it")
    _json(pictures)
    imports = _command(commands, "import", "getting:import_archives", "read archive files and folders into the cache")
    imports.add_argument("path", nargs="*", metavar="PATH", help="file, folder or ZIP; - for stdin")
    imports.add_argument("--starter", action="store_true", help="the starter library that comes with newstui")
    imports.add_argument("--district", metavar="D", default="", help="district of pages that do not name their own")
    imports.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="NAME=FIELD",
        help="in dumps: which field is title, body … (repeatable)",
    )
    imports.add_argument("--watch", action="store_true", help="follow it: each later fetch takes in what is new there")
    imports.add_argument("--dry-run", action="store_true", help="store nothing, show what would be stored")
    imports.add_argument("--progress", choices=["auto", "json", "none"], default="auto", help="how to show progress")
    _json(imports)


def _add_filters(command: argparse.ArgumentParser, limit: int) -> None:
    command.add_argument("--district", metavar="D", default="", help="only this district and what lies under it")
    command.add_argument("--unread", action="store_true", help="only unread")
    command.add_argument("--starred", action="store_true", help="only starred")
    command.add_argument("--since", metavar="DATE", default="", help="2016-03-01, 昨天, 3d, 12h …")
    command.add_argument("--limit", metavar="N", type=_positive, default=limit, help=f"at most N (default {limit})")


def _positive(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to 999999999")
    return number


def _add_reading(commands: Commands) -> None:
    listing = _command(commands, "list", "reading:list_articles", "list articles, newest first")
    _add_filters(listing, 50)
    _json(listing)
    show = _command(commands, "show", "reading:show", "print one article")
    show.add_argument("id", metavar="ID", help="its id, or the beginning of it")
    form = show.add_mutually_exclusive_group()
    _json(show)
    form.add_argument("--format", choices=["text", "markdown", "html"], default="text")
    show.add_argument("--revisions", action="store_true", help="the texts that it had before, oldest first")
    search = _command(commands, "search", "reading:search_articles", "find text in titles, bylines and bodies")
    search.add_argument("query", metavar="QUERY")
    _add_filters(search, 50)
    _json(search)
    districts = _command(commands, "districts", "reading:districts", "list districts that have articles, with counts")
    _json(districts)
    export = _command(commands, "export", "exporting:export", "write articles out with their marks")
    export.add_argument("id", nargs="*", metavar="ID")
    export.add_argument("--starred", action="store_true")
    export.add_argument("--query", metavar="Q")
    export.add_argument("--all", action="store_true", help="everything, subscriptions without articles too")
    export.add_argument("--format", choices=["jsonl"], default="jsonl")
    export.add_argument("-o", "--output", metavar="PATH", default="-", help="file (default: stdout)")


def _add_marks(commands: Commands) -> None:
    mark = _command(commands, "mark", "marking:mark", "set read marks, stars, tags and notes")
    mark.add_argument("id", nargs="*", metavar="ID")
    mark.add_argument("--query", metavar="Q", help="every article that contains Q")
    mark.add_argument("--all", action="store_true", help="every article")
    read = mark.add_mutually_exclusive_group()
    read.add_argument("--read", action="store_true")
    read.add_argument("--unread", action="store_true")
    star = mark.add_mutually_exclusive_group()
    star.add_argument("--star", action="store_true")
    star.add_argument("--unstar", action="store_true")
    mark.add_argument("--tag", action="append", default=[], metavar="T", help="add a tag (repeatable)")
    mark.add_argument("--untag", action="append", default=[], metavar="T", help="remove a tag (repeatable)")
    mark.add_argument("--note", metavar="TEXT", help='set the note ("" removes it)')
    _json(mark)


def _add_upkeep(commands: Commands) -> None:
    prune = _command(commands, "prune", "upkeep:prune", "remove old articles that are read and carry no mark of yours")
    prune.add_argument("--older-than", metavar="AGE", default="", help="e.g. 90d or 2025-01-01 (default: config)")
    prune.add_argument("--dry-run", action="store_true", help="only count")
    _json(prune)
    again = _command(
        commands, "reprocess", "reprocessing:reprocess", "read the kept pages again with a newer extractor"
    )
    again.add_argument("--source", metavar="SOURCE", default="", help="only of this source (number, URL or title)")
    again.add_argument("--query", metavar="Q", help="only articles that contain Q")
    again.add_argument("--dry-run", action="store_true", help="only say what would be read again")
    again.add_argument("--progress", choices=["auto", "json", "none"], default="auto", help="how to show progress")
    _json(again)
    doctor = _command(commands, "doctor", "upkeep:doctor", "check cache, configuration and terminal; say what to do")
    doctor.add_argument("--repair", action="store_true", help="put right what can be without losing anything")
    _json(doctor)
    completion = _command(commands, "completion", "upkeep:completion", "print a completion script for your shell")
    completion.add_argument("shell", choices=["bash", "zsh", "tcsh"])
