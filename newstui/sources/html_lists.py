"""Markers of HTML list items: bullets by depth, numbers by type, start and value (HTML Living Standard §4.4.5)."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

_BULLETS: Final = "•◦▪"
_INTEGER: Final = re.compile(r"\s*([+-]?[0-9]{1,9})")
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


class List:
    """An open list; `number` is the next item's."""

    __slots__ = ("number", "ordered", "step", "style")

    def __init__(self, ordered: bool, element: etree._Element) -> None:
        self.ordered = ordered
        self.style = element.get("type", "1")
        self.step = 1
        start = _integer(element.get("start"))
        if ordered and "reversed" in element.attrib:
            self.step = -1
            if start is None:
                start = sum(child.tag == "li" for child in element)
        self.number = 1 if start is None else start


def next_marker(lists: list[List], item: etree._Element) -> str:
    """The marker of `item` in the innermost of `lists`, which is counted on."""
    if not lists:
        return _BULLETS[0]
    inner = lists[-1]
    if not inner.ordered:
        return _BULLETS[min(len(lists), len(_BULLETS)) - 1]
    value = _integer(item.get("value"))
    number = inner.number if value is None else value
    inner.number = number + inner.step
    return f"{_numeral(number, inner.style)}."


def _integer(text: str | None) -> int | None:
    match = _INTEGER.match(text or "")
    return int(match.group(1)) if match else None


def _numeral(number: int, style: str) -> str:
    if style in ("a", "A") and number > 0:
        letters = ""
        while number:
            number, digit = divmod(number - 1, 26)
            letters = chr(ord(style) + digit) + letters
        return letters
    if style in ("i", "I") and 0 < number < 4000:
        numeral = ""
        for value, letter in _ROMAN:
            count, number = divmod(number, value)
            numeral += letter * count
        return numeral.upper() if style == "I" else numeral
    return str(number)
