"""Where a line may end, place by place: "|" stands at every break."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.text.breaks import Breaks, tailored
from newstui.text.pairs import PAIRS, TRIPLES

QUOTES = [
    # GB/T 15834 §4.9, §5.1.3: a quotation mark stays with what it encloses, and text may break outside of it.
    "说|“双|减”|政|策",
    "说|‘双|减’|政|策",
    "说：|“好。”|他|走|了",
    "“好，”|他|说，|“走。”",
    "“好。”|“行。”",
    "“‘双|减’|政|策”",
    "（“双|减”）",
    "《“双|减”|记》",
    "的|“AI”|呢",
    "的|“AI|是”|呢",
    "用|AI|“双|减”|AI",
    "第|一、|“五|一”|假|期",
    "好——|“走”——|他|说",
    "他|说|“……”|了",
    "“２０１６”|年",
    # In Latin text a curly quote is as in UAX #14, and an apostrophe parts nothing.
    "he |said |“go |on” |twice",
    "don’t |stop",
    "他|don’t|说",
]
OTHERS = [
    "天|地，|玄|黄。|宇|宙！",
    "看|《书》、|【注】|（一）",
    "完——|真|的……|好",
    "王·|李",
    "共|3.5万元|整",
    "在|2016年|底|5%|的",
    "20℃，|15°C|吗",
    "￥100|和|$20|和|№5|呢",
    "好,|是.|否;|啊?|呀!",
    "cafe\u0301|好",
    "５Ｇ|网",
    "看|https://a.cn/b?c=d|吧",
    "一、 |二",
    "字 ：|字",
    "发|布|会-Day|一",
    "共|9万亩|田、|6千吨|和|1166万件|吧",
    "地|32.22万平方米。",
]


@pytest.mark.parametrize("marked", [*QUOTES, *OTHERS])
def test_table(marked: str) -> None:
    text = marked.replace("|", "")
    hard, soft, _ = tailored(text)
    places = sorted({*hard, *soft} - {len(text)})
    shown = "|".join(text[start:end] for start, end in zip([0, *places], [*places, len(text)], strict=True))
    assert shown == marked


@pytest.mark.parametrize("marked", [*QUOTES, *OTHERS])
def test_the_quick_way_by_pairs_finds_the_same_places(marked: str) -> None:
    text = marked.replace("|", "")
    hard, soft, _ = tailored(text)
    breaks = Breaks(text)
    for at in range(1, len(text)):
        best = max([place for place in hard if place <= at], default=0)
        assert breaks.last(0, at) == best, (text, at)
        verdict = PAIRS[text[at - 1 : at + 1]]
        assert verdict < 0 or (verdict > 0) == (at in hard) or at in soft, text[at - 1 : at + 1]


_WORDS = st.sampled_from(
    [*"的地新万亿多平方公里年月日号份国小时分钟千第AaB12０９ \u3000", "“双”", "5月1日", "2026年", "3万亩"]
)
_MORE = st.sampled_from(
    ["", "", *"，。、；：？！（）《》—…·.,:;!?-/_%％([)]|", "http://a.cn/b", "--unread", "10 月", "5 个"]
)
_MIXED = st.lists(st.tuples(_WORDS, _MORE).map("".join), max_size=12).map("".join)


@given(_MIXED.map("的".__add__))
def test_what_two_or_three_characters_tell_is_what_the_rules_tell(text: str) -> None:
    hard, soft, _ = tailored(text)
    for at in range(1, len(text)):
        verdict = PAIRS[text[at - 1 : at + 1]]
        if verdict < 0 and at > 1:
            verdict = TRIPLES[text[at - 2 : at + 1]]
        if verdict >= 0:
            assert (verdict > 0) == (at in hard) or at in soft, (text, text[:at] + "|" + text[at:])
