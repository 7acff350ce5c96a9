"""Mails, MHTML pages and mailboxes: their parts read under limits; pictures and styles belong to the page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Final

from newstui.fetch.decoding import size
from newstui.fetch.filenames import shown
from newstui.fetch.found import NOTHING, About, Budget, BudgetError, Found, Spot
from newstui.fetch.mime import PARTS, Message, Part
from newstui.fetch.mime_bodies import Contents, about_page, contents, is_letter, location, page_bytes, text_bytes
from newstui.fetch.mime_forms import without_count
from newstui.fetch.shells import is_shell

if TYPE_CHECKING:
    from newstui.fetch.containers import Walk

_CHUNK: Final = 1 << 20
_BORDER: Final = re.compile(
    rb"\r{0,2}\n\r{0,2}\n(?=From [^\r\n]{0,300}\d\d:\d\d[^\r\n]{0,40}\d{4}[^\r\n]{0,40}\r{0,2}\n)"
)
"""Before every mail of a mailbox but the first (RFC 4155)."""
_LOOK: Final = 512
"""Bytes that a border may be long."""
_QUOTED: Final = re.compile(rb"^>(>*From )", re.MULTILINE)


def in_mail(walk: Walk, at: Spot, opened: IO[bytes], budget: Budget) -> Iterator[Found]:
    """The page or letter of the mail or MHTML file `opened`, then its attachments."""
    pieces: list[bytes] = []
    length = 0
    while length <= walk.limits.nested and (piece := opened.read(_CHUNK)):
        pieces.append(piece)
        length += len(piece)
        if at.depth:
            budget.take(len(piece))
    if length > walk.limits.nested:
        yield at.skipped(f"a mail or saved page of more than {size(walk.limits.nested)}")
        return
    try:
        yield from _message(walk, at, b"".join(pieces), budget)
    except BudgetError:
        if at.depth:
            raise
        yield at.failed("what is attached unpacks to far more than its size; the rest is left unread")


def in_mailbox(walk: Walk, at: Spot, opened: IO[bytes], budget: Budget) -> Iterator[Found]:
    """Every mail of the mailbox `opened`, told by its number and subject."""
    try:
        yield from _mailbox(walk, at, opened, budget)
    except BudgetError:
        if at.depth:
            raise
        yield at.failed("what is attached unpacks to far more than its size; the rest is left unread")


def _mailbox(walk: Walk, at: Spot, opened: IO[bytes], budget: Budget) -> Iterator[Found]:
    number = 0
    for data in _mails(opened, walk.limits.nested, budget if at.depth else None):
        number += 1
        walk.tally.found += number > 1
        if data is None:
            yield at.inside(str(number)).skipped(f"a mail of more than {size(walk.limits.nested)}")
            continue
        envelope, _, mail = data.lstrip(b"\r\n").partition(b"\n")
        if not envelope.startswith(b"From "):
            mail = data
        mail = _QUOTED.sub(rb"\1", mail)
        subject = Message(mail[:65_536]).top.fields.subject()[:60]
        name = shown(f"{number} {subject}".replace("/", "／")).strip()
        yield from _message(walk, at.inside(name), mail, budget)


def _mails(opened: IO[bytes], limit: int, budget: Budget | None) -> Iterator[bytes | None]:
    """The mails of a mailbox one after the other; None for one of more than `limit` bytes."""
    held = bytearray()
    looked = 0
    dropped = False
    while piece := opened.read(_CHUNK):
        if budget is not None:
            budget.take(len(piece))
        held += piece
        while (border := _BORDER.search(held, looked)) is not None:
            yield None if dropped else bytes(held[: border.end()])
            del held[: border.end()]
            looked, dropped = 0, False
        looked = max(0, len(held) - _LOOK)
        if len(held) > limit:
            dropped = True
            del held[:looked]
            looked = 0
    if held.strip():
        yield None if dropped else bytes(held)


def _message(walk: Walk, at: Spot, data: bytes, budget: Budget) -> Iterator[Found]:
    message = Message(without_count(data))
    has = contents(message)
    told = 0
    for found in _all(walk, at, message, has, budget):
        told += 1
        walk.tally.found += told > 1
        yield found
    if message.more:
        yield at.failed(f"more than {PARTS:,} parts in it, or too many inside one another; the rest is left unread")
    elif message.cut_short:
        yield at.failed("cut short: its last part does not end; what can be read of it is read")
    if not told:
        yield at.skipped("neither a page nor a text is in it")


def _all(walk: Walk, at: Spot, message: Message, has: Contents, budget: Budget) -> Iterator[Found]:
    taken: dict[str, int] = {}
    if has.page is not None:
        about = about_page(message, has.page)
        page = page_bytes(message, has.page)
        yield from _open(walk, replace(at, about=about), page, budget)
        if not is_letter(message) and is_shell(page):
            for frame in has.frames:
                url = location(message, frame)
                inner = replace(about, url=url, content_type=_labelled(frame), title="")
                spot = at.inside(_free(url or frame.fields.text("content-id").strip("<>") or "frame", taken), inner)
                yield from _open(walk, replace(spot, depth=at.depth), page_bytes(message, frame), budget)
    elif has.texts:
        about = replace(about_page(message, has.texts[0]), content_type="text/plain; charset=utf-8")
        text = text_bytes(message, has.texts)
        if text:
            yield from _open(walk, replace(at, about=about), text, budget)
    for number, part in enumerate(has.attachments, 1):
        name = shown(part.name.replace("\\", "/").rpartition("/")[2])[:200] or f"part {number}"
        if part.kind == "message/rfc822" and not part.name:
            name = f"mail {number}"
        spot = at.inside(_free(name, taken), _about_attachment(part))
        yield from _open(walk, replace(spot, depth=at.depth), message.content(part), budget)


def _open(walk: Walk, at: Spot, data: bytes, budget: Budget) -> Iterator[Found]:
    """Whatever a part holds, one container further in."""
    within = replace(at, depth=at.depth + 1)
    if not data.strip():
        yield at.skipped("an empty part")
        return
    yield from walk.open(within, io.BytesIO(data), len(data), budget)


def _labelled(part: Part) -> str:
    return f"text/html; charset={part.charset}" if part.charset else "text/html"


def _about_attachment(part: Part) -> About:
    return About(content_type=f"{part.kind}; charset={part.charset}") if part.charset else NOTHING


def _free(name: str, taken: dict[str, int]) -> str:
    """`name`, or with a number behind it when it was taken before."""
    number = taken[name] = taken.get(name, 0) + 1
    return name if number == 1 else f"{name} ({number})"
