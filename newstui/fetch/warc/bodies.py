"""The bodies of HTTP answers as they were meant: unchunked (RFC 9112 §7.1) and decoded (RFC 9110 §8.4), under limits.

Crawlers often kept what they had unpacked under the head that says it is packed, so every label is believed only where
the bytes bear it out.
"""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

from newstui.fetch.decoding import size
from newstui.fetch.found import Budget

_CHUNK: Final = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r*\n")
_CODINGS_MAX: Final = 4
"""Content codings one over the other."""
_STEP: Final = 1 << 18

Feed = Callable[[bytes], bytes]


class PayloadError(Exception):
    """A body that cannot be decoded; the message is for people."""


def unchunked(body: bytes) -> tuple[bytes, bool]:
    """A body without its chunks' lengths, and whether it is whole; as it is when it is not chunked at all."""
    parts: list[bytes] = []
    at = 0
    while True:
        match = _CHUNK.match(body, at)
        if match is None:
            if not parts:
                return body, False
            # What follows is no chunk: its framing is broken, its content may go on.
            parts.append(body[at:])
            return b"".join(parts), False
        length = int(match.group(1), 16)
        at = match.end()
        if not length:
            # Trailers may follow; they are of no use here.
            return b"".join(parts), True
        parts.append(body[at : at + length])
        if at + length >= len(body):
            return b"".join(parts), False
        at += length
        if body[at : at + 2] == b"\r\n":
            at += 2
        elif body[at : at + 1] == b"\n":
            at += 1


def decoded(body: bytes, codings: str, limit: int, budget: Budget, *, cut: bool = False) -> bytes:
    """A body without its content codings, of at most `limit` bytes, which `budget` counts.

    `cut`: the crawler says that it kept only its beginning, so that what can be unpacked will do. Raises PayloadError,
    BudgetError.
    """
    names = [name.strip().lower() for name in codings.split(",") if name.strip()]
    if len(names) > _CODINGS_MAX:
        raise PayloadError("it is packed too many times over")
    for name in reversed(names):
        body = _decoded(body, name, limit, budget, cut)
    return body


def _decoded(body: bytes, name: str, limit: int, budget: Budget, cut: bool) -> bytes:
    if not body:
        return body
    match name:
        case "gzip" | "x-gzip":
            return _inflated(body, 31, limit, budget, cut) if body.startswith(b"\x1f\x8b") else body
        case "deflate":
            # Meant is zlib's format (RFC 9110 §8.4.1.2), sent by some is bare deflate, kept by some is plain text.
            for bits in (15, -15):
                try:
                    return _inflated(body, bits, limit, budget, cut)
                except _NoneError:
                    continue
            return body
        case "br":
            return _brotli(body, limit, budget, cut)
        case "zstd":
            return _zstd(body, limit, budget, cut) if body.startswith(b"\x28\xb5\x2f\xfd") else body
    # identity, "none", "utf-8": no coding. One that is not known leaves bytes that the sniffing refuses.
    return body


class _NoneError(Exception):
    """Not packed this way at all."""


def _inflated(body: bytes, bits: int, limit: int, budget: Budget, cut: bool) -> bytes:
    out = _Collected(limit, budget)
    rest = body
    while True:
        inner = zlib.decompressobj(bits)
        try:
            while rest and not inner.eof:
                out.add(inner.decompress(rest, _STEP))
                rest = inner.unused_data if inner.eof else inner.unconsumed_tail
        except zlib.error as error:
            if not out.count and bits != 31:
                raise _NoneError from error
            if cut and out.count:
                return out.joined()
            raise PayloadError(f"its body is packed and damaged ({str(error).rpartition(': ')[2]})") from error
        if not inner.eof and not cut:
            raise PayloadError("its packed body ends too early")
        if not (bits == 31 and rest.startswith(b"\x1f\x8b")):
            return out.joined()


class _Collected:
    """Unpacked bytes under a limit."""

    def __init__(self, limit: int, budget: Budget) -> None:
        self._parts: list[bytes] = []
        self._limit = limit
        self._budget = budget
        self.count = 0

    def add(self, part: bytes) -> None:
        self._budget.take(len(part))
        self.count += len(part)
        if self.count > self._limit:
            raise PayloadError(f"larger than {size(self._limit)}, no page")
        self._parts.append(part)

    def joined(self) -> bytes:
        return b"".join(self._parts)


def _brotli(body: bytes, limit: int, budget: Budget, cut: bool) -> bytes:
    """Brotli has no magic number: what cannot be unpacked from its first bytes on was kept unpacked."""
    brotli: Any = import_module("brotli")
    inner = brotli.Decompressor()
    out = _Collected(limit, budget)
    try:
        out.add(inner.process(body, output_buffer_limit=_STEP))
        while not inner.is_finished() and not inner.can_accept_more_data():
            out.add(inner.process(b"", output_buffer_limit=_STEP))
    except brotli.error as error:
        if not out.count and b"\0" not in body[:4096]:
            return body
        if cut and out.count:
            return out.joined()
        raise PayloadError("its body is packed with Brotli and damaged") from error
    if not inner.is_finished() and not cut:
        raise PayloadError("its packed body ends too early")
    return out.joined()


def _zstd(body: bytes, limit: int, budget: Budget, cut: bool) -> bytes:
    zstd: Any = import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
    out = _Collected(limit, budget)
    # A sender may look back 8 MB at most (RFC 9659).
    inner = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: 23})
    piece = body
    try:
        while not inner.eof:
            part: bytes = inner.decompress(piece, _STEP)
            piece = b""
            out.add(part)
            if not part and inner.needs_input:
                break
    except zstd.ZstdError as error:
        raise PayloadError("its body is packed with Zstandard and damaged") from error
    if not inner.eof and not cut:
        raise PayloadError("its packed body ends too early")
    return out.joined()
