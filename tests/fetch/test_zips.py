"""ZIP files as hostile hands and broken downloads make them."""

from __future__ import annotations

import io
import stat
import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest

from newstui.fetch.containers import Walk
from newstui.fetch.found import Found, Limits

PAGE = "<html><body>新都新闻</body></html>".encode()
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")


def walk(tmp_path: Path, data: bytes, limits: Limits | None = None) -> list[Found]:
    """What a file with that content holds."""
    path = tmp_path / "file.bin"
    path.write_bytes(data)
    return list(Walk(limits).files([str(path)]))


def told(found: list[Found]) -> list[tuple[str, str]]:
    """Member and reason, or "read" of what is the whole page."""
    return [(one.member, one.reason or ("read" if one.data == PAGE else "else")) for one in found]


def zipped(*names: str, method: int = zipfile.ZIP_DEFLATED, data: bytes = PAGE) -> bytes:
    """A ZIP file of pages."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name in names:
            archive.writestr(name, data)
    return buffer.getvalue()


def bare(packed: bytes, method: int, *, flags: int = 0, size: int = len(PAGE), crc: int = zlib.crc32(PAGE)) -> bytes:
    """A ZIP file of one member "a.html" in any method."""
    sizes = (crc, len(packed), size)
    local = _LOCAL.pack(b"PK\3\4", 20, flags, method, 0, 0, *sizes, 6, 0) + b"a.html" + packed
    central = _CENTRAL.pack(b"PK\1\2", 20, 20, flags, method, 0, 0, *sizes, 6, 0, 0, 0, 0, 0, 0) + b"a.html"
    return local + central + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(central), len(local), 0)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_of_the_standard_library(tmp_path: Path, method: int) -> None:
    assert told(walk(tmp_path, zipped("a.html", "b.html", method=method))) == [("a.html", "read"), ("b.html", "read")]


def test_zstandard_and_xz_members(tmp_path: Path) -> None:
    from tests.fetch.test_tars import COMPRESS

    for method, form in ((93, "Zstandard"), (95, "xz")):
        assert told(walk(tmp_path, bare(COMPRESS[form](PAGE), method))) == [("a.html", "read")]


@pytest.mark.parametrize(
    ("method", "flags", "words"),
    [
        (9, 0, "packed by Deflate64"),
        (98, 0, "packed by PPMd"),
        (77, 0, "packed by method 77"),
        (8, 1, "encrypted (ZipCrypto)"),
        (99, 1, "encrypted (AES)"),
    ],
)
def test_what_is_not_unpacked_names_method_and_way_out(tmp_path: Path, method: int, flags: int, words: str) -> None:
    (found,) = walk(tmp_path, bare(PAGE, method, flags=flags))
    assert found.failed and words in found.reason and "7z x FILE" in found.reason


def test_members_that_lie(tmp_path: Path) -> None:
    deflated = zlib.compress(PAGE, wbits=-15)
    for data, words in (
        (bare(deflated, 8, size=5), "more than the 5 bytes"),
        (bare(deflated, 8, size=500), "of its 500 bytes"),
        (bare(deflated, 8, crc=1), "checksum"),
        (bare(deflated[:-9], 8), "cut short"),
        (bare(PAGE, 0, size=5), "two sizes differ"),
    ):
        (found,) = walk(tmp_path, data)
        assert found.failed and words in found.reason, words
    local_lies = bytearray(bare(deflated, 8))
    struct.pack_into("<L", local_lies, 22, 9)
    (found,) = walk(tmp_path, bytes(local_lies))
    assert found.failed and "different sizes" in found.reason
    renamed = bytearray(bare(deflated, 8))
    renamed[30:36] = b"b.html"
    (found,) = walk(tmp_path, bytes(renamed))
    assert found.failed and "its own header calls it b.html" in found.reason


def test_bytes_used_by_many_members_are_read_once(tmp_path: Path) -> None:
    """The bomb of D. Fifield, "A better zip bomb" (WOOT 2019): every entry leads to the same data."""
    local = _LOCAL.pack(b"PK\3\4", 20, 0, 0, 0, 0, zlib.crc32(PAGE), len(PAGE), len(PAGE), 6, 0) + b"a.html" + PAGE
    fields = (0, 0, 0, 0, zlib.crc32(PAGE), len(PAGE), len(PAGE), 6, 0, 0, 0, 0, 0, 0)
    central = (_CENTRAL.pack(b"PK\1\2", 20, 20, *fields) + b"a.html") * 1000
    data = local + central + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1000, 1000, len(central), len(local), 0)
    found = walk(tmp_path, data)
    assert [one.failed for one in found] == [False] + [True] * 999
    assert found[-1].reason == "its bytes are another member's, too, as in a bomb"


@pytest.mark.parametrize("prefix", [b"#!/bin/sh\nexit\n", b"MZ\x90" + bytes(5000), b"<html>page</html>"])
def test_bytes_before_a_zip_file(tmp_path: Path, prefix: bytes) -> None:
    assert told(walk(tmp_path, prefix + zipped("a.html"))) == [("a.html", "read")]


def test_parts_of_a_zip_file_say_so(tmp_path: Path) -> None:
    data = bytearray(zipped("a.html"))
    struct.pack_into("<2H", data, len(data) - 18, 2, 1)
    assert "one of several parts" in walk(tmp_path, bytes(data))[0].reason


def test_members_of_a_broken_download_are_read_by_their_own_headers(tmp_path: Path) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    streamed = Pipe()
    with zipfile.ZipFile(streamed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("a.html", "b.html"):
            archive.writestr(name, PAGE)
    for whole in (zipped("a.html", "b.html"), streamed.getvalue()):
        second = whole.index(b"PK\3\4", 4)
        found = walk(tmp_path, whole[: whole.index(b"PK\1\2")])
        assert told(found)[1:] == [("a.html", "read"), ("b.html", "read")]
        assert "no end record, so it is cut short" in found[0].reason and found[0].failed
        found = walk(tmp_path, whole[: second + 60])
        assert told(found)[1] == ("a.html", "read")
        assert (found[2].member, found[2].failed) == ("b.html", True) and "cut short" in found[2].reason


def test_links_and_devices_by_their_modes(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, kind in (("link", stat.S_IFLNK), ("pipe", stat.S_IFIFO), ("a.html", stat.S_IFREG)):
            info = zipfile.ZipInfo(name)
            info.create_system = 3
            info.external_attr = (kind | 0o644) << 16
            archive.writestr(info, PAGE)
    found = walk(tmp_path, buffer.getvalue())
    assert [one.failed for one in found] == [True, True, False]
    assert "link" in found[0].reason and "pipe" in found[1].reason


def test_a_nest_of_bombs_is_left_early_and_its_neighbours_are_read(tmp_path: Path) -> None:
    """As 42.zip: the same file many times over, on every level."""
    bomb = zipped("0.txt", data=bytes(4 << 20))
    for _ in range(4):
        bomb = zipped(*(f"{number}.zip" for number in range(16)), data=bomb)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("1.html", PAGE)
        archive.writestr("bomb.zip", bomb)
        archive.writestr("2.html", PAGE)
    tracemalloc.start()
    found = walk(tmp_path, buffer.getvalue(), Limits(page=1 << 20, least=8 << 20, ratio=10))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert told(found)[0] == ("1.html", "read") and told(found)[-1] == ("2.html", "read")
    assert any("far more than its size" in one.reason for one in found) and len(found) < 2000
    assert peak < 16 << 20


def test_a_million_entries_cost_little_memory(tmp_path: Path) -> None:
    entry = _CENTRAL.pack(b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    central = entry * 60_000
    data = central + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 60_000, 60_000, len(central), 0, 0)
    path = tmp_path / "many.zip"
    path.write_bytes(data)
    tracemalloc.start()
    count = sum(one.failed for one in Walk(Limits(members=20_000)).files([str(path)]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 20_001 and peak < 3 * len(data) + (4 << 20)
