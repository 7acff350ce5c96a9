"""The parts of a MIME message (RFC 2045, 2046, 2557), framed in its bytes without copying them (pure).

Every step is linear in the length of the message times the depth of its multiparts, which is bounded. Damage is
survived: a closing boundary that is missing, a boundary that is not named, line ends of any kind.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from newstui.fetch.mime_fields import Fields, from_base64

PARTS: Final = 10_000
"""Parts of one message that are read."""
DEPTH: Final = 12
"""Multiparts inside one another."""
_HEADER: Final = 1 << 18
"""Bytes of one header that are read."""
_BLANK: Final = re.compile(rb"\n\r*\n")
_FIELD: Final = re.compile(rb"[!-9;-~]{1,100}:")
_GUESSED: Final = re.compile(rb"(?:\A|\n)--([^\r\n]{1,200})\r{0,2}\n(?=[Cc]ontent-)")
_LOOKED: Final = 1 << 16
"""Bytes of a body among which a boundary that its header does not name is looked for."""
_AFTER: Final = re.compile(rb"(--)?[ \t]*\r*(?:\n|\Z)")
_HTML: Final = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)


@dataclass(slots=True)
class Part:
    """One part: a header and either a body or further parts."""

    fields: Fields
    kind: str
    """Its media type in lower case, e.g. "text/html"; text/plain when it has none (RFC 2045 §5.2)."""
    start: int
    end: int
    """Its body is that range of the message's bytes."""
    parts: list[Part] = field(default_factory=list)
    closed: bool = True
    """Whether its own closing boundary was found; of a part without parts: whether a boundary ended it."""

    @property
    def name(self) -> str:
        """The file name it is given, "" for none."""
        disposition = self.fields.parameters("content-disposition")
        return disposition.get("filename") or self.fields.parameters("content-type").get("name", "")

    @property
    def charset(self) -> str:
        """The charset it is labelled with, as written."""
        return self.fields.parameters("content-type").get("charset", "")[:60]

    @property
    def attached(self) -> bool:
        """Whether it is a file beside the letter rather than a piece of it."""
        return self.fields.token("content-disposition") == "attachment"

    def leaves(self) -> Iterator[Part]:
        """The parts that hold no parts, in order."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()


class Message:
    """A message with its parts; `data` has one kind of line end or several."""

    def __init__(self, data: bytes) -> None:
        if b"\n" not in data[:_HEADER] and b"\r" in data[:_HEADER]:
            data = data.replace(b"\r", b"\n")
        self.data = data
        self.count = 0
        self.more = False
        """Whether there were more parts, or deeper ones, than are read."""
        self.top = self._part(0, len(data), 0, "text/plain")

    @property
    def cut_short(self) -> bool:
        """Whether the end of the message seems to be missing: no closing boundary, and its last part not whole."""
        part = self.top
        if not part.parts or part.closed:
            return False
        *_, last = part.leaves()
        if not self.data.endswith((b"\n", b"--")):
            return True
        if last.kind in ("text/html", "application/xhtml+xml"):
            return b"</html" not in self.content(last)[-2000:].lower()
        return False

    def content(self, part: Part) -> bytes:
        """The body of a part with its transfer encoding taken off (RFC 2045 §6), as far as it goes."""
        body = self.data[part.start : part.end]
        match part.fields.token("content-transfer-encoding"):
            case "base64":
                return from_base64(body)
            case "quoted-printable":
                return binascii.a2b_qp(body)
            case "x-uuencode" | "x-uue" | "uuencode":
                return _uudecoded(body)
        return body

    def _part(self, start: int, end: int, depth: int, kind: str) -> Part:
        self.count += 1
        header, body = self._header(start, end)
        fields = Fields(header)
        stated = fields.token("content-type")
        if re.fullmatch(r"[\w.+-]+/[\w.+-]+", stated):
            kind = stated
        elif "content-type" not in fields and _HTML.match(self.data[body : min(end, body + 3000)]):
            kind = "text/html"
        part = Part(fields, kind, body, end)
        if kind.startswith("multipart/"):
            self._split(part, depth)
        return part

    def _header(self, start: int, end: int) -> tuple[bytes, int]:
        """A part's header, and where its body begins."""
        if self.data[start : start + 2] in (b"\r\n", b"\n\r") or self.data[start : start + 1] == b"\n":
            return b"", self.data.find(b"\n", start, end) + 1
        if _FIELD.match(self.data, start, end) is None:
            return b"", start
        blank = _BLANK.search(self.data, start, end)
        stop = end if blank is None else blank.start() + 1
        return self.data[start : min(stop, start + _HEADER)], end if blank is None else blank.end()

    def _split(self, part: Part, depth: int) -> None:
        boundary = part.fields.parameters("content-type").get("boundary", "").encode("utf-8", "replace").rstrip()
        ranges = list(self._sections(boundary, part)) if boundary else []
        if not ranges:
            guessed = _GUESSED.search(self.data, part.start, min(part.end, part.start + _LOOKED))
            ranges = list(self._sections(guessed[1].rstrip(), part)) if guessed else []
        kind = "message/rfc822" if part.kind == "multipart/digest" else "text/plain"
        for start, end, closed in ranges:
            if self.count >= PARTS or depth >= DEPTH:
                self.more = True
                return
            inner = self._part(start, end, depth + 1, kind)
            inner.closed = inner.closed if inner.parts else closed
            part.parts.append(inner)

    def _sections(self, boundary: bytes, part: Part) -> Iterator[tuple[int, int, bool]]:
        """(start, end, ended by a boundary) of every part between the lines of `boundary` (RFC 2046 §5.1.1)."""
        mark = b"--" + boundary
        data, end = self.data, part.end
        begun = -1
        found = 0
        part.closed = False
        at = data.find(mark, part.start, end)
        while at >= 0:
            after = _AFTER.match(data, at + len(mark), min(end, at + len(mark) + 200))
            if after is None or (at > part.start and data[at - 1] not in b"\n"):
                at = data.find(mark, at + len(mark), end)
                continue
            if begun >= 0:
                yield begun, _before_line(data, begun, at), True
                found += 1
            if after[1]:
                part.closed = True
                return
            begun = after.end()
            if found > PARTS:
                return
            at = data.find(mark, begun, end)
        if 0 <= begun < end:
            yield begun, end, False


def _before_line(data: bytes, start: int, at: int) -> int:
    """Where what stands before the line at `at` ends: the line break belongs to the boundary."""
    if at - 1 >= start and data[at - 1 : at] == b"\n":
        at -= 1
        if at - 1 >= start and data[at - 1 : at] == b"\r":
            at -= 1
    return max(start, at)


def _uudecoded(body: bytes) -> bytes:
    out = []
    for line in body.splitlines()[:2_000_000]:
        if line.startswith(b"begin "):
            continue
        if line.strip() in (b"end", b""):
            continue
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            break
    return b"".join(out)
