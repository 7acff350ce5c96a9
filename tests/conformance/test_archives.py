"""Web archives of other projects: the same records as warcio sees, whatever holds them."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pytest

from newstui.fetch.containers import Walk
from newstui.fetch.found import Budget
from newstui.fetch.warc.bodies import decoded, unchunked
from newstui.fetch.warc.detect import packing_of
from newstui.fetch.warc.framing import records
from newstui.fetch.warc.http import read_answer
from newstui.fetch.warc.packed import open_packed
from newstui.fetch.warc.records import Record, capture_time
from newstui.fetch.warc.sources import PlainSource

pytestmark = pytest.mark.corpora

DAMAGED = ("IAH-", "non-chunked")
"""Of these files warcio stops early: lines between records, and one gzip member for all of them."""

Seen = tuple[str, str, object, bytes]


def ours(path: Path) -> list[Seen]:
    """Kind, address, time and decoded payload of every record."""
    seen: list[Seen] = []
    with path.open("rb") as opened:
        packing = packing_of(opened.read(8192))
        opened.seek(0)
        assert packing is not None
        source = open_packed(opened, Budget(1 << 30), packing) if packing else PlainSource(opened, 0)
        for met in records(source, 1 << 25, lambda _, __: True):
            assert isinstance(met, Record), met
            seen.append((_kind(met), met.uri.replace(" ", "%20"), met.date, _payload(met)))
    return seen


def _kind(record: Record) -> str:
    if record.kind != "arc":
        return record.kind
    return "arc_header" if record.uri.startswith("filedesc:") else "response"


def _payload(record: Record) -> bytes:
    if record.kind not in ("response", "arc", "request", "revisit"):
        return record.block
    answer = read_answer(record.block)
    if answer is None or record.kind in ("request", "revisit"):
        return b""
    body = record.block[answer.body :]
    if answer.get("transfer-encoding") == "chunked":
        body = unchunked(body)[0]
    return decoded(body, answer.get("content-encoding"), 1 << 25, Budget(1 << 30))


def warcios(path: Path) -> list[Seen]:
    """The same by warcio."""
    from warcio.archiveiterator import ArchiveIterator

    seen: list[Seen] = []
    with path.open("rb") as opened, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for record in ArchiveIterator(opened):
            header: Any = record.rec_headers.get_header
            payload = record.content_stream().read()
            if record.rec_type in ("request", "revisit", "arc_header"):
                payload = b""
            uri = header("WARC-Target-URI") or header("uri") or ""
            time = capture_time(header("WARC-Date") or header("archive-date") or "")
            seen.append((record.rec_type, uri.replace(" ", "%20"), time, payload))
    return seen


def archives(corpora: Path) -> list[Path]:
    """Every WARC and ARC file by content."""
    found = []
    for path in sorted((corpora / "archives").iterdir()):
        with path.open("rb") as opened:
            if packing_of(opened.read(8192)) is not None:
                found.append(path)
    assert len(found) > 10
    return found


def test_the_records_are_warcios(corpora: Path) -> None:
    for path in archives(corpora):
        if any(name in path.name for name in DAMAGED):
            continue
        mine = [(kind, uri, time, b"" if kind == "arc_header" else body) for kind, uri, time, body in ours(path)]
        assert mine == warcios(path), path.name


def test_what_warcio_stops_at_is_read_to_its_end(corpora: Path) -> None:
    for path in archives(corpora):
        if "IAH-" in path.name:
            assert ours(path)[-1][3].rstrip().endswith(b"</rss>")
        if "non-chunked" in path.name:
            whole = path.with_name(path.name.replace("-bad-non-chunked.warc.gz", ".warc.gz"))
            if whole.is_file():
                assert ours(path) == ours(whole)


def test_packed_and_plain_hold_the_same(corpora: Path) -> None:
    pairs = [path for path in archives(corpora) if path.name.endswith(".gz") and path.with_suffix("").is_file()]
    assert pairs
    for path in pairs:
        mine, other = ours(path), ours(path.with_suffix(""))
        assert [one for one in mine if one[0] != "request"] == [one for one in other if one[0] != "request"], path.name


def test_undamaged_archives_fail_nowhere(corpora: Path) -> None:
    for path in archives(corpora):
        found = list(Walk().files([path]))
        assert found
        assert not [one.reason for one in found if one.failed], path.name


def test_every_archive_cut_anywhere_keeps_what_stands_before(corpora: Path, tmp_path: Path) -> None:
    for path in archives(corpora):
        data = path.read_bytes()
        whole = [(one.member, one.data) for one in Walk().files([path]) if not one.reason]
        for part in range(1, 8):
            cut = tmp_path / "cut"
            cut.write_bytes(data[: len(data) * part // 8])
            found = list(Walk().files([cut]))
            read = [(one.member, one.data) for one in found if not one.reason]
            assert read == whole[: len(read)], path.name
            for one in found:
                assert not one.failed or "byte " in one.reason or "gzip" in one.reason, one
