"""Every outside feed, list and hostile file goes through: read, or refused with a reason."""

from __future__ import annotations

import html
import re
import time
from collections import Counter
from pathlib import Path

import pytest

from newstui.model import Article, Feed
from newstui.sources.detect import sniff
from newstui.sources.feeds import NotAFeed, parse_feed
from newstui.sources.opml import NotOpmlError, parse_opml, parse_url_list
from newstui.text.clean import clean, clean_line

pytestmark = pytest.mark.corpora

_EXPECTATIONS = ("rss-parser/output/", ".serde.json", "_expected.json")
"""Files beside the feeds that say what is in them."""
_FEED_MARK = re.compile(
    rb"<rss[\s>]|<rdf:RDF[\s>]|<(\w+:)?feed[\s>]|<channel[\s>]|jsonfeed\.org/version", re.IGNORECASE
)
_REFERENCE = re.compile(r"&#?\w+;")
_CLIPPED = "…"
"""Stands at the end of a title that was taken from a longer text."""
_OTHER_MARK = re.compile(rb"<opml|<html|<!doctype html|<(\w+:)?(service|categories)[\s>]", re.IGNORECASE)


def documents(corpora: Path) -> list[Path]:
    paths: list[Path] = []
    for folder in ("feedsuites", "cnfeeds"):
        for path in sorted((corpora / folder).rglob("*")):
            name = path.as_posix()
            if path.is_file() and path.name != "index.tsv" and not any(mark in name for mark in _EXPECTATIONS):
                if "/gofeed/" in name and path.suffix == ".json" and path.with_suffix(".xml").exists():
                    continue
                paths.append(path)
    return paths


def strings(feed: Feed) -> list[str]:
    found = [feed.title, feed.site_url, feed.subtitle, feed.guid, feed.author, *feed.notes]
    for article in feed.articles:
        found += [article.title, article.url, article.guid, article.byline, article.author, article.column]
        found += [article.summary, article.text, article.comments_url]
        for block in article.blocks:
            found += [block.url, block.marker, *(link.url for link in block.links)]
    return found


def test_every_feed_goes_through(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kinds: Counter[str] = Counter()
    refused: list[str] = []
    size = 0
    began = time.process_time()
    paths = documents(corpora)
    for path in paths:
        data = path.read_bytes()
        size += len(data)
        try:
            feed = parse_feed(data, url="http://feeds.example.cn/feed")
        except NotAFeed as error:
            refused.append(f"{path.relative_to(corpora)}: {error}")
            # What is refused must not be a feed: no feed's root element, or another document's before it.
            mark, other = _FEED_MARK.search(data), _OTHER_MARK.search(data)
            other_first = other is not None and mark is not None and other.start() < mark.start()
            assert mark is None or other_first or sniff(data) in ("text", "binary"), f"{path}: {error}"
            continue
        kinds[feed.format] += 1
        for text in strings(feed):
            # A table's text has tabs between its cells.
            assert clean(text) == text.replace("\t", " "), path
        for article in feed.articles:
            assert article.title, path
            assert clean_line(article.title) == article.title, path
            assert article.published is None or article.published.tzinfo is not None, path
    seconds = time.process_time() - began
    with capsys.disabled():
        print(f"\n{len(paths)} documents, {size / 1e6:.1f} MB, {size / 1e6 / seconds:.1f} MB/s: {dict(kinds)}")
        print(f"{len(refused)} are no feeds:", *refused, sep="\n  ")
    assert len(refused) < len(paths) * 0.06


def test_chinese_feeds_have_titles_dates_and_links(corpora: Path) -> None:
    entries: list[Article] = []
    for folder in ("wechat", "misc", "jsonfeed"):
        for path in sorted((corpora / "cnfeeds" / folder).iterdir()):
            if path.suffix in (".xml", ".json"):
                feed = parse_feed(path.read_bytes())
                assert feed.title, path
                assert not feed.notes, path
                entries += feed.articles
    assert len(entries) > 1000
    assert all(entry.title for entry in entries)
    assert sum(entry.published is not None for entry in entries) > 0.98 * len(entries)
    assert sum(bool(entry.url) for entry in entries) > 0.98 * len(entries)


def test_legacy_encodings_have_no_wrong_character(corpora: Path) -> None:
    """Every character beyond ASCII is one that stands in the file's bytes, or one that a reference in it names."""
    files = 0
    for folder, codec in (("gb", "gb18030"), ("big5", "big5hkscs")):
        for path in sorted((corpora / "cnfeeds" / "legacy-encoding" / folder).glob("*.xml")):
            data = path.read_bytes()
            feed = parse_feed(data)
            files += 1
            text = "".join([feed.title, feed.subtitle, *(entry.title + entry.text for entry in feed.articles)])
            assert feed.articles, path
            assert "\ufffd" not in text, path
            ascii_only = data.decode("ascii", "replace")
            references = _REFERENCE.findall(ascii_only) + _REFERENCE.findall(html.unescape(ascii_only))
            # The last two: two symbols of Big5 with more than one code point to read them as.
            named = set(html.unescape("".join(references))) | {_CLIPPED, "\uffe1", "\u2215"}
            for char in set(text) - named:
                assert char.isascii() or char.encode(codec) in data, (path, char)
    assert files >= 18


def test_polls_hold_the_distinct_ids_of_the_series(corpora: Path) -> None:
    folder = corpora / "cnfeeds" / "poll-series" / "ifengculture"
    polls = [parse_feed(path.read_bytes()) for path in sorted(folder.glob("*.xml"))]
    entries = [entry for poll in polls for entry in poll.articles]
    assert len(entries) == 551
    assert len({entry.guid for entry in entries}) == 40
    newest = {entry.guid: entry.title for entry in entries}
    assert len(set(newest.values())) == 39


def test_subscription_lists_go_through(corpora: Path) -> None:
    total = 0
    for path in sorted((corpora / "lists").iterdir()):
        data = path.read_bytes()
        if path.suffix == ".txt":
            outlines = parse_url_list(data)
        else:
            outlines = parse_opml(data)
            written = len(re.findall(rb"xmlUrl\s*=", data, re.IGNORECASE))
            assert len(outlines) == written, path
        assert outlines, path
        total += len(outlines)
        assert all(outline.url and clean_line(outline.title) == outline.title for outline in outlines)
    assert total > 500


def test_hostile_xml_is_read_in_bounded_time(corpora: Path) -> None:
    for path in sorted((corpora / "hostile" / "defusedxml").iterdir()):
        inner = path.read_text("utf-8")
        head, _, root = inner.partition("]>")
        item = f"<item><title>{root}&a;&c;</title></item>"
        bomb = f"{head}]><rss version='2.0'><channel><title>t</title>{item}</channel></rss>"
        for data in (path.read_bytes(), bomb.encode()):
            began = time.perf_counter()
            try:
                feed = parse_feed(data)
            except NotAFeed:
                feed = Feed("")
            assert time.perf_counter() - began < 5, path
            assert sum(map(len, strings(feed))) < 300_000, path
            assert "root:" not in "".join(strings(feed)), path
            with pytest.raises(NotOpmlError):
                parse_opml(data)


def test_naughty_strings_survive_as_titles_and_texts(corpora: Path) -> None:
    lines = [line for line in (corpora / "hostile" / "blns.txt").read_text("utf-8").splitlines() if line.strip()]
    items = "".join(
        f"<item><title>{html.escape(line)}</title><description>x {html.escape(line)}</description></item>"
        for line in lines
    )
    feed = parse_feed(f"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>".encode())
    assert len(feed.articles) == len(lines)
    assert all(clean(text) == text for text in strings(feed))
