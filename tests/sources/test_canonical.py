"""Canonical addresses that are true, and those that a template gives every page."""

from __future__ import annotations

import pytest

from newstui.model import Article
from newstui.sources.canonical import believed
from newstui.sources.pages import read_page


@pytest.mark.parametrize(
    ("stated", "came_from", "is_believed"),
    [
        ("https://www.x.com.cn/a/1.html", "http://m.x.com.cn/a/1.html?from=wx", True),
        ("https://www.x.com/a/1/", "https://www.x.com/a/1/index.html", True),
        ("https://www.x.com/a/1", "https://www.x.com/a/1/amp", True),
        ("https://www.x.com/", "https://www.x.com/a/1.html", False),
        ("https://www.x.com/a/", "https://www.x.com/a/20140103.html", False),
        ("https://www.x.com/", "https://www.x.com/?id=5", False),
        ("https://www.y.com/a/1.html", "https://www.x.com/a/1.html", False),
        ("https://a.com.cn/1", "https://b.com.cn/1", False),
        ("https://www.x.com/a/1.html", "", True),
    ],
)
def test_what_is_believed(stated: str, came_from: str, is_believed: bool) -> None:
    assert believed(stated, came_from) is is_believed


def test_a_home_page_for_every_page_is_not_its_address() -> None:
    body = "".join(f"<p>新都区今天召开会议，部署第{number}项工作，要求各镇街抓好落实。</p>" for number in range(8))
    html = (
        '<html><head><title>新都区部署全年重点工作</title><link rel="canonical" href="http://x.cn/"></head><body>'
        f"<h1>新都区部署全年重点工作</h1><p>2014-01-03 08:00 来源：新都报</p><div>{body}</div></body></html>"
    )
    page = read_page(html.encode(), url="http://x.cn/news/5.html")
    assert isinstance(page, Article)
    assert page.url == "http://x.cn/news/5.html"
