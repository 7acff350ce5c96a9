"""Who wrote it: what an article's own text says of its authors, with a role and without one."""

from __future__ import annotations

import pytest

from newstui.sources.people import credited, is_credit, names_in

_BODY = "河堤上的石板修好了,清早就有人沿着新路散步,一直走到桥头。"


@pytest.mark.parametrize(
    ("paragraphs", "authors"),
    [
        ([_BODY, "(江东晚报记者李青通讯员张小红摄)"], "李青 张小红"),
        ([f"中新网江东5月24日电(西岸·江东网记者 高文武){_BODY}", _BODY], "高文武"),
        ([f"中新网江东4月28日电 (王爵 李小满){_BODY}", _BODY], "王爵 李小满"),
        ([f"江东网3月14日讯 据江东晚报报道 (苏青 文/图) {_BODY}"], "苏青"),
        ([_BODY, f"{_BODY}李尚文 许远和 摄影报道"], "李尚文 许远和"),
        ([_BODY, f"{_BODY}(赵小亮)"], "赵小亮"),
        ([_BODY, f"{_BODY}（许文东/摄）"], "许文东"),
        ([f"{_BODY}王小励摄/某某图片"], "王小励"),
        ([_BODY, f"{_BODY}陈国庆/林楠"], "陈国庆 林楠"),
        (["朱小波", _BODY, _BODY], "朱小波"),
        (["陈国 林楠", _BODY, _BODY], "陈国 林楠"),
        (["本报记者 李奎 见习记者 罗小熠 实习生 刘颜", _BODY], "李奎 罗小熠 刘颜"),
        (["文|孙小阳 江东综合开发研究院", _BODY], "孙小阳"),
        ([_BODY, "记者关小玉、纪鸣", "通讯员戚照、宣明摄"], "关小玉 纪鸣 戚照 宣明"),
        (["某某商报·某某新闻网 通讯员 房小华", _BODY], "房小华"),
        ([_BODY, "記者 李鐵 攝影報道"], "李鐵"),
        ([_BODY, f"{_BODY}(孙艺 记者刘小谷)"], "孙艺 刘小谷"),
    ],
)
def test_names_that_the_text_gives(paragraphs: list[str], authors: str) -> None:
    assert credited(paragraphs) == authors


@pytest.mark.parametrize(
    "paragraphs",
    [
        [_BODY, f"{_BODY}(全文)"],
        [_BODY, f"{_BODY}(左一)"],
        [_BODY, f"{_BODY}(完)"],
        [_BODY, f"{_BODY}(某某新闻网)"],
        [_BODY, "图为河堤新路。资料图片"],
        [_BODY, "记者手记", _BODY],
        ["记者调查", _BODY],
        ["成果", _BODY, _BODY],
        ["高新区", _BODY, _BODY],
        [_BODY, f"{_BODY}(成都市)"],
        ["党建引领", _BODY, _BODY],
        ["方寸之间", _BODY, _BODY],
    ],
)
def test_what_is_no_name(paragraphs: list[str]) -> None:
    assert credited(paragraphs) == ""


@pytest.mark.parametrize(
    "line",
    ["井小娇摄影报道", "李文 王小满 文/图", "本报编辑部", "本报评论员", "江东日报全媒体记者 王小满"],
)
def test_lines_that_are_only_a_credit(line: str) -> None:
    assert is_credit(line)


def test_a_workplace_beside_names_is_none_of_them() -> None:
    assert names_in("李桂 刘旭 江东日报全媒体记者 尹小雪") == ["李桂", "刘旭", "尹小雪"]
    assert names_in("某某电视台") == ["某某电视台"]
    assert names_in("刘小欢 返回首页 查看更多") == ["刘小欢"]
    assert names_in("消息") == []


@pytest.mark.parametrize(
    ("paragraphs", "authors"),
    [
        ([f"本报讯(全媒体记者任媛媛徐飞){_BODY}", _BODY], "任媛媛 徐飞"),
        ([_BODY, "本报记者 程刚摄(2016年2月25日《江东日报》14版)"], "程刚"),
        ([f"本报记者 金小淼 1日一早,{_BODY}", _BODY], "金小淼"),
        ([_BODY, f"{_BODY}（江东财经 张艳）"], "张艳"),
        (["□ 张艳", _BODY, _BODY], "张艳"),
        (["李文强/文 王小满/图", _BODY, _BODY], "李文强"),
        ([_BODY, f"{_BODY}该消息尚未得到江东经济报道记者确认。"], ""),
        ([_BODY, f"{_BODY}著名评论员梁小明对本报记者表示。"], ""),
    ],
)
def test_names_in_more_places(paragraphs: list[str], authors: str) -> None:
    assert credited(paragraphs) == authors


def test_what_surrounds_names_in_labels() -> None:
    assert names_in("王芳_NF1234") == ["王芳"]
    assert names_in("王芳（实习生）、李小满") == ["王芳", "李小满"]
    assert names_in("admin") == []
    assert names_in("周小博 (Joel Zhou)") == ["周小博 (Joel Zhou)"]
