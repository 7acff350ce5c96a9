"""Web archives: records, lengths that lie, damage, packed bodies, revisits."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zipfile
import zlib
from pathlib import Path

import brotli
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newstui.fetch.containers import Walk
from newstui.fetch.found import Budget, Found, Limits
from newstui.fetch.warc.bodies import PayloadError, decoded, unchunked
from newstui.fetch.warc.http import read_answer
from newstui.fetch.warc.records import capture_time

PAGE = "<html><body><p>新都区今天的新闻</p></body></html>".encode()


def http(body: bytes = PAGE, *fields: str, status: str = "HTTP/1.1 200 OK", kind: str = "text/html") -> bytes:
    """An answer."""
    lines = [status, f"Content-Type: {kind}", f"Content-Length: {len(body)}", *fields]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(
    block: bytes, url: str = "http://x.cn/1.html", *fields: str, kind: str = "response", length: int | None = -1
) -> bytes:
    """A WARC record; `length` None leaves its length out, -1 gives the true one."""
    lines = ["WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {url}", *fields]
    if not any(field.startswith("WARC-Date") for field in fields):
        lines.append("WARC-Date: 2014-01-03T03:03:22Z")
    if length is not None:
        lines.append(f"Content-Length: {len(block) if length < 0 else length}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def numbered(number: int) -> bytes:
    """A record of its own."""
    return record(http(PAGE + b"<p>%d</p>" % number), f"http://x.cn/{number}.html")


def walked(path: Path, data: bytes, limits: Limits | None = None) -> list[Found]:
    """What is found in `data`."""
    path.write_bytes(data)
    walk = Walk(limits)
    found = list(walk.files([path]))
    assert walk.tally.found == len(found)
    return found


def pages(found: list[Found]) -> list[str]:
    """The addresses of what is read."""
    return [one.about.url for one in found if not one.reason]


def failures(found: list[Found]) -> list[str]:
    return [one.reason for one in found if one.failed]


def urls(*numbers: int) -> list[str]:
    return [f"http://x.cn/{number}.html" for number in numbers]


@pytest.mark.parametrize("packing", ["plain", "members", "whole", "zstd"])
def test_however_it_is_packed(tmp_path: Path, packing: str) -> None:
    each = [numbered(number) for number in range(5)]
    match packing:
        case "plain":
            data = b"".join(each)
        case "members":
            data = b"".join(map(gzip.compress, each))
        case "whole":
            data = gzip.compress(b"".join(each))
        case _:
            from backports import zstd

            data = b"".join(map(zstd.compress, each))
    found = walked(tmp_path / "x", data)
    assert pages(found) == urls(0, 1, 2, 3, 4)
    assert found[0].data == PAGE + b"<p>0</p>"
    assert found[0].member == "20140103030322/http://x.cn/0.html"
    assert str(found[0].about.captured) == "2014-01-03 03:03:22+00:00"


def test_a_zstandard_archive_with_its_dictionary(tmp_path: Path) -> None:
    from backports import zstd

    samples = [numbered(number) for number in range(300)]
    known = zstd.train_dict(samples, 2000)
    content = known.dict_content
    frames = [zstd.compress(one, zstd_dict=known) for one in samples[:3]]
    for kept in (content, zstd.compress(content)):
        head = b"\x5d\x2a\x4d\x18" + len(kept).to_bytes(4, "little") + kept
        assert pages(walked(tmp_path / "x", head + b"".join(frames))) == urls(0, 1, 2)


@pytest.mark.parametrize("length", [None, 10, 400, 10**9])
def test_lengths_that_lie(tmp_path: Path, length: int | None) -> None:
    liar = record(http(PAGE * 3), "http://x.cn/1.html", length=length)
    data = numbered(0) + liar + numbered(2) + numbered(3)
    found = walked(tmp_path / "x", data)
    assert set(urls(0, 2, 3)) <= set(pages(found))
    (told,) = failures(found)
    assert f"byte {len(numbered(0))}" in told
    if length != 10**9:
        assert found[1].data == PAGE * 3


def test_damage_costs_one_record_and_is_named(tmp_path: Path) -> None:
    each = [gzip.compress(numbered(number)) for number in range(4)]
    bad = bytearray(each[1])
    bad[40] ^= 0xFF
    found = walked(tmp_path / "x", each[0] + bytes(bad) + each[2] + each[3])
    assert pages(found) == urls(0, 2, 3)
    (told,) = failures(found)
    assert f"damaged at byte {len(each[0])}:" in told
    found = walked(tmp_path / "x", each[0] + b"\xff" * 500 + each[2])
    assert pages(found) == urls(0, 2)
    assert f"byte {len(each[0])}:" in failures(found)[0]


def test_a_tail_that_is_missing(tmp_path: Path) -> None:
    data = numbered(0) + numbered(1)
    found = walked(tmp_path / "x", data[:-40])
    assert pages(found) == urls(0)
    assert failures(found)[0].startswith(f"damaged at byte {len(numbered(0))}: ")
    assert pages(walked(tmp_path / "x", data[:-3])) == urls(0, 1), "only the empty lines behind it are missing"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(packed=st.booleans(), at=st.floats(0, 1), flip=st.integers(0, 255), cut=st.booleans())
def test_damage_anywhere(tmp_path: Path, packed: bool, at: float, flip: int, cut: bool) -> None:
    """Records before it are kept, those behind are found again; nothing raises."""
    each = [numbered(number) for number in range(6)]
    if packed:
        each = [gzip.compress(one) for one in each]
    data = b"".join(each)
    place = min(len(data) - 1, int(at * len(data)))
    start, hurt = 0, 0
    while start + len(each[hurt]) <= place:
        start += len(each[hurt])
        hurt += 1
    data = data[:place] if cut else data[:place] + bytes([data[place] ^ flip]) + data[place + 1 :]
    read = pages(walked(tmp_path / "x", data)) if data else []
    assert read[:hurt] == urls(*range(hurt)) or hurt == 0
    if not cut:
        assert set(urls(*range(hurt + 2, 6))) <= set(read)


def test_what_is_no_page_has_a_reason(tmp_path: Path) -> None:
    data = b"".join(
        [
            record(b"software: x\r\n", "", kind="warcinfo"),
            record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
            record(http(b"", "Location: /b.html", status="HTTP/1.1 301 Moved"), "http://x.cn/a.html"),
            record(http(b"gone", status="HTTP/1.1 404 Not Found"), "http://x.cn/c.html"),
            record(http(b"\x89PNG\r\n", kind="text/html"), "http://x.cn/d.png"),
            record(http(b"body{}", kind="text/css"), "http://x.cn/e.css"),
            record(http(b"1", "Content-Range: bytes 0-0/9", status="HTTP/1.1 206 Partial"), "http://x.cn/f.html"),
            record(b"20140103\nx.cn. 1 IN A 1.2.3.4\n", "dns:x.cn", "Content-Type: text/dns"),
            record(http(PAGE, status="HTTP/2 200", kind="text/html"), "http://x.cn/g.html"),
            record(PAGE, "http://x.cn/h.html", "Content-Type: text/html", kind="resource"),
            record("今天的新闻".encode(), "http://x.cn/i.html", "Content-Type: text/plain", kind="conversion"),
        ]
    )
    found = walked(tmp_path / "x", data)
    assert [one.reason for one in found] == [
        "a redirect to http://x.cn/b.html",
        "the server answered 404",
        "a picture, no page",
        "a style sheet, no page",
        "only a part of a page",
        "a look-up of a name, no page",
        "",
        "",
        "",
    ]


def test_large_records_are_passed_by(tmp_path: Path) -> None:
    limits = Limits(page=100_000)
    data = record(http(os.urandom(400_000).replace(b"\n", b" "))) + numbered(1)
    found = walked(tmp_path / "x", data, limits)
    assert pages(found) == urls(1)
    assert found[0].reason.startswith("larger than")


def test_revisits_are_the_page_again(tmp_path: Path) -> None:
    first = record(http(), "http://x.cn/1.html", "WARC-Record-ID: <urn:uuid:1>", "WARC-Payload-Digest: sha1:A")
    by_id = record(http(b""), "http://x.cn/2.html", "WARC-Refers-To: <urn:uuid:1>", kind="revisit")
    by_address = record(
        b"",
        "http://x.cn/3.html",
        "WARC-Refers-To-Target-URI: http://x.cn/1.html",
        "WARC-Refers-To-Date: 2014-01-03T03:03:22Z",
        kind="revisit",
    )
    by_digest = record(b"", "http://x.cn/4.html", "WARC-Payload-Digest: sha1:A", kind="revisit")
    itself = record(
        b"", "http://x.cn/5.html", "WARC-Record-ID: <urn:uuid:5>", "WARC-Refers-To: <urn:uuid:5>", kind="revisit"
    )
    data = by_digest + first + by_id + by_address + itself
    for packed in (False, True):
        each = [by_digest, first, by_id, by_address, itself]
        found = walked(tmp_path / "x", b"".join(map(gzip.compress, each)) if packed else data)
        assert sorted(pages(found)) == urls(1, 2, 3, 4)
        assert all(one.data == PAGE for one in found if not one.reason)
        assert "earlier capture that is not in what was read" in found[-1].reason
    inside = tmp_path / "x.gz"
    assert sorted(pages(walked(inside, gzip.compress(gzip.compress(data))))) == urls(1, 2, 3, 4), "kept in memory"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw", "br", "zstd", "gzip, br", "plain"])
def test_content_codings(coding: str) -> None:
    from backports import zstd

    body, names = PAGE, coding
    match coding:
        case "gzip":
            body = gzip.compress(PAGE)
        case "deflate":
            body = zlib.compress(PAGE)
        case "raw":
            body, names = zlib.compress(PAGE)[2:-4], "deflate"
        case "br":
            body = brotli.compress(PAGE)
        case "zstd":
            body = zstd.compress(PAGE)
        case "gzip, br":
            body = brotli.compress(gzip.compress(PAGE))
        case "plain":
            names = "br, gzip, deflate, zstd"
    assert decoded(body, names, 10_000, Budget(10_000)) == PAGE
    if coding not in ("plain", "raw"):
        with pytest.raises(PayloadError):
            decoded(body[:-9], names, 10_000, Budget(10_000))


@pytest.mark.parametrize("name", ["gzip", "br", "zstd", "deflate"])
def test_bombs_in_bodies(name: str) -> None:
    from backports import zstd

    pack = {"gzip": gzip.compress, "br": brotli.compress, "zstd": zstd.compress, "deflate": zlib.compress}[name]
    with pytest.raises(PayloadError, match="larger"):
        decoded(pack(bytes(20 << 20)), name, 1 << 20, Budget(1 << 30))


def test_chunks() -> None:
    assert unchunked(b"4;x=1\r\nWiki\r\n5\npedia\n0\r\nT: 1\r\n\r\n") == (b"Wikipedia", True)
    assert unchunked(b"4\r\nWiki\r\n9\r\nped") == (b"Wikiped", False)
    assert unchunked(PAGE) == (PAGE, False)


def test_heads_as_they_are_kept() -> None:
    for head in (
        b"HTTP/1.1 200\r\nA: b\r\n c\r\n\r\n",
        b"HTTP/2 200 OK\nA: b\n\tc\n\n",
        b"ICY 200 OK\r\r\nA: b c\r\r\n\r\r\n",
    ):
        answer = read_answer(head + b"body")
        assert answer is not None
        assert (answer.status, answer.get("a"), (head + b"body")[answer.body :]) == (200, "b c", b"body")
    assert read_answer(b"<html>") is None


def test_times_of_capture() -> None:
    assert str(capture_time("2014-03-04T05:14:21.1234567Z")) == "2014-03-04 05:14:21.123456+00:00"
    assert str(capture_time("20140304051421")) == "2014-03-04 05:14:21+00:00"
    assert str(capture_time("2014-03")) == "2014-03-01 00:00:00+00:00"
    assert capture_time("yesterday") is None and capture_time("20149999999999") is None


def test_a_wacz_is_read_and_its_digests_are_checked(tmp_path: Path) -> None:
    archive = gzip.compress(numbered(1))
    for digest, failed in ((hashlib.sha256(archive).hexdigest(), 1), ("0" * 64, 2)):
        resources = [
            {"path": "archive/data.warc.gz", "hash": f"sha256:{digest}", "bytes": len(archive)},
            {"path": "archive/gone.warc.gz", "hash": f"sha256:{digest}", "bytes": 1},
        ]
        path = tmp_path / "x.wacz"
        with zipfile.ZipFile(path, "w") as opened:
            opened.writestr("archive/data.warc.gz", archive)
            opened.writestr("indexes/index.idx", "!meta 0 {}")
            opened.writestr("pages/pages.jsonl", '{"title": "一", "text": "二"}')
            opened.writestr("datapackage.json", json.dumps({"profile": "data-package", "resources": resources}))
        found = list(Walk().files([path]))
        assert [(one.member, one.about.url) for one in found if not one.reason] == [
            ("archive/data.warc.gz/20140103030322/http://x.cn/1.html", "http://x.cn/1.html")
        ]
        assert len(failures(found)) == failed
        assert any("not there" in reason for reason in failures(found))
