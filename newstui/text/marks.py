"""Which characters may not begin or end a line of Chinese, and which words and numbers stay whole; data for `breaks`.

避头尾 is GB/T 15834-2011 §5.1 and CLREQ §3.1.2 (line start and line end prohibition); that a number stays with its unit
is GB/T 15835-2011 §4.1 and the setting rules of every paper.
"""

from __future__ import annotations

import re
from typing import Final

BLANKS: Final = " \u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u3000"
"""Blanks that hang at a line's end; no-break blanks are not among them."""
NO_START: Final = "，。、；：？！％‰℃℉°）】》〉」』〕〗］｝”’·・‧～／…—⸺,.;:?!%)]}"
"""Not at a line's start; — and … are so even where UAX #14 would have them there."""
NO_END: Final = "（【《〈「『〔〖［｛“‘￥＄([{"
NEVER_FIRST: Final = "·・‧～／…—⸺"
"""Those of NO_START before which UAX #14 may break."""
HANGING: Final = frozenset("，。、；：？！,.;:?!")
"""What may hang in the right margin (CLREQ §3.1.4: 点号, not closing brackets)."""
CLOSING: Final = "，。、；：？！）】》〉」』〕〗］｝"
OPENING: Final = "（【《〈「『〔〖［｛"
FULL_WIDTH: Final = "０１２３４５６７８９．％" + "".join(chr(0xFF21 + at) + chr(0xFF41 + at) for at in range(26))
"""Full-width letters and digits, each a hanzi to UAX #14, a word or number to a reader."""

ADDRESS: Final = re.compile(r"(?:[a-z][a-z0-9+.-]{1,15}://|www\.|[\w.+-]{1,64}@(?=\w))[!-~]+", re.ASCII | re.IGNORECASE)
SIGNS: Final = re.compile(r"[/?&=#._,;:+-]")
"""Signs after which an address or a long word may be cut if it must be."""

_DIGIT: Final = "[0-9０-９]"
_HANZI: Final = "\u3400-\u4dbf\u4e00-\u9fff"
_SPACED: Final = (
    "[年月日号时分秒元万亿岁人名个米吨℃％]|[kcmn]?m|[mk]?g|[KMGT]?B|[kMG]?Hz|[kM]?[WVA]h?|mAh|ml|mL|L|h|min|s|℃|°C"
)
"""Units that a blank does not part from their number."""
_LONG: Final = (
    "世纪|年代|年度|月份|周年|周岁|小时|分钟|秒钟|公里|千米|厘米|毫米|微米|纳米|海里|英里|英尺|英寸|平方米|平方公里|平方千米|"
    "立方米|立方|平方|平米|公顷|公斤|千克|毫克|市斤|毫升|公升|千瓦时|千瓦|兆瓦|美元|欧元|日元|港元|港币|英镑|卢布|韩元|人民币|"
    "个月|个百分点|个小时|百分点|摄氏度|人次|人份|架次|车次|班次|件套|号线|号楼|号院|平方英里"
)
"""Units of more than one hanzi."""
_SHORT: Final = (
    "年月日号时点分秒周天岁届元角块毛米里尺寸亩斤吨克两升度瓦人名个位次家件户辆条套项倍层楼路期版章节篇页本册场台部只头例处所座批起种"
    "类间张棵株幢栋室排级型线集轮强省市县区国村校班股票支枝把碗杯瓶箱袋包桶盒罐盘桌步圈局球枚艘架趟列遍回首句字词行段卷份封万亿千百十多余几"
)
_LARGE: Final = "[多余几]?[十百千万亿]*[多余几]?"
NUMBER: Final = re.compile(
    f"第?{_DIGIT}(?:[0-9０-９,.．:：·／/~～—–+-]*{_DIGIT})?"
    f"(?:[%％‰℃°]|{_LARGE}(?:{_LONG}|[{_SHORT}])|[ \u3000](?:{_SPACED})(?![A-Za-z])|(?P<noun>[{_HANZI}]))?"
)
"""A number or range of numbers with 第 before it and its unit after it; `noun` is a hanzi that is most likely none."""
DATE: Final = re.compile(
    f"{_DIGIT}{{2,4}} ?年 ?{_DIGIT}{{1,2}} ?月(?:份| ?{_DIGIT}{{1,2}} ?[日号])?"
    f"|{_DIGIT}{{1,2}} ?月 ?{_DIGIT}{{1,2}} ?[日号]"
)
"""A day or month: whole where it can be, else parted after 年 or 月, never between a number and its unit."""
UNIT_HEADS: Final = frozenset("".join(unit[:-1] for unit in _LONG.split("|")) + "十百千万亿多余几")
"""Hanzi that may stand between a number and another hanzi of its unit."""
UNIT_TAILS: Final = frozenset(_LONG + _SHORT) - {"|"}
"""Hanzi that may stand in a unit after one of those."""
