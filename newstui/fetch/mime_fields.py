"""Header fields of mails and web archives: RFC 5322 fields, RFC 2047 words, RFC 2231 parameters (pure).

Read by ourselves rather than by `email`: Chinese mailers write raw GBK into fields, cut characters in two at the
border of encoded words and leave out quotes, and every field here is hostile input whose cost must be known.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import unquote_to_bytes

from newstui.fetch.mime_text import decoded
from newstui.text.clean import clean_line
from newstui.text.dates import parse_date

_FIELD: Final = re.compile(rb"([!-9;-~]{1,100}):")
_LINES: Final = re.compile(rb"\r{0,3}\n")
_MANY: Final = 2_000
"""Lines of one header that are read."""
_LONG: Final = 16_384
"""Bytes of one field that are read."""
_WORD: Final = re.compile(r"=\?([^?\s]{1,40})\?([BbQq])\?([^?]*)\?=")
_PARAMETER: Final = re.compile(r';\s*+([^\s=;"]{1,60})\s*+=\s*+(?:"((?:[^"\\]|\\.)*+)"?|([^;]*+))')
_PIECE: Final = re.compile(r"([^*]+)(?:\*(\d{1,2}))?(\*)?")
_NOT_BASE64: Final = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))


class Fields:
    """The fields of one header; the first of each name counts."""

    def __init__(self, block: bytes = b"") -> None:
        self._raw: dict[str, bytes] = {}
        for name, value in read_fields(block):
            self._raw.setdefault(name, value)

    def __contains__(self, name: str) -> bool:
        return name in self._raw

    def text(self, name: str) -> str:
        """A field for people, in one line; "" when it is missing."""
        return clean_line(words(decoded(self._raw.get(name, b""))))

    def token(self, name: str) -> str:
        """A field of ASCII without its parameters, in lower case."""
        return self.text(name).partition(";")[0].strip().lower()

    def address(self, name: str) -> str:
        """A field that is an address of the web, without the blanks that folding leaves in it; "" for others."""
        url = "".join(words(decoded(self._raw.get(name, b""))).split())
        return url if url[:8].lower().startswith(("http://", "https://")) else ""

    def parameters(self, name: str) -> dict[str, str]:
        """The parameters of a field by lower-case name, RFC 2231's pieces joined and decoded."""
        return parameters(decoded(self._raw.get(name, b"")))

    def date(self) -> datetime | None:
        """The Date field, aware; None when it is missing or makes no sense."""
        text = self.text("date")[:100]
        if not text:
            return None
        try:
            read = parsedate_to_datetime(text)
        except (ValueError, OverflowError, IndexError, TypeError):
            return parse_date(text)
        return read if read.tzinfo else read.replace(tzinfo=UTC)

    def sender(self) -> str:
        """The name in From that stands beside an address; "" where there is only one of both."""
        text = decoded(self._raw.get("from", b""))[:1000]
        name, bracket, address = text.partition("<")
        if "@" not in address or not bracket:
            return ""
        name = clean_line(words(name)).strip(" \"'")
        return "" if "@" in name else name

    def subject(self) -> str:
        """The Subject without what answering and passing on put before it."""
        return _PASSED_ON.sub("", self.text("subject")[:500])


_PASSED_ON: Final = re.compile(r"^(?:(?:re|fwd?|fw|回复|答复|转发|转寄)\s*[:：]\s*)+", re.IGNORECASE)


def read_fields(block: bytes) -> Iterator[tuple[str, bytes]]:
    """(lower-case name, unfolded value) of every field in a header; lines that are none are passed over."""
    name, parts, size = "", [], 0
    for line in _LINES.split(block, _MANY)[:_MANY]:
        if line[:1] in (b" ", b"\t"):
            if name and size < _LONG:
                parts.append(b" " + line[: _LONG - size].lstrip(b" \t"))
                size += len(parts[-1])
            continue
        match = _FIELD.match(line)
        if match is None:
            continue
        if name:
            yield name, b"".join(parts)
        name = match[1].decode("ascii").lower()
        parts = [line[match.end() : match.end() + _LONG].strip()]
        size = len(parts[0])
    if name:
        yield name, b"".join(parts)


def words(text: str) -> str:
    """`text` with its encoded words read (RFC 2047); a character cut in two by their border is joined first."""
    if "=?" not in text:
        return text
    out: list[str] = []
    waiting: list[bytes] = []
    charset = ""
    end = 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        label = match[1].partition("*")[0].lower()
        if waiting and (between.strip() or label != charset):
            out.append(decoded(b"".join(waiting), charset))
            waiting = []
        if between.strip() or not end:
            out.append(between)
        waiting.append(_base64(match[3]) if match[2] in "Bb" else _q(match[3]))
        charset, end = label, match.end()
    out.append(decoded(b"".join(waiting), charset))
    out.append(text[end:])
    return "".join(out)


def parameters(text: str) -> dict[str, str]:
    """The parameters that follow a field's value (RFC 2045 §5.1, RFC 2231)."""
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[bool, str]]] = {}
    for match in _PARAMETER.finditer(text):
        value = re.sub(r"\\(.)", r"\1", match[2]) if match[2] is not None else match[3].strip()
        piece = _PIECE.fullmatch(match[1].lower())
        if piece is None:
            continue
        if piece[2] is None and piece[3] is None:
            plain.setdefault(piece[1], words(value))
        else:
            pieces.setdefault(piece[1], {}).setdefault(int(piece[2] or 0), (bool(piece[3]), value))
    for name, numbered in pieces.items():
        plain[name] = _joined([numbered[number] for number in sorted(numbered)])
    return plain


def _joined(pieces: list[tuple[bool, str]]) -> str:
    charset = ""
    if pieces[0][0] and pieces[0][1].count("'") >= 2:
        charset, _, first = pieces[0][1].split("'", 2)
        pieces = [(True, first), *pieces[1:]]
    data = (unquote_to_bytes(value) if encoded else value.encode() for encoded, value in pieces)
    return decoded(b"".join(data), charset)


def _q(text: str) -> bytes:
    return binascii.a2b_qp(text.encode("utf-8", "replace"), header=True)


def _base64(text: str) -> bytes:
    return from_base64(text.encode("utf-8", "replace"))


def from_base64(data: bytes) -> bytes:
    """The bytes that base64 text stands for, as far as it goes; what is no base64 in it is passed over."""
    data = data.translate(None, _NOT_BASE64)
    data = data[: len(data) - (len(data) % 4 == 1)]
    return binascii.a2b_base64(data + b"=" * (-len(data) % 4))
