"""Build newstui/districts/divisions.txt from the CSV of yescallop/areacodes (CC0).

    python tools/build_divisions.py INPUT.csv [OUTPUT.txt]

INPUT has the columns 代码, 一级行政区, 二级行政区, 名称, 级别, 状态, 启用时间, 变更/弃用时间, 新代码; a successor
written CODE[YEAR] took over a part only, in that year. OUTPUT has one line a unit, today's units first, each
code|name|short|start|end|successors: end is empty for today's units, successors are the codes of today's units that a
former one became, the most important first. `newstui.districts.gazetteer` searches that text without parsing it.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HEADER: Final = (
    "# Administrative divisions of China since 1980, down to counties; one line a unit:\n"
    "# code, name, short name, first year, last year (none for those of today), codes of what it became.\n"
    "# Made by tools/build_divisions.py from the areacodes list of yescallop (github.com/yescallop/areacodes),\n"
    "# which its author has put into the public domain by CC0 1.0 (creativecommons.org/publicdomain/zero/1.0).\n"
)
_PEOPLES: Final = (
    "蒙古|哈萨克|柯尔克孜|塔吉克|锡伯|维吾尔",
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜"
    "|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙"
    "|鄂伦春|赫哲|门巴|珞巴|基诺|各",
)
_PEOPLE_SUFFIX: Final = re.compile(rf"(?:(?:{_PEOPLES[1]})族|(?:{_PEOPLES[0]}))+$")
_KINDS: Final = (
    *("特别行政区", "自治区", "自治州", "自治县", "自治旗", "联合旗", "地区", "特区", "矿区", "新区"),
    *("省", "市", "县", "区", "盟", "旗"),
)
_KEPT: Final = re.compile(r"..|市中区|.*(?:群岛|海域|[前后左右中首蓝黄白]旗)")


@dataclass(slots=True)
class Unit:
    """One row of the input."""

    code: str
    name: str
    start: int
    end: int
    """0 for a unit of today."""
    new: tuple[str, ...]
    """Successor codes as given."""
    short: str = ""

    @property
    def level(self) -> int:
        """0 province, 1 city, 2 county."""
        return 0 if self.code.endswith("0000") else 1 if self.code.endswith("00") else 2


def short_name(name: str) -> str:
    """The name people use: without the word for the kind of unit and the peoples; names of two characters stay."""
    if _KEPT.fullmatch(name):
        return name
    if name == "神农架林区":
        return "神农架"
    stem = next(
        (name.removesuffix(kind) for kind in _KINDS if name.endswith(kind) and len(name) >= len(kind) + 2), name
    )
    bare = _PEOPLE_SUFFIX.sub("", stem)
    if len(bare) >= 2:
        return bare
    return stem.removesuffix("族") if len(stem) > 2 else stem


def read(path: Path) -> list[Unit]:
    """The rows of the input."""
    units = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            new = [part.partition("[") for part in row["新代码"].split(";") if part]
            heirs = tuple(code for code, bracket, _ in new if not bracket)
            if not heirs and row["级别"] == "县级" and row["状态"] == "弃用":
                # It was given away part by part.
                heirs = tuple(code for code, _, _ in new)
            units.append(
                Unit(
                    row["代码"],
                    row["名称"],
                    int(row["启用时间"]),
                    0 if row["状态"] == "在用" else int(row["变更/弃用时间"]),
                    heirs,
                )
            )
    return units


class Heirs:
    """Finds today's units of former ones."""

    def __init__(self, units: list[Unit]) -> None:
        self.units = units
        self.by_code: dict[str, list[Unit]] = {}
        for unit in units:
            self.by_code.setdefault(unit.code, []).append(unit)

    def at(self, code: str, year: int) -> Unit | None:
        """The unit that bore `code` from `year` on, or the next one to bear it."""
        bearers = sorted(self.by_code.get(code, ()), key=lambda unit: unit.start)
        for unit in bearers:
            if unit.start <= year < (unit.end or 9999) or unit.start >= year:
                return unit
        return None

    def current(self, unit: Unit, seen: frozenset[int] = frozenset()) -> list[str]:
        """Codes of today's units that `unit` became, itself when it still is."""
        if not unit.end:
            return [unit.code]
        if id(unit) in seen:
            return []
        seen |= {id(unit)}
        found: list[str] = []
        for code in unit.new:
            heir = self.at(code, unit.end)
            if heir is not None and heir is not unit:
                found += self.current(heir, seen)
        if not found and unit.level == 1:
            found = self._city(unit)
        return list(dict.fromkeys(found))

    def _city(self, city: Unit) -> list[str]:
        """The input names no heirs of cities: one of the same code, else those its counties are in today."""
        for other in self.by_code[city.code]:
            if other.start == city.end:
                return self.current(other)
        votes: Counter[str] = Counter()
        counties: list[str] = []
        for unit in self.units:
            inside = unit.level == 2 and unit.code[:4] == city.code[:4]
            if inside and unit.start < city.end and (not unit.end or unit.end > city.start):
                counties += self.current(unit)
        votes.update(self.city_of(code) for code in counties)
        # One that bears the name comes first: 石家庄地区 became 石家庄市, whichever got more of its counties; and
        # 涪陵市 became a county of a province-level city.
        named = [code for code in votes if self.by_code[code][0].short == city.short] or [
            code
            for code in dict.fromkeys(counties)
            if self.by_code[code][0].short == city.short and self.city_of(code).endswith("0000")
        ]
        if named:
            return named[:1]
        total = sum(votes.values())
        large = [code for code, count in votes.most_common() if 2 * count >= total]
        return large or [code for code, _ in votes.most_common()]

    def city_of(self, code: str) -> str:
        """Today's city of a county, its province when it is in none; other codes themselves."""
        if code.endswith("00"):
            return code
        return next((u.code for u in self.by_code.get(code[:4] + "00", ()) if not u.end), code[:2] + "0000")


def shorten(units: list[Unit], heirs: Heirs) -> None:
    """Give every unit its short name; under one parent, and against its parent's, a short name stays unique."""
    order = {kind: rank for rank, kind in enumerate("市区县旗")}
    taken: dict[tuple[str, str], Unit] = {}
    for unit in units:
        unit.short = short_name(unit.name)
    today = [unit for unit in units if not unit.end]
    for unit in sorted(today, key=lambda u: (u.level, "矿区" in u.name, order.get(u.name[-1], 9), u.code)):
        parent = "" if unit.level == 0 else unit.code[:2] + "0000" if unit.level == 1 else heirs.city_of(unit.code)
        above = next((u for u in heirs.by_code.get(parent, ()) if not u.end), None)
        if (parent, unit.short) in taken or (above is not None and unit.short == above.short):
            autonomous = "自治" in unit.name
            unit.short = unit.short + unit.name[-1] if autonomous else unit.name
        taken[parent, unit.short] = unit


def build(source: Path) -> str:
    """The text of the data file."""
    units = read(source)
    heirs = Heirs(units)
    shorten(units, heirs)
    today = sorted((unit for unit in units if not unit.end), key=lambda unit: unit.code)
    former = sorted((unit for unit in units if unit.end), key=lambda unit: (unit.code, -unit.end, unit.name))
    lines = [f"{u.code}|{u.name}|{u.short}|{u.start}||" for u in today]
    lines += [f"{u.code}|{u.name}|{u.short}|{u.start}|{u.end}|{','.join(heirs.current(u))}" for u in former]
    return HEADER + "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Write the data file; 2 when called wrongly."""
    if len(arguments) not in (1, 2):
        print((__doc__ or "").strip(), file=sys.stderr)
        return 2
    shipped = Path(__file__).resolve().parents[1] / "newstui" / "districts" / "divisions.txt"
    target = Path(arguments[1]) if len(arguments) == 2 else shipped
    target.write_text(build(Path(arguments[0])), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
