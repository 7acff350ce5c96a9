"""Exports of other readers: each as its program writes it, with the marks, times and texts that are in it."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from newstui.fetch.importing import import_paths
from newstui.model import ImportOutcome, Stored
from newstui.store import Store, open_store
from newstui.text.zones import SHANGHAI
from tests.fetch import export_samples as samples
from tests.fetch.conftest import NOW

TEXT = "近日，新都区举行开学典礼。\n全校师生参加。"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty cache that follows one feed."""
    with open_store(tmp_path / "own.db", now=NOW) as opened:
        opened.sources.add(samples.FEED, "feed", "新都新闻", at=NOW)
        yield opened


def take(store: Store, path: Path) -> list[ImportOutcome]:
    told: list[ImportOutcome] = []
    import_paths(store, [path], now=lambda: NOW, report=told.append)
    return told


def got(store: Store, path: Path) -> dict[str, Stored]:
    """The articles of an export by their address; a second import of it finds nothing new."""
    told = take(store, path)
    assert {one.status for one in told} <= {"added", "skipped"}, told
    again = [one.status for one in take(store, path) if one.status != "skipped"]
    assert again and set(again) == {"known"}
    return {stored.row.url: stored for one in told if one.id for stored in (store.articles.get(one.id),)}


@dataclass(frozen=True)
class Expected:
    """What an export says of the one article that all samples have."""

    text: str = TEXT
    read: bool = True
    starred: bool = True
    tags: tuple[str, ...] = ("教育",)
    note: str = ""
    author: str = ""
    minute: str = "2016-03-01 20:39"
    source: str = "archive:news.example"
    others: int = 0


def dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (dumped(samples.WALLABAG), Expected(note="“典礼”\n记下", author="张三")),
        (dumped(samples.WALLABAG_1), Expected(minute="")),
        (samples.WALLABAG_XML, Expected(others=1)),
        (samples.WALLABAG_CSV, Expected(read=False, starred=False, minute="2016-03-01 00:00")),
        (dumped(samples.READABILITY), Expected("近日，新都区举行开学典礼。")),
        (dumped(samples.MINIFLUX), Expected(author="张三", source=samples.FEED)),
        (dumped(samples.TTRSS_API), Expected(tags=("教育", "学校"), note="记下", author="张三")),
        (samples.TTRSS_XML, Expected(f"{TEXT}\n箭头]]>在此。", read=False, tags=("教育", "学校"), note="记下",
                                     source=samples.FEED, others=1)),
        (samples.POCKET_HTML, Expected("", starred=False, tags=("教育", "学校"), others=1)),
        (samples.POCKET_CSV, Expected("", starred=False, tags=("教育", "学校"))),
        (samples.INSTAPAPER_CSV, Expected("", starred=False, note="记下")),
    ],
    ids=["wallabag", "wallabag1", "wallabag-xml", "wallabag-csv", "readability", "miniflux", "ttrss-api", "ttrss-xml",
         "pocket-html", "pocket-csv", "instapaper-csv"],
)  # fmt: skip
def test_an_export_is_read_whole(store: Store, tmp_path: Path, content: str, expected: Expected) -> None:
    path = tmp_path / "export"
    path.write_text(content, encoding="utf-8")
    articles = got(store, path)
    assert len(articles) == 1 + expected.others
    one = articles[samples.URL]
    assert (one.row.title, one.text, one.author) == (samples.TITLE, expected.text, expected.author)
    assert (one.row.read, one.row.starred) == (expected.read, expected.starred)
    assert (one.tags, one.note) == (tuple(sorted(expected.tags)), expected.note)
    assert one.source_url == expected.source
    minute = f"{one.row.published.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if one.row.published else ""
    assert not expected.minute or minute == expected.minute
    for url, other in articles.items():
        assert url == samples.URL or not (other.row.read or other.row.starred or other.note)


def unpacked_omnivore(folder: Path) -> Path:
    slug = samples.OMNIVORE[0]["slug"]
    for name, text in (
        ("metadata_0_to_2.json", json.dumps(samples.OMNIVORE, ensure_ascii=False, indent=2)),
        (f"content/{slug}.html", samples.OMNIVORE_PAGE),
        (f"highlights/{slug}.md", samples.OMNIVORE_NOTES),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("form", ["zip", "zip in a folder", "folder"])
def test_omnivores_metadata_texts_and_notes_are_put_together(store: Store, tmp_path: Path, form: str) -> None:
    given = unpacked_omnivore(tmp_path / "export")
    if form != "folder":
        above = "omnivore/" if form == "zip in a folder" else ""
        with zipfile.ZipFile(tmp_path / "omnivore.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(given.rglob("*.*"), reverse=True):
                archive.write(path, above + str(path.relative_to(given)))
        given = tmp_path / "omnivore.zip"
    articles = got(store, given)
    assert set(articles) == {samples.URL, "https://news.example/2.html"}
    one, other = articles[samples.URL], articles["https://news.example/2.html"]
    assert (one.row.title, one.text, one.author) == (samples.TITLE, TEXT, "张三")
    assert (one.row.read, one.tags, one.note) == (True, ("教育",), samples.OMNIVORE_NOTES)
    assert one.row.published is not None and one.row.published.isoformat() == "2016-03-01T20:39:00+08:00"
    assert (other.row.title, other.row.read, other.note) == ("新都的河", False, "")


def test_a_damaged_text_of_omnivores_costs_no_marks(store: Store, tmp_path: Path) -> None:
    folder = unpacked_omnivore(tmp_path / "export")
    (folder / "content" / f"{samples.OMNIVORE[0]['slug']}.html").write_bytes(b"7z\xbc\xaf\x27\x1c" + b"\0" * 60)
    told = take(store, folder)
    assert [one.status for one in told].count("failed") == 1
    marked = next(one for one in told if one.title == samples.TITLE)
    assert store.articles.get(marked.id).row.read


def test_notes_that_lead_out_of_the_folder_are_not_read(store: Store, tmp_path: Path) -> None:
    folder = unpacked_omnivore(tmp_path / "export")
    (tmp_path / "secret.md").write_text("秘密")
    notes = folder / "highlights" / f"{samples.OMNIVORE[0]['slug']}.md"
    notes.unlink()
    notes.symlink_to(tmp_path / "secret.md")
    told = take(store, folder)
    assert all(not store.articles.get(one.id).note for one in told if one.id)


NEWS = """<doc>
<url>http://news.example/20160301/1.shtml</url>
<docno>f0c1</docno>
<contenttitle>新都第一小学今日开学</contenttitle>
<content>近日，新都区举行开学典礼。　　全校师生参加 & 庆祝。</content>
</doc>
<doc>
<url>http://news.example/20160301/2.shtml</url>
<docno>f0c2</docno>
<contenttitle>新都的河</contenttitle>
<content>河水清了。</content>
</doc>
"""
MYSQL = """<?xml version="1.0"?>
<mysqldump xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<database name="cms"><table_structure name="news"><field Field="id" Type="int(11)" /></table_structure>
<table_data name="news">
<row><field name="id">1</field><field name="title">新都开学</field><field name="content">近日，典礼举行。</field>
<field name="pubtime">2016-03-01 20:39:00</field></row>
<row><field name="id">2</field><field name="title">新都的河</field><field name="content">河水清了。</field>
<field name="pubtime" xsi:nil="true" /></row>
</table_data></database></mysqldump>
"""


@pytest.mark.parametrize(
    ("content", "titles"),
    [(NEWS.encode("gb18030"), ["新都第一小学今日开学", "新都的河"]), (MYSQL.encode(), ["新都开学", "新都的河"])],
    ids=["corpus without a root", "mysqldump --xml"],
)
def test_records_written_as_xml_are_read(store: Store, tmp_path: Path, content: bytes, titles: list[str]) -> None:
    (tmp_path / "news.xml").write_bytes(content)
    told = take(store, tmp_path / "news.xml")
    assert [one.title for one in told] == titles and {one.member for one in told} == {"record 1", "record 2"}


@pytest.mark.parametrize(
    "content",
    [
        "<article class='x'><h1>新都开学了</h1><p>近日，新都区举行开学典礼，全校师生参加了升旗仪式。</p>"
        "<p>校长在国旗下作了讲话，勉励同学们好好学习，天天向上。</p></article>",
        '<?xml version="1.0"?><svg><g><path/></g></svg>',
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><articles><article><title>&x;</title></article></articles>',
        '<?xml version="1.0"?><configuration><entry><key>a</key><value>b</value></entry></configuration>',
    ],
    ids=["piece of a page", "picture", "entities", "settings"],
)
def test_other_markup_is_no_list_of_records(store: Store, tmp_path: Path, content: str) -> None:
    (tmp_path / "some").write_text(content, encoding="utf-8")
    assert all(not one.member.startswith("record") for one in take(store, tmp_path / "some"))
