"""Records of WARC and ARC files: their own headers, read from bytes (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from newstui.fetch.filenames import decode_name

_ARC: Final = re.compile(rb"(\S.*?) ([0-9A-Fa-f.:\-]{1,45}) (\d{8,17}) (?:(.*) )?(\d+) *\r*\n?")
_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?)?)?")
_LENGTH: Final = re.compile(rb"\d{1,15}")


@dataclass(slots=True)
class Record:
    """One record of an archive."""

    kind: str
    """"response", "resource", "revisit", "conversion", "warcinfo", …; "arc" for a record of an ARC file."""
    fields: dict[bytes, bytes]
    """The header's fields by lower-case name."""
    length: int | None
    """Bytes that its block has by its header; None when the header does not say."""
    offset: int = 0
    """Byte of the file where it, or the compressed member that it is in, begins."""
    within: int = 0
    """Bytes unpacked of that member before it."""
    block: bytes = field(default=b"", repr=False)
    passed: bool = False
    """Whether `block` is only its beginning, because it is too large or was not wanted."""
    cut: str = ""
    """Why its block is not whole; "" when it is."""
    broken: bool = False
    """With `cut`: its bytes may be false, however many there are."""
    odd: str = ""
    """What is wrong about its length, though the next record was found."""
    slip: int = 0
    """With `odd`: by how many bytes the length is wrong."""

    def text(self, name: bytes) -> str:
        """A field as text; "" when it is not there."""
        value = self.fields.get(name)
        return decode_name(value) if value else ""

    @property
    def uri(self) -> str:
        """Its address, without the angle brackets that WARC 0.18 put round it."""
        text = self.text(b"warc-target-uri")
        return text[1:-1] if text.startswith("<") and text.endswith(">") else text

    @property
    def date(self) -> datetime | None:
        """When it was captured."""
        return capture_time(self.text(b"warc-date"))


def read_header(head: bytes) -> Record:
    """The record that `head` begins: the header of a WARC file's, version line included, or an ARC file's one line."""
    if not head.startswith(b"WARC/"):
        return _arc(head)
    fields: dict[bytes, bytes] = {}
    name = b""
    for line in head.split(b"\n")[1:]:
        if line[:1] in b" \t" and name and line.strip():
            # A long field may be folded (WARC 1.1 §4).
            fields[name] += b" " + line.strip()
            continue
        before, colon, value = line.partition(b":")
        if colon:
            name = before.strip().lower()
            if name in fields:
                name = b""
            else:
                fields[name] = value.strip()
    kind = fields.get(b"warc-type", b"").decode("latin-1").lower()
    return Record(kind, fields, _length(fields.get(b"content-length", b"")))


def _arc(line: bytes) -> Record:
    match = _ARC.match(line)
    if match is None:
        return Record("", {}, None)
    uri, _, date, middle, length = match.groups(b"")
    # Version 2 has result code, checksum, location, offset and file name after the type.
    kind = middle.split(b" ")[0]
    fields = {b"warc-target-uri": uri, b"warc-date": date, b"content-type": kind}
    return Record("arc", fields, _length(length))


def _length(text: bytes) -> int | None:
    return int(text) if _LENGTH.fullmatch(text) else None


def capture_time(text: str) -> datetime | None:
    """A WARC-Date (ISO 8601 in UTC, of any precision, WARC 1.1 §5.4) or an ARC file's digits; None when it is none."""
    text = text.strip()
    try:
        if text.isdigit():
            if len(text) < 8:
                return None
            digits = text[:14].ljust(14, "0")
            return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        match = _DATE.match(text)
        if match is None:
            return None
        year, month, day, hour, minute, second, fraction = match.groups()
        return datetime(
            int(year),
            int(month or 1),
            int(day or 1),
            int(hour or 0),
            int(minute or 0),
            min(59, int(second or 0)),
            int((fraction or "0")[:6].ljust(6, "0")),
            tzinfo=UTC,
        )
    except ValueError:
        return None
