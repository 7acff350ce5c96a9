"""Files given one by one to a real import: packed pages, an EPUB 3 of a paper, what is only named with its way out."""

from __future__ import annotations

import bz2
import gzip
import importlib
import lzma
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from newstui.fetch.containers import Walk
from tests.cli.conftest import DUMP, Run

zstd = importlib.import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
TITLE = "花市周末延长营业"
PAGE = DUMP.format(tab="新都", title=TITLE, date="2016-03-01 20:39").encode()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstd.compress])
def test_a_single_packed_page(run: Run, tmp_path: Path, pack: Callable[[bytes], bytes], encoding: str) -> None:
    path = tmp_path / "page"
    path.write_bytes(pack(PAGE.decode().encode(encoding)))
    (one,) = run("import", str(path), "--json").objects
    assert (one["status"], one["title"], one["district"]) == ("added", TITLE, "四川/成都/新都")
    assert one["published"] == "2016-03-01T20:39:00+08:00"


@pytest.mark.parametrize(
    ("magic", "words"),
    [(b"7z\xbc\xaf\x27\x1c", ("a 7z file", "7z x FILE")), (b"Rar!\x1a\x07\x01\0", ("a RAR file", "unrar x"))],
)
def test_what_is_not_read_is_named_with_the_way_out(
    run: Run, tmp_path: Path, magic: bytes, words: tuple[str, ...]
) -> None:
    path = tmp_path / "papers.zip"  # whatever its name says
    path.write_bytes(magic + b"\0" * 100)
    done = run("import", str(path))
    assert done.code == 1
    for word in (*words, str(path), "import the folder"):
        assert word in done.err, done.err


PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="zh-CN">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
    <dc:identifier id="id">urn:uuid:5f0c</dc:identifier><dc:title>成都日报 2016年3月1日</dc:title>
    <dc:language>zh-CN</dc:language><dc:date>2016-03-01</dc:date>
    <meta property="dcterms:modified">2016-03-01T00:00:00Z</meta>
  </metadata>
  <manifest>
    <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
    <item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
    <item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>
    <item id="a" href="text/a.xhtml" media-type="application/xhtml+xml"/>
    <item id="b" href="text/b.xhtml" media-type="application/xhtml+xml"/>
    <item id="picture" href="images/1.jpg" media-type="image/jpeg"/>
  </manifest>
  <spine toc="ncx"><itemref idref="cover"/><itemref idref="nav" linear="no"/><itemref idref="a"/>
    <itemref idref="b"/></spine>
</package>"""
NAV = """<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>目录</title></head>
<body><nav epub:type="toc"><h1>目录</h1><ol>
  <li><span>第01版 要闻</span><ol><li><a href="text/a.xhtml">新都花市周末延长营业</a></li></ol></li>
  <li><span>第02版 社区</span><ol><li><a href="text/b.xhtml#one">图书角开门第一周</a></li>
    <li><a href="text/b.xhtml#two">老街茶馆重新挂牌</a></li></ol></li>
</ol></nav></body></html>"""
NCX = """<?xml version="1.0" encoding="UTF-8"?><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">
<docTitle><text>成都日报</text></docTitle><navMap>
<navPoint id="p1" playOrder="1"><navLabel><text>旧目录</text></navLabel>
<content src="text/a.xhtml"/></navPoint></navMap></ncx>"""


def document(*articles: tuple[str, str, str]) -> str:
    """A document of the book, with its articles' anchors, headings and subjects."""
    bodies = "".join(
        f'<section id="{anchor}"><h2>{title}</h2><p>本报记者 张三</p>'
        + f"<p>近日，{about}引来不少市民。记者在现场看到，大家有说有笑，十分热闹，一直到傍晚才散去。</p>" * 3
        + '<figure><img src="../images/1.jpg" alt="现场"/></figure></section>'
        for anchor, title, about in articles
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title>成都日报</title></head><body>{bodies}</body></html>"
    )


def test_an_epub_3_of_a_paper(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "paper.epub"
    container = (
        '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>'
        "</container>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, text in {
            "META-INF/container.xml": container,
            "EPUB/package.opf": PACKAGE,
            "EPUB/nav.xhtml": NAV,
            "EPUB/toc.ncx": NCX,
            "EPUB/cover.xhtml": document().replace("<body>", '<body><img src="images/1.jpg" alt=""/>'),
            "EPUB/text/a.xhtml": document(("x", "新都花市周末延长营业", "花市")),
            "EPUB/text/b.xhtml": document(("one", "图书角开门第一周", "图书角"), ("two", "老街茶馆重新挂牌", "茶馆")),
            "EPUB/images/1.jpg": "\xff\xd8\xff",
        }.items():
            book.writestr(name, text)
    done = run("import", str(path), "--json")
    assert done.code == 0, done.err
    added = {each["title"]: each for each in done.objects if each["status"] == "added"}
    assert list(added) == ["新都花市周末延长营业", "图书角开门第一周", "老街茶馆重新挂牌"]
    assert {each["byline"] for each in added.values()} == {"成都日报"}
    assert {str(each["published"])[:10] for each in added.values()} == {"2016-03-01"}
    assert [each["member"] for each in added.values()] == [
        "EPUB/text/a.xhtml", "EPUB/text/b.xhtml#one", "EPUB/text/b.xhtml#two"
    ]  # fmt: skip
    shown = run("show", str(added["老街茶馆重新挂牌"]["id"]), "--json").objects[0]
    columns = [found.about.column for found in Walk().files([path]) if not found.reason]
    assert columns[-3:] == ["第01版 要闻", "第02版 社区", "第02版 社区"]
    assert "茶馆引来不少市民" in str(shown["text"]) and "图书角引来" not in str(shown["text"])
    assert {each["status"] for each in run("import", str(path), "--json").objects} == {"known", "skipped"}
