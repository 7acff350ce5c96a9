"""Files, folders and ZIP files as they are found, harmless and harmful."""

from __future__ import annotations

import gzip
import io
import os
import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest

from newstui.fetch.containers import Walk
from newstui.fetch.found import Found, Limits
from newstui.fetch.walking import fingerprint

PAGE = "<html><body>新闻</body></html>".encode()
SMALL = Limits(page=10_000, nested=100_000, members=50, depth=2, ratio=100, least=50_000)


def walk(*paths: Path | str, limits: Limits | None = None, stdin: bytes | None = None) -> list[Found]:
    """Everything found; the tally must agree with it in the end."""
    walked = Walk(limits, None if stdin is None else io.BytesIO(stdin))
    found = list(walked.files([os.fspath(path) for path in paths]))
    assert walked.tally.found >= sum(not one.failed for one in found) - 1
    return found


def told(found: list[Found], root: Path) -> dict[str, str]:
    """Reason (or "read") by path and member, relative to `root`."""
    names = {}
    for one in found:
        path = one.path.removeprefix(f"{root}/")
        names[f"{path}!{one.member}" if one.member else path] = one.reason or "read"
    assert len(names) == len(found), "two items of one name"
    return names


def zipped(**members: bytes) -> bytes:
    """A ZIP file of members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_a_folder_in_order_of_names_with_what_is_passed_over(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    (root / "a" / "deep").mkdir(parents=True)
    (root / "新都.html").write_bytes(PAGE)
    (root / "a" / "2.html").write_bytes(PAGE)
    (root / "a" / "deep" / "1.txt").write_bytes(PAGE)
    (root / "b.html").write_bytes(b"")
    (root / ".hidden.html").write_bytes(PAGE)
    (root / ".git").mkdir()
    (root / ".git" / "x.html").write_bytes(PAGE)
    (root / "page.html").write_bytes(PAGE)
    (root / "page_files" / "sub").mkdir(parents=True)
    (root / "page_files" / "a.js").write_bytes(b"x")
    (root / "page_files" / "sub" / "frame.html").write_bytes(PAGE)
    (root / "other_files").mkdir()
    (root / "other_files" / "c.html").write_bytes(PAGE)
    os.mkfifo(root / "pipe")
    (root / "z.warc.gz").write_bytes(gzip.compress(b"WARC/1.0\r\n"))
    found = walk(root)
    assets = "belongs to the saved page page.html"
    assert told(found, root) == {
        ".git": "hidden",
        ".hidden.html": "hidden",
        "a/2.html": "read",
        "a/deep/1.txt": "read",
        "b.html": "empty file",
        "other_files/c.html": "read",
        "page.html": "read",
        "page_files/a.js": assets,
        "page_files/sub/frame.html": assets,
        "pipe": "not a file but a pipe",
        "z.warc.gz": "damaged at byte 0: 10 bytes that begin no record",
        "新都.html": "read",
    }
    read = [one.path.removeprefix(f"{root}/") for one in found if not one.reason]
    assert read == ["a/2.html", "a/deep/1.txt", "other_files/c.html", "page.html", "新都.html"]
    assert all(one.data == PAGE for one in found if not one.reason)


def test_links_are_held_inside_and_never_loop(tmp_path: Path) -> None:
    outside = tmp_path / "outside.html"
    outside.write_bytes(b"secret")
    root = tmp_path / "archive"
    (root / ".annex").mkdir(parents=True)
    (root / ".annex" / "k").write_bytes(PAGE)
    (root / "inside.html").symlink_to(".annex/k")
    (root / "out.html").symlink_to(outside)
    (root / "etc").symlink_to("/etc")
    (root / "loop").symlink_to(root)
    (root / "self").symlink_to("self")
    (root / "dangling").symlink_to("nothing")
    assert told(walk(root), root) == {
        ".annex": "hidden",
        "dangling": "No such file or directory",
        "etc": "a link that leads out of the folder",
        "inside.html": "read",
        "loop": "a link that leads out of the folder",
        "out.html": "a link that leads out of the folder",
        "self": "Too many levels of symbolic links",
    }
    linked = tmp_path / "linked"
    linked.symlink_to(root)
    assert "inside.html" in told(walk(linked), linked), "a link given by name is followed"


def test_names_that_are_no_utf8_are_shown_as_chinese(tmp_path: Path) -> None:
    name = "新都新闻.html".encode("gb18030")
    with open(os.fsencode(tmp_path) + b"/" + name, "wb") as opened:  # noqa: PTH123
        opened.write(PAGE)
    (tmp_path / "\x1b[31mred\u202e.html").write_bytes(PAGE)
    assert set(told(walk(tmp_path), tmp_path)) == {"新都新闻.html", "[31mred.html"}


def test_what_is_not_there_or_may_not_be_read(tmp_path: Path) -> None:
    found = walk(tmp_path / "nothing", "/dev/zero", "bad\0name")
    assert [(one.failed, one.reason) for one in found[:2]] == [
        (True, "No such file or directory"),
        (True, "not a file but a device or socket"),
    ]
    assert found[2].failed
    assert "null" in found[2].reason


def test_standard_input_may_be_a_page_or_a_container() -> None:
    assert [(one.path, one.member, one.data) for one in walk("-", stdin=PAGE)] == [("-", "", PAGE)]
    found = walk("-", stdin=zipped(**{"a.html": PAGE}))
    assert [(one.path, one.member, one.data) for one in found] == [("-", "a.html", PAGE)]
    assert walk("-", limits=SMALL, stdin=b"x" * 200_000)[0].reason.startswith("larger than")


def test_zip_in_zip_in_gzip_to_a_depth(tmp_path: Path) -> None:
    inner = zipped(**{"页.html": PAGE})
    middle = zipped(**{"inner.zip": inner, "one.html": PAGE})
    path = tmp_path / "outer.zip"
    path.write_bytes(zipped(**{"middle.zip": middle, "page.html.gz": gzip.compress(PAGE)}))
    assert told(walk(path), tmp_path) == {
        "outer.zip!middle.zip/inner.zip/页.html": "read",
        "outer.zip!middle.zip/one.html": "read",
        "outer.zip!page.html.gz": "read",
    }
    shallow = told(walk(path, limits=SMALL), tmp_path)
    assert shallow["outer.zip!middle.zip/inner.zip"] == "more than 2 containers inside one another"
    assert shallow["outer.zip!middle.zip/one.html"] == "read"


def test_member_names_in_gbk_utf8_and_the_unicode_field(tmp_path: Path) -> None:
    path = tmp_path / "names.zip"
    unflagged = {
        b"PLACEGBKNAME1.htm": "成都/新都新.htm".encode("gb18030"),
        b"PLACEUTF8NAME.htm": "温江新.html".encode(),
    }
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("flagged新.html", PAGE)
        for placeholder, name in unflagged.items():
            archive.writestr(placeholder.decode()[: len(name)], PAGE)
        stated = zipfile.ZipInfo("x.html")
        field = struct.pack("<BL", 1, zlib.crc32(b"x.html")) + "双流.html".encode()
        stated.extra = struct.pack("<HH", 0x7075, len(field)) + field
        archive.writestr(stated, PAGE)
        stale = zipfile.ZipInfo("renamed.html")
        stale.extra = stated.extra
        archive.writestr(stale, PAGE)
    raw = path.read_bytes()
    for placeholder, name in unflagged.items():
        # Local header and central directory: zipfile itself always sets the UTF-8 flag.
        assert raw.count(placeholder[: len(name)]) == 2
        raw = raw.replace(placeholder[: len(name)], name)
    path.write_bytes(raw)
    assert set(told(walk(path), tmp_path)) == {
        "names.zip!flagged新.html",
        "names.zip!成都/新都新.htm",
        "names.zip!温江新.html",
        "names.zip!双流.html",
        "names.zip!renamed.html",
    }


def test_hostile_members_are_told_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "hostile.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("../up.html", "/abs.html", "C:\\win.html", "a/../../b.html", "..\\up.html", "\\\\host\\c.html"):
            archive.writestr(name, PAGE)
        archive.writestr("__MACOSX/._a.html", PAGE)
        archive.writestr("a/.DS_Store", PAGE)
        archive.writestr("dir/", b"")
        archive.writestr("good.html", PAGE)
        archive.writestr("story.html", PAGE)
        archive.writestr("story_files/ad.html", PAGE)
        archive.writestr("large.html", b"x" * 20_000)
    found = told(walk(path, limits=SMALL), tmp_path)
    assert found.pop("hostile.zip!good.html") == "read"
    assert found.pop("hostile.zip!story.html") == "read"
    assert found.pop("hostile.zip!story_files/ad.html") == "belongs to the saved page story.html"
    assert found.pop("hostile.zip!large.html").startswith("larger than")
    reasons = list(found.values())
    assert reasons.count("its name leads out of the archive") == 6
    assert reasons.count("hidden") == 2
    assert len(reasons) == 8


def test_bombs_end_in_a_message_and_little_memory(tmp_path: Path) -> None:
    flat = tmp_path / "flat.zip"
    with zipfile.ZipFile(flat, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(40):
            archive.writestr(f"{number}.txt", b"0" * 9_000)
    core = zipped(**{f"{number}.txt": b"0" * 9_000 for number in range(40)})
    deep = tmp_path / "deep.zip"
    deep.write_bytes(zipped(**{f"{number}.zip": core for number in range(20)}))
    packed = tmp_path / "bomb.html.gz"
    packed.write_bytes(gzip.compress(bytes(64 << 20)))
    many = tmp_path / "many.zip"
    many.write_bytes(zipped(**{str(number): b"" for number in range(51)}))
    tight = Limits(page=10_000, nested=100_000, members=50, depth=2, ratio=10, least=50_000)
    tracemalloc.start()
    for path, words in (
        (flat, "far more than its size"),
        (deep, "far more than its size"),
        (packed, "larger than"),
    ):
        reasons = [one.reason for one in walk(path, limits=tight) if one.reason]
        assert reasons and all(words in reason for reason in reasons), (path.name, reasons)
    told_many = [one.reason for one in walk(many, limits=tight)]
    assert told_many == ["more than 50 files in one ZIP file; the rest is left unread", *["empty file"] * 50]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 << 20


def test_a_table_of_contents_that_lies_about_its_size(tmp_path: Path) -> None:
    data = bytearray(zipped(**{"a.html": PAGE}))
    struct.pack_into("<L", data, len(data) - 10, 0xF0000000)
    path = tmp_path / "lies.zip"
    path.write_bytes(data)
    found = walk(path)
    assert [one.reason for one in found] == [
        "damaged ZIP file (its table of contents is too large); what can be read of it is read",
        "",
    ]


@pytest.mark.parametrize("cut", [30, 60, 100])
def test_a_zip_file_cut_short(tmp_path: Path, cut: int) -> None:
    data = zipped(**{"a.html": PAGE * 9, "b.html": PAGE})
    path = tmp_path / "cut.zip"
    path.write_bytes(data[:-cut])
    found = walk(path)
    assert [(one.member, one.failed) for one in found] == [("", True), ("a.html", False), ("b.html", False)]
    assert "no end record" in found[0].reason


def test_every_byte_of_a_zip_file_damaged_in_turn(tmp_path: Path) -> None:
    data = zipped(**{"a.html": PAGE, "b.html": PAGE})
    path = tmp_path / "damaged.zip"
    for at in range(len(data)):
        for value in (0x00, 0xFF):
            path.write_bytes(data[:at] + bytes([value]) + data[at + 1 :])
            for one in walk(path):
                assert one.reason or one.data


@pytest.mark.parametrize("fault", ["cut", "damaged"])
def test_a_gzip_file_that_breaks(tmp_path: Path, fault: str) -> None:
    data = gzip.compress(os.urandom(50_000))
    path = tmp_path / "x.gz"
    path.write_bytes(data[:-100] if fault == "cut" else data[:40_000] + b"\xff" * 40 + data[40_040:])
    (found,) = walk(path)
    assert found.failed and "damaged gzip file" in found.reason


def test_a_fingerprint_changes_with_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    page = tmp_path / "a" / "1.html"
    page.write_bytes(PAGE)
    first = fingerprint(str(tmp_path))
    assert fingerprint(str(tmp_path)) == first
    os.utime(page, ns=(1, 1))
    second = fingerprint(str(tmp_path))
    (tmp_path / "a" / "2.html").write_bytes(PAGE)
    assert len({first, second, fingerprint(str(tmp_path))}) == 3


@pytest.mark.corpora
def test_damaged_zip_files_of_another_project(corpora: Path) -> None:
    """yauzl's failing files each end in a message, its good ones open."""
    failing = sorted((corpora / "hostile" / "yauzl-failure").glob("*.zip"))
    assert failing
    for path in failing:
        found = walk(path)
        assert any(one.reason for one in found) or _left_to_the_parser(found), path.name
    for path in sorted((corpora / "hostile" / "yauzl-success").glob("*.zip")):
        failed = [one.reason for one in walk(path) if one.failed]
        assert all(reason.startswith("encrypted") for reason in failed), path.name


def _left_to_the_parser(found: list[Found]) -> bool:
    """Not even recognisable as a ZIP file: its content is judged, and found to be no text."""
    return len(found) == 1 and found[0].data.startswith(b"PK\x00\x00")


@pytest.mark.corpora
def test_every_outside_file_is_met_once(corpora: Path) -> None:
    for folder in ("archives", "hostile", "pages", "pagetexts"):
        root = corpora / folder
        paths = {one.path for one in walk(root)}
        assert paths == {str(path) for path in root.rglob("*") if path.is_file()}


def test_a_page_is_measured_without_the_pictures_written_into_it(tmp_path: Path) -> None:
    photo = b'<img src="data:image/png;base64,' + b"iVBORw0K" * 50_000 + b'">'
    (tmp_path / "a.html").write_bytes(b"<html><body>" + photo * 20 + PAGE)
    (tmp_path / "b.html").write_bytes(b"<html><body>" + b"x;base64," * 50_000)
    (tmp_path / "c.zip").write_bytes(zipped(**{"a.html": b"<html>" + photo * 5 + PAGE}))
    limits = Limits(page=100_000, inlined=9_000_000, nested=100_000, ratio=2000, least=9_000_000)
    one, two, three = walk(tmp_path, limits=limits)
    assert one.data.endswith(PAGE) and one.data.count(b'<img src="data:image/png;base64,">') == 20
    assert two.reason == "larger than 97.7 KiB, too much text for one page"
    assert three.data.endswith(PAGE) and len(three.data) < 1000
    (tmp_path / "a.html").write_bytes(b"<html><body>" + photo * 30 + PAGE)
    assert walk(tmp_path / "a.html", limits=limits)[0].reason.startswith("larger than 97.7 KiB")
