"""Bodies taken off the wire under limits: at most so many bytes before and after decompression."""

from __future__ import annotations

import zlib
from typing import Final

from newstui.errors import NewstuiError

_STEP: Final = 1 << 16


class BodyError(NewstuiError):
    """A body that is too large, damaged, or in an encoding that was not asked for."""


class Body:
    """Collects one body; `add` raises BodyError as soon as a limit is passed, before memory is used for it."""

    def __init__(self, encoding: str, limit: int) -> None:
        """`encoding` is the Content-Encoding; `limit` holds for the wire and for the decoded bytes, each."""
        self._limit = limit
        self._parts: list[bytes] = []
        self._decoded = 0
        self.wire = 0
        """Bytes taken so far, as they came."""
        self._inflater = _inflater(encoding.strip().lower())
        self._inner = False

    def add(self, chunk: bytes) -> None:
        """Take one chunk as it came."""
        self.wire += len(chunk)
        if self.wire > self._limit:
            raise self._too_large()
        if self._inflater is None:
            self._keep(chunk)
            return
        try:
            self._inflate(chunk)
        except zlib.error as error:
            raise BodyError(f"its compressed body is damaged ({error})") from error

    def _inflate(self, chunk: bytes) -> None:
        while chunk:
            assert self._inflater is not None
            if self._inflater.eof:
                # A gzip body may have several members (RFC 1952 §2.2); what follows that is no gzip is padding.
                if not chunk.startswith(b"\x1f"):
                    return
                self._inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
            self._keep(self._inflater.decompress(chunk, _STEP))
            chunk = self._inflater.unused_data if self._inflater.eof else self._inflater.unconsumed_tail

    def _keep(self, data: bytes) -> None:
        self._decoded += len(data)
        if self._decoded > self._limit:
            raise self._too_large()
        if data:
            self._parts.append(data)

    def _too_large(self) -> BodyError:
        return BodyError(f"larger than {size(self._limit)}; raise feed_bytes in config.toml if it should be read")

    def done(self) -> bytes:
        """The whole body, decoded; raises BodyError when its compressed form was cut short."""
        if self._inflater is not None and not self._inflater.eof and self.wire:
            self._keep(self._inflater.flush(_STEP))
            if not self._inflater.eof:
                raise BodyError("its compressed body ends too early")
        data = b"".join(self._parts)
        if data.startswith(b"\x1f\x8b\x08") and not self._inner:
            # A .gz file, stored or served as what it is; once, or a body could be nested for ever.
            inner = Body("gzip", self._limit)
            inner._inner = True
            inner.add(data)
            return inner.done()
        return data


def _inflater(encoding: str) -> zlib._Decompress | None:
    match encoding:
        case "" | "identity":
            return None
        case "gzip" | "x-gzip":
            return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        case "deflate":
            return zlib.decompressobj()
    raise BodyError(f"it came in the encoding {encoding[:40]!r}, which was not asked for")


def size(count: int) -> str:
    """A number of bytes for people, e.g. "8 MiB"."""
    for unit, factor in (("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)):
        if count >= factor:
            return f"{count / factor:.3g} {unit}"
    return f"{count} bytes"
