"""The starter library is read by the same rules as any archive, whole and without what stands round it."""

from __future__ import annotations

from collections import Counter
from functools import cache
from importlib.resources import files

import pytest

from newstui.commands import COMMANDS, keys_of
from newstui.districts.gazetteer import load
from newstui.model import Article, Block, block_text
from newstui.sources.pages import read_page

_FOLDER = files("newstui") / "starter"
_NAMES = sorted(entry.name for entry in _FOLDER.iterdir() if entry.is_file())
_AROUND = (
    "新闻推荐",
    "相关新闻",
    "猜你喜欢",
    "频道推荐",
    "热点阅读",
    "图文看点",
    "乡里乡亲",
    "热点排行",
    "示例页面",
    "不变的是",
)


@cache
def article(name: str) -> Article:
    page = read_page((_FOLDER / name).read_bytes())
    assert isinstance(page, Article), page
    return page


def test_its_size_and_spread() -> None:
    articles = [article(name) for name in _NAMES]
    places = Counter(one.place for one in articles)
    assert 36 <= len(articles) <= 46
    assert sum(len((_FOLDER / name).read_bytes()) for name in _NAMES) < 200_000
    assert places["tab:导览"] == 6
    districts = [code for code in places if code.startswith("5101") and code != "510100"]
    assert len(districts) >= 12
    assert all(load().path(code).startswith("四川/成都") for code in places if not code.startswith("tab:"))
    assert len({one.title for one in articles}) == len(articles)
    assert Counter(one.published.year for one in articles if one.published) == {2026: len(articles) - 2, 2016: 2}
    assert len({one.published.month for one in articles if one.published}) >= 10
    assert 0.25 <= sum(name.endswith(".html") for name in _NAMES) / len(_NAMES) <= 0.4


@pytest.mark.parametrize("name", _NAMES)
def test_every_page_is_read_whole(name: str) -> None:
    one = article(name)
    raw = (_FOLDER / name).read_text(encoding="utf-8")
    assert one.title in raw
    assert one.published is not None and one.published.utcoffset() is not None
    assert one.place and one.byline and one.crumbs[0] == "示例地方网"
    assert len(one.blocks) >= 3
    assert one.blocks[-1].text.endswith("（示例文稿）"), "a page says that it is a sample, at its very end"
    assert raw.count("（示例文稿）") == 1


@pytest.mark.parametrize("name", _NAMES)
def test_nothing_round_a_page_is_in_its_body(name: str) -> None:
    one = article(name)
    bodies = [block_text(block) for block in one.blocks]
    others = {article(other).title for other in _NAMES}
    for text in bodies:
        assert text not in others
        assert not text.startswith(_AROUND)
        assert "..." not in text
    assert len(one.related) >= 5
    assert one.title not in {headline.title for headline in one.related}
    whole = [headline for headline in one.related if not headline.title.endswith(("...", "…"))]
    assert {headline.title for headline in whole} <= others


def test_lists_tables_captions_and_code_are_there_to_be_shown() -> None:
    kinds = Counter(block.kind for name in _NAMES for block in article(name).blocks)
    assert kinds["table"] >= 10 and kinds["item"] >= 30 and kinds["heading"] >= 10 and kinds["code"] == 1
    captions = [block for name in _NAMES for block in article(name).blocks if block.text.startswith("图：")]
    assert len(captions) >= 8


def test_the_guide_names_keys_that_the_program_has() -> None:
    (table,) = [block for block in article("daolan-1-anjian.html").blocks if block.kind == "table"]
    known = {key for command in COMMANDS for key in keys_of(command.id)}
    named = {word for row in _rows(table) for word in row[0].split() if word not in ("或", "到")}
    assert named <= known
    assert {*"jkqnphlsmAur/oy?", "Enter", "Esc", "Space"} <= named


def test_the_guide_names_commands_that_the_program_has() -> None:
    from newstui.cli.parser import build_parser

    (table,) = [block for block in article("daolan-6-lixian.html").blocks if block.kind == "table"]
    for command, _ in _rows(table):
        words = command.split()
        assert words[0] == "newstui"
        if words[1:]:
            build_parser().parse_args(words[1:])


def _rows(table: Block) -> tuple[tuple[str, ...], ...]:
    return table.rows[1:]
