"""The administrative divisions of China, today's and those since 1980: codes, names, and what former ones became.

The data file (CC0, its origin stands in its head) is searched as one text and never parsed whole, so that loading it
costs a read and an answer one or two searches. Codes are those of GB/T 2260: two digits province, two city, two county.
Province-level cities have no city level (北京/朝阳), nor have counties that a province runs itself (湖北/仙桃).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal

Level = Literal["province", "city", "county"]

_DATA: Final = Path(__file__).with_name("divisions.txt")
_LONGEST_NAME: Final = 30
_SEARCHES: Final = 32
"""Names looked for in the text before an index of names (6 ms) pays: an import asks thousands, a screen a few."""
_RANK: Final = {"province": 0, "city": 1, "county": 2}


@dataclass(frozen=True, slots=True)
class Division:
    """One unit under one name; a unit that was renamed or re-coded is several of them."""

    code: str
    """Six digits."""
    name: str
    """In full, e.g. 新都区."""
    short: str
    """As people say it, e.g. 新都; unique under one parent and never its parent's."""
    level: Level
    parent: str
    """Code of today's unit above it, "" for a province; for a former unit the code that it then stood under."""
    start: int
    """The year from which it bears this code and name; 1981 or before for the oldest."""
    end: int | None
    """The year in which it ceased to; None for today's units."""
    successor: tuple[str, ...] = ()
    """Codes of today's units that a former one became, the most important first."""


class Gazetteer:
    """Look-ups in the divisions; unknown codes and names give None, "" or (), never an error."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._searches = 0
        self._index: dict[str, list[str]] = {}
        self._get = lru_cache(maxsize=8192)(self._find_code)
        self._named = lru_cache(maxsize=4096)(self._find_name)
        self._resolved = lru_cache(maxsize=8192)(self._resolve)
        self._above = lru_cache(maxsize=8192)(self._find_ancestors)

    def get(self, code: str) -> Division | None:
        """Today's unit of a code, else the last that bore it, else None."""
        return self._get(code)

    def short(self, code: str) -> str:
        """The short name of a code's unit, e.g. 新都; "" when unknown."""
        found = self._get(code)
        return found.short if found is not None else ""

    def ancestors(self, code: str) -> tuple[str, ...]:
        """Codes from the province down to `code` itself, only levels that exist; () when unknown."""
        return self._above(code)

    def path(self, code: str) -> str:
        """Short names from the province down, e.g. 四川/成都/新都; "" when unknown."""
        return "/".join(self.short(step) for step in self._above(code))

    def current(self, division: Division) -> tuple[Division, ...]:
        """Today's units of a division: itself, or what it became."""
        if division.end is None:
            return (division,)
        return tuple(found for code in division.successor if (found := self._get(code)) is not None)

    def divisions(self) -> Iterator[Division]:
        """All of today's units in the order of their codes."""
        for line in self._text.split("\n"):
            if line[:1].isdigit():
                if not line.endswith("||"):
                    return
                yield _division(self, line)

    def resolve(self, name: str, within: str = "") -> tuple[Division, ...]:
        """Today's units that a name may mean, best first.

        Full names go before short ones, today's before former ones, a province (海南, 河南) before all others of its
        name, a city before the county in it. Only the best kind of match is given: several results are a real
        ambiguity, or the several heirs of one former unit. `within` keeps what lies under that code, now or when the
        name was in use.
        """
        return self._resolved(name.strip(), within)

    def sole(self, units: Sequence[Division]) -> Division | None:
        """The one unit that several stand for: the only one, or the nearest that holds all heirs of a former unit."""
        if len(units) == 1:
            return units[0]
        former = any(
            set(division.successor) >= {unit.code for unit in units} for division in self._formers(units) if units
        )
        if not former:
            return None
        common: str = ""
        for steps in zip(*(self._above(unit.code) for unit in units), strict=False):
            if len(set(steps)) > 1:
                break
            common = steps[0]
        return self._get(common) if common else None

    def _formers(self, units: Sequence[Division]) -> Iterator[Division]:
        """Former units whose heirs include the first of `units`."""
        if not units:
            return
        at = self._text.find(units[0].code)
        while at >= 0:
            line = self._line(at)
            if f"{units[0].code}" in line.rpartition("|")[2]:
                yield _division(self, line)
            at = self._text.find(units[0].code, at + 6)

    def _line(self, at: int) -> str:
        start = self._text.rfind("\n", 0, at) + 1
        return self._text[start : self._text.find("\n", at)]

    def _find_code(self, code: str) -> Division | None:
        if len(code) != 6 or not code.isascii() or not code.isdigit():
            return None
        at = self._text.find(f"\n{code}|")
        return _division(self, self._line(at + 1)) if at >= 0 else None

    def _find_name(self, name: str) -> tuple[Division, ...]:
        """All units, former ones too, with this full or short name."""
        if not 2 <= len(name) <= _LONGEST_NAME or "|" in name or "\n" in name or name[0] in "#0123456789":
            return ()
        self._searches += 1
        if self._searches > _SEARCHES:
            return tuple(_division(self, line) for line in self._lines_by_name().get(name, ()))
        found = []
        at = self._text.find(f"|{name}|")
        while at >= 0:
            line = self._line(at)
            found.append(_division(self, line))
            at = self._text.find(f"|{name}|", self._text.find("\n", at))
        return tuple(found)

    def _lines_by_name(self) -> dict[str, list[str]]:
        if not self._index:
            for line in self._text.split("\n"):
                code, _, rest = line.partition("|")
                if code.isdigit():
                    name, short, _ = rest.split("|", 2)
                    self._index.setdefault(name, []).append(line)
                    if short != name:
                        self._index.setdefault(short, []).append(line)
        return self._index

    def _find_ancestors(self, code: str) -> tuple[str, ...]:
        found = self._get(code)
        if found is None:
            return ()
        return (*self._above(found.parent), code) if found.parent else (code,)

    def _resolve(self, name: str, within: str) -> tuple[Division, ...]:
        named = self._named(name)
        if not named and len(name) > 2 and name[-1] in "州县旗":
            # 北川县, 凉山州, 鄂伦春旗: autonomous units without the peoples' names.
            kind = f"自治{name[-1]}"
            named = tuple(unit for unit in self._named(name[:-1]) if unit.name.endswith(kind))
        best = 9
        found: dict[str, Division] = {}
        for unit in named:
            full = unit.name == name
            rank = (0 if full else 1) if unit.end is None else (2 if full else 3)
            if rank > best:
                continue
            heirs = self.current(unit)
            if within and not self._stood_in(unit, within):
                heirs = tuple(heir for heir in heirs if within in self._above(heir.code)[:-1])
            if heirs and rank < best:
                best, found = rank, {}
            found.update((heir.code, heir) for heir in heirs)
        units = list(found.values())
        if best < 2:
            units.sort(key=lambda unit: (_RANK[unit.level], unit.code))
            if units[:1] and units[0].level == "province":
                return (units[0],)
        return tuple(unit for unit in units if not (set(self._above(unit.code)[:-1]) & found.keys()))

    def _stood_in(self, unit: Division, within: str) -> bool:
        """Whether a former unit stood under today's unit `within` when it was in use."""
        if unit.end is None or not unit.parent:
            return False
        if within == unit.code[:2] + "0000":
            return True
        city = unit.code[:4] + "00"
        return unit.code != city and any(
            within in heir for heir in (former.successor or (former.code,) for former in self._bearers(city, unit))
        )

    def _bearers(self, code: str, during: Division) -> Iterator[Division]:
        """Units that bore `code` while `during` existed."""
        at = self._text.find(f"\n{code}|")
        while at >= 0:
            unit = _division(self, self._line(at + 1))
            if unit.start < (during.end or 9999) and (unit.end or 9999) > during.start:
                yield unit
            at = self._text.find(f"\n{code}|", at + 1)


def _division(gazetteer: Gazetteer, line: str) -> Division:
    code, name, short, start, end, successor = line.split("|")
    parent = ""
    level: Level = "county"
    if code.endswith("0000"):
        level = "province"
    elif code.endswith("00"):
        level = "city"
        parent = code[:2] + "0000"
    else:
        parent = code[:4] + "00"
        above = gazetteer.get(parent)
        if above is None or (above.end is not None and not end):
            parent = code[:2] + "0000"
    heirs = tuple(successor.split(",")) if successor else ()
    return Division(code, name, short, level, parent, int(start), int(end) if end else None, heirs)


@cache
def load() -> Gazetteer:
    """The shipped gazetteer."""
    return Gazetteer(_DATA.read_text(encoding="utf-8"))
