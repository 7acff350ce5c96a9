"""Pages of real sites: the portal page the project began from, exactly; others by shares measured against gold."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.extraction import report, scores, share
from newstui.districts.placing import place_path
from newstui.model import Article
from newstui.sources.pages import Skipped, read_page

pytestmark = pytest.mark.corpora


def test_portal_page_reads_exactly(seed_page: Path) -> None:
    page = read_page(seed_page.read_bytes())
    assert isinstance(page, Article)
    assert page.title.startswith("关联部门资源 并联群团资源")
    assert page.byline == "成都日报"
    assert page.author == "卢海燕"
    assert page.published is not None
    assert page.published.isoformat() == "2016-03-01T20:39:00+08:00"
    assert page.place == "510114"
    assert page.crumbs == ("地方网", "四川", "成都市", "新都新闻")
    assert page.url == ""
    assert len(page.blocks) == 15
    assert page.blocks[0].text.startswith("近日,市委召开党的群团工作会议")
    assert page.blocks[-1].text.endswith("本报记者 卢海燕 文/图")
    assert [line.group for line in page.related].count("频道推荐") == 5
    assert "新消费我做主" not in page.text
    assert "弘扬社会正气" not in page.text
    assert page.original.startswith("成都新闻 新都新闻".encode())


def test_every_page_gives_a_value(corpora: Path) -> None:
    paths = [
        *(corpora / "pages").rglob("*.html"),
        *(corpora / "pages").rglob("*.txt"),
        *(corpora / "pagetexts").iterdir(),
    ]
    assert len(paths) > 100
    for path in paths:
        page = read_page(path.read_bytes())
        assert isinstance(page, Article | Skipped)
        if isinstance(page, Article):
            assert page.title and page.blocks, path.name
        else:
            assert page.reason, path.name


def test_shares_against_gold(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = scores(corpora)
    with capsys.disabled():
        print("\n" + "\n".join(report(found).splitlines()[-2:]))
    for form, body, dates, authors in (("html", 0.95, 0.86, 0.90), ("dump", 0.945, 0.86, 0.90)):
        part = [one for one in found if one.form == form]
        f1s = [one.f1 for one in part if one.f1 is not None]
        assert len(f1s) >= 20
        assert sum(f1s) / len(f1s) >= body
        assert min(f1s) >= 0.5
        assert share([one.date for one in part]) >= dates
        assert share([one.author for one in part]) >= authors
        wrong = [one.name for one in part if one.taken != one.wanted]
        assert not wrong


_TEXTS = {
    "yybnet-chengdu-7046429.txt": ("下涧槽社区 大手牵小手 爱心家园老少同守护", "", "刘玺", "", "", "四川/成都/成华"),
    "scol-58250838.txt": (
        "视频 | 国道318线雅安多营段出现多处塌方,暂无人员伤亡",
        "川观新闻",
        "薛维睿 黄刚 张超",
        "王诗侠",
        "2021-08-18 14:43:36",
        "四川/雅安",
    ),
    "cbimc-1059.txt": (
        "四川江油一桥梁被洪水冲垮",
        "中国保险报·中保网",
        "",
        "",
        "2013-07-10 08:40:01",
        "四川/绵阳/江油",
    ),
    "zjnews-jiaxing-363189.txt": ("", "读嘉", "俞中岳", "陆姗姗", "", "浙江/嘉兴/桐乡"),
}
"""Title ("" for none in the text), source, author, editor, local time and place, as the folder's index states them; its
place is a township in one, which is below what the list of divisions holds."""


@pytest.mark.parametrize("name", _TEXTS)
def test_texts_of_local_news(corpora: Path, name: str) -> None:
    title, source, author, editor, published, place = _TEXTS[name]
    page = read_page((corpora / "pagetexts" / name).read_bytes())
    assert isinstance(page, Article)
    assert page.title == title or (not title and page.blocks[0].text.startswith(page.title.rstrip("…")))
    assert (page.byline, page.author, page.editor) == (source, author, editor)
    assert place_path(page.place) == place
    assert (f"{page.published:%Y-%m-%d %H:%M:%S}" if page.published else "") == published
    assert not any(block.text.startswith("新闻推荐") for block in page.blocks)
