"""Encodings of other scripts, told by their letters when a text without a declaration makes no Chinese sense."""

from __future__ import annotations

import re
from typing import Final

_ENOUGH: Final = 40
"""High bytes below which a text is too short to be told from rare hanzi."""
_BEYOND: Final = re.compile("[^\x00-\x7f]")
_SCRIPTS: Final = (
    ("cp949", re.compile("[가-힣]"), 0.85),
    ("euc_jp", re.compile("[ぁ-ヿ]"), 0.3),
    ("cp932", re.compile("[ぁ-ヿ]"), 0.3),
    ("cp1255", re.compile("[א-ת]"), 0.9),
    ("cp874", re.compile("[ก-๛]"), 0.95),
    # Running text is mostly in small letters, and KOI8-R has them where Windows-1251 has capitals.
    ("cp1251", re.compile("[а-яё]"), 0.75),
    ("koi8_r", re.compile("[а-яё]"), 0.75),
)
# Umlauts and accents stand in words of ASCII letters, at most two side by side; hanzi take two bytes each.
_ACCENTS: Final = re.compile(
    rb"(?<![\x80-\xff])(?:[\x80-\xff]|(?<=[A-Za-z])[\x80-\xff]{2}(?=[A-Za-z\s.,;:!?)<\"']))(?![\x80-\xff])"
)
_HIGH: Final = re.compile(rb"[\x80-\xff]")


def foreign_codec(data: bytes) -> str:
    """The codec of bytes that are neither UTF-8 nor Chinese, by the script they make; "" when none is plain."""
    high = len(_HIGH.findall(data))
    if b"\x00" in data:
        return ""
    if 2 * sum(len(found) for found in _ACCENTS.findall(data)) >= high:
        return "cp1252"
    if high < _ENOUGH:
        return ""
    for codec, letters, share in _SCRIPTS:
        text = data.decode(codec, "replace")
        beyond = _BEYOND.findall(text)
        if text.count("\ufffd") * 50 <= len(beyond) and len(letters.findall(text)) >= share * len(beyond):
            return codec
    return ""
