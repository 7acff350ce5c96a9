"""Which parts of a mail or MHTML page are its page, its frames and its attachments (pure)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urljoin

from newstui.fetch.found import About
from newstui.fetch.mime import Message, Part
from newstui.fetch.mime_text import decoded, unflowed

_PAGES: Final = ("text/html", "application/xhtml+xml", "text/xhtml", "application/vnd.wap.xhtml+xml")
_DELIVERED: Final = ("received", "delivered-to", "return-path", "message-id", "to", "reply-to")
_RESOURCES: Final = ("image/", "text/css", "font/", "audio/", "video/", "text/javascript", "application/javascript")
"""Media types of what is shown inside a letter."""


@dataclass(slots=True)
class Contents:
    """What is to be read of a message."""

    page: Part | None = None
    """Its HTML."""
    texts: list[Part] = field(default_factory=list)
    """Its plain text, where it has no HTML."""
    frames: list[Part] = field(default_factory=list)
    """Further HTML of the same page."""
    attachments: list[Part] = field(default_factory=list)


def contents(message: Message) -> Contents:
    """Sorts the parts; pictures, styles and scripts that belong to the page are left out."""
    page = _page(message.top)
    found = Contents(page)
    letter = is_letter(message)
    for part in message.top.leaves():
        if part is page:
            continue
        if part.kind in _PAGES and not part.attached and not part.name:
            found.frames.append(part)
        elif part.kind == "text/plain" and not part.attached and not part.name:
            found.texts.append(part)
        elif part.attached or (letter and not part.kind.startswith(_RESOURCES)):
            found.attachments.append(part)
    if page is not None:
        found.texts = []
    return found


def _page(part: Part) -> Part | None:
    """The part that is the page: what `start` names (RFC 2387 §3.2), else the first HTML that is no attachment."""
    start = part.fields.parameters("content-type").get("start", "") if part.kind == "multipart/related" else ""
    if start:
        for one in part.parts:
            if one.fields.text("content-id").strip("<> ") == start.strip("<> "):
                found = _page(one)
                if found is not None:
                    return found
    if not part.parts:
        return part if part.kind in _PAGES and not part.attached else None
    return next((found for one in part.parts if (found := _page(one)) is not None), None)


def is_letter(message: Message) -> bool:
    """Whether a message was sent to somebody, rather than made by a browser that saved a page."""
    fields = message.top.fields
    if "snapshot-content-location" in fields:
        return False
    return any(name in fields for name in _DELIVERED) or "@" in fields.text("from")


def location(message: Message, part: Part) -> str:
    """The address that a part came from (RFC 2557 §4): its own, or the message's for the page itself."""
    top = message.top.fields
    base = top.address("content-location") or top.address("content-base")
    own = part.fields.address("content-location")
    if not own and base and "content-location" in part.fields:
        relative = part.fields.text("content-location")
        try:
            own = urljoin(base, relative) if not relative.lower().startswith(("cid:", "file:", "data:")) else ""
        except ValueError:
            own = ""
    return own or part.fields.address("content-base")


def about_page(message: Message, part: Part) -> About:
    """What the message says of its page `part`."""
    fields = message.top.fields
    url = fields.address("snapshot-content-location") or location(message, part) or fields.address("content-location")
    charset = f"; charset={part.charset}" if part.charset else ""
    date = fields.date()
    letter = is_letter(message)
    return About(
        url=url,
        content_type=f"text/html{charset}",
        captured=None if letter else date,
        title=fields.subject(),
        byline=fields.sender() if letter else "",
        published=date if letter else None,
    )


def page_bytes(message: Message, part: Part) -> bytes:
    """The HTML of a part; charsets that only mail uses are read here, all others by the page's reader."""
    data = message.content(part)
    return decoded(data, part.charset).encode() if data.isascii() and _is_shifted(part.charset) else data


def _is_shifted(charset: str) -> bool:
    return charset.lower().startswith(("iso-2022-cn", "hz", "utf-7", "unicode-1-1-utf-7"))


def text_bytes(message: Message, parts: list[Part]) -> bytes:
    """The letter of plain text in `parts`, in UTF-8, under its subject as title."""
    texts = []
    for part in parts:
        text = decoded(message.content(part), part.charset).replace("\r\n", "\n").replace("\r", "\n")
        parameters = part.fields.parameters("content-type")
        if parameters.get("format", "").lower() == "flowed":
            text = unflowed(text, delsp=parameters.get("delsp", "").lower() == "yes")
        if text.strip():
            texts.append(text.strip("\n"))
    body = "\n\n".join(texts)
    title = message.top.fields.subject()
    if body and title and not body.lstrip().startswith(title):
        body = f"{title}\n\n{body}"
    return body.encode("utf-8", "replace")
