"""Where an import has met captured pages, so that records which only name an earlier capture can be read."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from newstui.fetch.warc.records import Record
from newstui.fetch.warc.unpackers import Packing

_RECORDS: Final = 20_000
"""Captures of one batch; two batches are remembered, which take about 15 MB."""
_BYTES: Final = 16 << 20
"""Bytes of captures kept themselves, of archives that cannot be read again because they lie in others."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands."""

    path: str
    packing: Packing
    offset: int
    """Byte of the file where its member begins."""
    within: int
    """Bytes unpacked of the member before it."""


class _Batch:
    """Captures met one after another: numbers instead of objects, since an import meets many."""

    __slots__ = ("files", "keys", "offsets", "within")

    def __init__(self) -> None:
        self.keys: dict[int, int] = {}
        """The number of a capture in this batch, or below 0 that of one that is kept itself."""
        self.files = array("L")
        self.offsets = array("Q")
        self.within = array("Q")


class Captures:
    """An index of pages by record id, by address and date, by digest and by address; the oldest are forgotten."""

    def __init__(self) -> None:
        self._newer, self._older = _Batch(), _Batch()
        self._met = 0
        """Captures in the newer batch."""
        self._files: dict[tuple[str, Packing], int] = {}
        self._named: list[tuple[str, Packing]] = []
        """The files that captures stand in, by their number."""
        self._kept: OrderedDict[int, Record] = OrderedDict()
        self._bytes = 0
        self._count = 0

    def add(self, record: Record, place: Place | None) -> None:
        """Remember a page: where it stands, or itself where it cannot be read again."""
        if self._met >= _RECORDS:
            self._older, self._newer, self._met = self._newer, _Batch(), 0
        self._met += 1
        batch = self._newer
        if place is None:
            self._count += 1
            where = -self._count
            self._kept[where] = record
            self._bytes += len(record.block)
            while self._bytes > _BYTES:
                _, oldest = self._kept.popitem(last=False)
                self._bytes -= len(oldest.block)
        else:
            where = len(batch.offsets)
            batch.files.append(self._file(place))
            batch.offsets.append(place.offset)
            batch.within.append(place.within)
        for key in keys_of(record):
            batch.keys[key] = where

    def _file(self, place: Place) -> int:
        file = (place.path, place.packing)
        number = self._files.setdefault(file, len(self._named))
        if number == len(self._named):
            self._named.append(file)
        return number

    def find(self, revisit: Record) -> Place | Record | None:
        """The capture that `revisit` refers to."""
        for key in keys_referred(revisit):
            for batch in (self._newer, self._older):
                where = batch.keys.get(key)
                if where is None:
                    continue
                if where >= 0:
                    path, packing = self._named[batch.files[where]]
                    return Place(path, packing, batch.offsets[where], batch.within[where])
                if where in self._kept:
                    return self._kept[where]
        return None


def _key(kind: str, *values: bytes) -> int:
    return hash((kind, *values))


def _address(value: bytes) -> bytes:
    return value.strip(b"<>").partition(b"://")[2].rstrip(b"/") or value


def keys_of(record: Record) -> list[int]:
    """What a capture is found by."""
    fields = record.fields
    address = _address(fields.get(b"warc-target-uri", b""))
    keys = [_key("at", address, fields.get(b"warc-date", b"")[:19]), _key("uri", address)]
    if number := fields.get(b"warc-record-id"):
        keys.append(_key("id", number))
    if digest := fields.get(b"warc-payload-digest"):
        keys.append(_key("digest", digest))
    return keys


def keys_referred(revisit: Record) -> list[int]:
    """What a revisit names (WARC 1.1 §6.7), the surest first."""
    fields = revisit.fields
    keys = []
    if number := fields.get(b"warc-refers-to"):
        keys.append(_key("id", number))
    address = fields.get(b"warc-refers-to-target-uri")
    if address and (date := fields.get(b"warc-refers-to-date")):
        keys.append(_key("at", _address(address), date[:19]))
    if digest := fields.get(b"warc-payload-digest"):
        keys.append(_key("digest", digest))
    if b"not-modified" in fields.get(b"warc-profile", b""):
        keys.append(_key("uri", _address(address or fields.get(b"warc-target-uri", b""))))
    return keys
