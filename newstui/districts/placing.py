"""Where a page belongs: from its breadcrumb and district line, or from what a person types, to a place code.

A place is a division's six digits, or "tab:NAME" for a portal's own tab that is no division (导览). A tab counts only
when its name stands in the page's own district line, and only a line that names divisions is one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Final

from newstui.districts.gazetteer import Division, load
from newstui.text.clean import clean_line

TAB: Final = "tab:"

_LONGEST: Final = 24
_LONGEST_NAV: Final = 400
_PREFIX: Final = re.compile(r"^(?:今日|中国|走进|印象|掌上|爱)(?=..)")
_SUFFIX: Final = re.compile(
    r"(?<=..)(?:新闻网|新闻|要闻|资讯|快讯|时政|政务|社会|民生|本地|地方|频道|分站|站|在线|网站|门户|网|发布"
    r"|(?:人民)?政府|日报|晚报|晨报|都市报|广播电视台|电视台)$"
)
_SEPARATORS: Final = re.compile(r"\s*[/／>＞›»|·]\s*|\s+")
_HERE: Final = re.compile(r"^[^:：]{0,8}位置\s*[:：]\s*")
_GENERIC: Final = frozenset("首页 主页 新闻 新闻中心 全部 正文 更多 内容 地方 地方网 国内 本地 列表 返回".split())
# Names of counties that are everyday words or the names of national papers: without a parent they say nothing.
_WORDS: Final = frozenset(
    (
        "新华 光明 东方 公安 资源 合作 平安 和平 友谊 友好 通道 互助 共和 民和 前进 向阳 红旗 新城 城区 郊区 矿区 "
        "东区 西区 凤凰 新民 南山 海港 长安 港口 复兴 解放 前锋 运河 中原 爱民 惠民 富民 裕民 民权 富裕 安定 太平 "
        "长寿 博爱 同心 宏伟 老城 新市 南部 天山 泰山 滨江 滨湖 滨海 河东 河西 路南 路北 城东 城西 城北 城中 城关 "
        "城厢 江南 东风 振兴 文成 新兴"
    ).split()
)


def place_of(crumbs: Sequence[str], nav_names: Sequence[str] = ()) -> str:
    """The place that a page's breadcrumb leads to, "" when to none; `nav_names` is the page's own district line.

    The innermost crumb that is a division or a tab decides. Names of several divisions are settled by the crumbs
    round them, then by the district line; names that contradict the crumbs before them are passed over unless they
    are written in full.
    """
    return _placed(tuple(crumbs), tuple(nav_names[:_LONGEST_NAV]))


@lru_cache(maxsize=1024)
def _placed(crumbs: tuple[str, ...], nav_names: tuple[str, ...]) -> str:
    labels = [label for crumb in crumbs if (label := _HERE.sub("", clean_line(crumb)))]
    nav = [label for name in nav_names if (label := clean_line(name))]
    line = _DistrictLine(nav)
    place = ""
    frontier: tuple[Division, ...] = ()
    for label in labels:
        if label in _GENERIC:
            continue
        found = _step(label, frontier, line)
        if found:
            frontier = found
            unit = load().sole(found) or line.pick(found)
            if unit is not None:
                place = unit.code
        elif line.tab(label):
            place = TAB + line.tab(label)
    return place


def parse_district(text: str, tabs: Collection[str] = ()) -> str:
    """The place a person means by a code, a name, a path such as 四川/成都/新都 or a tab's name in `tabs`.

    Raises ValueError, whose message names the candidates of an ambiguous name and the near names of an unknown one.
    """
    asked = clean_line(text)
    gazetteer = load()
    if asked.startswith(TAB):
        if asked == TAB:
            raise ValueError("tab: must be followed by the tab's name, for example tab:导览")
        return asked
    if asked in tabs:
        return TAB + asked
    if asked.isascii() and asked.isdigit():
        division = gazetteer.get(asked)
        unit = gazetteer.sole(gazetteer.current(division)) if division is not None else None
        if unit is None:
            raise ValueError(f"{asked} is no division's code; write six digits (510114) or a name (新都)")
        return unit.code
    names = [name for name in _SEPARATORS.split(asked) if name]
    found = _descend(names) if names else ()
    unit = gazetteer.sole(found)
    if unit is not None:
        return unit.code
    if found:
        paths = ", ".join(gazetteer.path(candidate.code) for candidate in found[:8])
        raise ValueError(f"{asked} may be {paths}; write one of these")
    near = _near(names[-1], tabs) if names else ()
    hint = (
        f"did you mean {', '.join(near)}?"
        if near
        else "write a name (新都), a path (四川/成都/新都) or a code (510114)"
    )
    raise ValueError(f"no district is called {asked[:40]!r}; {hint}")


def place_name(place: str) -> str:
    """The short name of a place code, e.g. 新都; a tab's own name; "" when unknown."""
    return place.removeprefix(TAB) if place.startswith(TAB) else load().short(place)


def place_path(place: str) -> str:
    """The path of a place code, e.g. 四川/成都/新都; a tab's own name; "" when unknown."""
    return place.removeprefix(TAB) if place.startswith(TAB) else load().path(place)


def place_ancestors(place: str) -> tuple[str, ...]:
    """Place codes from the outermost to `place` itself; a tab stands alone; () when unknown."""
    return (place,) if place.startswith(TAB) else load().ancestors(place)


class _DistrictLine:
    """The names of a page's district line: which of them are tabs, and which region they speak for."""

    def __init__(self, names: Sequence[str]) -> None:
        self._tabs: set[str] = set()
        self._regions: Counter[str] = Counter()
        divisions = 0
        for name in names:
            units = _readings_resolved(name, "")
            divisions += bool(units)
            if len(units) == 1:
                self._regions.update(load().ancestors(units[0].code)[:2])
            elif not units and name not in _GENERIC:
                self._tabs.add(_bare(name))
        self.divisions = divisions >= 2 and 2 * divisions >= len(names)
        self.names = {_bare(name) for name in names}

    def tab(self, label: str) -> str:
        """The name of the tab that a crumb names, "" when it names none."""
        bare = _bare(label)
        return bare if self.divisions and bare in self._tabs else ""

    def pick(self, units: Sequence[Division]) -> Division | None:
        """The one of `units` in the region of this line; None when the line does not tell."""
        scores = [(sum(self._regions[code] for code in load().ancestors(unit.code)), unit) for unit in units]
        best = max(score for score, _ in scores)
        winners = [unit for score, unit in scores if score == best]
        return winners[0] if best and len(winners) == 1 else None


def _step(label: str, frontier: tuple[Division, ...], line: _DistrictLine) -> tuple[Division, ...]:
    """What a crumb leads to after the units before it; () when to nothing, or to nothing that can be trusted."""
    stripped = set(_readings(label)) - {label}
    if any(unit.short in stripped or unit.name in stripped for unit in frontier):
        return frontier  # 聊城市 > 今日聊城 is the city again, not the district that once bore its name
    inside = tuple(dict.fromkeys(unit for above in frontier for unit in _readings_resolved(label, above.code)))
    if inside:
        return inside
    units = _readings_resolved(label, "")
    if not units:
        return ()
    full = any(unit.name == label for unit in units)
    if frontier:
        # 成都 > 成都市, or a crumb that goes up again, adds nothing; elsewhere is believed only in full.
        above = {code for unit in frontier for code in load().ancestors(unit.code)}
        return units if full and not any(unit.code in above for unit in units) else ()
    if full or _bare(label) in line.names or any(unit.level != "county" for unit in units):
        return units
    brand = label.endswith("网") and not label.endswith("新闻网")
    return () if brand or _bare(label) in _WORDS else units


def _descend(names: Sequence[str]) -> tuple[Division, ...]:
    """Units at the end of a path from the outermost name to the innermost; () when a name leads nowhere."""
    found: tuple[Division, ...] = ()
    for index, name in enumerate(names):
        if index == 0:
            found = _readings_resolved(name, "")
        else:
            found = tuple(dict.fromkeys(unit for above in found for unit in _readings_resolved(name, above.code)))
    return found


@lru_cache(maxsize=4096)
def _readings_resolved(label: str, within: str) -> tuple[Division, ...]:
    """The units a label names: as it stands, without 新闻, 频道 and the like, or as one name run into the next."""
    if not 2 <= len(label) <= _LONGEST:
        return ()
    gazetteer = load()
    readings = list(_readings(label))
    for reading in readings:
        units = gazetteer.resolve(reading, within)
        if units:
            return units
    for reading in readings:
        for size in range(len(reading) - 2, 1, -1):
            above = gazetteer.resolve(reading[:size], within)
            if above and above[0].level != "county":
                units = tuple(unit for top in above for unit in _readings_resolved(reading[size:], top.code))
                if units:
                    return units
    return ()


def _readings(label: str) -> Iterator[str]:
    """The label, then ever shorter without words that only say "news of"."""
    yield label
    for _ in range(3):
        shorter = _SUFFIX.sub("", label)
        if shorter == label:
            break
        label = shorter
        yield label
    without = _PREFIX.sub("", label)
    if without != label:
        yield without


def _bare(label: str) -> str:
    """The shortest reading of a label."""
    *_, last = _readings(label)
    return last


def _near(name: str, tabs: Collection[str]) -> tuple[str, ...]:
    """Names like `name` of tabs and of today's divisions."""
    from difflib import get_close_matches

    names = dict.fromkeys((*tabs, *(n for unit in load().divisions() for n in (unit.short, unit.name))))
    return tuple(get_close_matches(name[:_LONGEST], names, 4, 0.6))
