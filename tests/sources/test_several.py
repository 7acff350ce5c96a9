"""Text files with the dumps of many pages: parted where that is sure, left whole where it is not."""

from __future__ import annotations

import pytest

from newstui.sources.several import pages_in
from tests.sources.portal import BODY, STANDARD, page

PLACES = ("温江", "新都", "双流")


def portal(number: int, *order: str) -> str:
    """The page of another article of the portal."""
    place = PLACES[number % 3]
    return page(
        *(order or STANDARD),
        title=f"{place}区今年第{number + 1}所小学开学了",
        crumbs=f"地方网 > 四川 > 成都市 > {place}新闻 > 正文",
        byline=f"来源:成都日报 2016-03-{number + 1:02} 09:05",
        body=(f"{place}区教育局昨日通报,{number + 1}号小学如期开学。", *BODY),
    )


PLAIN = ("title", "byline", "body")


@pytest.mark.parametrize("count", [2, 3, 30])
@pytest.mark.parametrize(
    ("seam", "order"),
    [
        ("\f", STANDARD),
        ("\n\f\n", PLAIN),
        ("\n================\n", STANDARD),
        ("\n\n----------\n\n", PLAIN),
        ("\r\n****************************************\r\n", PLAIN),
        ("\n======== page.txt ========\n", PLAIN),
        ("\n\n", STANDARD),
        ("\n", ("crumbs", "title", "byline", "body")),
    ],
    ids=["feed", "feed-plain", "rule", "dashes", "stars", "named rule", "tabs", "crumbs"],
)
def test_pages_one_after_another_are_parted(seam: str, order: tuple[str, ...], count: int) -> None:
    texts = [portal(number, *order) for number in range(count)]
    whole = seam.join(texts)
    pieces = pages_in(whole)
    assert len(pieces) == count
    assert "".join(piece.text for piece in pieces) == whole
    for number, piece in enumerate(pieces):
        assert f"第{number + 1}所" in piece.text and f"第{number + 2}所" not in piece.text
    lines = whole.split("\n")
    assert all(lines[piece.line - 1].strip("\r\f ") for piece in pieces)


def test_side_blocks_behind_rules_stay_with_their_page() -> None:
    texts = [f"{portal(number, *PLAIN)}\n--------\n{portal(number, 'sides')}" for number in range(3)]
    pieces = pages_in("\n--------\n".join(texts))
    assert len(pieces) == 3 and all("热点排行" in piece.text for piece in pieces)


ONE = portal(0)


@pytest.mark.parametrize(
    "text",
    [
        ONE,
        ONE.replace("党建引领 干群同心", "================\n党建引领 干群同心\n----------------"),
        "\f".join(portal(0, part) for part in STANDARD),
        "\n--------\n".join(portal(0, part) for part in STANDARD),
        f"{ONE}\n--------\n张三 2016-03-12 08:00\n写得真好，我们村也在修水渠，希望明年能用上，谢谢记者。"
        "\n--------\n李四 2016-03-13 09:10\n"
        + "清淤是好事，就怕一阵风，过后没人管，还是要有长效的办法才行，大家说是不是这个理？",
        f"{ONE}\n{portal(0, 'tabs')}\n{portal(0, 'crumbs')}",
        f"{ONE}\f{ONE}",
        "----\n" * 5000,
        "\f" * 100_000,
        "",
    ],
    ids=[
        "one",
        "rules in it",
        "fed apart",
        "ruled apart",
        "comments",
        "head again",
        "twice",
        "rules",
        "feeds",
        "empty",
    ],
)
def test_one_article_stays_one(text: str) -> None:
    assert pages_in(text) == []
