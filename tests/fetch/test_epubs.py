"""EPUBs of papers as calibre's recipes and publishers make them."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

from newstui.fetch.containers import Walk
from newstui.fetch.found import Found
from newstui.fetch.opf import read_contents, without_date
from newstui.fetch.xml_events import LARGEST
from tests.fetch.letters import page
from tests.fetch.test_importing import take

CONTAINER = (
    '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
OPF = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><metadata>
<dc:title>成都日报 [周二, 01 3月 2016]</dc:title><dc:creator>calibre</dc:creator>
<dc:date>2016-03-01T04:00:00+08:00</dc:date>
</metadata><manifest>{items}<item id="css" href="a.css" media-type="text/css"/>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest><spine toc="ncx">{spine}</spine>
<guide><reference type="cover" href="cover.xhtml"/></guide></package>"""
NCX = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "x.dtd">
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><docTitle><text>成都日报</text></docTitle><navMap>{points}</navMap></ncx>"""


def point(title: str, src: str, *inner: str) -> str:
    """An entry of an NCX."""
    label = f"<navLabel><text>{title}</text></navLabel>"
    return f'<navPoint>{label}<content src="{src}"/>{"".join(inner)}</navPoint>'


def epub(points: str, further: dict[str, str] | None = None, **documents: bytes) -> bytes:
    """A book of documents, whose names are theirs without .xhtml."""
    items = "".join(f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in documents)
    spine = "".join(f'<itemref idref="{name}"/>' for name in documents)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("OEBPS/content.opf", OPF.format(items=items, spine=spine))
        archive.writestr("OEBPS/toc.ncx", NCX.format(points=points))
        archive.writestr("OEBPS/a.css", "p {}")
        for name, text in (further or {}).items():
            archive.writestr(name, text)
        for name, data in documents.items():
            archive.writestr(f"OEBPS/{name}.xhtml", data)
    return buffer.getvalue()


def bare(number: int = 1) -> bytes:
    """An article without a title, date or paper of its own."""
    text = page().decode().replace("<title>新都花市周末延长营业_成都日报</title>", "")
    text = text.replace("<h1>新都花市周末延长营业</h1>", "").replace("2016-03-01 20:39 来源：成都日报 作者：王小明", "")
    return text.replace("一百二十余家", f"{number}家").encode()


def found_in(data: bytes) -> list[Found]:
    """What is found in the book."""
    return list(Walk(None, io.BytesIO(data)).files(["-"]))


def test_a_paper_made_by_calibre(tmp_path: Path) -> None:
    points = point("要闻", "section.xhtml", point("花市消息", "a.xhtml"), point("又一则", "%62.xhtml"))
    path = tmp_path / "paper.epub"
    path.write_bytes(epub(points, cover=b"<html>x</html>", section=b"<html>y</html>", a=page(), b=bare()))
    cover, section, first, second = take(None, path, dry_run=True)
    assert (cover.status, section.status) == ("skipped", "skipped")
    assert section.error == "a section's table of contents, no article"
    assert (first.member, first.title, first.byline) == ("OEBPS/a.xhtml", "新都花市周末延长营业", "成都日报")
    assert first.published == datetime.fromisoformat("2016-03-01T20:39:00+08:00")
    assert (second.status, second.title, second.byline) == ("added", "又一则", "成都日报")
    assert second.published == datetime.fromisoformat("2016-03-01T04:00:00+08:00")
    found = found_in(path.read_bytes())
    assert [one.about.column for one in found[2:]] == ["要闻", "要闻"]


def test_a_document_of_several_articles_is_cut_where_the_contents_point() -> None:
    head = b"<html><head><title>all</title></head>"
    text = head + b"<body><h1 id='x1'>A</h1><p>one</p><h1 id='x2'>B</h1><p>two</p></body></html>"
    one, two = found_in(epub(point("甲", "all.xhtml#x1") + point("乙", "all.xhtml#x2"), all=text))
    assert (one.member, one.about.title) == ("OEBPS/all.xhtml#x1", "甲")
    assert b"one" in one.data and b"two" not in one.data
    assert b"two" in two.data and b"one" not in two.data and two.about.title == "乙"


def test_encrypted_documents_are_named_and_obfuscated_fonts_are_none() -> None:
    encryption = (
        '<encryption><EncryptedData><EncryptionMethod Algorithm="{}"/><CipherData>'
        '<CipherReference URI="OEBPS/a.xhtml"/></CipherData></EncryptedData></encryption>'
    )
    for algorithm, reason in (
        ("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "encrypted"),
        ("http://www.idpf.org/2008/embedding", ""),
    ):
        data = epub(point("甲", "a.xhtml"), {"META-INF/encryption.xml": encryption.format(algorithm)}, a=page())
        (one,) = found_in(data)
        assert (one.reason, one.failed) == (reason, bool(reason))


def test_a_navigation_document_of_epub_3() -> None:
    nav = (
        '<html xmlns:epub="http://www.idpf.org/2007/ops"><body>'
        '<nav epub:type="landmarks"><ol><li><a href="z">Z</a></li></ol></nav>'
        '<nav epub:type="toc"><ol><li><a href="s.xhtml">要闻</a><ol><li><a href="a.xhtml">'
        "<span>花市</span></a></li><li><a href='b.xhtml'>茶馆</a></li></ol></li>"
        "<li><a href='c.xhtml'>末版</a></li></ol>"
        "</nav></body></html>"
    )
    read = read_contents(nav.encode(), "OEBPS/nav.xhtml")
    assert [(one.title, one.path, one.sections, one.parent) for one in read] == [
        ("要闻", "OEBPS/s.xhtml", (), True),
        ("花市", "OEBPS/a.xhtml", ("要闻",), False),
        ("茶馆", "OEBPS/b.xhtml", ("要闻",), False),
        ("末版", "OEBPS/c.xhtml", (), False),
    ]


def test_names_of_papers_lose_the_date_of_the_issue() -> None:
    for title in (
        "成都日报 [周二, 01 3月 2016]",
        "成都日报 2016-03-01",
        "成都日报2016年3月1日",
        "成都日报（20160301）",
        "成都日报",
    ):
        assert without_date(title) == "成都日报"
    assert without_date("2016-03-01") == "2016-03-01"


def test_hostile_books_are_zip_files_like_others() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "{}">]><ncx>&b;</ncx>'.format("x" * 1000)
    for points in ("<navPoint>" * 100_000, "</navMap><", bomb):
        (one,) = found_in(epub(points, a=page()))
        assert one.data == page()
    huge = found_in(epub("", {"META-INF/encryption.xml": " " * (LARGEST + 1)}, a=page()))
    assert [one.reason for one in huge] == [""]
    missing = epub(point("甲", "a.xhtml"), a=page()).replace(b"OEBPS/a.xhtml", b"OEBPS/x.xhtml")
    assert [one.reason for one in found_in(missing)] == ["the book names it and does not hold it"]
