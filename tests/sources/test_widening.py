"""Bodies with lists and tables in them are read to their end."""

from __future__ import annotations

import pytest

from newstui.model import Article
from newstui.sources.pages import read_page

_PROSE = "这座桥在河上站了三百年，每年春天都要请石匠来看一看，敲一敲，听听哪一块石头松了。"
_ROWS = "".join(f"<tr><td>{hour}:00</td><td>第{hour}班</td><td>{hour}</td></tr>" for hour in range(7, 15))
_SIDE = "<div class='side'><h3>相关新闻</h3><ul><li><a href='1.html'>河边的石匠今年收了三个徒弟</a></li></ul></div>"


def _read(data: str) -> Article:
    page = read_page(data.encode())
    assert isinstance(page, Article)
    return page


def _page(body: str, crumbs: str = "地方网 &gt; 四川 &gt; 新都 &gt; 正文", title: str = "石桥的春天") -> str:
    return (
        f"<html><head><title>{title}</title></head><body><div class='path'>{crumbs}</div><h1>{title}</h1>"
        f"<div>来源：示例报 2026-03-01 08:00</div><div class='content'>{body}</div>{_SIDE}</body></html>"
    )


@pytest.mark.parametrize(
    "middle",
    [
        "<h2>时刻</h2><table>" + _ROWS + "</table>",
        "<ul>" + "<li>先敲桥墩，再敲桥面</li>" * 3 + "<li>带一把小锤</li>" * 6 + "</ul>",
        "<table><tr><td>A</td><td>下一篇、上一篇</td></tr><tr><td>/</td><td>评论</td></tr></table>",
    ],
)
def test_html_goes_on_after_a_list_or_table(middle: str) -> None:
    article = _read(_page(f"<p>{_PROSE}</p>{middle}<p>最后，石匠说：{_PROSE}</p>"))
    assert article.blocks[0].text == _PROSE
    assert article.blocks[-1].text == f"最后，石匠说：{_PROSE}"
    assert {block.kind for block in article.blocks} & {"table", "item"}
    assert [headline.title for headline in article.related] == ["河边的石匠今年收了三个徒弟"]


def test_html_does_not_go_on_into_links_beside_it() -> None:
    links = "<ul>" + "<li><a href='2.html'>隔壁村的石桥也要修了</a></li>" * 8 + "</ul>"
    article = _read(_page(f"<p>{_PROSE}</p><p>{_PROSE}</p>") + links + f"<p>{_PROSE}</p>")
    assert len(article.blocks) == 2


def test_a_table_with_a_byline_in_it_is_layout() -> None:
    table = (
        "<table><tr><td>来源：示例晚报</td><td>作者：某某</td></tr><tr><td>2026-03-02</td><td>09:00</td></tr></table>"
    )
    html = (
        f"<html><body><h1>石桥的春天</h1>{table}<div class='content'><p>{_PROSE}</p><p>{_PROSE}</p></div></body></html>"
    )
    assert _read(html).byline == "示例晚报"


def test_a_dump_goes_on_after_its_list() -> None:
    items = "\n".join(f"• 第{number}块石头：换" for number in range(1, 9))
    dump = (
        f"地方网 > 四川 > 新都 > 正文\n\n石桥的春天\n\n来源:示例报 2026-03-01 08:00\n\n{_PROSE}\n\n{_PROSE}\n\n"
        f"{items}\n\n{_PROSE}\n\n新闻推荐\n\n河边的石匠今年收了三个徒弟\n\n石匠不爱说话，只爱敲石头，一天要敲上万下，敲得手心都是茧子...\n"
    )
    article = _read(dump)
    assert len(article.blocks) == 11
    assert article.blocks[-1].text == _PROSE


def test_a_district_whose_name_stands_in_the_title_is_still_the_place() -> None:
    article = _read(_page(f"<p>{_PROSE}</p><p>{_PROSE}</p>", title="新都石桥今年春天换了十一块石头"))
    assert (article.crumbs[-1], article.place) == ("新都", "510114")
