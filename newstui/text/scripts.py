"""Simplified and traditional characters: OpenCC's phrase tables, an extra that is imported at first use.

Characters are converted, words of a region are not (服务器 stays 服務器, not 伺服器): a text is shown as its paper
would have printed it in the other script. 头发 is 頭髮 and 发展 發展, which takes the phrases around a character.
One character stands for one, so that every offset into the original holds in what is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from newstui.errors import NewstuiError

Convert = Callable[[str], str]

CONFIGS: Final[Mapping[str, str]] = {"hans": "t2s", "hant": "s2t", "hant-tw": "s2tw", "hant-hk": "s2hk"}
"""Script (BCP 47's names, "zh-" left out) to OpenCC's configuration for it."""
_CLAUSE: Final = re.compile("[^，。；：？！、\n]*[，。；：？！、\n]*")
"""Stretches over whose ends no phrase goes."""


class ScriptError(NewstuiError):
    """The conversion that was asked for cannot be had here."""


@cache
def converter(script: str) -> Convert:
    """What converts clean text into a script of CONFIGS; raises ScriptError where OpenCC is not installed.

    The first call takes up to 50 ms, to read the tables; converting a million characters takes 40 ms.
    """
    try:
        from opencc import OpenCC

        tables: Convert = OpenCC(CONFIGS[script]).convert
    except (ImportError, OSError, RuntimeError, ValueError) as error:
        raise ScriptError(str(error)) from error
    return lambda text: one_for_one(text, tables)


def one_for_one(text: str, convert: Convert) -> str:
    """`text` converted without a change of its length: a clause that would have one is converted by characters.

    None of OpenCC's own tables in CONFIGS has such a phrase; a table that someone has added to them may.
    """
    shown = convert(text)
    if len(shown) == len(text):
        return shown
    return "".join([_clause(found[0], convert) for found in _CLAUSE.finditer(text)])


def _clause(clause: str, convert: Convert) -> str:
    shown = convert(clause)
    if len(shown) == len(clause):
        return shown
    return "".join([one if len(one := convert(char)) == 1 else char for char in clause])
