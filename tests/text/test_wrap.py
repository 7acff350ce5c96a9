"""Line setting: what Chinese print forbids, what must stay whole, and that nothing is lost."""

from __future__ import annotations

import re
from itertools import islice
from time import process_time

import pytest
from apsw.unicode import grapheme_iter_with_offsets
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from newstui.text.clean import clean
from newstui.text.wrap import Line, lines, wrap

_NO_START = "，。、；：？！％‰℃°）】》〉」』〕］｝”’·～／…,.;:?!%)]}"
_NO_END = "（【《〈「『〔［｛“‘"
_BLANKS = " \u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u3000"
_WHOLE = [
    "GDP",
    "Wi-Fi",
    "3.5%",
    "1,200.5",
    "20℃",
    "——",
    "……",
    "cafe\u0301",
    "don’t",
    "２０２６",
    "https://www.example.com/a/b?c=d-e",
]
_HAN = ["新都", "区", "天", "的", "“好”", "‘AI’", "《书》", "（注）"]
_MARKS = ["，", "。", "：", "！", "、", "；", " ", "\u3000"]
_WORDS = st.sampled_from([*_WHOLE, *_HAN, *_MARKS])
_PROSE = st.lists(_WORDS, max_size=60).map("".join)
_PAIRS = st.tuples(_WORDS, st.sampled_from(["", *_HAN, *_MARKS])).map("".join)
_SPACED = st.lists(_PAIRS, max_size=40).map("的".join)
"""No run without a legal break is longer than the longest word and what clings to it."""
_ANY = st.text(st.characters() | st.sampled_from("新，。“”（）…— \n\u3000e\u0301"), max_size=120).map(clean)


def set_in(text: str, width: int, first_indent: int = 0, indent: int = 0) -> list[str]:
    return [text[line.start : line.end] for line in wrap(text, width, first_indent, indent)]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, []),
        ("新都新闻", 4, ["新都", "新闻"]),
        ("list --unread", 9, ["list", "--unread"]),
        ("指定，例如--district 新都", 16, ["指定，例如", "--district 新都"]),
        ("新都新闻，好", 8, ["新都新", "闻，好"]),
        ("我看《新都》", 6, ["我看", "《新", "都》"]),
        ("说“双减”政策", 5, ["说“双", "减”政", "策"]),
        ("说“GDP”增长", 8, ["说“GDP”", "增长"]),
        ("说“GDP”增长", 6, ["说", "“GDP”", "增长"]),
        ("的AI“双减”AI", 8, ["的AI“双", "减”AI"]),
        ("他说：“好。”“行。”", 12, ["他说：“好。”", "“行。”"]),
        ("完了——真的……好", 6, ["完了——", "真的……", "好"]),
        ("天地——玄黄", 7, ["天地——", "玄黄"]),
        ("天地——《玄黄》", 9, ["天地——", "《玄黄》"]),
        ("共约3.14159公里", 9, ["共约", "3.14159公", "里"]),
        ("增长了5.3%左右", 9, ["增长了", "5.3%左右"]),
        ("今天有20℃左右", 8, ["今天有", "20℃左右"]),
        ("今天有 20 ℃ 呢", 10, ["今天有", "20 ℃ 呢"]),
        ("共有２０１６年", 10, ["共有", "２０１６年"]),
        ("见 https://a.cn/b/c 吧", 17, ["见", "https://a.cn/b/c", "吧"]),
        ("见https://a.cn/b/c/d-e?f=g", 12, ["见https://", "a.cn/b/c/d-", "e?f=g"]),
        ("写信到reader@example.com好", 20, ["写信到", "reader@example.com好"]),
        ("hello brave new world", 11, ["hello brave", "new world"]),
        ("don’t stop", 6, ["don’t", "stop"]),
        ("internationalization", 8, ["internat", "ionaliza", "tion"]),
        ("e\u0301" * 6, 4, ["e\u0301" * 4, "e\u0301" * 2]),
        ("字 ：字", 6, ["字 ：", "字"]),
        ("字字 ：字", 6, ["字", "字 ：", "字"]),
        ("天地玄黄宇宙洪", 12, ["天地玄黄宇宙", "洪"]),
        ("王某·李某", 4, ["王", "某·", "李某"]),
        ("好  \u3000 的", 2, ["好", "的"]),
        ("  新都", 6, ["  新都"]),
        ("一\n\n二\n", 4, ["一", "", "二"]),
        ("天地玄黄宇宙洪荒日", 16, ["天地玄黄宇宙洪", "荒日"]),
        ("天地玄黄宇宙洪荒。", 16, ["天地玄黄宇宙", "洪荒。"]),
    ],
)
def test_table(text: str, width: int, lines: list[str]) -> None:
    assert set_in(text, width) == lines


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        # A day stays whole by way of the lines before it, else it is parted after 年 or 月.
        ("新都区在2016年3月1日开会", 20, ["新都区在2016年3月1日", "开会"]),
        ("四川省成都市新都区在2016年3月1日开会", 24, ["四川省成都市新都区在", "2016年3月1日开会"]),
        ("四川省成都市新都区政府在2016年3月1日开会", 30, ["四川省成都市新都区政府在2016年", "3月1日开会"]),
        ("全区共有3.5万元", 12, ["全区共有", "3.5万元"]),
        ("同比增长的100%", 13, ["同比增长的", "100%"]),
        ("全区建成的5G站", 11, ["全区建成的", "5G站"]),
        ("今年全部给了￥100", 14, ["今年全部给了", "￥100"]),
        ("编号是№5的", 7, ["编号是", "№5的"]),
        ("全班有10—20人去", 12, ["全班有", "10—20人去"]),
        ("这里是第3届大会", 8, ["这里是", "第3届大", "会"]),
        ("走了20 公里，走了20 km远", 14, ["走了20 公里，", "走了20 km远"]),
        ("占5.20%减少", 7, ["占5.20%", "减少"]),
    ],
)
def test_numbers_stay_with_their_units(text: str, width: int, expected: list[str]) -> None:
    assert set_in(text, width) == expected


def test_a_word_that_would_leave_a_gap_finds_its_place_by_way_of_the_lines_before() -> None:
    text = "今天天气很好我们都去公园里散步然后回到家里看Countdown今天天气很好"
    assert set_in(text, 24) == ["今天天气很好我们都去公", "园里散步然后回到家里看", "Countdown今天天气很好"]


@pytest.mark.parametrize(
    ("text", "hanging", "expected"),
    [
        ("新都新闻，今日", 0, ["新都新", "闻，今日"]),
        ("新都新闻，今日", 2, ["新都新闻，", "今日"]),
        ("新都新闻，今日", 1, ["新都新", "闻，今日"]),
        ("新都新闻,今日", 1, ["新都新闻,", "今日"]),
        ("新都新闻。”今日", 2, ["新都新", "闻。”今", "日"]),
        ("新都新闻）今日", 2, ["新都新", "闻）今日"]),
        ("新都新闻。", 2, ["新都新闻。"]),
    ],
)
def test_a_mark_hangs_where_the_caller_has_room(text: str, hanging: int, expected: list[str]) -> None:
    shown = [text[line.start : line.end] for line in wrap(text, 8, hanging=hanging)]
    assert shown == expected


@pytest.mark.parametrize("marks", ["。", "！”", "。”", "》。", "...", "”……", ""])
@pytest.mark.parametrize("before", range(8, 40))
def test_no_paragraph_ends_in_a_line_of_one_hanzi(before: int, marks: str) -> None:
    shown = set_in("天地玄黄宇宙洪荒" * 5 + "天地玄黄宇宙洪荒"[: before % 8] + marks, 16)
    assert len(shown[-1].strip(_NO_START)) > 1


@given(st.lists(st.sampled_from([*_HAN, *_WHOLE[:-1], "——", "……"]), max_size=60).map("".join), st.integers(40, 90))
def test_no_line_begins_with_a_dash_or_an_ellipsis(text: str, width: int) -> None:
    assert not [line for line in set_in(text, width)[1:] if line[0] in "—…"]


@given(_ANY | _PROSE, st.integers(4, 60), st.integers(0, 2))
def test_graphemes_are_never_parted_and_lines_never_go_back(text: str, width: int, hanging: int) -> None:
    inside = set[int]()
    for start, end, _ in grapheme_iter_with_offsets(text):
        inside.update(range(start + 1, end))
    at = 0
    for line in wrap(text, width, hanging=hanging):
        assert at <= line.start <= line.end
        assert line.start not in inside or cell_len(text[at : line.start]) > width - 2
        assert cell_len(text[line.start : line.end]) <= width + hanging
        at = line.end


def test_the_first_lines_of_a_megabyte_are_set_without_the_rest() -> None:
    text = "今年3月1日，“新都”的GDP增长5.3%；" * 50_000
    started = process_time()
    first = list(islice(lines(text, 76), 48))
    taken = process_time() - started
    assert first == wrap(text, 76)[:48]
    assert taken < 0.05 * (process_time() - started)


def test_indents() -> None:
    assert wrap("新都新闻今日", 8, first_indent=4, indent=2) == [Line(0, 2, 4), Line(2, 5, 2), Line(5, 6, 2)]
    assert wrap("一二三\n四五六", 6, 2) == [Line(0, 2, 2), Line(2, 3, 0), Line(4, 6, 2), Line(6, 7, 0)]


@pytest.mark.parametrize("width", [-1, 0, 1, 2, 3])
def test_a_screen_too_narrow_for_its_indent_still_sets_every_character(width: int) -> None:
    assert set_in("新都a", width, 4, 4) in (["新", "都", "a"], ["新", "都a"])
    assert all(0 <= line.indent <= max(0, width - 2) for line in wrap("新都", width, 4, 4))


@given(_ANY | _PROSE, st.integers(2, 90), st.integers(0, 8), st.integers(0, 8))
def test_no_line_is_over_and_nothing_but_blanks_is_lost(text: str, width: int, first: int, rest: int) -> None:
    lines = wrap(text, width, first, rest)
    at = 0
    for line in lines:
        assert re.fullmatch(f"[{_BLANKS}\n]*", text[at : line.start])
        shown = text[line.start : line.end]
        assert "\n" not in shown
        assert line.indent + cell_len(shown) <= width
        assert not shown or shown[-1] not in _BLANKS
        at = line.end
    assert re.fullmatch(f"[{_BLANKS}\n]*", text[at:])


@given(_SPACED, st.integers(40, 90))
def test_kinsoku_holds_on_lines_long_enough_to_choose(text: str, width: int) -> None:
    lines = [line for line in set_in(text, width) if line]
    for line in lines[1:]:
        assert line[0] not in _NO_START
    for line in lines[:-1]:
        assert line[-1] not in _NO_END


@given(_SPACED, st.integers(40, 90))
def test_what_must_stay_whole_stays_whole(text: str, width: int) -> None:
    starts = {line.start for line in wrap(text, width)}
    for whole in re.finditer(r"\d[\d,.]*(?:%|℃)?|[A-Za-z]+|——|……|e\u0301|[０-９]+", text):
        assert not starts.intersection(range(whole.start() + 1, whole.end())), whole[0]


@given(_SPACED, st.sampled_from(["", " ", "字", "，", "℃", "’", "“", "（"]), _SPACED, st.integers(40, 90))
def test_an_address_that_fits_stays_whole(before: str, mark: str, after: str, width: int) -> None:
    address = "https://www.example.com/a/b?c=d"
    closing = {"“": "”", "（": "）"}.get(mark, mark)
    text = f"{before}字{mark}{address}{closing}字{after}"
    at = text.index(address, len(before))
    assert not {line.start for line in wrap(text, width)}.intersection(range(at + 1, at + len(address)))


@given(st.text("—…字", max_size=40), st.integers(4, 20))
def test_double_dashes_and_ellipses_are_never_split_when_they_stand_in_pairs(text: str, width: int) -> None:
    text = text.replace("—", "——").replace("…", "……")
    starts = {line.start for line in wrap(text, width)}
    for run in re.finditer("—+|…+", text):
        assert not starts.intersection(range(run.start() + 1, run.end(), 2))


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "，",
        "“",
        "e\u0301\u0301",
        " ",
        "\u3000 ",
        "…",
        "１",
        "·",
        "www.a@",
        "字" * 30 + "http://a",
        "\u0301",
        "”字“",
    ],
)
def test_time_grows_with_the_length_of_a_hostile_paragraph_and_no_faster(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        started = process_time()
        assert wrap(text, 40)[-1].end <= len(text)
        return process_time() - started

    # 20 times the text: 20 times the time when linear, 400 times when quadratic.
    assert seconds(200_000) < 100 * max(0.002, min(seconds(10_000) for _ in range(3)))
