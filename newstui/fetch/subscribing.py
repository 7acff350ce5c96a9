"""From what a person gives (a feed's URL, a web page, a file, a folder) to what can be subscribed to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit

from newstui.config import Settings
from newstui.errors import NewstuiError, UsageError
from newstui.fetch.addresses import PrivateAddressError
from newstui.fetch.containers import Walk
from newstui.fetch.files import local_path, read_file
from newstui.fetch.http import Session
from newstui.fetch.interrupts import run
from newstui.fetch.locations import brief, locate
from newstui.fetch.pool import ParseError, ParserPool
from newstui.fetch.replies import FetchError, Reply
from newstui.fetch.wire import Message
from newstui.model import SourceKind
from newstui.text.clean import clean_line

__all__ = ["Candidate", "PrivateAddressError", "SeveralFeeds", "find_source"]

_RSSHUB: Final = "https://rsshub.app/"
_USUAL: Final = ("/feed", "/rss.xml", "/atom.xml", "/index.xml", "/feed.xml", "/rss")
"""Where sites that name no feed often have one all the same."""
_COMMENTS: Final = re.compile(r"comment|评论|留言", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that can be added as a source."""

    url: str
    kind: SourceKind
    title: str = ""
    site: str = ""


class SeveralFeeds(UsageError):
    """A web page names several feeds; the message lists them, `candidates` has them."""

    def __init__(self, address: str, candidates: Sequence[Candidate]) -> None:
        self.candidates = tuple(candidates)
        lines = "".join(f"\n  {one.url}" + (f"  {one.title}" if one.title else "") for one in candidates)
        super().__init__(f"{brief(address)} has several feeds; add the one you want:{lines}")


def find_source(
    address: str, settings: Settings, *, kind: SourceKind | None = None, allow_private: Sequence[str] = ()
) -> Candidate:
    """What `address` means as a source, asking the network where it has to.

    A URL or file that is a feed is itself; a web page gives the one feed it names (or has at a usual place); a folder
    or a file of pages is an archive. `kind` says what it is to be: a "page" is taken as one article at its own address.
    `allow_private` adds to the settings' "host:port" entries. Raises PrivateAddressError for an address that was not
    allowed, SeveralFeeds, UsageError when it cannot be a source, FetchError when it cannot be had.
    """
    address = address.strip()
    if not address:
        raise UsageError("give the address of a feed or web page, or the path of a file or folder")
    path = local_path(address)
    if path is not None and (address.lower().startswith("file:") or _exists(path)):
        return run(_local(address, path, settings, kind))
    if address.lower().startswith("rsshub://"):
        address = _RSSHUB + address[len("rsshub://") :].lstrip("/")
    elif path is not None:
        address = _with_scheme(address)
    locate(address)
    if kind == "archive":
        raise UsageError(f"{brief(address)}: an archive is a folder or file on this machine")
    settings = replace(settings, allow_private=(*settings.allow_private, *allow_private))
    return run(_remote(address, settings, kind))


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False


def _with_scheme(address: str) -> str:
    """An address as people write it, without http; raises UsageError when it looks like a missing file."""
    host = address.partition("/")[0]
    if "://" in address or address.startswith((".", "/", "~")) or "." not in host or " " in address:
        raise UsageError(f"{brief(address)}: there is no such file, and it is no http or https address")
    return f"https://{address}"


async def _local(address: str, path: str, settings: Settings, kind: SourceKind | None) -> Candidate:
    absolute = str(Path(path).absolute())
    url = address if address.lower().startswith("file:") else absolute
    name = Path(path).name
    if Path(path).is_dir() and kind in (None, "archive"):
        return Candidate(url, "archive", clean_line(name))
    first = next(iter(Walk().file(absolute)))
    if first.failed and not first.member:
        raise UsageError(f"{first.path}: {first.reason}")
    if kind == "archive":
        return Candidate(url, "archive", clean_line(name))
    async with ParserPool(size=1) as pool:
        try:
            reply = read_file(absolute, settings.feed_bytes)
            found = (await pool.run("find", {}, reply.body)).value
            if "feed" in found:
                title, site = found["feed"]
                return Candidate(url, "feed", title or clean_line(name), site)
        except (ParseError, FetchError) as error:
            if kind == "feed":
                raise UsageError(f"{first.path}: {error}") from error
            # Too large for a feed, or not one after all: it may still hold pages.
            found = {}
        if first.reason and not first.member:
            raise UsageError(f"{first.path}: {first.reason}; it cannot be a source")
        if kind == "page":
            return Candidate(url, "page", clean_line(name))
        if kind == "feed":
            raise UsageError(f"{first.path}: it is no feed")
        if found.get("kind") == "opml":
            raise UsageError(f"{first.path}: a list of subscriptions; take it in with `newstui opml import`")
    return Candidate(url, "archive", clean_line(name))


async def _remote(address: str, settings: Settings, kind: SourceKind | None) -> Candidate:
    session = Session(settings)
    try:
        async with ParserPool(size=1) as pool:
            if kind == "page":
                return await _page(address, settings, session, pool)
            return await _found(address, settings, session, pool)
    except FetchError as error:
        if isinstance(error.__cause__, PrivateAddressError):
            raise error.__cause__ from None
        raise
    finally:
        await session.close()


async def _page(address: str, settings: Settings, session: Session, pool: ParserPool) -> Candidate:
    reply = await _good(address, settings, session)
    try:
        found = await pool.run("page", {"url": reply.url, "content_type": reply.content_type}, reply.body)
    except ParseError as error:
        raise UsageError(f"{brief(address)}: {error}") from error
    return Candidate(reply.moved_to or address, "page", found.value["articles"][0][0])


async def _good(address: str, settings: Settings, session: Session) -> Reply:
    reply = await session.get(address, limit=settings.feed_bytes)
    if reply.status not in (200, 203):
        raise FetchError(f"{brief(address)}: the server answered {reply.status}", http_status=reply.status)
    return reply


async def _found(address: str, settings: Settings, session: Session, pool: ParserPool) -> Candidate:
    reply = await _good(address, settings, session)
    try:
        value = (await _look(reply, pool)).value
    except ParseError as error:
        raise FetchError(f"{brief(address)}: {error}") from error
    if "feed" in value:
        return Candidate(reply.moved_to or address, "feed", *value["feed"])
    named = [Candidate(url, "feed", title) for title, url in value.get("links", ())]
    chosen = [one for one in named if not _COMMENTS.search(one.title) and not _COMMENTS.search(urlsplit(one.url).path)]
    candidates = chosen or named
    if len(candidates) > 1:
        raise SeveralFeeds(address, candidates)
    usual = [Candidate(urljoin(reply.url, path), "feed") for path in _USUAL]
    tried: set[str] = set()
    for candidate in candidates or usual:
        # Sites answer unknown paths with their front page: the same address again is no news.
        found = await _feed_at(candidate, settings, session, pool, tried)
        if found is not None:
            return found
    if candidates:
        raise FetchError(f"{brief(address)} names the feed {candidates[0].url}, but that is no feed")
    raise UsageError(f"{brief(address)} is no feed and names none; if you know the feed's own address, add that")


async def _feed_at(
    candidate: Candidate, settings: Settings, session: Session, pool: ParserPool, tried: set[str]
) -> Candidate | None:
    try:
        reply = await session.get(candidate.url, limit=settings.feed_bytes)
        if reply.status not in (200, 203) or reply.url in tried:
            return None
        tried.add(reply.url)
        value = (await _look(reply, pool)).value
    except NewstuiError:
        return None
    if "feed" not in value:
        return None
    title, site = value["feed"]
    return Candidate(reply.moved_to or candidate.url, "feed", title or candidate.title, site)


async def _look(reply: Reply, pool: ParserPool) -> Message:
    return await pool.run("find", {"url": reply.url, "content_type": reply.content_type}, reply.body)
