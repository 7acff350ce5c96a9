"""Real pages in every container: each gives the article that the bare page gives, and all together give one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench.extraction import f1
from newstui.cli import main
from newstui.fetch.importing import import_paths
from newstui.model import Article, ImportOutcome, View
from newstui.sources.pages import read_page
from newstui.store import open_store
from tests.conformance import wrapping
from tests.conformance.wrapping import Bare
from tests.fetch.conftest import NOW

pytestmark = pytest.mark.corpora

LARGEST = 60_000
"""Bytes of the pages tried, so that two dozen forms of a dozen of them take seconds."""
SAID = {"letter.eml": "成都日报", "box.mbox": "成都日报", "book.epub": "报"}
"""Containers that name a paper, which stands where the page names none."""
ALONE = {"box.mbox": 1, "record.jsonl": 1, "row.csv": 1, "crawl.wacz": -2}
"""What else these hold: a further article, or files that are no pages (< 0)."""


@pytest.fixture(scope="module")
def bares(corpora: Path) -> list[Bare]:
    """A dozen pages with a date of their own, each with its dump."""
    found: list[Bare] = []
    for path in sorted((corpora / "pages").glob("*/*.html")):
        data = path.read_bytes()
        dump = path.with_name(f"{path.stem}.dump.txt")
        page = read_page(data) if len(data) < LARGEST and dump.is_file() else None
        if isinstance(page, Article) and page.published and page.part is None:
            url = page.url or f"http://news.example.cn/p/{len(found)}.html"
            found.append(Bare(path.stem, url, data, dump.read_bytes()))
    assert len(found) >= 12
    return found[:12]


def written(folder: Path, page: Bare) -> Path:
    """A folder with the page in every form."""
    folder.mkdir()
    for name, data in wrapping.wrappings(page).items():
        (folder / name).write_bytes(data)
    return folder


def article(told: dict[str, Any]) -> dict[str, Any]:
    """What is compared of an article: its text without white space, which pictures between blocks change."""
    keys = ("status", "title", "byline", "author", "published", "district")
    return {key: told[key] for key in keys} | {"text": "".join(told["text"].split())}


def test_every_container_gives_the_bare_pages_article(
    tmp_path: Path, bares: list[Bare], capsys: pytest.CaptureFixture[str]
) -> None:
    for number, page in enumerate(bares):
        written(tmp_path / f"{number:02}", page)
    assert main(["import", "--dry-run", "--json", "--progress", "none", str(tmp_path)]) == 0
    told: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for line in capsys.readouterr().out.splitlines():
        one = json.loads(line)
        path = Path(one["path"])
        told.setdefault(path.parent.name, {}).setdefault(path.name, []).append(one)
    assert len(told) == len(bares)
    for number, page in enumerate(bares):
        forms = told[f"{number:02}"]
        assert set(forms) == set(wrapping.wrappings(page))
        wanted = article(forms["page.html"][0])
        for name, outcomes in forms.items():
            skipped = [one for one in outcomes if one["status"] != "added"]
            assert len(skipped) == max(0, -ALONE.get(name, 0)), (page.name, skipped)
            added = [one for one in outcomes if one["status"] == "added"]
            assert len(added) == 1 + max(0, ALONE.get(name, 0)), (page.name, name)
            got = article(added[0])
            if name in ("dump.txt", "text.wet"):
                assert f1(got["text"], wanted["text"]) > 0.85, (page.name, name)
            else:
                byline = wanted["byline"] or SAID.get(name, "")
                assert got == wanted | {"byline": byline}, (page.name, name)
        dump, wet = forms["dump.txt"][0], forms["text.wet"][0]
        assert article(wet) == article(dump), page.name


def test_all_forms_of_a_page_are_one_article(tmp_path: Path, bares: list[Bare]) -> None:
    pages = bares[:4]
    with open_store(tmp_path / "cache.db", now=NOW) as store:
        for number, page in enumerate(pages):
            folder = written(tmp_path / str(number), page)
            for name in ("record.jsonl", "row.csv", "box.mbox"):
                (folder / name).unlink()  # they hold another page besides
            told: list[ImportOutcome] = []
            import_paths(store, [folder], now=lambda: NOW, report=told.append)
            assert not [one for one in told if one.status == "failed"]
            # Details and texts that differ by a blank do no harm; a second article would.
            assert [one.status for one in told].count("added") == 1, page.name
            assert len({one.id for one in told if one.id}) == 1, page.name
        rows = store.views.window(View(), limit=100)
        assert len(rows) == len(pages)
