"""Pages of one article found in an archive are stored as one article, whatever order they are met in."""

from __future__ import annotations

import itertools
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newstui.fetch.joining import Joiner, Whole
from newstui.fetch.reprocessing import reprocess_pages
from newstui.model import Article, Block, ImportOutcome, Part, View
from newstui.sources.version import EXTRACTOR
from newstui.store import open_store
from tests.fetch.conftest import NOW
from tests.fetch.test_importing import take

DAY = datetime(2016, 3, 1, tzinfo=UTC)


def part(number: int, of: int = 3, *, title: str = "地铁十年", url: str = "", day: int = 1) -> Article:
    address = url or f"https://a.example/t_{number}.html"
    text = (Block("paragraph", f"{title}{number}"),)
    return Article(title, address, blocks=text, part=Part(number, of), published=DAY.replace(day=day))


def run(articles: Sequence[Article]) -> list[Whole[int]]:
    joiner: Joiner[int] = Joiner()
    out = [
        whole for at, article in enumerate(articles) for whole in joiner.offer(article, at, where=f"a.zip/{at}.html")
    ]
    return [*out, *joiner.rest()]


@pytest.mark.parametrize("order", list(itertools.permutations((1, 2, 3))))
def test_pages_in_any_order_make_one(order: tuple[int, ...]) -> None:
    [whole] = run([part(number) for number in order])
    assert whole.article.text.split("\n") == ["地铁十年1", "地铁十年2", "地铁十年3"]
    assert [order[given] for given in whole.given] == [1, 2, 3]
    assert whole.article.url == "https://a.example/t_1.html"


def test_articles_without_pages_are_given_out_at_once_and_as_they_are() -> None:
    alone = Article("一则")
    joiner: Joiner[int] = Joiner()
    assert next(joiner.offer(alone, 7, where="x")) == Whole(alone, [7])


def test_the_same_page_twice_or_on_another_day_or_site_begins_another_article() -> None:
    assert len(run([part(1), part(1)])) == 2
    assert len(run([part(1), part(2, day=5)])) == 2
    assert len(run([part(1), part(2, url="https://b.example/t_2.html")])) == 2
    assert len(run([part(1), part(2, title="另一篇")])) == 2


def test_pages_that_wait_for_others_take_no_more_memory_in_a_longer_import() -> None:
    joiner: Joiner[int] = Joiner()
    pages = [
        replace(part(1, title=f"第{at}篇", url=f"https://a.example/{at}_1.html"), original_zlib=bytes(1 << 20))
        for at in range(40)
    ]
    given = [whole.given for at, page in enumerate(pages) for whole in joiner.offer(page, at, where="")]
    assert given == [[at] for at in range(len(given))]
    assert len(given) + len(list(joiner.rest())) == 40
    assert 40 - len(given) <= 12


def test_pages_that_do_not_tell_their_number_are_placed_by_links_and_names() -> None:
    first = Article(
        "题",
        "https://a.example/t.html",
        blocks=(Block("paragraph", "一"),),
        part=Part(1, 3, ((3, "https://a.example/tc"),)),
    )
    third = Article("题", "https://a.example/tc", blocks=(Block("paragraph", "三"),), part=Part(0, 3))
    second = Article("题", "https://a.example/t_2.html", blocks=(Block("paragraph", "二"),), part=Part(0, 3))
    [whole] = run([third, second, first])
    assert whole.article.text == "一\n二\n三"


PAGE = """<html><head><title>成都地铁十年建设回顾_成都日报网</title></head><body>
<h1>成都地铁十年建设回顾</h1><p>2016-03-01 20:39 来源：成都日报</p>
<p>　　{number}、2016年，成都地铁又开通了两条新线路，沿线居民出行更加方便，客流量创下历史新高。</p>
<p>　　记者在现场看到，{number}号线站台上人头攒动，工作人员正在引导乘客有序候车，秩序井然。</p>
<div class="pages">{pager}</div></body></html>"""


def _pager(number: int, of: int) -> str:
    links = [
        f"<b>{at}</b>" if at == number else f'<a href="t{f"_{at}" if at > 1 else ""}.html">{at}</a>'
        for at in range(1, of + 1)
    ]
    if number < of:
        links.append(f'<a href="t_{number + 1}.html">下一页</a>')
    if number > 1:
        links.insert(0, f'<a href="t_{number - 1}.html">上一页</a>')
    return " ".join(links)


def test_an_archive_with_the_pages_of_an_article_gives_one_article(tmp_path: Path) -> None:
    archive = tmp_path / "old.zip"
    with zipfile.ZipFile(archive, "w") as writing:
        for number in (2, 3, 1):
            name = f"d/t{f'_{number}' if number > 1 else ''}.html"
            writing.writestr(name, PAGE.format(number=number, pager=_pager(number, 3)))
    with open_store(tmp_path / "cache.db", now=NOW) as store:
        told = take(store, archive)
        assert [(one.member, one.status) for one in told] == [
            ("d/t.html", "added"),
            ("d/t_2.html", "known"),
            ("d/t_3.html", "known"),
        ]
        assert len({one.id for one in told}) == 1
        [row] = store.views.window(View(), limit=5)
        stored = store.articles.get(row.id)
        text = stored.text
        assert [text.index(f"{number}号线") for number in (1, 2, 3)] == sorted(
            text.index(f"{number}号线") for number in (1, 2, 3)
        )
        assert [one.status for one in take(store, archive)] == ["known"] * 3
        assert store.originals.count() == 0
        with pytest.MonkeyPatch.context() as patch:
            # A newer extractor: all three pages are read again, not the first alone.
            patch.setattr("newstui.store.originals.EXTRACTOR", EXTRACTOR + 1)
            again: list[ImportOutcome] = []
            reprocess_pages(store, source=0, now=NOW, report=again.append, progress=lambda *_: None)
            assert [(one.status, one.id) for one in again] == [("known", row.id)]
        assert store.articles.get(row.id).text == text
