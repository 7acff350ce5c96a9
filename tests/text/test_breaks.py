"""Where a line may end, place by place: "|" stands at every break."""

from __future__ import annotations

import pytest

from newstui.text.breaks import PAIRS, Breaks, tailored

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
