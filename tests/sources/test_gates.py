"""A line that the gates call plain is no rule's: read with them and without, every line is the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newstui.sources import byline
from newstui.sources.labels import BARRED, LABELS
from newstui.sources.lines import Line, read_line

_PIECES = st.sampled_from(
    [
        *LABELS,
        *BARRED,
        *("丨", "▏", "／", "╱", "]:"),
        *(
            "相关新闻",
            "猜你喜欢",
            "评论",
            "友情链接",
            "热门排行",
            "更多",
            "上一篇",
            "下一篇",
            "为您推荐",
            "24小时热榜",
            "相关",
        ),
        *(
            "首页",
            "四川",
            "成都",
            "新都新闻",
            "正文",
            "详细内容",
            "当前位置",
            "您在",
            "打印本页",
            "分享到",
            "微信",
            "QQ空间",
        ),
        *(
            "扫一扫",
            "手机看新闻",
            "字号",
            "大",
            "中",
            "小",
            "触屏版",
            "qq",
            "返回顶部",
            "点击查看原图",
            "共12页",
            "我要纠错",
            "登录",
        ),
        *(
            "本报记者",
            "张三",
            "李四",
            "王小明",
            "摄影报道",
            "文/图",
            "供图",
            "本报评论员",
            "通讯员",
            "来源",
            "來源",
            "編輯",
        ),
        *("版权所有", "ICP备12345号", "未经授权禁止转载", "copyright", "All Rights Reserved", "Powered by", "技术支持"),
        *("客服热线", "免责声明", "如有侵权请联系删除", "凡本网注明", "不代表本网观点", "违法和不良信息"),
        *(
            "2016-03-01",
            "2016年3月1日",
            "二〇一六年三月一日",
            "16年3月1日",
            "20:39",
            "03-01",
            "[12]",
            "（3）",
            "1.",
            "2、",
        ),
        *(
            ":",
            "：",
            "/",
            ">",
            "»",
            "|",
            "｜",
            " ",
            "  ",
            "\u3000",
            "\xa0",
            "-",
            "—",
            "·",
            "•",
            "■",
            "【",
            "】",
            "(",
            ")",
            "（",
            "）",
        ),
        *(
            "，",
            "。",
            "！",
            "…",
            "...",
            "“",
            "”",
            "&gt;",
            "&",
            "由",
            "发表",
            "A",
            "t",
            "+",
            "12",
            "更多>>",
            "《",
            "》",
            "]",
            "[",
        ),
        *(
            "老旧小区改造",
            "市委召开会议",
            "要求推进工作",
            "举行",
            "的",
            "在",
            "我",
            "昨日获悉",
            "原标题",
            "news",
            "阅读",
            "人",
        ),
    ]
)


def _said_of(line: Line) -> dict[str, object]:
    return {name: getattr(line, name) for name in Line.__slots__}


@given(st.lists(_PIECES, min_size=1, max_size=9).map("".join).map(lambda line: line.strip(" \u3000\xa0\t|")))
@settings(max_examples=1500, deadline=None)
def test_gates_hide_nothing_that_a_rule_would_take(line: str) -> None:
    if line:
        assert _said_of(read_line(line)) == _said_of(read_line(line, gated=False))


@pytest.mark.parametrize(
    "line",
    [
        "触屏版",
        "qq",
        "微信扫码，快",
        "分享到微信",
        "• 微信",
        "A",
        "我要“揪",
        "），",
        "777 跟贴777",
        "成都新闻 新都新闻 双流新闻",
        "本报评论员",
        "您在：首页",
    ],
)
def test_lines_that_only_one_rule_takes_pass_the_gates(line: str) -> None:
    assert _said_of(read_line(line)) == _said_of(read_line(line, gated=False))
    assert read_line(line, gated=False).kind != "prose"


@given(st.lists(_PIECES | st.sampled_from(["(3)", "共12条评论", "[大 中 小]", "第A01版", "周六"]), max_size=6))
def test_a_line_with_a_bylines_tools_shows_it_by_one_of_their_signs(pieces: list[str]) -> None:
    line = "".join(pieces)
    assert byline._TOOLED.search(line) is not None or byline._TOOLS.search(line) is None
