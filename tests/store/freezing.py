"""Freeze a cache of the present version: `python -m tests.store.freezing`, once for each version, before its release.

The file is kept for ever and never made again: it is what a reader of that version has on the disk.
"""

from __future__ import annotations

import lzma
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from newstui.model import ImportOutcome, View
from newstui.rows import Passage
from newstui.store.ledger import Entry
from newstui.store.listing import SCHEMA_VERSION
from tests.store.builders import NOW, article, new_store

FOLDER = Path(__file__).with_name("frozen")


def freeze() -> Path:
    """Write frozen/vN.db.xz: 30 articles, one edited, one starred, tagged and noted, a passage of it marked, and left
    in its middle, ten read, five pruned, all with the time of their copy, one member of an archive remembered."""
    with tempfile.TemporaryDirectory() as folder:
        with new_store(Path(folder)) as store:
            feed = store.sources.add("https://news.example/feed.xml", "feed", "新都新闻", place="510114", at=NOW)
            places = ("510114", "330106", "tab:导览", "")
            made = (NOW - timedelta(days=9), NOW - timedelta(days=3))
            batch = [article(number, place=places[number % 4], captured=made[0]) for number in range(30)]
            store.articles.ingest(feed.id, batch, at=NOW)
            store.articles.ingest(feed.id, [article(0, text="改过的文字。", captured=made[1])], at=NOW)
            rows = [row.key.row for row in store.views.window(View(), limit=30)]
            store.marks.set("starred", True, rows[:1], NOW)
            store.marks.tag("留", rows[:1], NOW)
            store.marks.note("看过", rows[:1], NOW)
            store.marks.set("read", True, rows[20:], NOW)
            store.state.set("tab", "510114")
            newest = store.views.window(View(), limit=1)[0].id
            store.ledger.add([Entry(b"m" * 16, [ImportOutcome("", "", "added", newest, "题")])], at=NOW)
            store.passages.put(newest, Passage(1, 2, "文字", "改过的", "记下"), NOW)
            store.positions.put({newest: (1, 3)}, NOW)
            store.retention.prune(store.views.window(View(), limit=1, skip=24)[0].shown)
        data = (Path(folder) / "cache.db").read_bytes()
    target = FOLDER / f"v{SCHEMA_VERSION}.db.xz"
    target.write_bytes(lzma.compress(data, preset=9 | lzma.PRESET_EXTREME))
    return target


if __name__ == "__main__":
    if (FOLDER / f"v{SCHEMA_VERSION}.db.xz").exists():
        sys.exit(f"version {SCHEMA_VERSION} is frozen already")
    print(freeze())
