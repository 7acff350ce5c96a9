"""Unpacking one member of a web archive in steps of bounded size, keeping what came before damage."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable
from importlib import import_module
from typing import Any, Final, Literal, Protocol

Packing = Literal["", "gzip", "zstd"]

_OUT: Final = 1 << 18
"""Bytes unpacked at once."""
_WINDOW_LOG: Final = 27
"""Bytes that a Zstandard frame may look back at, as a power of two; --long needs it."""
DICTIONARY_MAX: Final = 1 << 24
"""Bytes of a Zstandard archive's dictionary."""


class UnpackError(Exception):
    """A member cannot be unpacked; `broken` unless it only ends too early."""

    def __init__(self, reason: str, output: bytes = b"", *, broken: bool = True) -> None:
        super().__init__(reason)
        self.output = output
        self.broken = broken


class Unpacker(Protocol):
    """Unpacks one member."""

    left: int
    """Bytes of the last piece that were not taken."""
    finished: bool
    pending: bool
    """Whether it has more to give without being fed."""

    def feed(self, piece: bytes) -> bytes:
        """What comes of some more bytes; raises UnpackError with what came before the damage."""
        ...


class _Inflater:
    def __init__(self) -> None:
        self._inner = zlib.decompressobj(31)
        self._fresh = True
        self.left = 0
        self.finished = False
        self.pending = False

    def feed(self, piece: bytes) -> bytes:
        # An error loses what the same call had unpacked, so there is a way back to before the call.
        before = None if self._fresh else self._inner.copy()
        self._fresh = False
        try:
            out = self._inner.decompress(piece, _OUT)
        except zlib.error as error:
            raise UnpackError(_words(error), _until_damage(before or zlib.decompressobj(31), piece)) from error
        self.finished = self._inner.eof
        self.left = len(self._inner.unused_data) if self.finished else len(self._inner.unconsumed_tail)
        self.pending = len(out) == _OUT
        return out


def _words(error: zlib.error) -> str:
    return str(error).rpartition(": ")[2]


def _until_damage(inner: zlib._Decompress, piece: bytes) -> bytes:
    """What `inner` can unpack of `piece` before it fails, to the byte."""
    out = bytearray()
    at = 0
    for step in (1024, 32, 1):
        while at < len(piece) and len(out) < 16 * _OUT:
            before = inner.copy()
            try:
                out += inner.decompress(piece[at : at + step])
            except zlib.error:
                inner = before
                break
            at += step
    return bytes(out)


class _Zstd:
    def __init__(self, inner: Any, error: type[Exception]) -> None:
        self._inner = inner
        self._error = error
        self.left = 0
        self.finished = False
        self.pending = False

    def feed(self, piece: bytes) -> bytes:
        try:
            out: bytes = self._inner.decompress(piece, _OUT)
        except self._error as error:
            raise UnpackError(str(error)) from error
        self.finished = self._inner.eof
        self.left = len(self._inner.unused_data) if self.finished else 0
        self.pending = not self.finished and not self._inner.needs_input
        return out


def _zstd_unpackers(dictionary: bytes) -> Callable[[], Unpacker]:
    zstd: Any = import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
    options = {zstd.DecompressionParameter.window_log_max: _WINDOW_LOG}
    known = None
    if dictionary:
        # The dictionary may be packed itself (draft specification of .warc.zst, §2.1).
        plain = dictionary
        try:
            if dictionary.startswith(b"\x28\xb5\x2f\xfd"):
                plain = zstd.ZstdDecompressor(options=options).decompress(dictionary, DICTIONARY_MAX)
            known = zstd.ZstdDict(plain, is_raw=not plain.startswith(b"\x37\xa4\x30\xec"))
        except (zstd.ZstdError, ValueError):
            known = None  # each frame that needs it is then told as damaged
    return lambda: _Zstd(zstd.ZstdDecompressor(zstd_dict=known, options=options), zstd.ZstdError)


def unpacker_of(packing: Packing, dictionary: bytes = b"") -> Callable[[], Unpacker]:
    """What makes a fresh unpacker for each member."""
    return _Inflater if packing == "gzip" else _zstd_unpackers(dictionary)
