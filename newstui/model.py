"""Frozen values that cross the borders between rooms.

Text in these values is already clean (`newstui.text.clean`) once it has left `sources` or the store: no control
characters, no BiDi overrides, no lone surrogates. Times are aware datetimes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from newstui.rows import Change as Change
from newstui.rows import Counts as Counts
from newstui.rows import Key as Key
from newstui.rows import MarkField as MarkField
from newstui.rows import Place as Place
from newstui.rows import Row as Row
from newstui.rows import View as View

BlockKind = Literal["paragraph", "heading", "item", "quote", "table", "image", "code", "rule"]
SourceKind = Literal["feed", "page", "archive"]
FetchStatus = Literal["ok", "unchanged", "failed", "gone", "skipped"]
ImportStatus = Literal["added", "known", "updated", "skipped", "failed"]
IngestStatus = Literal["added", "known", "updated"]


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink over the half-open range [start, end) of code points of its block's text."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Block:
    """One block of an article's body; `text` has no leading indent and no newline except in code."""

    kind: BlockKind
    text: str = ""
    level: int = 0
    """Heading 1–6; list nesting from 1; else 0."""
    marker: str = ""
    """For a list item: its bullet or number as shown, e.g. "•" or "3."."""
    url: str = ""
    """For an image: its absolute address; `text` is its caption or alternative text."""
    rows: tuple[tuple[str, ...], ...] = ()
    """For a table: cells by row."""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline that a page shows beside its article; never part of the body."""

    title: str
    url: str = ""
    group: str = ""
    """The block it stood in, e.g. 频道推荐."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that a feed attaches to an entry; `length` in bytes, 0 when not stated."""

    url: str
    media_type: str = ""
    length: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """Which page of a longer article a page is."""

    number: int
    """From 1; 0 when the page does not tell."""
    of: int
    """How many pages there are; 0 when the page does not tell."""
    pages: tuple[tuple[int, str], ...] = ()
    """Other pages by number, with their addresses as far as it links to them."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article as read from a feed or a page, before the cache knows it."""

    title: str
    url: str = ""
    """Its canonical absolute address; "" when it has none."""
    guid: str = ""
    """The feed's own id of it, as given; "" for pages."""
    byline: str = ""
    """来源: the paper it first stood in."""
    author: str = ""
    """Names, several separated by one space."""
    editor: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    captured: datetime | None = None
    """When an archive's copy of it was made; stands in for `published` where the page has no date."""
    summary: str = ""
    """Plain text of a feed's summary; "" when the body says it all."""
    blocks: tuple[Block, ...] = ()
    place: str = ""
    """A six-digit division code, or "tab:NAME" for a portal's own tab that is no division; "" when not known."""
    crumbs: tuple[str, ...] = ()
    """The page's breadcrumb without 正文, e.g. ("地方网", "四川", "成都市", "新都新闻")."""
    column: str = ""
    """栏目, or a feed's category terms joined by a space."""
    related: tuple[Headline, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    comments_url: str = ""
    part: Part | None = None
    """For one page of several; None for a whole article."""
    original: bytes = b""
    """The page's own bytes as UTF-8, kept so that a better extractor can be run again; b"" for feed entries."""
    original_zlib: bytes = field(default=b"", repr=False)
    """The same as zlib, in its place, once it has left the parser's process: that one has the time to compress."""

    @property
    def text(self) -> str:
        """The body as plain text, one block a line; the summary when there is no body."""
        return body_text(self.blocks, self.summary)


def block_text(block: Block) -> str:
    """The plain text of one block: table cells by tab and newline, an image as its caption."""
    if block.kind == "table":
        return "\n".join("\t".join(row) for row in block.rows)
    return block.text


def body_text(blocks: Iterable[Block], summary: str) -> str:
    """Plain text, one block a line; the summary when the blocks have none."""
    return "\n".join(map(block_text, blocks)) or summary


@dataclass(frozen=True, slots=True)
class Brought:
    """Marks that an article brings along from another reader; they only ever add to what its own reader made."""

    read: bool = False
    starred: bool = False
    tags: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A parsed feed document."""

    title: str
    site_url: str = ""
    format: str = ""
    """E.g. "rss20", "atom10", "json11", "rss10"."""
    subtitle: str = ""
    """What the feed says of itself, as plain text."""
    guid: str = ""
    author: str = ""
    updated: datetime | None = None
    articles: tuple[Article, ...] = ()
    notes: tuple[str, ...] = ()
    """What was wrong but survivable, in plain words."""


@dataclass(frozen=True, slots=True)
class Source:
    """A subscribed feed, page or archive, as the cache keeps it."""

    id: int
    url: str
    """http(s) URL, file: URL, absolute path, or "archive:SITE" for pages of SITE that were imported."""
    kind: SourceKind
    title: str
    site: str = ""
    place: str = ""
    """Default place of its articles, as in Article.place."""
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    added: datetime | None = None
    fetched: datetime | None = None
    """When it was last asked."""
    succeeded: datetime | None = None
    """When it last answered well (ok or unchanged)."""
    due: datetime | None = None
    """When it may be asked again; None means now."""
    error: str = ""
    """The last failure in plain words; after a success (`errors` is 0) what could not be read of an archive, or ""."""
    errors: int = 0
    """Failures in a row."""
    gone: bool = False
    unread: int = 0
    total: int = 0

    @property
    def fetchable(self) -> bool:
        """Whether asking it again can bring anything: not gone, and not the collected pages of an imported site."""
        return not self.gone and not self.url.startswith("archive:")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a fetch of one source leaves in its row, beside the articles."""

    status: FetchStatus
    at: datetime
    title: str = ""
    site: str = ""
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    error: str = ""
    http_status: int | None = None
    due: datetime | None = None
    moved_to: str = ""
    """The address a permanent redirect (301, 308) leads to; "" otherwise."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An article in the cache with its marks: what the reader and `show` need."""

    row: Row
    byline: str
    author: str
    editor: str
    district: str
    """Path by short names, e.g. 四川/成都/新都; the tab's name for a tab; "" when unplaced."""
    column: str
    summary: str
    blocks: tuple[Block, ...]
    related: tuple[Headline, ...]
    enclosures: tuple[Enclosure, ...]
    crumbs: tuple[str, ...]
    source_url: str
    source_title: str
    first_seen: datetime
    updated: datetime | None
    revisions: int
    """How many times its text has changed since it was first stored, and how many earlier ones archives had."""
    tags: tuple[str, ...] = ()
    note: str = ""
    captured: datetime | None = None
    """When the archive's copy was made that has this text; None for what comes from no archive that says so."""
    undated: bool = False
    """Whether its date is only that of its first copy."""

    @property
    def text(self) -> str:
        """The body as plain text, one block a line; the summary when there is no body."""
        return body_text(self.blocks, self.summary)


@dataclass(frozen=True, slots=True)
class Revision:
    """A text that an article had before."""

    replaced: datetime
    """When another text took its place, or when it was imported as the older one."""
    captured: datetime | None
    """When the archive's copy of it was made."""
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one article handed to the store."""

    status: IngestStatus
    id: str


@dataclass(frozen=True, slots=True)
class FetchOutcome:
    """What became of one source in a fetch."""

    source: str
    url: str
    status: FetchStatus
    added: int = 0
    updated: int = 0
    error: str = ""
    http_status: int | None = None
    bytes: int = 0
    """Bytes on the wire."""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What became of one file or member in an import."""

    path: str
    member: str
    """Path inside the container; "" for a plain file."""
    status: ImportStatus
    id: str = ""
    title: str = ""
    byline: str = ""
    source: str = ""
    published: datetime | None = None
    district: str = ""
    error: str = ""
    """For skipped and failed: the reason, in plain words."""
    text: str = field(default="", repr=False)
    """Body text; filled only in a dry run."""
    author: str = ""
    """Filled only in a dry run."""
    marks: Brought | None = None
    """What it brings from another reader; filled only in a dry run."""
    subscription: bool = False
    """It is no article but a subscription, whose address `source` is."""
    headlines: tuple[Headline, ...] = field(default=(), repr=False)
    """For skipped pages: the headlines that they show."""
