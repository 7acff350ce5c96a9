"""What asking a source brings: a reply or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from newstui.errors import NewstuiError


class FetchError(NewstuiError):
    """A source that could not be had; the message is for people."""

    def __init__(self, message: str, *, http_status: int | None = None, wire: int = 0) -> None:
        super().__init__(message)
        self.http_status = http_status
        self.wire = wire


@dataclass(frozen=True, slots=True)
class Reply:
    """The last answer for a URL, after redirects."""

    status: int
    url: str
    """Where it came from in the end."""
    body: bytes = b""
    """Decoded; only for 200 and 203."""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    retry_after: str = ""
    moved_to: str = ""
    """Where permanent redirects led before any other; "" when there were none."""
    wire: int = 0
    """Bytes of bodies as they came, redirects included."""
