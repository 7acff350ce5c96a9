"""The gazetteer: names of today and of former years, codes, paths, ambiguity."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.districts import gazetteer
from newstui.districts.gazetteer import load
from newstui.districts.placing import parse_district
from tools.build_divisions import build, short_name


def paths(name: str, within: str = "") -> list[str]:
    return [load().path(unit.code) for unit in load().resolve(name, within)]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        *(
            ("新都区", "新都"),
            ("都江堰市", "都江堰"),
            ("四川省", "四川"),
            ("内蒙古自治区", "内蒙古"),
            ("北京市", "北京"),
        ),
        *(("广西壮族自治区", "广西"), ("新疆维吾尔自治区", "新疆"), ("香港特别行政区", "香港"), ("渠县", "渠县")),
        *(("凉山彝族自治州", "凉山"), ("阿坝藏族羌族自治州", "阿坝"), ("巴音郭楞蒙古自治州", "巴音郭楞")),
        *(
            ("北川羌族自治县", "北川"),
            ("东乡族自治县", "东乡"),
            ("鄂温克族自治旗", "鄂温克"),
            ("龙胜各族自治县", "龙胜"),
        ),
        *(("双江拉祜族佤族布朗族傣族自治县", "双江"), ("积石山保安族东乡族撒拉族自治县", "积石山")),
        *(
            ("管城回族区", "管城"),
            ("神农架林区", "神农架"),
            ("碑林区", "碑林"),
            ("六枝特区", "六枝"),
            ("峰峰矿区", "峰峰"),
        ),
        *(("浦东新区", "浦东"), ("清新区", "清新"), ("郊区", "郊区"), ("市中区", "市中区"), ("兴安盟", "兴安")),
        *(("巴林左旗", "巴林左旗"), ("杭锦旗", "杭锦"), ("红旗区", "红旗"), ("沙县区", "沙县"), ("津市市", "津市")),
        *(("大兴安岭地区", "大兴安岭"), ("达尔罕茂明安联合旗", "达尔罕茂明安")),
    ],
)
def test_short_names_are_what_people_say(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("新都", ["四川/成都/新都"]),
        ("新都区", ["四川/成都/新都"]),
        ("新都县", ["四川/成都/新都"]),
        ("郫县", ["四川/成都/郫都"]),
        ("双流县", ["四川/成都/双流"]),
        ("新津县", ["四川/成都/新津"]),
        ("灌县", ["四川/成都/都江堰"]),
        ("金牛区", ["四川/成都/金牛"]),
        ("温江地区", ["四川/成都"]),
        ("渡口市", ["四川/攀枝花"]),
        ("襄樊", ["湖北/襄阳"]),
        ("石家庄地区", ["河北/石家庄"]),
        ("涪陵地区", ["重庆/涪陵"]),
        ("万县", ["重庆/万州"]),
        ("通县", ["北京/通州"]),
        ("崇文", ["北京/东城"]),
        ("北川县", ["四川/绵阳/北川"]),
        ("阿坝州", ["四川/阿坝"]),
        ("鄂伦春旗", ["内蒙古/呼伦贝尔/鄂伦春"]),
        ("成都", ["四川/成都"]),
        ("南昌", ["江西/南昌"]),
        ("南昌县", ["江西/南昌/南昌县"]),
        ("海南", ["海南"]),
        ("吉林", ["吉林"]),
        ("吉林市", ["吉林/吉林市"]),
        ("重庆", ["重庆"]),
        ("石河子", ["新疆/石河子"]),
        ("仙桃", ["湖北/仙桃"]),
        ("东莞", ["广东/东莞"]),
        ("西沙群岛", ["海南/三沙"]),
        ("朝阳", ["辽宁/朝阳", "北京/朝阳", "吉林/长春/朝阳"]),
        ("朝阳区", ["北京/朝阳", "吉林/长春/朝阳"]),
        ("鼓楼", ["江苏/南京/鼓楼", "江苏/徐州/鼓楼", "福建/福州/鼓楼", "河南/开封/鼓楼"]),
        ("新华", ["河北/石家庄/新华", "河北/沧州/新华", "河南/平顶山/新华"]),
        ("城关", ["西藏/拉萨/城关", "甘肃/兰州/城关"]),
        *((nothing, []) for nothing in ("", "都", "中国", "新闻", "新都|", "\n510114", "1981", "# Made", "x" * 99)),
    ],
)
def test_names_lead_to_units_of_today(name: str, expected: list[str]) -> None:
    assert paths(name) == expected


@pytest.mark.parametrize(
    ("name", "within", "expected"),
    [
        ("朝阳", "220000", ["吉林/长春/朝阳"]),
        ("朝阳", "110000", ["北京/朝阳"]),
        ("朝阳", "510000", []),
        ("东城区", "510100", ["四川/成都/锦江", "四川/成都/武侯", "四川/成都/成华"]),
        ("江津县", "510000", ["重庆/江津"]),
        ("郫县", "510100", ["四川/成都/郫都"]),
        ("海南", "630000", ["青海/海南"]),
        ("海南", "150300", ["内蒙古/乌海/海南"]),
    ],
)
def test_a_parent_narrows(name: str, within: str, expected: list[str]) -> None:
    assert paths(name, within) == expected


def test_former_units_keep_their_years_and_heirs() -> None:
    former = load().get("510124")
    assert former is not None
    assert (former.name, former.start, former.end, former.successor) == ("郫县", 1983, 2016, ("510117",))
    assert [unit.name for unit in load().current(former)] == ["郫都区"]
    assert load().path("510124") == "四川/成都/郫县"


def test_heirs_of_one_unit_stand_for_what_holds_them_all() -> None:
    heirs = load().resolve("东城区", "510100")
    assert len(heirs) == 3
    sole = load().sole(heirs)
    assert sole is not None
    assert sole.code == "510100"
    assert load().sole(load().resolve("朝阳区")) is None
    assert load().sole(()) is None


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ("四川 成都 新都", "510114"),
        ("四川省 成都市 新都区", "510114"),
        ("吉林 长春 朝阳", "220104"),
        ("北京 朝阳", "110105"),
        ("朝阳 双塔区", "211302"),
        ("四川 重庆 江津县", "500116"),
        ("河北 石家庄地区 藁城县", "130109"),
        ("四川 成都 东城区", "510100"),
        ("海南 文昌", "469005"),
        ("四川 朝阳", ""),
        ("朝阳", ""),
        ("四川 导览", ""),
        ("", ""),
    ],
)
def test_paths_are_followed(names: str, code: str) -> None:
    if code:
        assert parse_district(names) == code
    else:
        with pytest.raises(ValueError, match=r"is called|may be"):
            parse_district(names)


def test_every_unit_of_today_is_found_by_its_own_path_and_full_name() -> None:
    units = list(load().divisions())
    assert len(units) == 34 + 333 + 2846
    for unit in units:
        steps = load().ancestors(unit.code)
        assert steps[-1] == unit.code
        assert unit.end is None
        assert parse_district(load().path(unit.code)) == unit.code
        assert unit in load().resolve(unit.name)
    assert len({load().path(unit.code) for unit in units}) == len(units)


def test_every_former_unit_leads_to_units_of_today() -> None:
    lines = [
        line.split("|") for line in Path(gazetteer.__file__).with_name("divisions.txt").read_text("utf-8").split("\n")
    ]
    former = [line for line in lines if len(line) == 6 and line[4]]
    assert len(former) > 3000
    for _code, name, _short, start, end, heirs in former:
        assert int(start) <= int(end)
        assert heirs, name
        for code in heirs.split(","):
            heir = load().get(code)
            assert heir is not None
            assert heir.end is None


@pytest.mark.parametrize("code", ["", "51011", "999999", "tab:导览", "５１０１１４", "510114|", "\n51011", "441901"])
def test_unknown_codes_give_nothing(code: str) -> None:
    assert load().get(code) is None
    assert load().path(code) == load().short(code) == ""
    assert load().ancestors(code) == ()


def test_levels_that_do_not_exist_are_left_out() -> None:
    assert load().ancestors("110105") == ("110000", "110105")
    assert load().ancestors("441900") == ("440000", "441900")
    assert load().ancestors("429004") == ("420000", "429004")
    assert load().ancestors("510114") == ("510000", "510100", "510114")


def test_the_index_of_names_answers_as_the_search_does(monkeypatch: pytest.MonkeyPatch) -> None:
    text = Path(gazetteer.__file__).with_name("divisions.txt").read_text("utf-8")
    names = ["新都", "郫县", "朝阳", "鼓楼", "东城区", "四川", "万县", "无此", "北川县"]
    searched = [gazetteer.Gazetteer(text).resolve(name) for name in names]
    monkeypatch.setattr(gazetteer, "_SEARCHES", -1)
    indexed = gazetteer.Gazetteer(text)
    assert [indexed.resolve(name) for name in names] == searched


@given(st.text(alphabet="新都区县市成川省朝阳|\n#510", max_size=12), st.sampled_from(["", "510000", "zz", "510114"]))
def test_no_name_crashes(name: str, within: str) -> None:
    for unit in load().resolve(name, within):
        assert unit.end is None


def test_it_loads_without_reading_heavy_modules() -> None:
    code = (
        "import sys; from newstui.districts.gazetteer import load; assert load().resolve('新都');"
        "print(sorted(set(sys.modules) & {'json', 'csv', 'zlib', 'importlib.resources', 'textual', 'lxml'}))"
    )
    run = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.corpora
def test_the_shipped_file_is_what_the_tool_builds(corpora: Path) -> None:
    shipped = Path(gazetteer.__file__).with_name("divisions.txt").read_text("utf-8")
    assert build(corpora / "divisions" / "areacodes-1980-2024.csv") == shipped
