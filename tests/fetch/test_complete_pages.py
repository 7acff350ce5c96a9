"""Pages saved "complete": their pictures' folders in every language, before or after them, in folders, ZIP and tar."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from newstui.fetch.containers import Walk
from tests.fetch.letters import page

PAGE = page()
SHELL = b"<html><title>news</title><frameset cols='*'><frame src='n_files/saved_resource.html'></frameset></html>"


def put(form: str, files: dict[str, bytes], where: Path) -> Path:
    """The files in a folder, a ZIP or a tar file, in their order."""
    path = where / form
    if form == "folder":
        for name, data in files.items():
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_bytes(data)
    elif form == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in files.items():
                archive.writestr(name, data)
    else:
        with tarfile.open(path, "w") as tape:
            for name, data in files.items():
                member = tarfile.TarInfo(name)
                member.size = len(data)
                tape.addfile(member, io.BytesIO(data))
    return path


def told(path: Path) -> dict[str, str]:
    """Each file's name inside and its reason."""
    walk = Walk()
    found = list(walk.files([path]))
    assert walk.tally.found == len(found)
    return {one.member or one.path.removeprefix(f"{path}/"): one.reason for one in found}


@pytest.mark.parametrize("form", ["folder", "zip", "tar"])
@pytest.mark.parametrize(
    "folder",
    ["n_files", "n.files", "n-Dateien", "n_fichiers", "n_archivos", "n_pliki", "n的文件", "n 文件夹", "n_文件"],
)
def test_a_pages_folder_is_passed_over_wherever_it_stands(tmp_path: Path, form: str, folder: str) -> None:
    inside = {f"d/{folder}/ad.html": PAGE, f"d/{folder}/sub/b.htm": PAGE, f"d/{folder}/a.txt": PAGE}
    for number, files in enumerate(({"d/n.html": PAGE, **inside}, {**inside, "d/n.html": PAGE})):
        (tmp_path / str(number)).mkdir()
        found = told(put(form, files, tmp_path / str(number)))
        assert found.pop("d/n.html") == ""
        assert set(found) == set(inside)
        assert all(reason.startswith("belongs to the saved page") for reason in found.values()), found


@pytest.mark.parametrize("form", ["folder", "zip", "tar"])
def test_folders_called_alike_without_a_page_are_read(tmp_path: Path, form: str) -> None:
    files = {"d/old_files/1.html": PAGE, "d/x.html": PAGE, "_files/2.html": PAGE, "e/old.html": PAGE}
    assert set(told(put(form, files, tmp_path)).values()) == {""}


@pytest.mark.parametrize("form", ["folder", "zip", "tar"])
@pytest.mark.parametrize("first", ["n.html", "n_files/saved_resource.html"])
def test_a_frames_page_is_read_through(tmp_path: Path, form: str, first: str) -> None:
    files = {"n.html": SHELL, "n_files/saved_resource.html": PAGE, "n_files/logo.txt": b"x" * 50}
    ordered = {first: files[first], **files}
    found = told(put(form, ordered, tmp_path))
    assert found["n_files/saved_resource.html"] == ""
    assert found["n_files/logo.txt"].startswith("belongs to")


def test_a_tar_holds_back_only_so_much(tmp_path: Path) -> None:
    large = b"<p>" + b"x" * (5 << 20)
    files = {f"n_files/{number}.html": large for number in range(6)}
    found = told(put("tar", {**files, "n.html": PAGE}, tmp_path))
    assert list(found.values()).count("") == 4
    assert found["n_files/5.html"].startswith("belongs to")


def test_a_maff_file_says_where_its_pages_come_from(tmp_path: Path) -> None:
    rdf = """<?xml version="1.0"?>
<RDF:RDF xmlns:MAF="http://maf.mozdev.org/metadata/rdf#" xmlns:RDF="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <RDF:Description RDF:about="urn:root">
    <MAF:originalurl RDF:resource="http://news.example.cn/a.php?id=1&amp;p=2"/>
    <MAF:title RDF:resource="新都花市_成都日报"/>
    <MAF:archivetime RDF:resource="Sun, 06 Mar 2016 20:12:05 +0800"/>
    <MAF:indexfilename RDF:resource="index.html"/>
  </RDF:Description>
</RDF:RDF>"""
    files = {
        "1457/index.rdf": rdf.encode(),
        "1457/index.html": PAGE,
        "1457/index_files/ad.html": PAGE,
        "2/index.rdf": b"<rdf/>",
    }
    path = put("zip", files, tmp_path)
    found = {one.member: one for one in Walk().files([path])}
    about = found["1457/index.html"].about
    assert (about.url, about.title) == ("http://news.example.cn/a.php?id=1&p=2", "新都花市_成都日报")
    assert about.captured is not None and about.captured.isoformat() == "2016-03-06T20:12:05+08:00"
    assert found["1457/index.rdf"].reason == "the description of a saved page"
    assert found["1457/index_files/ad.html"].reason == "belongs to the saved page index.html"
    assert found["2/index.rdf"].data == b"<rdf/>"
