"""The texts of the corpora, as newstui shows them: what line setting and widths are tried on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from newstui.model import Article
from newstui.sources.feeds import NotAFeed, parse_feed
from newstui.sources.pages import read_page
from newstui.text.charset import decode
from newstui.text.clean import clean


def corpus_texts(root: Path) -> dict[str, list[str]]:
    """Cleaned texts by kind; each is an article, a feed's entry, a file's sentences; line breaks end paragraphs."""
    makers = {
        "page bodies": _bodies(root),
        "gold bodies": _files(root, "pages/*/*.gold-body.txt"),
        "feed entries": _entries(root),
        "sentences": _sentences(root),
        "page texts": _files(root, "pagetexts/*.txt", "../seed/*.txt"),
        "whole dumps": _files(root, "pages/*/*.dump.txt"),
    }
    return {kind: [text for one in texts if (text := clean(one)).strip()] for kind, texts in makers.items()}


def paragraphs(texts: list[str]) -> list[str]:
    """Their paragraphs, each without blanks at its ends."""
    return [line for text in texts for one in text.split("\n") if (line := one.strip())]


def _files(root: Path, *patterns: str) -> Iterator[str]:
    for pattern in patterns:
        for path in sorted(root.glob(pattern)):
            yield decode(path.read_bytes()).text


def _bodies(root: Path) -> Iterator[str]:
    for path in (*sorted(root.glob("pages/*/*")), *sorted(root.glob("pagetexts/*.txt"))):
        if path.name.endswith((".html", ".dump.txt")) or path.parent.name == "pagetexts":
            page = read_page(path.read_bytes())
            if isinstance(page, Article):
                yield f"{page.title}\n{page.text}"


def _entries(root: Path) -> Iterator[str]:
    for path in sorted(root.glob("cnfeeds/**/*")):
        if not path.is_file() or path.suffix == ".tsv":
            continue
        try:
            feed = parse_feed(path.read_bytes())
        except NotAFeed:
            continue
        for entry in feed.articles:
            yield f"{entry.title}\n{entry.summary}\n{entry.text}"


def _sentences(root: Path) -> Iterator[str]:
    for path in sorted(root.glob("ner/*")):
        rows = path.read_text("utf-8").split("\n")
        yield "".join(row.rpartition(" ")[0] or "\n" for row in rows)
    for path in sorted(root.glob("same-event/*.json")):
        text, at, read = path.read_text("utf-8"), 0, json.JSONDecoder().raw_decode
        while (at := text.find("{", at)) >= 0:
            pair, at = read(text, at)
            yield f"{pair['source']}\n{pair['target']}"
