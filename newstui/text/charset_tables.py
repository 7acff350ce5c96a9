"""Tables for `newstui.text.charset`: labels, the characters Python's codecs lag behind in, common hanzi.

Labels and repairs follow the WHATWG Encoding Standard (GB18030-2022, Big5 with HKSCS-2008 and ETEN).
"""

from __future__ import annotations

import codecs
import re
from typing import Final

LABELS: Final = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8", "ascii", "us-ascii", "ansi-x3.4-1968"), "utf-8"),
    **dict.fromkeys(
        ("gb2312", "gb-2312", "gb-2312-80", "gb2312-80", "gbk", "gb18030", "gb-18030", "cp936", "ms936", "936"),
        "gb18030",
    ),
    **dict.fromkeys(("windows-936", "chinese", "csgb2312", "euc-cn", "euccn", "eucgb2312-cn", "iso-ir-58"), "gb18030"),
    **dict.fromkeys(("big5", "big-5", "big5-hkscs", "big5hkscs", "cn-big5", "cp950", "950", "windows-950"), "big5"),
    **dict.fromkeys(("big5-tw", "csbig5", "big5-eten", "big5-2003"), "big5"),
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin-1", "latin1", "l1", "windows-1252", "cp1252"), "cp1252"),
    **dict.fromkeys(("iso-8859-9", "iso8859-9", "latin5", "windows-1254", "cp1254"), "cp1254"),
    **dict.fromkeys(("shift-jis", "sjis", "ms-kanji", "windows-31j", "csshiftjis", "shift-jisx0213", "cp932"), "cp932"),
    **dict.fromkeys(("euc-kr", "euckr", "ks-c-5601-1987", "ksc5601", "korean", "windows-949", "cp949", "uhc"), "cp949"),
    **dict.fromkeys(("euc-jp", "eucjp", "ujis"), "euc_jp"),
    **dict.fromkeys(("tis-620", "iso-8859-11", "windows-874", "cp874"), "cp874"),
    **dict.fromkeys(("hz", "hz-gb-2312"), "hz"),
    # A document whose label could be read says so in bytes of ASCII: it is not in UTF-16 or UTF-32.
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "utf-16-le", "utf-16-be", "unicode", "ucs-2"), ""),
    **dict.fromkeys(("utf-32", "utf-32le", "utf-32be", "utf-32-le", "utf-32-be", "ucs-4"), ""),
}

GB_NEWER: Final = {
    chr(old): chr(new)
    for old, new in {
        **{0xE78D + at: new for at, new in enumerate((0xFE10, 0xFE12, 0xFE11, *range(0xFE13, 0xFE1A)))},
        **{0xE7C7: 0x1E3F, 0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6, 0xE82C: 0x9FB7, 0xE832: 0x9FB8},
        **{0xE843: 0x9FB9, 0xE854: 0x9FBA, 0xE864: 0x9FBB, 0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC},
        **{0xE831: 0x215D7, 0xE83B: 0x2298F, 0xE855: 0x241FE},
    }.items()
}
"""Private use code points of GB 18030-2005 to the characters that GB 18030-2022 gives their bytes."""

BIG5_SYMBOLS: Final = dict(zip("•､‾∼♁☉／＼¥¢£∕﹨", "‧﹑¯～⊕⊙∕﹨￥￠￡／＼", strict=True))
"""Symbols of rows A1 and A2 as Python's big5hkscs reads them to what they are in use."""

_BIG5_MISSING: Final = {
    b"\xa3\xe1": "€",
    b"\xc6\xcf": "廴",
    b"\xc6\xd3": "无",
    b"\xc6\xd5": "癶",
    b"\xc6\xd7": "隶",
    b"\xc6\xde": "〃",
    b"\xc6\xdf": "仝",
}


def _gb_error(error: UnicodeError) -> tuple[str, int]:
    """One U+FFFD for one broken byte; a lone 0x80 is the euro sign of code page 936."""
    assert isinstance(error, UnicodeDecodeError)
    return ("€" if error.object[error.start] == 0x80 else "\ufffd"), error.start + 1


def _big5_error(error: UnicodeError) -> tuple[str, int]:
    """One U+FFFD for one broken byte, or the character of a pair that the codec lacks."""
    assert isinstance(error, UnicodeDecodeError)
    known = _BIG5_MISSING.get(error.object[error.start : error.start + 2])
    return (known, error.start + 2) if known else ("\ufffd", error.start + 1)


def registered_handlers() -> tuple[str, str]:
    """The names of the codec error handlers for GB18030 and Big5, registered with Python."""
    codecs.register_error("newstui.gb18030", _gb_error)
    codecs.register_error("newstui.big5", _big5_error)
    return "newstui.gb18030", "newstui.big5"


_COMMON: Final = frozenset(
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天"
    "而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身"
    "些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第"
    "门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目"
    "华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台"
    "象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资"
    "队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技轻程告江语"
    "英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改议形委早房音火际则首单据导"
    "這來個說們為時過對會後從無發開見學國還與長將動當點經裡麼沒種頭問間現實進樣兩電話機業關體東應總聽氣產書軍員車"
    "報張馬難數處場師變戰親許記題建統術結義論讓認權達運決愛辦黨歷區輕極寫識錢臺灣網請給號單買賣門馬點讀應該嗎吧呢"
    "，。、：；？！“”（）《》「」"
)
_HANZI: Final = re.compile("[\u0080-\U0010ffff]+")


def common_share(text: str) -> float:
    """The share of common Chinese characters and punctuation among those beyond ASCII, 0 to 1; U+FFFD counts ten."""
    sample = "".join(_HANZI.findall(text, 0, 400_000))[:40_000]
    if not sample:
        return 0.0
    broken = sample.count("\ufffd")
    return sum(map(_COMMON.__contains__, sample)) / (len(sample) + 9 * broken)
