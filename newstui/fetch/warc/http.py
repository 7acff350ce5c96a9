"""The head of an HTTP answer as crawlers kept it: any version, with or without words, any line ends (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from newstui.fetch.filenames import decode_name

_STATUS: Final = re.compile(
    rb"\s*(?:HTTP(?:/\d+(?:\.\d+)?)?|ICY|h[23])[ \t]+(\d{3})(?!\d)[^\n]*(?:\n|\Z)", re.IGNORECASE
)
_END: Final = re.compile(rb"\n\r*(?:\n|\Z)")
_HEAD_MAX: Final = 1 << 17


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer's head."""

    status: int
    fields: dict[str, str]
    """By lower-case name; of several of one name the first."""
    body: int
    """Where the body begins."""

    def get(self, name: str) -> str:
        """A field; "" when it is not there."""
        return self.fields.get(name, "")

    @property
    def length(self) -> int | None:
        """The Content-Length that it states."""
        stated = self.get("content-length")
        return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 16 else None


def read_answer(block: bytes) -> Answer | None:
    """The head that `block` begins with; None when it begins with none (HTTP/0.9, or a plain document)."""
    match = _STATUS.match(block)
    if match is None:
        return None
    # The status line's own newline may be the first of the two that end the head.
    end = _END.search(block, match.end() - 1, _HEAD_MAX)
    head_end, body = (end.start(), end.end()) if end else (min(len(block), _HEAD_MAX), len(block))
    fields: dict[str, str] = {}
    name = ""
    for line in block[match.end() : head_end].split(b"\n"):
        if line[:1] in (b" ", b"\t"):
            # Folded lines: obsolete (RFC 9112 §5.2), and kept in old archives.
            if name and line.strip():
                fields[name] += " " + decode_name(line.strip())
            continue
        before, colon, value = line.partition(b":")
        if not colon:
            continue
        name = before.strip().lower().decode("latin-1")
        if name in fields:
            name = ""
        else:
            fields[name] = decode_name(value.strip())
    return Answer(int(match.group(1)), fields, body)
