"""Pages of real sites: the portal page the project began from, exactly; others by shares measured against gold."""

from __future__ import annotations

from pathlib import Path

import pytest

from newstui.model import Article
from newstui.sources.pages import Skipped, read_page

pytestmark = pytest.mark.corpora


def test_portal_page_reads_exactly(seed_page: Path) -> None:
    page = read_page(seed_page.read_bytes(), name=seed_page.name)
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
        page = read_page(path.read_bytes(), name=path.name)
        assert isinstance(page, Article | Skipped)
        if isinstance(page, Article):
            assert page.title and page.blocks, path.name
        else:
            assert page.reason, path.name
