"""Full-width punctuation restored: what is Chinese, what is not, and that nothing moves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.text.restoring import restored


@pytest.mark.parametrize(
    ("flat", "shown"),
    [
        ("成都,新都,今天", "成都，新都，今天"),
        ("成都下雨了.今天没有.", "成都下雨了。今天没有。"),
        ("今天, 我们去. 然后回", "今天， 我们去。 然后回"),
        ("赢了;真的?!好!!!", "赢了；真的？！好！！！"),
        ("组织(WHO)说:好", "组织（WHO）说：好"),
        ("(1)项目", "（1）项目"),
        ("（记者 王五)报道", "（记者 王五）报道"),
        ('他说:"好."然后走了.', "他说：“好。”然后走了。"),
        ('评为"A"级', "评为“A”级"),
        ("增长5%,其中Apple公司", "增长5%，其中Apple公司"),
        ("《华西都市报》,记者", "《华西都市报》，记者"),
        ("电话:028-8888", "电话：028-8888"),
        ("Scheme, 我去年来到英国", "Scheme， 我去年来到英国"),
        ("如下:(一)甲", "如下：（一）甲"),
        ("见http://x.cn/a,b?c=1,详见", "见http://x.cn/a,b?c=1，详见"),
        ("来信a@b.cn,谢谢", "来信a@b.cn，谢谢"),
    ],
)
def test_chinese_gets_its_marks_back(flat: str, shown: str) -> None:
    assert restored(flat) == shown


@pytest.mark.parametrize(
    "text",
    [
        "1,000元到8:30",
        "比分3:2领先2.5个",
        "Hello, world. 你好",
        "成都, the capital of Sichuan, is a city.",
        "f(x)函数",
        "新浪.com与使用.NET",
        "1.概述",
        "约翰.史密斯说。",
        "还有...等等",
        "网址www.x.cn/a?b=新",
        "开心:) 是的",
        "&nbsp;新",
        '5"屏新机',
        "甲)乙",
        "全是，好的。“对”（是）",
        "",
        "no hanzi, at all.",
    ],
)
def test_what_is_not_chinese_keeps_its_own(text: str) -> None:
    assert restored(text) == text


flat_texts = st.text(st.sampled_from('新都ab1 ,.;:?!()"“”（）。，&/@w-DP%《》'), max_size=60)


@given(flat_texts)
def test_one_character_is_shown_for_one_and_twice_is_once(text: str) -> None:
    shown = restored(text)
    assert len(shown) == len(text)
    assert restored(shown) == shown
    flat = dict(zip("，。；：？！（）“”", ',.;:?!()""', strict=True))
    assert all(new == old or flat.get(new) == old for old, new in zip(text, shown, strict=True))


def test_a_long_hostile_text_takes_no_long_time() -> None:
    for text in (
        "新" + "(" * 50_000 + ")" * 50_000,
        '新"' * 50_000,
        "新." * 50_000 + "x",
        "新. " * 50_000,
        "a@" * 50_000 + "新,",
    ):
        assert len(restored(text)) == len(text)


@pytest.mark.corpora
def test_pages_of_the_corpora_get_marks_for_marks_and_keep_their_numbers(corpora: Path) -> None:
    flat = dict(zip("，；：？！。（）“”", ',;:?!.()""', strict=True))
    changed = 0
    for path in sorted((corpora / "pages").rglob("*.dump.txt")):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            shown = restored(line)
            assert len(shown) == len(line) and restored(shown) == shown
            assert all(new == old or flat[new] == old for old, new in zip(line, shown, strict=True))
            assert re.findall(r"\d[.,:]\d|https?://[\w./]+", shown) == re.findall(r"\d[.,:]\d|https?://[\w./]+", line)
            changed += shown != line
    assert changed
