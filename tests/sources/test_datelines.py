"""Where a report was sent from, and where an article belongs that has no breadcrumb."""

from __future__ import annotations

import pytest

from newstui.districts.placing import place_path
from newstui.sources.datelines import sent_from, told_of
from newstui.sources.pages import read_page
from tests.sources.portal import BODY, TITLE


@pytest.mark.parametrize(
    ("opening", "path"),
    [
        ("本报成都3月1日讯（记者 张三）昨日", "四川/成都"),
        ("新华社成都3月1日电（记者 张三）", "四川/成都"),
        ("新华社成都电 记者从会上获悉", "四川/成都"),
        ("新华社四川雅安3月1日电", "四川/雅安"),
        ("四川新闻网成都3月1日讯（记者 张三）", "四川/成都"),
        ("中新网成都3月1日电 (张三)", "四川/成都"),
        ("人民网绵阳3月1日电", "四川/绵阳"),
        ("大众网济宁3月1日讯", "山东/济宁"),
        ("红网时刻永州3月1日讯", "湖南/永州"),
        ("【本报江油讯】昨日", "四川/绵阳/江油"),
        ("浙江在线杭州3月1日讯", "浙江/杭州"),
        ("新华社北京3月1日电", ""),
        ("本报北京3月1日讯", "北京"),
        ("本报讯（记者 张三）", ""),
        ("新华区讯", ""),
        ("本报朝阳讯", ""),
        ("本报华盛顿3月1日电", ""),
        ("中国网3月1日讯", ""),
        ("本报记者张三报道", ""),
        ("金黔在线讯 5月19日", ""),
    ],
)
def test_where_a_report_was_sent_from(opening: str, path: str) -> None:
    assert place_path(sent_from([opening])) == path


def test_an_ambiguous_name_is_looked_for_where_the_page_is() -> None:
    assert place_path(sent_from(["本报朝阳讯"], "辽宁")) == "辽宁/朝阳"
    assert place_path(sent_from(["本报朝阳讯"], "北京")) == "北京/朝阳"


def test_title_and_lead_have_to_agree() -> None:
    lead = "3月9日,江油市的党员群众来到沟渠旁,挥锹铲泥,清理淤积。在绵阳江油,人们为春耕做准备。"
    assert place_path(told_of("四川江油:清淤备春耕", [lead])) == "四川/绵阳/江油"
    assert told_of("成都:清淤备春耕", [lead]) == ""
    assert place_path(told_of("清淤备春耕", ["短", lead])) == "四川/绵阳/江油"


@pytest.mark.parametrize(
    ("crumbs", "opening", "path"),
    [
        ("首页 > 四川 > 成都市 > 温江新闻 > 正文", "本报绵阳3月9日讯 ", "四川/成都/温江"),
        ("首页 > 四川 > 正文", "本报绵阳3月9日讯 ", "四川/绵阳"),
        ("首页 > 四川 > 正文", "本报杭州3月9日讯 ", "四川"),
        ("首页 > 新闻 > 正文", "本报绵阳3月9日讯 ", "四川/绵阳"),
    ],
)
def test_a_breadcrumb_goes_before_a_dateline(crumbs: str, opening: str, path: str) -> None:
    page = "\n\n".join((crumbs, TITLE, "2016-03-11 09:05 来源:江东日报", opening + BODY[1], BODY[3]))
    article = read_page(page.encode())
    assert place_path(getattr(article, "place", "")) == path
