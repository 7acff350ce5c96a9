"""Mails, mailboxes and web archives in MIME form told from plain text by their first bytes (pure)."""

from __future__ import annotations

import re
from typing import Final, Literal

from newstui.fetch.mime_fields import Fields, read_fields

_LINE: Final = re.compile(rb"\r{0,2}\n|\r")
_FIELD: Final = re.compile(rb"[!-9;-~]{1,100}:")
_ENVELOPE: Final = re.compile(rb"From [^\r\n]{0,300}\d\d:\d\d[^\r\n]{0,40}\d{4}[^\r\n]{0,40}(?:\r{0,2}\n|\r)")
_APPLE: Final = re.compile(rb"\d{1,10}[ \t]*\r?\n")
_TRACE: Final = frozenset(
    "received return-path delivered-to message-id dkim-signature x-received authentication-results".split()
)
_LETTER: Final = frozenset("from to cc subject date reply-to sender".split())


def mail_form(head: bytes) -> Literal["mail", "mailbox", ""]:
    """What a file that begins with `head` is: a mail or MHTML page, a mailbox (mbox) of mails, or "" for neither.

    A text that merely begins like a header (来源: …, Date: …) is neither: it takes MIME's own fields, the marks of
    delivery, or a sender's address with a subject and a date.
    """
    head = head.lstrip(b"\xef\xbb\xbf\r\n \t")
    box = _ENVELOPE.match(head)
    if box is not None:
        return "mailbox" if _is_header(head[box.end() :]) else ""
    apple = _APPLE.match(head)
    return "mail" if _is_header(head[apple.end() :] if apple else head) else ""


def without_count(data: bytes) -> bytes:
    """A mail without the count of its bytes before it and the property list after it, as Apple Mail keeps it."""
    data = data.lstrip(b"\xef\xbb\xbf\r\n \t")
    apple = _APPLE.match(data)
    return data[apple.end() :][: int(apple[0])] if apple else data


def _is_header(head: bytes) -> bool:
    lines = []
    for line in _LINE.split(head):
        if not line or not (line[:1] in b" \t" or _FIELD.match(line)):
            break
        lines.append(line)
    block = b"\n".join(lines)
    names = {name for name, _ in read_fields(block)}
    if not names or block[:1] in (b" ", b"\t"):
        return False
    if "mime-version" in names and ("content-type" in names or names & _LETTER):
        return True
    fields = Fields(block)
    if fields.token("content-type").startswith("multipart/") and "boundary" in fields.parameters("content-type"):
        return True
    if "snapshot-content-location" in names:
        return True
    if names & _TRACE and (names & _LETTER or len(names) > 2):
        return True
    return "@" in fields.text("from") and "subject" in names and bool(names & {"date", "to"})
