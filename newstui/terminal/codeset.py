"""The terminal's encoding: what is written and typed passes through it, whatever the locale.

It is that of stdout as Python finds it: the codeset of the locale (LC_ALL, LC_CTYPE, LANG), UTF-8 in the C locale
(PEP 538, PEP 540). A locale that is not installed is no locale to the C library, and so UTF-8 here; `newstui doctor`
says so.
"""

from __future__ import annotations

import sys
from codecs import lookup
from typing import Final

from newstui.text.widths import cell_width

UTF8: Final = "utf-8"
_WIDER: Final = {"gb2312": "gbk", "euc_cn": "gbk"}
"""Terminals that say GB 2312 have long had GBK's characters too."""
_ASCII: Final = "".join(map(chr, range(0x80)))
_SAMPLE: Final = "中文あ한é“—"


def terminal_codeset() -> str:
    """Python's name of the encoding of the terminal on stdin and stdout."""
    return usable(sys.__stdout__.encoding if sys.__stdout__ is not None else UTF8)


def usable(name: str | None) -> str:
    """The codec for an encoding called `name`, UTF-8 when nothing can be done with it.

    Every byte below 0x80 must be the ASCII character of that number and the encoding must have no shift sequences
    (ISO 2022, HZ): escape sequences could be neither written nor read in it.
    """
    if not name or name.lower() in ("utf-8", "utf8"):
        return UTF8
    try:
        codec = lookup(name).name
        codec = _WIDER.get(codec, codec)
        if codec == "ascii" or _ASCII.encode(codec) != _ASCII.encode() or b"\x1b" in _SAMPLE.encode(codec, "ignore"):
            return UTF8
    except (LookupError, UnicodeError, TypeError):
        return UTF8
    return codec


def encode(text: str, codeset: str) -> bytes:
    """`text` as the terminal takes it; a character that it has not got is as many "?" as it has cells."""
    try:
        return text.encode(codeset)
    except UnicodeEncodeError:
        return b"".join(_encode(char, codeset) for char in text)


def _encode(char: str, codeset: str) -> bytes:
    try:
        return char.encode(codeset)
    except UnicodeEncodeError:
        return b"?" * max(cell_width(char), 1 if "\ud800" <= char <= "\udfff" else 0)
