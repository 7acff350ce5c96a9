"""Tar files of every kind, whole, cut and hostile, within compressed streams and without."""

from __future__ import annotations

import bz2
import gzip
import importlib
import io
import lzma
import sys
import tarfile
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from newstui.fetch.containers import Walk
from newstui.fetch.found import Found, Limits

PAGE = "<html><body>新都新闻</body></html>".encode()
zstd = importlib.import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")

COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "lzma": lambda data: lzma.compress(data, lzma.FORMAT_ALONE),
    "Zstandard": zstd.compress,
}


def walk(tmp_path: Path, data: bytes, limits: Limits | None = None) -> list[Found]:
    """What a file with that content holds; its name says nothing of it."""
    path = tmp_path / "file.bin"
    path.write_bytes(data)
    return list(Walk(limits).files([str(path)]))


def told(found: list[Found]) -> list[tuple[str, str]]:
    """Member and reason, or "read" of what is a whole page."""
    return [(one.member, one.reason or ("read" if one.data.startswith(PAGE) else "else")) for one in found]


def member(name: str, kind: bytes = tarfile.REGTYPE, size: int = 0, target: str = "") -> tarfile.TarInfo:
    """A member's header."""
    info = tarfile.TarInfo(name)
    info.type, info.size, info.linkname = kind, size, target
    return info


def packed(*names: str, form: int = tarfile.GNU_FORMAT, encoding: str = "utf-8", data: bytes = PAGE) -> bytes:
    """A tar file of pages."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form, encoding=encoding) as archive:
        for name in names:
            archive.addfile(member(name, size=len(data)), io.BytesIO(data))
    return buffer.getvalue()


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_names_of_every_format_and_encoding(tmp_path: Path, form: int, encoding: str) -> None:
    long = "新都/" * 20 + "页.html"
    names = ["a.html", "./新都.html", long]
    expected = ["a.html", "新都.html", long]
    if form == tarfile.USTAR_FORMAT:
        del names[2], expected[2]
        names.append("deep/" * 30 + "a.html")
        expected.append(names[-1])
    found = walk(tmp_path, packed(*names, form=form, encoding=encoding))
    assert told(found) == [(name, "read") for name in expected]


def test_a_v7_tar_file_has_no_magic(tmp_path: Path) -> None:
    data = bytearray(packed("a.html"))
    data[257:512] = bytes(255)
    data[148:156] = b" " * 8
    data[148:156] = b"%06o\0 " % sum(data[:512])
    assert told(walk(tmp_path, bytes(data))) == [("a.html", "read")]


def test_links_devices_and_hostile_names_are_told(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.addfile(member("good.html", size=len(PAGE)), io.BytesIO(PAGE))
        for name in ("../up.html", "/abs.html", "..\\..\\win.html", "C:\\a.html"):
            archive.addfile(member(name, size=len(PAGE)), io.BytesIO(PAGE))
        archive.addfile(member("soft", tarfile.SYMTYPE, target="/etc/passwd"))
        archive.addfile(member("hard.html", tarfile.LNKTYPE, target="good.html"))
        archive.addfile(member("device", tarfile.CHRTYPE))
        archive.addfile(member("block", tarfile.BLKTYPE))
        archive.addfile(member("pipe", tarfile.FIFOTYPE))
        archive.addfile(member("folder", tarfile.DIRTYPE))
        archive.addfile(member("odd", b"Z"))
        archive.addfile(member("page.html", size=len(PAGE)), io.BytesIO(PAGE))
        archive.addfile(member("page_files/ad.html", size=len(PAGE)), io.BytesIO(PAGE))
        archive.addfile(member(".git/x.html", size=len(PAGE)), io.BytesIO(PAGE))
        archive.addfile(member("last.html", size=len(PAGE)), io.BytesIO(PAGE))
    found = walk(tmp_path, buffer.getvalue())
    outside = "its name leads out of the archive"
    assert told(found) == [
        ("good.html", "read"),
        ("../up.html", outside),
        ("/abs.html", outside),
        ("..\\..\\win.html", outside),
        ("C:\\a.html", outside),
        ("soft", "a link, which is not followed"),
        ("hard.html", "a link to good.html, which is read where it lies"),
        ("device", "not a file but a device"),
        ("block", "not a file but a device"),
        ("pipe", "not a file but a pipe"),
        ("odd", "a member of type Z, which is not read"),
        ("page.html", "read"),
        ("page_files/ad.html", "belongs to the saved page page.html"),
        (".git/x.html", "hidden"),
        ("last.html", "read"),
    ]
    assert [one.member for one in found if one.reason and not one.failed] == [
        "hard.html",
        "page_files/ad.html",
        ".git/x.html",
    ]


def test_a_sparse_file_is_told(tmp_path: Path) -> None:
    info = member("holes.html", size=len(PAGE))
    info.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.name": "real.html", "GNU.sparse.realsize": "99"}
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(info, io.BytesIO(PAGE))
    (found,) = walk(tmp_path, buffer.getvalue())
    assert (found.member, found.failed) == ("real.html", True) and "sparse" in found.reason


@pytest.mark.parametrize("form", COMPRESS)
@pytest.mark.parametrize("cut", [700, 1024 + 300, 1024 + 512 + 10, 2048])
def test_a_tar_file_cut_short_keeps_what_is_whole(tmp_path: Path, form: str, cut: int) -> None:
    whole = packed("a.html", "b.html", "c.html", data=PAGE + b" " * 400)
    cut_found = walk(tmp_path, COMPRESS[form](whole[:cut]))
    read = [one.member for one in cut_found if not one.reason]
    assert read == ["a.html", "b.html", "c.html"][: cut // 1024 or (cut >= 512 + len(PAGE) + 400)]
    reasons = [one.reason for one in cut_found if one.failed]
    assert len(reasons) == 1 and f"the tar file is cut short at byte {cut}" in reasons[0]
    if cut in (700, 1024 + 512 + 10):
        assert cut_found[-1].member == ("a.html" if cut == 700 else "b.html")


@pytest.mark.parametrize("form", COMPRESS)
def test_a_compressed_stream_cut_short_names_the_byte(tmp_path: Path, form: str) -> None:
    noise = bytes(hash(str(number)) & 0xFF for number in range(300_000))
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.addfile(member("a.html", size=len(PAGE)), io.BytesIO(PAGE))
        for number in range(9):
            archive.addfile(member(f"{number}.html", size=300_000), io.BytesIO(noise[number:] + noise[:number]))
    data = COMPRESS[form](buffer.getvalue())
    cut = len(data) * 2 // 3
    found = walk(tmp_path, data[:cut])
    if form in ("gzip", "Zstandard", "bzip2"):
        # What has a window of more than the file gives nothing before its end.
        assert told(found)[0] == ("a.html", "read")
    assert found[-1].failed and not found[-1].member
    assert f"damaged {form} file (it is cut short at byte {cut})" == found[-1].reason


@pytest.mark.parametrize("form", COMPRESS)
def test_streams_of_several_members_padding_and_garbage(tmp_path: Path, form: str) -> None:
    pack = COMPRESS[form]
    assert walk(tmp_path, pack(PAGE))[0].data == PAGE
    several = pack(PAGE) + pack(b"") + pack(PAGE)
    assert [one.data for one in walk(tmp_path, several)] == [PAGE * 2]
    assert [one.data for one in walk(tmp_path, pack(PAGE) + bytes(100_000) + pack(PAGE))] == [PAGE * 2]
    garbage = walk(tmp_path, pack(PAGE) + b"garbage")
    assert [one.failed for one in garbage] == [False, True] and garbage[0].data == PAGE
    assert f"from byte {len(pack(PAGE))} on it is no {form} file" in garbage[1].reason


@pytest.mark.parametrize("form", COMPRESS)
def test_every_byte_of_a_stream_damaged_in_turn(tmp_path: Path, form: str) -> None:
    data = COMPRESS[form](packed("a.html"))
    for at in range(len(data)):
        for one in walk(tmp_path, data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]):
            assert one.reason or one.data


def test_a_page_in_a_damaged_stream_is_not_read_as_if_it_were_whole(tmp_path: Path) -> None:
    data = gzip.compress(PAGE * 1000)
    wrong = data[:-8] + bytes([data[-8] ^ 1]) + data[-7:]
    for broken in (data[:-4], wrong):
        assert [one.failed for one in walk(tmp_path, broken)] == [True]


def test_a_damaged_header_is_told_and_the_next_member_read(tmp_path: Path) -> None:
    data = bytearray(packed("a.html", "b.html", "c.html"))
    data[1024 + 20] ^= 0xFF
    assert told(walk(tmp_path, bytes(data))) == [
        ("a.html", "read"),
        ("", "damaged at byte 1024 (its header is damaged); what can be read after it is read"),
        ("c.html", "read"),
    ]
    twice = packed("a.html") + packed("b.html")
    assert told(walk(tmp_path, twice)) == [("a.html", "read"), ("b.html", "read")]


@pytest.mark.parametrize("size", [-1, 300 << 20, 1 << 62])
@pytest.mark.parametrize("kind", [b"x", b"g", b"L", b"K", b"0", b"S"])
def test_sizes_that_lie_cost_no_memory(tmp_path: Path, kind: bytes, size: int) -> None:
    lying = member("x.html", kind, size).tobuf(tarfile.GNU_FORMAT)
    data = gzip.compress(packed("a.html")[:1024] + lying + bytes(8 << 20), 1)
    tracemalloc.start()
    found = walk(tmp_path, data, Limits(ratio=1 << 20))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert told(found)[0] == ("a.html", "read") and any(one.failed for one in found[1:])
    assert peak < 8 << 20


def test_a_warc_like_depth_of_zip_in_tar_in_streams(tmp_path: Path) -> None:
    inner = packed("页.html")
    data = gzip.compress(packed("x.tar.xz", data=lzma.compress(packed("y.tar", data=inner))))
    assert told(walk(tmp_path, data)) == [("x.tar.xz/y.tar/页.html", "read")]


def test_streams_and_containers_in_one_another_have_an_end(tmp_path: Path) -> None:
    data = PAGE
    for _ in range(5):
        data = gzip.compress(data)
    (found,) = walk(tmp_path, data)
    assert found.failed and found.reason == "more than 4 compressed files inside one another"
    data = PAGE
    for _ in range(7):
        data = packed("a", data=data)
    (found,) = walk(tmp_path, data)
    assert found.failed and found.reason == "more than 6 containers inside one another"


def test_memory_that_a_decoder_asks_for_is_bounded(tmp_path: Path) -> None:
    greedy = lzma.compress(PAGE, filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 28}])
    (found,) = walk(tmp_path, greedy)
    assert found.failed and "memory" in found.reason.lower()
    option = zstd.CompressionParameter.window_log
    wide = zstd.ZstdCompressor(options={option: 30})
    (found,) = walk(tmp_path, wide.compress(PAGE) + wide.flush())
    assert found.failed and "damaged Zstandard file" in found.reason


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"7z\xbc\xaf\x27\x1c\0\4", "7z x FILE"),
        (b"Rar!\x1a\x07\x01\0", "unrar x"),
        (b"ITSF\3\0\0\0", "CHM"),
        (b"%PDF-1.4", "pdftotext"),
    ],
)
def test_what_is_not_read_names_the_way_out(tmp_path: Path, head: bytes, words: str) -> None:
    (found,) = walk(tmp_path, head + bytes(600))
    assert found.failed is (not head.startswith(b"%PDF")) and words in found.reason
