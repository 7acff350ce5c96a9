"""Where an import has met captured pages, so that records which only name an earlier capture can be read."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from newstui.fetch.warc.records import Record
from newstui.fetch.warc.unpackers import Packing

_RECORDS: Final = 40_000
"""Captures remembered; about 40 MB."""
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


class Captures:
    """An index of pages by record id, by address and date, by digest and by address; the oldest are forgotten."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, Place | int] = OrderedDict()
        self._kept: OrderedDict[int, Record] = OrderedDict()
        self._bytes = 0
        self._count = 0

    def add(self, record: Record, place: Place | None) -> None:
        """Remember a page: where it stands, or itself where it cannot be read again."""
        where: Place | int
        if place is None:
            self._count += 1
            where = self._count
            self._kept[where] = record
            self._bytes += len(record.block)
            while self._bytes > _BYTES:
                _, oldest = self._kept.popitem(last=False)
                self._bytes -= len(oldest.block)
        else:
            where = place
        for key in keys_of(record):
            self._known[key] = where
            self._known.move_to_end(key)
        while len(self._known) > 4 * _RECORDS:
            self._known.popitem(last=False)

    def find(self, revisit: Record) -> Place | Record | None:
        """The capture that `revisit` refers to."""
        for key in keys_referred(revisit):
            where = self._known.get(key)
            if isinstance(where, Place):
                return where
            if where is not None and where in self._kept:
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
