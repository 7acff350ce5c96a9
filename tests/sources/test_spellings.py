"""Heads and feet of pages in the spellings that portals use, on made-up text."""

from __future__ import annotations

import pytest

from newstui.model import Article
from newstui.sources.byline import read_byline
from newstui.sources.pages import Skipped, read_page
from tests.sources.portal import BODY, CRUMBS, SIDES, STANDARD, TABS, TEASER, TITLE, page

_BODY = "\n\n".join(BODY)


def read(*parts: str, gap: str = "\n\n") -> Article:
    found = read_page(gap.join(parts).encode())
    assert isinstance(found, Article), found
    return found


def texts(article: Article) -> tuple[str, ...]:
    return tuple(block.text for block in article.blocks)


def teasers(article: Article) -> list[str]:
    return [line.title for line in article.related if line.group == "新闻推荐"]


@pytest.mark.parametrize(
    "lead",
    [
        "近日,高新区三座口袋公园建成开放,市民推窗见绿、出门入园。记者看到,公园里设置了步道和座椅,不少居民前来...",
        "4月5日，城南的院坝里摆出了76个摊位，只换，不卖...",
        "某某都市报讯(记者杨小祝)“公园为什么这么小,走两步就到头了……”高新区的居民在对街的公...",
        "□向小峰 文浩 永梅 国辉 记者走过三座公园,步道都铺好了,座椅也装好了,不少居民带着孩子前来...",
    ],
)
def test_a_teaser_gives_its_headline_and_not_its_lead(lead: str) -> None:
    article = read(TITLE, _BODY, "新闻推荐", TEASER[1], lead, TEASER[3], "\n".join(SIDES))
    assert teasers(article) == [TEASER[1]]
    assert texts(article) == BODY


def test_a_teaser_whose_headline_reads_as_text() -> None:
    title = "办好百姓身边的事,修好门前的路,守好河边的树 高新区街坊说起新公园"
    assert teasers(read(TITLE, _BODY, "新闻推荐", title, TEASER[2])) == [title]


@pytest.mark.parametrize(
    "slogan",
    [
        "温江新闻,弘扬社会正气。除了新闻,我们还传播幸福和美好!因为热爱所以付出,不变的是温江区这个家。",
        "温江,有家人的地方就是故乡。温江新闻有家乡的老故事新鲜事,每天都等着你来看。",
        "温江新闻,家乡的大事、小事、新鲜事。在每一个深夜,家乡挂心上,用故乡情为你取暖,陪你入睡。",
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_no_slogan_is_text(slogan: str, gap: str) -> None:
    assert texts(read(TITLE, gap.join(BODY), slogan, gap=gap)) == BODY


@pytest.mark.parametrize(
    ("line", "source", "author", "date"),
    [
        ("17-03-14 08:44 来源:江东网-江东晚报 编辑:杨小楠", "江东网-江东晚报", "", "2017-03-14T08:44"),
        ("http://www.example.com 2006年02月15日12:38 江东网-江东晚报", "江东网-江东晚报", "", "2006-02-15T12:38"),
        ("http://www.example.com 2019/7/8 江东研究所 佚名 参加讨论", "江东研究所", "", "2019-07-08T00:00"),
        ("2021-11-29 10:47  某某新闻编辑 田小玥 视频来源 某社  来源:某某新闻", "某某新闻", "", "2021-11-29T10:47"),
        (
            "2017-10-30 10:35 来源:大众报业集团全媒体记者 程小霞 文/图 字号:",
            "大众报业集团",
            "程小霞",
            "2017-10-30T10:35",
        ),
        ("2025-04-01 06:30:03 來源: 江東日報", "江東日報", "", "2025-04-01T06:30"),
        ("刊发日期:2013-02-06 阅读次数: 作者:小杰  语音阅读:语音阅读", "", "小杰", "2013-02-06T00:00"),
        (
            "字体【 】  【日期:2015-5-25】  【单位:某教育局】  【发稿人:中心学校】  【 关 闭 】",
            "",
            "中心学校",
            "2015-05-25T00:00",
        ),
        ("来源:《江东科学》2019年第6期,第101-110页", "江东科学", "", ""),
    ],
)
def test_bylines(line: str, source: str, author: str, date: str) -> None:
    found = read_byline(line)
    assert found is not None
    assert (found.source, found.author) == (source, author)
    assert (found.published.strftime("%Y-%m-%dT%H:%M") if found.published else "") == date


def test_labels_whose_values_stand_under_them() -> None:
    head = ("发布时间:", "2025-05-22 10:03", "信息来源:", "今日温江", "分享到:")
    article = read(TABS, CRUMBS, TITLE, *head, *head, _BODY)
    assert (article.title, article.byline) == (TITLE, "今日温江")
    assert article.published is not None
    assert article.published.isoformat(timespec="minutes") == "2025-05-22T10:03+08:00"
    assert texts(article) == BODY


def test_an_empty_label_takes_no_title_for_its_value() -> None:
    article = read("当前版:07版", "发布日期:", TITLE, _BODY, gap="\n")
    assert article.title == TITLE


def test_a_date_that_only_the_breadcrumb_gives() -> None:
    article = read("当前位置:江东晚报2013年12月05日期 第A31版:民生", TITLE, _BODY, gap="\n")
    assert article.published is not None
    assert article.published.isoformat(timespec="minutes") == "2013-12-05T00:00+08:00"


@pytest.mark.parametrize(
    "line",
    [
        f"原标题:{TITLE}",
        "打印文章 发送给好友 分享按钮",
        "【字号: | | 【背景色 杏仁黄 秋叶褐 胭脂红 芥末绿 天蓝 雪青 灰 银河白(默认色)",
    ],
)
def test_what_stands_between_head_and_body(line: str) -> None:
    article = read(CRUMBS, TITLE, "来源:成都日报 2016-03-11 09:05", line, _BODY)
    assert (article.title, texts(article)) == (TITLE, BODY)


def test_the_buttons_of_a_digital_paper_are_no_text() -> None:
    head = "第A12版:国内 上一版3\n标题导航\n2020年07月16日 星期四\n3 上一篇  下一篇 4 放大 缩小 默认"
    article = read(head, TITLE, _BODY, "3 上一篇  下一篇 4 放大 缩小 默认")
    assert (article.title, texts(article)) == (TITLE, BODY)


def test_the_page_itself_is_not_related_to_itself() -> None:
    article = read(CRUMBS, TITLE, "成都日报 2016-03-11 09:05 大字", _BODY, *TEASER, "相关新闻", f"热门评论{TITLE}")
    assert [line.title for line in article.related] == [TEASER[1]]


def test_places_in_traditional_script() -> None:
    assert read("某某網>>廣西頻道>>原創新聞", TITLE, "2023年07月11日09:55 | 來源:某某網", _BODY).place == "450000"


@pytest.mark.parametrize(
    "line", ["作者:消息", "微信扫一扫,即刻分享!", "关键词:", "标签:", "某某问答(example.com)", "| |||||||||"]
)
def test_what_stands_under_the_body(line: str) -> None:
    assert texts(read(CRUMBS, TITLE, "来源:成都日报 2016-03-11 09:05", _BODY, line)) == BODY


def test_captions_between_paragraphs_and_after_them_stay() -> None:
    body = (BODY[0], "图为新修的沟渠。某某网 吴小华摄", BODY[1], "▲渠边的村民", "图为清早的水口。某某网 连小迅摄")
    assert texts(read(TITLE, "2016-03-11 09:05 来源:成都日报", *body)) == body


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (("寿安镇:清淤节前忙",), "寿安镇:清淤节前忙"),
        (("首页", "乡镇食堂为何集体“熄火”?(2)", "2016-03-11 09:05:18 某某网"), "乡镇食堂为何集体“熄火”?(2)"),
        (("返回", "图说新闻(二)", "作者:王小满 时间:2016-03-11 阅读:174"), "图说新闻(二)"),
        (
            ("村民们陆续来到沟渠旁,看水路通了没有,", "成都日报 2016-03-11 09:05 大字"),
            "村民们陆续来到沟渠旁,看水路通了没有,",
        ),
        ((f"原标题:{TITLE}",), TITLE),
        ((TITLE, "某网东江站"), TITLE),
        ((f"{TITLE} | |||||||||", "http://www.example.com 2016年03月11日09:05 某某报 | ||||"), TITLE),
    ],
)
def test_titles_known_by_what_stands_round_them(head: tuple[str, ...], title: str) -> None:
    assert read(*head, _BODY, gap="\n").title == title


def test_a_title_that_the_body_repeats_is_said_once() -> None:
    article = read(f"(东河见闻)(3){TITLE}", "某社照片,东河,2016年3月10日", TITLE, _BODY, gap="\n")
    assert texts(article) == BODY


def test_text_that_opens_with_a_mark_still_has_a_title() -> None:
    found = read_page(f"?<p>{BODY[0]}{BODY[1]}</p>".encode())
    assert isinstance(found, Article)
    assert found.title


def test_a_list_of_names_is_a_credit_and_no_row_of_tabs() -> None:
    article = read(TITLE, "成都日报 2016-03-11 09:05 大字", "●本报记者 李奎 见习记者 罗小熠 实习生 刘颜", *BODY[:4])
    assert article.author == "李奎 罗小熠 刘颜"
    assert texts(article)[-4:] == BODY[:4]


@pytest.mark.parametrize(
    "text",
    [
        "江东三级响应什么时候解除",
        "各县(市、区)\n市级部门",
        '{"code":301,"message":"请先登录","data":null}',
        "{header:novel/header.html} {重定向}\n提示信息 {html} {errinfo}\n{footer:novel/footer.html}",
        "\n".join(f"· 某县召开第{n}次会议 (2013-04-{n:02})" for n in range(1, 28)),
        "站内搜索\n关键词: 春耕\n找到相关新闻约 230 条\n"
        + "\n".join(f"春耕第{n}天的消息 2013-04-{n:02}" for n in range(1, 10)),
    ],
)
def test_what_is_no_article(text: str) -> None:
    assert isinstance(read_page(text.encode()), Skipped)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_newlines(encoding: str, newline: str) -> None:
    text = page(*STANDARD).replace("\n", newline)
    found = read_page(text.encode(encoding))
    assert isinstance(found, Article)
    assert (found.title, found.author, texts(found)) == (TITLE, "李文强", BODY)


def test_authors_that_sign_on_several_lines() -> None:
    article = read(TITLE, "本报实习生 刘国柱 周小炜", "本报记者 王燕 方云 柏建", "2016-3-11 江东晚报", _BODY, gap="\n")
    assert (article.author, article.byline) == ("刘国柱 周小炜 王燕 方云 柏建", "江东晚报")


def test_a_time_of_update_beside_that_of_publication() -> None:
    line = "更新时间：2016-03-12 08:00 发布时间：2016-03-11 09:05 来源：成都日报"
    article = read(CRUMBS, TITLE, line, _BODY)
    assert article.published is not None and article.updated is not None
    assert article.published.isoformat(timespec="minutes") == "2016-03-11T09:05+08:00"
    assert article.updated.isoformat(timespec="minutes") == "2016-03-12T08:00+08:00"


def test_a_credit_that_begins_the_body_joins_the_one_above_it() -> None:
    article = read(TITLE, "上海江报 2016年03月11日", "□记者  李文强", "通讯员  王小满  摄影报道", *BODY[:4])
    assert article.author == "李文强 王小满"


def test_a_foreign_name_in_brackets_stays_with_its_author() -> None:
    assert read(TITLE, "作者： 周小博 (Joel Zhou)", "2016年3月11日", _BODY).author == "周小博 (Joel Zhou)"


def test_a_line_of_navigation_that_ends_in_the_title() -> None:
    assert read(f"首页 国内 {TITLE}", TITLE, "2016-03-11 09:05 来源:江东日报", _BODY).title == TITLE


def test_dates_of_a_calendar_are_no_byline() -> None:
    foot = "2026-02-06,13021| 2026-02-05,13013| 2026-02-04,13005| 2026-02-03,12997"
    assert read(TITLE, "本报讯(记者 李文强)" + BODY[0], BODY[1], foot).published is None
