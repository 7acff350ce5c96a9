"""Full-width punctuation shown where a dump has flattened it to ASCII.

GB/T 15834-2011 has ，。；：？！（）“” in Chinese text whatever they enclose. One character is shown for one, so every
offset into the original holds in what is shown. Numbers, times, addresses, Latin sentences and ellipses keep their own.
"""

from __future__ import annotations

import re
from typing import Final

_HAN: Final = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HANZI: Final = re.compile(f"[{_HAN}]")
_BEHIND: Final = re.compile(f"[{_HAN}\u3001-\u3002\u3008-\u3011\u3014-\u301b”’—…，；：？！）％]")
"""What a Chinese mark stands behind."""
_BEFORE: Final = re.compile(f"[{_HAN}《〈「『【〔]")
"""What begins Chinese behind a mark."""
_MARKS: Final = re.compile('[,;:?!.()"]')
_FLAT: Final = re.compile('[?!]+|[,;:.]|[()"“”（）]')
_FULL: Final = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_KEPT: Final = re.compile(
    # Addresses without the marks behind them, entities, ellipses, numbers and times, faces.
    r"(?:[a-z][a-z0-9+.-]{1,15}://|www\.|[\w.+-]{1,64}@(?=\w))[!-~]*[\w/#&=%~+-]"
    r"|&#?\w{1,10};|\.{2,}|(?<=\d)[.,:](?=\d)|[:;]-?[)DP](?!\w)|[:;]-?\((?!\S)",
    re.ASCII | re.IGNORECASE,
)
_LETTER: Final = re.compile(r"[A-Za-z]")
_FAR: Final = 200
"""Characters of what a pair encloses that are looked at."""
_LATIN_SHARE: Final = 4
"""Letters to a hanzi from which on a text is Latin: a word has about five where Chinese has one or two hanzi."""


def restored(text: str) -> str:
    """`text` (one paragraph) with Chinese punctuation where its marks stand in Chinese; of the same length."""
    if _MARKS.search(text) is None or _HANZI.search(text) is None:
        return text
    kept = [found.span() for found in _KEPT.finditer(text)]
    bare = _KEPT.sub("", text) if kept else text
    if len(_LETTER.findall(bare)) > _LATIN_SHARE * len(_HANZI.findall(bare)):
        return text
    fixed = {at for start, end in kept for at in range(start, end)}
    marks = [found.span() for found in _FLAT.finditer(text) if found.start() not in fixed]
    closers = _pairs(text, [start for start, _ in marks])
    chars = list(text)
    pointed = "。" in text  # the dump has kept its full stops: 约翰.史密斯 has a point
    for start, end in marks:
        mark = text[start]
        before = chars[start - 1] if start else ""
        if mark in '"“(（':
            close = closers.get(start)
            if close is not None and _chinese_pair(text, before, start, close):
                chars[start], chars[close] = ("“", "”") if mark in '"“' else ("（", "）")
        elif mark == ".":
            if not pointed and _BEHIND.match(before) and _ends_a_sentence(chars, end):
                chars[start] = "。"
        elif mark in _FULL and (
            _BEHIND.match(before) or (before not in ("", " ") and _BEFORE.match(_behind_blanks(chars, end)))
        ):
            chars[start:end] = [_FULL[char] for char in text[start:end]]
    return "".join(chars)


def _pairs(text: str, marks: list[int]) -> dict[int, int]:
    """Opening to closing quote or bracket, by offset; a half that is full-width already counts as its half."""
    closers: dict[int, int] = {}
    quote = -1
    brackets: list[int] = []
    for at in marks:
        match text[at]:
            case "(" | "（":
                brackets.append(at)
            case ")" | "）" if brackets:
                closers[brackets.pop()] = at
            case "“":
                quote = at
            case '"' if quote < 0:
                quote = at
            case '"' | "”" if quote >= 0:
                closers[quote] = at
                quote = -1
    return closers


def _chinese_pair(text: str, before: str, start: int, close: int) -> bool:
    """Whether a pair is Chinese: it holds hanzi, or stands in Chinese; f(x) and what is full-width already are not."""
    if _HANZI.search(text, start + 1, min(close, start + _FAR)):
        return True
    if text[start] in "“（" or text[close] in "”）":
        return True
    after = _HANZI.match(text, close + 1) is not None
    if text[start] == "(":
        return _BEHIND.match(before) is not None or (after and not (before.isascii() and before.isalnum()))
    return close > start + 1 and (_HANZI.match(before) is not None or after)


def _behind_blanks(chars: list[str], at: int) -> str:
    """The character at `at`, or behind the blanks there; "" at the end."""
    while at < len(chars) and chars[at] in " \u3000":
        at += 1
    return chars[at] if at < len(chars) else ""


def _ends_a_sentence(chars: list[str], at: int) -> bool:
    """Whether a point before `at` ends one; that of 新浪.com does not."""
    after = _behind_blanks(chars, at)
    return after in "\n”’）" or _HANZI.match(after) is not None
