"""One page put into every container that people keep pages in, as the programs that make them write them."""

from __future__ import annotations

import base64
import bz2
import csv
import gzip
import hashlib
import io
import json
import lzma
import re
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from typing import Final

import brotli

from newstui.text.charset import decode
from tests.fetch import letters

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_DECLARED: Final = re.compile(r"(charset\s*=\s*[\"']?)[\w-]+", re.IGNORECASE)
_PICTURE: Final = "data:image/gif;base64," + base64.b64encode(letters.GIF * 40).decode()
CAPTURED: Final = "2016-03-06T12:12:05Z"
_STAMP: Final = "20160306121205"


@dataclass(frozen=True, slots=True)
class Bare:
    """A page as it was served."""

    name: str
    url: str
    data: bytes
    dump: bytes
    """Its text."""

    @property
    def text(self) -> str:
        """Its markup."""
        return decode(self.data).text

    def coded(self, charset: str) -> bytes:
        """The page in another encoding, which it declares."""
        return _DECLARED.sub(rf"\g<1>{charset}", self.text).encode(charset)

    @property
    def title(self) -> str:
        """What its <title> says, in one line."""
        found = re.search(r"<title[^>]*>(.*?)</title>", self.text, re.IGNORECASE | re.DOTALL)
        return " ".join(found[1].split()) if found else ""


def wrappings(page: Bare) -> dict[str, bytes]:
    """The page in each form, by the name of the file that holds it."""
    warc = record(page.url, http(page.data))
    return {
        "page.html": page.data,
        "qp-utf8.mhtml": mhtml(page, "utf-8", "quoted-printable"),
        "qp-gbk.mht": mhtml(page, "gb18030", "quoted-printable"),
        "base64-utf8.mhtml": mhtml(page, "utf-8", "base64"),
        "base64-gbk.mht": mhtml(page, "gb18030", "base64"),
        "single-file.html": single_file(page),
        "wayback.html": wayback(page),
        "plain.warc": warc,
        "packed.warc.gz": gzip.compress(warc),
        "chunked-gzip.warc.gz": gzip.compress(
            record(page.url, http(chunked(gzip.compress(page.data)), "Content-Encoding: gzip", chunks=True))
        ),
        "brotli.warc": record(page.url, http(brotli.compress(page.data), "Content-Encoding: br")),
        "plain.arc": arc(page),
        "crawl.wacz": wacz(page),
        "plain.zip": zipped({"d/page.html": page.data}),
        "page.tar.gz": gzip.compress(tarred({"d/page.html": page.data})),
        "page.tar.bz2": bz2.compress(tarred({"d/page.html": page.data})),
        "page.tar.xz": lzma.compress(tarred({"d/page.html": page.data})),
        "page.tar.zst": zstd.compress(tarred({"d/page.html": page.data})),
        "page.html.gz": gzip.compress(page.data),
        "record.jsonl": jsonl(page),
        "row.csv": row(page),
        "letter.eml": mail(page),
        "box.mbox": mailbox(page),
        "book.epub": epub(page),
        "dump.txt": page.dump,
        "text.wet": wet(page),
        "nested.tar.gz": gzip.compress(tarred({"a.zip": zipped({"b/c.warc.gz": gzip.compress(warc)})})),
    }


def mhtml(page: Bare, charset: str, transfer: str) -> bytes:
    """As browsers save it."""
    body = page.coded(charset)
    first = letters.part(
        letters.quoted(body) if transfer == "quoted-printable" else letters.based(body),
        Content_Type=f'text/html; charset="{charset}"',
        Content_Transfer_Encoding=transfer,
        Content_Location=page.url,
    )
    picture = letters.part(
        letters.based(letters.GIF),
        Content_Type="image/gif",
        Content_Transfer_Encoding="base64",
        Content_Location="http://pictures.example.cn/x.gif",
    )
    head = letters.header(
        From="<Saved by Blink>",
        Snapshot_Content_Location=page.url,
        Subject=letters.encoded(page.title, "utf-8"),
        Date="Sun, 6 Mar 2016 12:12:05 -0000",
        MIME_Version="1.0",
        Content_Type=f'multipart/related;\r\n\ttype="text/html";\r\n\tboundary="{letters.BLINK}"',
    )
    return head + b"\r\n\r\n" + letters.multipart(letters.BLINK, first, picture)


def mail(page: Bare) -> bytes:
    """Sent as a letter."""
    return letters.letter(
        letters.based(page.coded("gb18030")),
        subject=letters.encoded(page.title, "utf-8"),
        Content_Type="text/html; charset=gb18030",
        Content_Transfer_Encoding="base64",
    )


def mailbox(page: Bare) -> bytes:
    """In a mailbox, before another letter."""
    other = letters.letter(letters.TEXT.encode(), Content_Type="text/plain; charset=utf-8")
    line = b"From news@example.cn Tue Mar  1 20:40:00 2016\n"
    return b"\n".join(line + one.replace(b"\r\n", b"\n") + b"\n" for one in (mail(page), other))


def single_file(page: Bare) -> bytes:
    """As SingleFile saves it: everything inside, in UTF-8."""
    note = (
        f"<!--\n Page saved with SingleFile \n url: {page.url} \n"
        " saved date: Sun Mar 06 2016 20:12:05 GMT+0800 (中国标准时间)\n-->"
    )
    text = re.sub(r"(<img\b[^>]*?\ssrc\s*=\s*)(?:\"[^\"]*\"|'[^']*')", rf'\1"{_PICTURE}"', page.coded("utf-8").decode())
    return (f"<!DOCTYPE html>{note}" + text).encode()


def wayback(page: Bare) -> bytes:
    """As the Wayback Machine serves it: links led to itself, a toolbar, a note at its end."""
    text = page.coded("utf-8").decode()
    text = re.sub(r"(\s(?:href|src)\s*=\s*[\"'])(https?://)", rf"\1https://web.archive.org/web/{_STAMP}/\2", text)
    head = (
        '<script src="https://web-static.archive.org/_static/js/bundle-playback.js"></script>'
        f'<script>__wm.init("https://web.archive.org/web");__wm.wombat("{page.url}","{_STAMP}",'
        '"https://web.archive.org/","web","https://web-static.archive.org/_static/","1457266325");</script>'
        "<!-- End Wayback Rewrite JS Include -->"
    )
    bar = (
        '<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp-base" lang="en"><div id="wm-ipp">'
        f'<input type="text" name="url" id="wmtbURL" value="{page.url}"><a href="#">12 captures</a>'
        "<p>06 Mar 2016 - 08 Oct 2022. The Wayback Machine is an initiative of the Internet Archive.</p>"
        "</div></div><!-- END WAYBACK TOOLBAR INSERT -->"
    )
    foot = (
        "\n<!--\n     FILE ARCHIVED ON 12:12:05 Mar 06, 2016 AND RETRIEVED FROM THE\n"
        "     INTERNET ARCHIVE ON 08:00:00 Nov 24, 2026.\n     JAVASCRIPT APPENDED BY WAYBACK MACHINE\n-->\n"
    )
    text, heads = re.subn(r"<head\b[^>]*>", lambda match: match[0] + head, text, count=1, flags=re.IGNORECASE)
    text, bodies = re.subn(r"<body\b[^>]*>", lambda match: match[0] + bar, text, count=1, flags=re.IGNORECASE)
    return ((head if not heads else "") + (bar if not bodies else "") + text + foot).encode()


def http(body: bytes, *fields: str, chunks: bool = False) -> bytes:
    """A server's answer."""
    length = "Transfer-Encoding: chunked" if chunks else f"Content-Length: {len(body)}"
    lines = ["HTTP/1.1 200 OK", "Content-Type: text/html", length, *fields]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def chunked(data: bytes) -> bytes:
    """In chunks of 1000 bytes (RFC 9112 §7.1)."""
    parts = [data[at : at + 1000] for at in range(0, len(data), 1000)]
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def record(url: str, block: bytes, *, kind: str = "response", media: str = "application/http; msgtype=response",
           date: str = CAPTURED) -> bytes:  # fmt: skip
    """A WARC record (WARC 1.1 §5)."""
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        f"WARC-Date: {date}",
        f"Content-Type: {media}",
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def wet(page: Bare) -> bytes:
    """The page's text as Common Crawl's WET files hold it."""
    return record(page.url, page.dump, kind="conversion", media="text/plain")


def arc(page: Bare) -> bytes:
    """An ARC file, version 1."""
    head = b"1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n\n"
    block = http(page.data)
    first = b"filedesc://x.arc 0.0.0.0 %b text/plain %d\n" % (_STAMP.encode(), len(head))
    line = f"{page.url} 192.0.2.1 {_STAMP} text/html {len(block)}\n".encode()
    return first + head + b"\n" + line + block + b"\n"


def wacz(page: Bare) -> bytes:
    """A WACZ with its own description."""
    warc = gzip.compress(record(page.url, http(page.data)))
    lines = json.dumps({"format": "json-pages-1.0", "id": "pages"}) + "\n" + json.dumps({"url": page.url}) + "\n"
    files = {"archive/data.warc.gz": warc, "pages/pages.jsonl": lines.encode()}
    resources = [
        {"name": name, "path": name, "hash": f"sha256:{hashlib.sha256(data).hexdigest()}", "bytes": len(data)}
        for name, data in files.items()
    ]
    package = {"profile": "data-package", "wacz_version": "1.1.1", "resources": resources}
    return zipped({"datapackage.json": json.dumps(package).encode(), **files})


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    """A tar file."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return made.getvalue()


def epub(page: Bare) -> bytes:
    """A book of one chapter, which is the page."""
    rootfile = '<rootfile full-path="OPS/a.opf" media-type="application/oebps-package+xml"/>'
    container = (
        '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        f"<rootfiles>{rootfile}</rootfiles></container>"
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="i"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>报</dc:title><dc:identifier id="i">x</dc:identifier>'
        "<dc:language>zh</dc:language></metadata><manifest>"
        '<item id="c" href="c.xhtml" media-type="application/xhtml+xml"/>'
        '</manifest><spine><itemref idref="c"/></spine></package>'
    )
    return zipped(
        {
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": container.encode(),
            "OPS/a.opf": package.encode(),
            "OPS/c.xhtml": page.coded("utf-8"),
        }
    )


def jsonl(page: Bare) -> bytes:
    """A crawler's line, and another one."""
    other = {"url": "http://other.example.cn/2.html", "html": letters.page().decode()}
    lines = ({"url": page.url, "html": page.text}, other)
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode("utf-8", "surrogatepass")


def row(page: Bare) -> bytes:
    """A table of two pages."""
    made = io.StringIO()
    table = csv.writer(made)
    table.writerows(
        (("url", "html"), (page.url, page.text), ("http://other.example.cn/2.html", letters.page().decode()))
    )
    return made.getvalue().encode("utf-8", "surrogatepass")
