"""Portal text dumps: the same article comes out however its parts are spelt, ordered, encoded and spaced."""

from __future__ import annotations

import pytest

from newstui.model import Article
from newstui.sources.pages import Skipped, read_page
from tests.sources.portal import BODY, BYLINE, CRUMBS, STANDARD, TITLE, page


def read(text: str | bytes) -> Article:
    found = read_page(text if isinstance(text, bytes) else text.encode())
    assert isinstance(found, Article), found
    return found


def check_whole(article: Article) -> None:
    assert article.title == TITLE
    assert article.byline == "成都日报"
    assert article.author == "李文强"
    assert article.published is not None
    assert article.published.isoformat(timespec="minutes") == "2016-03-11T09:05+08:00"
    assert tuple(block.text for block in article.blocks) == BODY
    assert article.place == "510115"
    assert [line.title for line in article.related if line.group == "频道推荐"] == [
        "蒲江柑橘俏销海外",
        "都江堰放水节下月举行",
    ]
    assert article.url == ""


def test_standard_page() -> None:
    article = read(page(*STANDARD))
    check_whole(article)
    assert article.crumbs == ("地方网", "四川", "成都市", "温江新闻")
    groups = {line.group for line in article.related}
    assert groups == {"新闻推荐", "频道推荐", "热点阅读", "乡里乡亲"}
    assert "一碗豆花的四十年..." in [line.title for line in article.related]


@pytest.mark.parametrize(
    "crumbs",
    [
        CRUMBS,
        "首页 » 四川 » 成都 » 温江 » 正文",
        "您的位置:首页 &gt; 四川 &gt; 成都市 &gt; 温江新闻",
        "当前位置： 地方网 › 四川 › 成都 › 温江新闻 › 正文",
        "您现在的位置:地方网>>四川>>成都市>>温江新闻>>正文",
        "首页 / 四川 / 成都 / 温江 / 正文",
        f"地方网 > 四川 > 成都市 > 温江新闻 > {TITLE}",
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_every_breadcrumb(crumbs: str, gap: str) -> None:
    check_whole(read(page(*STANDARD, crumbs=crumbs, gap=gap)))


@pytest.mark.parametrize(
    "byline",
    [
        "2016年3月11日 09:05 来源：成都日报",
        "来源:成都日报  作者:李文强  时间:2016-03-11 09:05:00",
        "【成都日报】 2016/3/11 9:05  字号：大 中 小",
        "发布时间:2016-03-11 09:05 来源:成都日报 责任编辑:王芳 浏览:123次",
        "来源：成都日报 | 2016-03-11 09:05",
        "2016-03-11 09:05:12  成都日报  本报记者 李文强",
        "来源：[ 成都日报 ] 2016年03月11日09:05",
        "2016-03-11 09:05来源:成都日报编辑:王芳",
    ],
)
def test_every_byline(byline: str) -> None:
    check_whole(read(page(*STANDARD, byline=byline)))
    check_whole(read(page("tabs", "crumbs", "title", "body", "byline", "teaser", "sides", byline=byline)))


@pytest.mark.parametrize(
    "order",
    [
        ("crumbs", "title", "byline", "body", "teaser", "sides"),
        ("sides", "tabs", "crumbs", "title", "byline", "body", "teaser"),
        ("tabs", "teaser", "crumbs", "title", "byline", "body", "sides"),
        ("title", "tabs", "crumbs", "byline", "body", "teaser", "sides"),
        ("tabs", "title", "crumbs", "byline", "body", "teaser", "sides"),
        ("tabs", "crumbs", "title", "byline", "body", "sides", "teaser"),
        ("teaser", "sides", "tabs", "crumbs", "title", "byline", "body"),
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_every_order(order: tuple[str, ...], gap: str) -> None:
    check_whole(read(page(*order, gap=gap)))


def test_windows_gbk_and_indents() -> None:
    indented = tuple("\u3000\u3000" + text for text in BODY)
    check_whole(read(page(*STANDARD).replace("\n", "\r\n").replace("•", "·").encode("gb18030")))
    check_whole(read(b"\xef\xbb\xbf" + page(*STANDARD, body=indented).encode()))
    check_whole(read(page(*STANDARD, body=indented).encode("utf-16")))


def test_title_without_breadcrumb_or_byline() -> None:
    article = read(page("title", "body", "teaser"))
    assert article.title == TITLE
    assert len(article.blocks) == 5
    assert article.published is None
    assert article.place == ""


def test_title_from_the_heading_of_the_comments() -> None:
    assert read(page("tabs", "crumbs", "byline", "body", "sides")).title == TITLE


def test_no_title_anywhere_takes_the_first_sentence() -> None:
    article = read("\n".join(BODY[:2] + BODY[3:]))
    assert article.title.startswith("3月9日,温江区寿安镇")
    assert len(article.title) <= 40
    assert len(article.blocks) == 4


def test_portal_tab_that_is_no_division() -> None:
    assert read(page(*STANDARD, crumbs="地方网 > 导览 > 正文")).place == "tab:导览"
    assert read(page("crumbs", "title", "byline", "body", crumbs="地方网 > 导览 > 正文")).place == ""


def test_page_address_in_the_byline() -> None:
    article = read(page(*STANDARD, byline="来源:成都日报 2016-03-11 09:05 https://www.example.net/cd/2016/123.html"))
    assert article.url == "https://www.example.net/cd/2016/123.html"


def test_numbered_and_bulleted_paragraphs_stay_in_the_body() -> None:
    body = (BODY[0], "1.清理主干渠,疏通堵点,恢复过水能力,由各社区包段负责到人。", "2、修补渠堤,加固闸门。", BODY[4])
    article = read(page(*STANDARD, body=body))
    assert [block.text for block in article.blocks][1:3] == [body[1], body[2]]


def test_original_is_kept_as_utf8() -> None:
    text = page(*STANDARD)
    assert read(text.encode("gb18030").replace("•".encode("gb18030"), b"*")).original.decode().startswith("成都新闻")


def test_short_brief_with_its_anchors_is_an_article() -> None:
    article = read(page("tabs", "crumbs", "title", "byline", "body", "sides", body=("寿安镇本周全面启动春耕清淤。",)))
    assert article.title == TITLE
    assert [block.text for block in article.blocks] == ["寿安镇本周全面启动春耕清淤。"]


def test_lists_of_headlines_are_skipped_with_their_headlines() -> None:
    heads = "\n".join(f"• 成都今年第{n}批老旧小区改造启动 2016-03-{n:02}" for n in range(1, 25))
    found = read_page(f"成都新闻 新都新闻 温江新闻 双流新闻\n首页 > 成都\n频道推荐\n{heads}\n下一页".encode())
    assert isinstance(found, Skipped)
    assert "list" in found.reason
    assert len(found.headlines) == 24


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "empty"),
        (" \r\n\u3000", "empty"),
        ("404 Not Found\nnginx", "error"),
        ("您访问的页面不存在\n返回首页", "error"),
        ("用户登录\n用户名\n密码\n验证码", "log-in"),
        ("下一页", "no article"),
    ],
)
def test_no_articles_say_why(text: str, word: str) -> None:
    found = read_page(text.encode())
    assert isinstance(found, Skipped)
    assert word in found.reason


def test_body_lines_that_look_like_other_lines_stay() -> None:
    body = (
        BODY[0],
        "记者:今年的清淤和往年有什么不同?",
        "陈永:往年是各家管各家的,今年是党员带头、统一施工,进度快了很多。",
        "时间:2016年3月19日9:00 地点:寿安镇文化站",
        "咨询电话:028-12345678",
        "热点问题",
        BODY[3],
        "市民如发现渠道破损,可拨打服务热线:028-12345678反映。关于我们怎样处理,镇上将逐一答复。",
        BODY[4],
    )
    article = read(page(*STANDARD, body=body))
    assert tuple(block.text for block in article.blocks) == body
    assert article.author == "李文强"


def test_who_writes_under_the_title_is_not_the_title() -> None:
    text = f"{TITLE}\n\n寿安发布\n\n发布时间：03-1109:05某某公司\n\n寿安发布3月11日消息 {BODY[0]}\n\n{BODY[1]}\n"
    article = read_page(text.encode())
    assert isinstance(article, Article)
    assert article.title == TITLE
    assert "发布时间" not in article.text


def test_a_title_in_one_row_with_its_date() -> None:
    text = f"清淤疏渠备春耕 (图)\t\t 2016-03-11 09:05:10\n{BODY[0]}{BODY[1]}{BODY[3]}\n[打印]\n"
    article = read_page(text.encode())
    assert isinstance(article, Article)
    assert article.title == "清淤疏渠备春耕 (图)"


def test_names_of_pictures_and_figures_at_the_ends_are_not_the_text() -> None:
    text = f"{CRUMBS}\n{TITLE}\n{BYLINE}\n4\n3573\n{BODY[0]}\n{TITLE}\n{BODY[1]}\n2026-02-06,13021| 2026-02-05,12889\n"
    article = read_page(text.encode())
    assert isinstance(article, Article)
    assert article.text.split("\n") == [BODY[0], BODY[1]]
