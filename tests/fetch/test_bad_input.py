"""Input that could hang, crash or fill the memory of an import, through real parser processes."""

from __future__ import annotations

import gzip
import io
import os
import resource
import socket
import tarfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from newstui.fetch import regular
from newstui.fetch.importing import import_paths
from newstui.model import ImportOutcome
from tests.fetch.conftest import NOW

PAGE = (
    "<html><head><meta charset='{charset}'><title>新都区第一小学今日开学</title></head>"
    "<body><h1>新都区第一小学今日开学</h1>"
    "<p>来源:成都日报 2016-03-01 20:00</p>"
    + "<p>近日,新都区第一小学举行开学典礼,全校师生参加了升旗仪式,校长在国旗下作了讲话,勉励同学们好好学习。</p>" * 4
    + "</body></html>"
)


def take(*paths: Path) -> dict[str, ImportOutcome]:
    """A dry import; what was told, by the last part of the path and the member."""
    told: list[ImportOutcome] = []
    import_paths(None, paths, dry_run=True, now=lambda: NOW, report=told.append)
    return {"!".join(filter(None, (Path(one.path).name, one.member))): one for one in told}


@pytest.fixture
def bounded() -> Iterator[None]:
    """Neither much time nor much memory of the importing process."""
    began = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 << 10
    assert time.monotonic() - began < 30


@pytest.mark.usefixtures("bounded")
def test_what_is_no_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    # An address of a socket may have a hundred bytes only.
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket.html")
        (tmp_path / "link.html").symlink_to("/dev/zero")
        (tmp_path / "good.html").write_bytes(PAGE.format(charset="utf-8").encode())
        told = take(tmp_path)
    assert told["good.html"].status == "added"
    for name, words in (("pipe.html", "pipe"), ("socket.html", ""), ("link.html", "leads out")):
        assert told[name].status == "failed" and words in told[name].error, name


@pytest.mark.usefixtures("bounded")
def test_a_file_that_vanishes_or_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.html").write_bytes(PAGE.format(charset="utf-8").encode())
    (tmp_path / "b.html").write_bytes(b"x")
    (tmp_path / "c.html").write_bytes(b"x")

    def open_regular(path: str) -> BinaryIO:
        if path.endswith("b.html"):
            os.unlink(path)  # noqa: PTH108
        if path.endswith("c.html"):
            raise PermissionError(13, "Permission denied")
        return regular.open_regular(path)

    monkeypatch.setattr("newstui.fetch.containers.open_regular", open_regular)
    told = take(tmp_path)
    assert told["a.html"].status == "added"
    assert (told["b.html"].status, told["b.html"].error) == ("failed", "No such file or directory")
    assert (told["c.html"].status, told["c.html"].error) == ("failed", "Permission denied")


@pytest.mark.usefixtures("bounded")
def test_deep_long_and_binary_pages_have_an_end(tmp_path: Path) -> None:
    (tmp_path / "deep.html").write_bytes(b"<html><body>" + b"<div>" * 1_000_000 + b"x")
    (tmp_path / "spans.html").write_bytes(b"<html><body><p>" + b"<span>x" * 300_000)
    with open(tmp_path / "line.txt", "wb") as file:  # noqa: PTH123
        for _ in range(100):
            file.write("新".encode() * ((1 << 20) // 3))
    (tmp_path / "nuls.html").write_bytes(bytes(1_000_000))
    (tmp_path / "within.html").write_bytes(PAGE.format(charset="utf-8").encode().replace(b"<p>", b"<p>\0\0"))
    told = take(tmp_path)
    assert {name: one.status for name, one in told.items() if one.status == "added"}.keys() <= {
        "within.html",
        "deep.html",
        "spans.html",
    }
    assert told["within.html"].status == "added" and "\0" not in told["within.html"].text
    assert told["line.txt"].status == "failed" and "larger than" in told["line.txt"].error
    assert told["nuls.html"].status in ("skipped", "failed") and told["nuls.html"].error
    assert told["deep.html"].status in ("skipped", "failed") and told["deep.html"].error


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "big5", "iso-8859-1", "no-such-thing", "utf-16", "utf-7"])
def test_wrong_labels_do_not_spoil_the_text(tmp_path: Path, charset: str) -> None:
    for encoding in ("utf-8", "gb18030"):
        (tmp_path / f"{encoding}.html").write_bytes(PAGE.format(charset=charset).encode(encoding))
    for name, one in take(tmp_path).items():
        assert (one.status, one.title) == ("added", "新都区第一小学今日开学"), (name, one)


@pytest.mark.usefixtures("bounded")
def test_bombs_by_gzip_tar_and_zip(tmp_path: Path) -> None:
    zeros = gzip.compress(bytes(64 << 20), 9)
    for _ in range(2):
        zeros = gzip.compress(zeros)
    (tmp_path / "zeros.gz").write_bytes(zeros)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"{number}.txt", bytes(33 << 20))
        archive.writestr("good.html", PAGE.format(charset="utf-8"))
    (tmp_path / "flat.zip").write_bytes(buffer.getvalue())
    info = tarfile.TarInfo("x.html")
    info.size = 1 << 60
    (tmp_path / "long.tar").write_bytes(info.tobuf(tarfile.GNU_FORMAT) + bytes(5000))
    told = take(tmp_path)
    assert told["zeros.gz"].status in ("skipped", "failed") and told["zeros.gz"].error
    assert told["flat.zip!good.html"].status == "added"
    assert told["flat.zip!0.txt"].error.startswith("larger than")
    lying = told["long.tar!x.html"]
    assert lying.status == "failed" and "the tar file is cut short at byte 5512" in lying.error


def packed_often() -> bytes:
    """A gzip file in a gzip file, fifty times.

    A reader that stops cannot tell it from one that unpacks to itself (R. Cox, "Zip Files All The Way Down", 2010).
    """
    data = PAGE.encode()
    for _ in range(50):
        data = gzip.compress(data, 0)
    return data


@pytest.mark.usefixtures("bounded")
def test_what_unpacks_to_more_of_its_kind_has_an_end(tmp_path: Path) -> None:
    (tmp_path / "often.gz").write_bytes(packed_often())
    data = PAGE.encode()
    for _ in range(50):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("r.zip", data)
        data = buffer.getvalue()
    (tmp_path / "r.zip").write_bytes(data)
    told = take(tmp_path)
    assert told["often.gz"].error == "more than 4 compressed files inside one another"
    assert told["r.zip!" + "/".join(["r.zip"] * 6)].error == "more than 6 containers inside one another"
    assert {one.status for one in told.values()} == {"failed"}
