"""Places that running text names: 四川江油, 成都市成华区, 嘉兴桐乡.

Only names that lead down from a province or a city are read: a county's name alone may be a word, a paper or another
county. Where text names several places, the unit that holds them all counts, and none when that is no city.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from newstui.districts.gazetteer import load

_LONGEST: Final = 8
"""Characters of a division's name that are tried after that of the unit above it."""
_NO_PLACE: Final = re.compile(
    r"(?:[日晚商晨早时]报|都市报|新闻|电视|广播|发布|观察|大学|学院|中学|银行|证券|股份|集团|路|街(?![头道])|菜|话|籍|队|号"
    r"|产|方面|记者|网|站|机场|火车|高铁|至|到|往)"
)
"""What makes a name of a place one of a house, a street, a team or a journey when it follows."""
_FIRM: Final = re.compile("[\u4e00-\u9fff]{0,12}公司")
_WORDS: Final = frozenset(
    (
        "大同 安康 长治 安顺 永州 平安 保山 大庆 固原 海东 海南 海北 海西 黄南 中山 东营 玉树 商洛 阿里 白银 孝感 "
        "黄山 来宾 北海 百色 三明 泰安 吉安 宜春 新余 河源 定西 平凉 中卫"
    ).split()
)
"""Cities whose names are words: in running text they count only in full or with a county."""


def mentioned(text: str) -> str:
    """The code of the city or county that `text` is about, "" when it names none, or several that are far apart."""
    found: list[str] = []
    anchors = _anchors()
    end = 0
    for at in [at for at in range(len(text) - 1) if text[at : at + 2] in anchors]:
        if at < end:
            continue
        size, code = _named(text, at)
        if code:
            found.append(code)
        end = at + size
    return _common(found)


def _named(text: str, at: int) -> tuple[int, str]:
    """How many characters of `text` at `at` name a place, and its code; "" for a province alone or a house's name."""
    gazetteer = load()
    for name in _anchors().get(text[at : at + 2], ()):
        if not text.startswith(name, at):
            continue
        units = gazetteer.resolve(name)
        if len(units) != 1:
            continue
        unit, end = units[0], at + len(name)
        deeper = True
        while deeper:
            deeper = False
            for size in range(min(_LONGEST, len(text) - end), 1, -1):
                below = gazetteer.resolve(text[end : end + size], unit.code)
                if len(below) == 1 and below[0].code != unit.code:
                    unit, end, deeper = below[0], end + size, True
                    break
        if _NO_PLACE.match(text, end) or _FIRM.match(text, end) or unit.level == "province":
            return end - at, ""
        if unit.level == "city" and end - at == len(name) and name == unit.short and name in _WORDS:
            return end - at, ""
        return end - at, unit.code
    return 0, ""


def _common(codes: list[str]) -> str:
    """The innermost unit that holds all of `codes` or lies in all of them; "" when that is a province or none."""
    if not codes:
        return ""
    gazetteer = load()
    chain = gazetteer.ancestors(codes[0])
    for code in codes[1:]:
        other = gazetteer.ancestors(code)
        if other[: len(chain)] == chain:
            chain = other
        elif chain[: len(other)] != other:
            chain = tuple(one for one, two in zip(chain, other, strict=False) if one == two)
    unit = gazetteer.get(chain[-1]) if chain else None
    return unit.code if unit is not None and unit.level != "province" else ""


@cache
def _anchors() -> dict[str, tuple[str, ...]]:
    """Names of provinces and cities, in full and short, the longest first, by their first two characters."""
    names: dict[str, list[str]] = {}
    for unit in load().divisions():
        if unit.level != "county":
            for name in {unit.name, unit.short}:
                names.setdefault(name[:2], []).append(name)
    return {pair: tuple(sorted(found, key=len, reverse=True)) for pair, found in names.items()}
