"""Places from breadcrumbs and district lines, and from what a person types."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.districts.gazetteer import load
from newstui.districts.placing import parse_district, place_ancestors, place_name, place_of, place_path

CHENGDU = ("成都", "新都", "温江", "双流", "郫都", "简阳", "都江堰", "彭州", "导览")


@pytest.mark.parametrize(
    ("crumbs", "nav", "place"),
    [
        (("地方网", "四川", "成都市", "新都新闻"), CHENGDU, "四川/成都/新都"),
        (("地方网", "四川", "成都市", "郫县新闻"), CHENGDU, "四川/成都/郫都"),
        (("地方网", "四川", "成都市", "社会新闻"), CHENGDU, "四川/成都"),
        (("地方网", "四川", "成都市"), CHENGDU, "四川/成都"),
        (("地方网", "导览"), CHENGDU, "导览"),
        (("四川", "成都市", "导览新闻"), tuple(f"{name}新闻" for name in CHENGDU), "导览"),
        (("地方网", "导览"), (), ""),
        (("首页",), (*CHENGDU, "首页"), ""),
        (("社会",), ("首页", "社会", "体育", "成都"), ""),
        (("中国", "四川省", "成都"), (), "四川/成都"),
        (("新华网", "四川频道", "成都站"), (), "四川/成都"),
        (("人民网", "重庆频道", "万州"), (), "重庆/万州"),
        (("中国江苏网", "南京"), (), "江苏/南京"),
        (("浙江在线", "嘉兴", "桐乡"), (), "浙江/嘉兴/桐乡"),
        (("成都日报", "新都"), (), "四川/成都/新都"),
        (("新都区新闻网",), (), "四川/成都/新都"),
        (("今日新都",), (), "四川/成都/新都"),
        (("您的当前位置：新闻中心", "武汉"), (), "湖北/武汉"),
        (("当前位置 : 上海新闻网", "社会关注"), (), "上海"),
        (("重庆", "长寿"), (), "重庆/长寿"),
        (("四川省成都市新都区",), (), "四川/成都/新都"),
        (("湖北", "仙桃"), (), "湖北/仙桃"),
        (("东莞",), (), "广东/东莞"),
        (("北京", "朝阳区"), (), "北京/朝阳"),
        (("吉林", "长春", "朝阳"), (), "吉林/长春/朝阳"),
        (("首页", "朝阳"), ("朝阳", "海淀", "西城", "东城"), "北京/朝阳"),
        (("朝阳",), (), ""),
        (("成都", "绵阳市"), (), "四川/绵阳"),
        (("成都", "绵阳"), (), "四川/成都"),
        (("四川", "成都", "东城区"), (), "四川/成都"),
        (("四川", "公安"), (), "四川"),
        (("地方网", "山东", "聊城市", "今日聊城"), (), "山东/聊城"),
        (("河北", "承德市", "承德新闻"), (), "河北/承德"),
        (("河北", "承德市", "承德县新闻"), (), "河北/承德/承德县"),
        (("吉林", "吉林市", "吉林新闻"), (), "吉林/吉林市"),
        (("湖北", "荆州", "公安"), (), "湖北/荆州/公安"),
        *(
            ((brand,), (), "")
            for brand in ("公安", "新华网", "光明网", "东方网", "凤凰网", "新民网", "资源", "合作", "长寿", "港口")
        ),
        ((), CHENGDU, ""),
        ((" ", "\x1b[31m", "新" * 500), CHENGDU, ""),
    ],
)
def test_breadcrumbs_lead_to_places(crumbs: tuple[str, ...], nav: tuple[str, ...], place: str) -> None:
    assert place_path(place_of(crumbs, nav)) == place


def test_codes_are_what_is_kept() -> None:
    assert place_of(("地方网", "四川", "成都市", "新都新闻"), CHENGDU) == "510114"
    assert place_of(("地方网", "导览"), CHENGDU) == "tab:导览"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("510114", "510114"),
        ("510124", "510117"),
        ("新都", "510114"),
        (" 新都区 ", "510114"),
        ("郫县", "510117"),
        ("四川/成都/新都", "510114"),
        ("四川 > 成都市 > 新都", "510114"),
        ("成都 新都", "510114"),
        ("四川省成都市新都区", "510114"),
        ("北京朝阳", "110105"),
        ("成都/东城区", "510100"),
        ("河南", "410000"),
        ("tab:导览", "tab:导览"),
        ("导览", "tab:导览"),
    ],
)
def test_the_command_line_takes_codes_names_paths_and_tabs(text: str, place: str) -> None:
    assert parse_district(text, ("导览",)) == place


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("朝阳", "辽宁/朝阳, 北京/朝阳, 吉林/长春/朝阳"),
        ("鼓楼", "江苏/徐州/鼓楼"),
        ("导览", "no district is called"),
        ("青白将", "青白江"),
        ("999999", "510114"),
        ("tab:", "tab:导览"),
        ("", "510114"),
        ("四川/朝阳", "no district is called"),
        ("\x1b]52;c;x\x07" * 99, "no district is called"),
    ],
)
def test_the_command_line_says_what_would_fit(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said) as raised:
        parse_district(text)
    assert str(raised.value).isprintable()
    assert len(str(raised.value)) < 300


def test_both_kinds_of_place_have_names_paths_and_ancestors() -> None:
    assert (place_name("510114"), place_path("510114")) == ("新都", "四川/成都/新都")
    assert (place_name("tab:导览"), place_path("tab:导览")) == ("导览", "导览")
    assert place_ancestors("510114") == ("510000", "510100", "510114")
    assert place_ancestors("tab:导览") == ("tab:导览",)
    assert (place_name(""), place_path("999999"), place_ancestors("")) == ("", "", ())


def test_every_path_that_is_shown_is_understood() -> None:
    for unit in load().divisions():
        assert parse_district(load().path(unit.code)) == unit.code


@given(st.lists(st.text(alphabet="新都成四川市区县网站新闻朝阳> /\x1b", max_size=14), max_size=5), st.booleans())
def test_no_breadcrumb_crashes(crumbs: list[str], lined: bool) -> None:
    place = place_of(crumbs, CHENGDU if lined else crumbs)
    assert place == "" or place_path(place)
    try:
        parse_district(" ".join(crumbs))
    except ValueError as error:
        assert str(error).isprintable()


@pytest.mark.corpora
def test_accounts_of_places_are_found_by_the_name_that_names_them(corpora: Path) -> None:
    """The list's own gold: the matched name, narrowed by nothing, must hold the gold among its candidates."""
    with (corpora / "cnfeeds" / "wechat" / "index.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["gold_code"] and row["matched_text"]]
    assert len(rows) > 40
    missed = []
    first = 0
    for row in rows:
        found = [unit.code for unit in load().resolve(row["matched_text"])]
        gold = load().ancestors(row["gold_code"])
        if not set(found) & set(gold):
            missed.append((row["account"], row["matched_text"], found))
        first += bool(found) and found[0] in gold
    # 琅琊新闻网 is a site of 临沂, named after a place of old; 新华日报 and 新民晚报 are papers' names.
    assert {account for account, _, _ in missed} <= {"琅琊新闻网", "新华日报财经", "新民晚报"}
    print(f"gold first among the candidates: {first} of {len(rows)}")
    assert first >= len(rows) - 4
