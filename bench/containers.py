"""Every container that an import opens, each with a file it is tried on: `python -m bench.containers [CORPORA]`.

Files of other people's making are taken from the folder CORPORA where there is one; the others are made here, of one
page of the program's own. Prints for each how many articles, passed over members and failures a dry run finds.
"""

from __future__ import annotations

import argparse
import bz2
import email.message
import gzip
import importlib
import io
import json
import lzma
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from bench.interrupting import page

_HTML: Final = (
    "<html><head><title>新都花市周末延长营业_成都日报</title></head><body><h1>新都花市周末延长营业</h1>"
    "<div>2016-03-01 20:39 来源：成都日报</div>"
    + "<p>近日，新都花市迎来客流高峰，市民前来选购鲜花。</p>" * 4
    + "</body></html>"
).encode()
_ENTRY: Final = (
    "<item><title>新都花市</title><link>https://news.example/1</link><description>近日开市。</description></item>"
)

_ZSTD: Final = importlib.import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")


def _zip(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _tar(mode: str) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        entry = tarfile.TarInfo("a.html")
        entry.size = len(_HTML)
        archive.addfile(entry, io.BytesIO(_HTML))
    return buffer.getvalue()


def _mail() -> bytes:
    message = email.message.EmailMessage()
    message["From"], message["To"] = "paper@news.example", "reader@news.example"
    message["Subject"], message["Date"] = "新都花市周末延长营业", "Tue, 01 Mar 2016 20:39:00 +0800"
    message.set_content(_HTML.decode(), subtype="html")
    return message.as_bytes()


def _epub() -> bytes:
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/><manifest>'
        '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/></spine></package>'
    )
    container = '<container><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>'
    return _zip({"META-INF/container.xml": container.encode(), "c.opf": package.encode(), "a.xhtml": _HTML})


def _record() -> dict[str, str]:
    return {
        "title": "新都花市",
        "url": "https://news.example/1",
        "content": "近日开市。",
        "pubtime": "2016-03-01 20:39",
    }


def _table(delimiter: str) -> bytes:
    record = _record()
    return f"{delimiter.join(record)}\n{delimiter.join(record.values())}\n".encode()


_MADE: Final[Mapping[str, tuple[str, Callable[[], bytes]]]] = {
    "HTML page": ("page.html", lambda: _HTML),
    "HTML page, GBK": ("gbk.html", lambda: _HTML.decode().encode("gbk")),
    "text dump": ("page.txt", lambda: page(1)),
    "text dump, GBK": ("gbk.txt", lambda: page(1).decode().encode("gbk")),
    "text dumps in one file": ("many.txt", lambda: b"\n==========\n".join(page(number) for number in (1, 2, 3))),
    "ZIP": ("a.zip", lambda: _zip({"a.html": _HTML})),
    "ZIP in a ZIP": ("b.zip", lambda: _zip({"a.zip": _zip({"a.html": _HTML})})),
    "tar": ("a.tar", lambda: _tar("w")),
    "tar.gz": ("a.tar.gz", lambda: _tar("w:gz")),
    "tar.bz2": ("a.tar.bz2", lambda: _tar("w:bz2")),
    "tar.xz": ("a.tar.xz", lambda: _tar("w:xz")),
    "gzip": ("a.html.gz", lambda: gzip.compress(_HTML)),
    "bzip2": ("a.html.bz2", lambda: bz2.compress(_HTML)),
    "xz": ("a.html.xz", lambda: lzma.compress(_HTML)),
    "Zstandard": ("a.html.zst", lambda: bytes(_ZSTD.compress(_HTML))),
    "EML": ("a.eml", _mail),
    "mbox": ("a.mbox", lambda: b"From a@news.example Tue Mar  1 20:39:00 2016\n" + _mail() + b"\n"),
    "EPUB": ("a.epub", _epub),
    "RSS": ("a.xml", lambda: f"<rss version='2.0'><channel><title>新都</title>{_ENTRY}</channel></rss>".encode()),
    "JSON": ("a.json", lambda: json.dumps([_record()]).encode()),
    "JSON Lines": ("a.jsonl", lambda: json.dumps(_record()).encode() + b"\n" + json.dumps(_record()).encode()),
    "CSV": ("a.csv", lambda: _table(",")),
    "TSV": ("a.tsv", lambda: _table("\t")),
    "records in XML": ("records.xml", lambda: f"<items>{_ENTRY}{_ENTRY}</items>".encode()),
    "OPML": ("a.opml", lambda: b'<opml><body><outline xmlUrl="https://news.example/feed"/></body></opml>'),
    "newsboat's urls": ("urls", lambda: b"https://news.example/feed \xe6\x96\xb0\xe9\x83\xbd\n"),
    "7z (named)": ("a.7z", lambda: b"7z\xbc\xaf\x27\x1c" + b"\0" * 60),
    "RAR (named)": ("a.rar", lambda: b"Rar!\x1a\x07\x01\0" + b"\0" * 60),
}
_FOUND: Final[Mapping[str, str]] = {
    "WARC": "archives/webrecorder_warcio__example.warc",
    "WARC.gz": "archives/commoncrawl_whirlwind-python__whirlwind.warc.gz",
    "ARC": "archives/webrecorder_pywb__example.arc",
    "ARC.gz": "archives/webrecorder_warcio__example.arc.gz",
    "WACZ": "archives/webrecorder_py-wacz__valid_example_1.wacz",
    "WAT": "archives/commoncrawl_whirlwind-python__whirlwind.warc.wat",
    "MHTML": "archives/micaelAlastor_test_resources__test.mhtml",
    "ZIP of every method": "hostile/yauzl-success/everything.zip",
    "JSON Feed": "cnfeeds/jsonfeed",
    "folder of pages": "pages/cwced",
}


def tried(path: Path, home: str) -> Counter[str]:
    """What a dry run tells of a file."""
    command = [sys.executable, "-m", "newstui", "import", "--dry-run", "--json", "--progress", "none", str(path)]
    out = subprocess.run(command, capture_output=True, check=False, env=os.environ | {"NEWSTUI_HOME": home}).stdout
    return Counter(json.loads(line)["status"] for line in out.splitlines())


def table(corpora: Path | None) -> None:
    """Print a line for each container."""
    print(f"{'container':<24} {'articles':>8} {'passed':>7} {'failed':>7}  file")
    with tempfile.TemporaryDirectory() as folder:
        for name, (file, make) in _MADE.items():
            path = Path(folder, file)
            path.write_bytes(make())
            _line(name, file, tried(path, folder))
        for name, file in _FOUND.items():
            path = (corpora or Path(folder)) / file
            if path.exists():
                _line(name, file, tried(path, folder))


def _line(name: str, file: str, told: Counter[str]) -> None:
    articles = told["added"] + told["known"] + told["updated"]
    print(f"{name:<24} {articles:>8} {told['skipped']:>7} {told['failed']:>7}  {file}", flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("corpora", type=Path, nargs="?")
    table(asked.parse_args(arguments).corpora)


if __name__ == "__main__":
    main()
