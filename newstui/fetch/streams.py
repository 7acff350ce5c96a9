"""Compressed streams (gzip, bzip2, xz, lzma, Zstandard), unpacked as they are read, in bounded memory, without seeking.

Several members or frames after one another are one stream (RFC 1952 §2.2, RFC 8878 §3.1, xz file format §2). All
decoders are the standard library's, for each of them bounds what one call may give; Zstandard's comes from
`backports.zstd` on Pythons older than 3.14 and is imported when the first such file is met. (`zstandard` has no such
bound: 327 bytes become 10 MB in one call.)
"""

from __future__ import annotations

import bz2
import importlib
import io
import lzma
import sys
import zlib
from collections.abc import Callable
from typing import IO, Any, Final, Protocol

from newstui.fetch.forms import Compression, compression_of
from newstui.fetch.found import Budget
from newstui.fetch.regular import why

_CHUNK: Final = 1 << 16
"""Compressed bytes read at once."""
_STEP: Final = 1 << 18
"""Bytes unpacked at once at most."""
_MEMORY: Final = 128 << 20
"""Bytes that a decoder may use for what it looks back at; xz -9 needs 65 MiB, zstd --long 128 MiB."""
_WINDOW_LOG: Final = 27


class StreamError(OSError):
    """A stream that is damaged or cut short; the message says at which byte."""


class Decoder(Protocol):
    """What `bz2`, `lzma` and `compression.zstd` agree on."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = ..., /) -> bytes: ...


class Inflater:
    """zlib's decoder in the manner of the others; `wbits` as `zlib.decompressobj` takes it."""

    def __init__(self, wbits: int) -> None:
        self._decoder = zlib.decompressobj(wbits)

    @property
    def eof(self) -> bool:
        """Whether the end of the member was met."""
        return self._decoder.eof

    @property
    def needs_input(self) -> bool:
        """Whether nothing that was given is left to work on."""
        return not self._decoder.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        """What was given beyond the end."""
        return self._decoder.unused_data

    def decompress(self, data: bytes, max_length: int = _STEP, /) -> bytes:
        """At most `max_length` bytes more; `data` follows what was given before."""
        tail = self._decoder.unconsumed_tail
        return self._decoder.decompress(tail + data if tail else data, max_length)


def decoder_of(form: Compression) -> Decoder:
    """A new decoder for one member."""
    match form:
        case "gzip":
            return Inflater(zlib.MAX_WBITS | 16)
        case "bzip2":
            return bz2.BZ2Decompressor()
        case "xz":
            return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY)
        case "lzma":
            return lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=_MEMORY)
        case "Zstandard":
            zstd: Any = importlib.import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
            decoder: Decoder = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _WINDOW_LOG})
            return decoder


def unpacked(form: Compression, packed: IO[bytes], budget: Budget) -> Unpacked:
    """What `packed`, a stream of that form, unpacks to."""
    return Unpacked(packed, budget, lambda: decoder_of(form), lambda head: compression_of(head) == form)


class Unpacked(io.RawIOBase):
    """What a compressed stream unpacks to.

    `read` gives as many bytes as asked for unless the stream ends, or breaks: then what is left before the damage, and
    StreamError at the next call. Every byte is taken from `budget`, which may raise BudgetError.
    """

    def __init__(
        self, packed: IO[bytes], budget: Budget, new: Callable[[], Decoder], further: Callable[[bytes], bool] | None
    ) -> None:
        """`new` makes the decoder of a member; `further` tells by its first bytes whether one more follows."""
        self._packed = packed
        self._budget = budget
        self._new = new
        self._further = further
        self._decoder = new()
        self._taken = 0
        self._ready = b""
        self._at = 0
        self._error: StreamError | None = None
        self._over = False
        self.strange = -1
        """At which byte something else follows the end of the last member; -1 when nothing does."""

    @property
    def taken(self) -> int:
        """Bytes of the packed stream that were used so far."""
        return self._taken - len(self._decoder.unused_data)

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """The next `size` bytes, all that are left when negative."""
        parts: list[bytes] = []
        wanted = size
        while size < 0 or wanted > 0:
            if self._at == len(self._ready) and not self._fill():
                break
            part = self._ready[self._at : self._at + wanted] if size >= 0 else self._ready[self._at :]
            self._at += len(part)
            wanted -= len(part)
            parts.append(part)
        if self._error is not None and not parts and size:
            raise self._error
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def _fill(self) -> bool:
        """Unpack some more; False at the end and at damage."""
        if self._over or self._error is not None:
            return False
        try:
            self._ready, self._at = self._unpack(), 0
        except StreamError as error:
            self._error = error
            return False
        if not self._ready:
            self._over = True
            return False
        self._budget.take(len(self._ready))
        return True

    def _unpack(self) -> bytes:
        """Some bytes more; b"" at the end."""
        while True:
            if self._decoder.eof:
                data = self._next_member()
                if not data:
                    return b""
            elif self._decoder.needs_input:
                data = self._more()
                if not data:
                    raise StreamError(f"it is cut short at byte {self._taken}")
            else:
                data = b""
            try:
                ready = self._decoder.decompress(data, _STEP)
            except Exception as error:
                # Each decoder has errors of its own (zlib.error, LZMAError, ZstdError, OSError, EOFError, ValueError).
                if isinstance(error, MemoryError):
                    raise StreamError("unpacking it needs too much memory") from error
                raise StreamError(f"it is damaged near byte {self._taken - len(data)}: {why(error)}") from error
            if ready:
                return ready

    def _more(self) -> bytes:
        data = self._packed.read(_CHUNK)
        self._taken += len(data)
        return data

    def _next_member(self) -> bytes:
        """The beginning of a further member, for a decoder made ready for it; b"" when there is none.

        Zeros between and after members are padding: tapes and xz (§2.2) have it.
        """
        if self._further is None:
            return b""
        data = self._decoder.unused_data
        while not (data := data.lstrip(b"\0")):
            data = self._more()
            if not data:
                return b""
        if len(data) < 16:
            data += self._more()
        if not self._further(data):
            self.strange = self._taken - len(data)
            return b""
        self._decoder = self._new()
        return data
